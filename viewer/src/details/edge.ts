/** What joins two things: each edge between them in words with its sentences, or the articles that name both. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { counted, percent } from "../core/format.js";
import type { Evidence, Texts } from "../data/texts.js";
import { eventItem } from "./event_item.js";
import { nodeButton } from "./node_button.js";
import { quotes } from "./quotes.js";
import { nothing, section } from "./section.js";

export function edge(app: App, node: number, other: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const numbers = app.numbers();
  const between: number[] = [];
  graph.eachEdge(node, (one, far) => {
    if (far === other && !between.includes(one) && numbers.holds(one)) between.push(one);
  });
  const shared = common(numbers.articlesOf(node), numbers.articlesOf(other)).filter((article) => article !== node && article !== other);
  return [
    ...between.map((one) => joined(app, one, texts)),
    shared.length || !between.length || graph.core.together ? together(app, node, other, shared, texts) : null,
  ];
}

function joined(app: App, one: number, texts: Texts): HTMLElement {
  const { graph } = app;
  const group = graph.group(one);
  const place = graph.placeOf(one);
  const role = group.roles?.[group.role?.[place] ?? -1];
  const event = group.event?.[place] ?? -1;
  const found = texts.evidence(one).filter((row) => app.numbers().passes(row.article));
  const articles = [...new Set(found.map((row) => row.article))].sort((a, b) => a - b);
  const ends = [graph.source[one] as number, graph.target[one] as number];
  const told = event >= 0 ? event : (ends.find((end) => graph.eventPlace(end) >= 0) ?? -1);
  // what only names a thing has the name marked already
  const parties = group.kind === "mentions" ? null : told >= 0 ? graph.across(told, "actor", "out") : ends;
  const reason = texts.reason(one);
  const confidence = event >= 0 ? graph.core.nodes.confidence[event] : undefined;
  return section(capital(group.label), null,
    h("p", { class: "ng-statement" },
      nodeButton(app, graph.source[one] as number), h("span", {}, role ? ` ${group.label} (${role}) ` : ` ${group.label} `), nodeButton(app, graph.target[one] as number)),
    confidence == null ? null : h("p", { class: "ng-d-meta" }, `${percent(confidence)} ${app.graph.core.help.sure}`),
    event >= 0 ? h("div", { class: "ng-from" }, h("h4", {}, "From the event"), eventItem(app, event)) : null,
    articles.length ? [h("h4", {}, articles.length === 1 ? "1 article says so" : `${counted(articles.length, "article")} say so`), quotes(app, texts, articles, found, parties)]
      : h("p", { class: "ng-d-meta" }, reason ? `${capital(reason)}.` : `${graph.core.help.unsaid}.`),
  );
}

/** Articles that are about both, each with the sentences that name the one or the other. */
function together(app: App, node: number, other: number, shared: readonly number[], texts: Texts): HTMLElement {
  const { graph } = app;
  const rowsOf = (article: number, far: number): Evidence[] => {
    const rows: Evidence[] = [];
    graph.eachEdge(article, (one, at, outgoing) => {
      if (at === far && outgoing) rows.push(...texts.evidence(one).filter((row) => row.article === article));
    });
    return rows;
  };
  const many = graph.core.together ? (app.numbers().together(node).get(other) ?? 0) : shared.length;
  return section("In the same articles", many || null,
    many > shared.length ? h("p", {}, `${counted(many, "article")} ${many === 1 ? "mentions" : "mention"} both.`)
      : shared.length
      ? quotes(app, texts, shared, shared.flatMap((article) => [...rowsOf(article, node), ...rowsOf(article, other)]), null, true)
      : nothing(graph.core.help.apart));
}

/** What is in both lists, which are ascending. */
function common(one: readonly number[], other: readonly number[]): number[] {
  const there = new Set(other);
  return one.filter((article) => there.has(article));
}
