/** The panel on the right (a sheet at the bottom of a phone): all that is known of what is chosen, with the evidence. */

import type { App, Part } from "../core/app.js";
import { focusedIn, h, oneLine, put } from "../core/dom.js";
import type { State } from "../data/state.js";
import type { Texts } from "../data/texts.js";
import { article } from "./article.js";
import { company } from "./company.js";
import { edge } from "./edge.js";
import { entity } from "./entity.js";
import { event } from "./event.js";
import { edgeHeader, nodeHeader, plainHeader, type Header } from "./header.js";
import { overview, overviewTitle, summary } from "./overview.js";
import { withoutArticles } from "./partial_graph.js";
import { story } from "./story.js";
import { underFilters } from "./under_filters.js";

type Render = (app: App, node: number, texts: Texts) => (HTMLElement | null)[];

const RENDER: Readonly<Record<string, Render>> = { company, organisation: company, event, story, article };

export function makeDetails(app: App): Part {
  const { graph } = app;
  const element = h("aside", { class: "ng-details", "aria-label": "Details" });
  let shown = "";
  let turn = 0; // what was asked for before the latest choice is not shown any more
  let header: Header | null = null;
  /** Writes the sections again, for other filters. */
  let refill: () => void = () => undefined;
  let cameFrom: HTMLElement | SVGElement | null = null;

  element.addEventListener("keydown", (press) => {
    if (press.key !== "Escape" || !cameFrom?.isConnected) return;
    cameFrom.focus();
    press.stopPropagation();
  });

  const show = (made: Header, body: (texts: Texts) => (HTMLElement | null)[]): void => {
    const mine = ++turn;
    header = made;
    const room = h("div", { class: "ng-d-body" });
    put(element, made.element, room);
    element.scrollTop = 0;
    const fill = (texts: Texts): void => put(room, graph.core.complete ? underFilters(app, body(texts)) : withoutArticles(app, body(texts)));
    refill = () => void (graph.textsNow && fill(graph.textsNow));
    const now = graph.textsNow;
    if (now) fill(now);
    else {
      room.append(h("p", { class: "ng-d-wait" }, "Loading the texts …"));
      graph.texts().then((texts) => {
        if (mine === turn) fill(texts);
      }, () => {
        if (mine === turn) put(room, h("p", { class: "ng-warning", role: "alert" }, app.graph.core.help.unread));
      });
    }
  };

  const showHome = (): void => {
    turn++;
    header = plainHeader(() => overviewTitle(app), () => summary(app));
    const room = h("div", { class: "ng-d-body" });
    refill = () => put(room, overview(app));
    refill();
    put(element, header.element, room);
    element.scrollTop = 0;
  };

  const render = (state: State): void => {
    const node = app.chosen();
    const other = state.edge === null ? -1 : (graph.byIri(state.edge) ?? -1);
    if (state.node === null) showHome();
    else if (node < 0 || (state.edge !== null && other < 0)) {
      if (graph.textsNow) show(plainHeader(() => "Not found", () => `Nothing in this graph is named ${oneLine((node < 0 ? state.node : state.edge) ?? "", 120)}.`), () => overview(app));
      else show(plainHeader(() => "Opening …", () => ""), () => []);
    } else if (other >= 0) show(edgeHeader(app, node, other), (texts) => edge(app, node, other, texts));
    else show(nodeHeader(app, node), (texts) => (RENDER[graph.kind(node).name] ?? entity)(app, node, texts));
  };

  return {
    element,
    update: (state, before) => {
      const key = [state.node, state.edge, app.chosen(), graph.textsNow !== null && app.chosen() < 0].join("\n");
      if (key !== shown) {
        const moved = state.node !== before.node || state.edge !== before.edge;
        const focused = focusedIn(element);
        if (moved && (focused instanceof HTMLElement || focused instanceof SVGElement) && !element.contains(focused)) cameFrom = focused;
        shown = key;
        render(state);
        if (moved && header) {
          header.title.focus({ preventScroll: true });
          app.say(state.node === null ? "Nothing chosen" : (header.title.textContent ?? "").slice(0, 200));
        }
      } else if (state.work.decided !== before.work.decided || (state.filters !== before.filters && counted(state) !== counted(before))) {
        const had = element.contains(focusedIn(element));
        const { scrollTop } = element;
        refill();
        element.scrollTop = scrollTop;
        if (had && !element.contains(focusedIn(element))) header?.title.focus({ preventScroll: true });
      }
      header?.follow(state);
    },
  };
}

/** What decides the numbers: all filters but the one by kind. */
const counted = ({ filters }: State): string => JSON.stringify({ ...filters, kinds: null });
