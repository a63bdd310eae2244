/** What a reader does with the page besides looking: a set, notes, decisions, things moved on the map; and how the map draws. */

/** What a reader gathers and changes; "undo" takes back the last step. Things are IRIs without base. */
export interface Work {
  /** Things to be compared or taken away, in the order in which they were added. */
  readonly set: readonly string[];
  /** Notes: a thing and words. */
  readonly notes: readonly (readonly [string, string])[];
  /** What the reader decided: a verb of `decisions.yaml` and the things that it is about. */
  readonly decided: readonly (readonly string[])[];
  /** Things whose neighbours the map spreads as well as those of the chosen thing. */
  readonly expanded: readonly string[];
  /** Things that were moved on the map: distances from the chosen thing, in thousandths of its neighbourhood's radius. */
  readonly pins: readonly (readonly [string, number, number])[];
}

/** How the map draws: what size and colour of marks stand for, see `map/map_looks.ts`. */
export interface Look {
  readonly size: string;
  readonly colour: string;
  /** Whether communities are drawn as discs; null: where there is too much for single marks. */
  readonly upper: boolean | null;
  /** Whether stories of one article are drawn. */
  readonly single: boolean;
}

export const START_WORK: Work = { set: [], notes: [], decided: [], expanded: [], pins: [] };
export const START_LOOK: Look = { size: "articles", colour: "kind", upper: null, single: false };
