/** Saves a part of the graph: as a page of its own, as Turtle, GraphML, or a list of statements with their sources. */

import type { App } from "../core/app.js";
import { button, oneLine } from "../core/dom.js";
import { fileStem } from "../core/download.js";
import { counted } from "../core/format.js";
import { maskOf } from "../data/filter_mask.js";
import { payloadPart } from "../data/payload_part.js";
import { graphml } from "./graphml_text.js";
import { partNodes } from "./part_nodes.js";
import { statementsCsv } from "./statements_csv.js";
import { turtle } from "./turtle_text.js";

type Format = "html" | "ttl" | "graphml" | "csv";

const FORMATS: readonly (readonly [Format, string])[] = [["html", "HTML page"], ["ttl", "Turtle"], ["graphml", "GraphML"], ["csv", "CSV with sources"]];

/** The things of the state's set; or the chosen thing where nothing is in the set. */
export function gathered(app: App): number[] {
  const { set } = app.store.state.work;
  return set.map((iri) => app.graph.byIri(iri)).filter((node): node is number => node !== undefined);
}

/** Everything that passes the filters, whatever its kind. */
export const passing = (app: App): Uint8Array => maskOf(app.graph, { ...app.store.state.filters, kinds: app.graph.core.kinds.map(({ name }) => name) });

/** A button for each format; `things` gives what is to be saved when one is pressed. */
export function saveButtons(app: App, things: () => readonly number[]): HTMLElement[] {
  return FORMATS.flatMap(([format, label]) =>
    format === "html" && !app.page ? [] : button(label, () => void save(app, things(), format), app.graph.core.help[format]));
}

/** "Sanofi and 3 more: 12 events, 30 articles" for what would be saved. */
export function partWords(app: App, things: readonly number[]): string {
  const { graph } = app;
  const keep = partNodes(graph, things, passing(app));
  const counts = graph.core.kinds.map(() => 0);
  for (let node = 0; node < graph.size; node++) if (keep[node]) counts[graph.kindOf[node] as number]!++;
  return graph.core.kinds.flatMap((kind, at) => (counts[at] ? [counted(counts[at] as number, kind.label.toLowerCase(), kind.plural.toLowerCase())] : [])).join(", ");
}

async function save(app: App, things: readonly number[], format: Format): Promise<void> {
  const { graph } = app;
  if (!things.length) return;
  const texts = await graph.texts();
  const keep = partNodes(graph, things, passing(app));
  const names = things.map((node) => oneLine(graph.label(node), 40));
  const title = names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
  const name = `${fileStem(title) || "part"}.${format}`;
  if (format === "html") {
    const part = payloadPart(graph, texts.payload, keep, `${title} (${graph.core.title || "newsgraph"})`);
    const page = await app.page?.(part.core, part.texts);
    if (page) app.save(name, page);
  } else {
    const text = format === "ttl" ? turtle(graph, texts, keep) : format === "graphml" ? graphml(graph, texts, keep) : statementsCsv(graph, texts, keep);
    const type = { ttl: "text/turtle", graphml: "application/xml", csv: "text/csv" }[format];
    app.save(name, new Blob([text], { type: `${type};charset=utf-8` }));
  }
  app.say(`${name} saved`);
}
