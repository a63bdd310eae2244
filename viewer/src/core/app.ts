/** The interfaces between the viewer and its parts: `App` is passed to each part, `Part` is what it returns. */

import type { Graph } from "../data/graph.js";
import type { CorePayload, TextsPayload } from "../data/payload.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import type { State, Store } from "../data/state.js";

export interface App {
  readonly graph: Graph;
  readonly store: Store;
  /** The element that holds the whole viewer (the page's body or a notebook's cell); carries `data-theme`. */
  readonly root: HTMLElement;
  /** One value a node: 1 where the filters let it through. The same array for the same filters. */
  shown(): Uint8Array;
  /** The numbers of what the filters let through: every count that a view writes is from here. The same value for the same filters. */
  numbers(): ShownNumbers;
  /** Announce a text to screen readers, politely; one that is to be `seen` stands on the page until the next step. */
  say(text: string, seen?: boolean): void;
  /** Choose a node (null: none); articles' texts are unpacked first, as their IRIs are there. `view` may change with it. */
  choose(node: number | null, more?: Partial<State>): void;
  /** Choose the edge or the link between two nodes: the details show its evidence. */
  chooseEdge(node: number, other: number): void;
  /** Add nodes to the set, or take them out of it. */
  collect(nodes: readonly number[], on?: boolean): void;
  /** Put a text on the clipboard and announce it; where that is not allowed, it is shown to be copied by hand. */
  copy(text: string, said: string): Promise<boolean>;
  /** A page of its own for a part of the graph; null where the viewer is not a page (notebooks). */
  readonly page: ((core: CorePayload, texts: TextsPayload) => Promise<Blob>) | null;
  /** The chosen node, -1 where there is none. */
  chosen(): number;
  /** Colour of a kind in the present theme. */
  colour(kind: string): string;
  /** Whether the dark theme is on now. */
  dark(): boolean;
  /** Whether the page is being printed. */
  printing(): boolean;
  /** Where saved files go: a download in a page, nothing where a host forbids it. */
  save(name: string, content: Blob): void;
  /** An id that no other viewer on the page has, for what must be named by one. */
  id(name: string): string;
  /** "ask.html" beside the page, or null (notebooks). */
  readonly ask: string | null;
}

export interface Part {
  readonly element: HTMLElement;
  /** Called after each change of the state, and once at the start with `before` equal to `state`. */
  update(state: State, before: State): void;
  /** Called when the part is shown or its room has changed. */
  resize?(): void;
  /** Release what the garbage collector cannot: frames, contexts, observers on the window. */
  destroy?(): void;
}

export type MakePart = (app: App) => Part;
