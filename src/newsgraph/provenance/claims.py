"""What a graph claims about a node or a pair of nodes, with the rows from which each claim was made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.core.vocabulary import EDGE_KINDS, RELATION_KINDS, ROLES
from newsgraph.provenance.alias_evidence import LISTED, OWN_DOMAIN, alias_evidence

DECLARED = "declared"
# shortcut edges are claimed by their events, the rest by `article_claims`
_CLAIMED_ELSEWHERE = frozenset({
    "invested_in", "acquired", "bought_part_of", "merged_with", "partnered_with", "sued", "supplies", "part_of_story", "near_duplicate",
})  # fmt: skip
_OF_EVENTS = frozenset({"tells", "actor", "part_event"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement and one reason for it: nodes by IRI, the article and the span in its text, if there are any.

    `text` is an object that is not a node; `parties` are the nodes that the evidence has to name. `extractor` read the words, with its
    version; it is empty if nothing was extracted from words.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    rule: str = ""
    confidence: float | None = None
    event: str = ""
    status: str = ""
    amount: float | None = None
    currency: str = ""
    date: date | None = None
    when: str = ""
    date_source: str = ""
    article: str = ""
    span: tuple[int, int] | None = None
    parties: tuple[str, ...] = ()
    text: str = ""
    note: str = ""
    extractor: str = ""


def role_label(role: str) -> str:
    """Return a role of the table `event_roles` for people: `lead investor` for `ng:lead`."""
    name = role.partition(":")[2]
    return ROLES[name].label if name in ROLES else name


def report_rows(graph: GraphTables, events: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the fields that each report or total of each event (IRI) adds to a claim; a total has the date and status of its event."""
    rows: dict[str, list[dict[str, Any]]] = {}
    columns = ("iri", "status", "date", "when", "date_source")
    event_rows = graph["events"].filter(pl.col("iri").is_in(list(events))).select(columns).iter_rows(named=True)
    by_iri = {row["iri"]: row for row in event_rows}
    extractor = _extractor(graph)
    for table in ("reports", "totals"):
        for row in graph[table].filter(pl.col("event").is_in(list(events))).iter_rows(named=True):
            dated = row if table == "reports" else by_iri[row["event"]]
            fields = {
                "article": row["article"],
                "span": (row["start"], row["end"]),
                "rule": row["rule"] or "",
                "confidence": row["confidence"],
                "amount": row["amount"],
                "currency": row["currency"] or "",
                "status": dated["status"] or "",
                "date": dated["date"],
                "when": dated["when"] or "",
                "date_source": dated["date_source"] or "",
                "extractor": row.get("extractor") or extractor,
            }
            rows.setdefault(row["event"], []).append(fields)
    return rows


def together_claims(graph: GraphTables, first: str, second: str, excluded: Collection[str], limit: int) -> list[Claim]:
    """Return the articles that mention both nodes, except those in `excluded`; the earliest `limit` of them."""
    mentions = _mentions(graph, (first, second))
    mine = {row["article"]: row for row in reversed(mentions) if row["entity"] == first}
    both = {row["article"] for row in mentions if row["entity"] == second} & set(mine) - set(excluded)
    order = graph["articles"].filter(pl.col("iri").is_in(sorted(both))).sort("published", "iri", nulls_last=True)["iri"].to_list()
    note = f"{len(order)} such articles, of which the first {limit} are shown" if len(order) > limit else ""
    claim = Claim(first, "is mentioned together with", second, "together", parties=(first, second), note=note)
    return [_with_mention(claim, mine[article]) for article in order[:limit]]


def _mentions(graph: GraphTables, entities: Collection[str]) -> list[dict[str, Any]]:
    """Return the mentions of some nodes: article, entity, start, end, rule, confidence, extractor, in the order of the texts."""
    columns = ("article", "entity", "start", "end", "rule", "confidence", "extractor")
    tables = (graph["mentions"].rename({"company": "entity"}), graph["other_mentions"])
    data = pl.concat([table.filter(pl.col("entity").is_in(list(entities))).select(columns) for table in tables])
    return data.sort("article", "start", "end", "entity").to_dicts()


def edge_claims(graph: GraphTables, first: str, second: str | None) -> list[Claim]:
    """Return the single edges of a node, or between two nodes; shortcut edges are claimed by their events.

    Copies and places in stories are claimed by `article_claims`.
    """
    data = edges(graph).filter(~pl.col("kind").is_in(sorted(_CLAIMED_ELSEWHERE)))
    near = (pl.col("source") == first) | (pl.col("target") == first)
    if second is None:
        near &= (pl.col("kind") != "actor") | (pl.col("source") == first)
    else:
        near &= (pl.col("source") == second) | (pl.col("target") == second)
    rows = data.filter(near).select("source", "target", "kind", "role", "confidence").rows()
    reasons = _Reasons(graph, [(source, target, kind) for source, target, kind, _, _ in rows])
    claims: list[Claim] = []
    for source, target, kind, role, confidence in rows:
        label = f"has {role_label(role)}" if role else EDGE_KINDS[kind].label
        claim = Claim(source, label, target, kind, DECLARED, confidence, parties=(target,))
        claims += reasons.of(claim)
    return claims


class _Reasons:
    """The rows from which edges were made; those of mentions and reports are looked up once for all edges."""

    def __init__(self, graph: GraphTables, found: Collection[tuple[str, str, str]]) -> None:
        self._graph = graph
        self._mentions: dict[tuple[str, str], list[dict[str, Any]]] = {}
        mentioned = {(source, target) for source, target, kind in found if kind == "mentions"}
        for row in _mentions(graph, {target for _, target in mentioned}) if mentioned else ():
            self._mentions.setdefault((row["article"], row["entity"]), []).append(row)
        events = {target if kind == "tells" else source for source, target, kind in found if kind in _OF_EVENTS}
        self._reports = report_rows(graph, events) if events else {}

    def of(self, claim: Claim) -> list[Claim]:
        """Return an edge once for every row from which it was made."""
        source, target = claim.subject, claim.object
        if claim.kind == "mentions":
            return [_with_mention(claim, row) for row in self._mentions.get((source, target), ())]
        if claim.kind in _OF_EVENTS:
            event = target if claim.kind == "tells" else source
            claim = replace(claim, event=event, parties=(target,) if claim.kind == "actor" else ())
            rows = self._reports.get(event, ())
            return [replace(claim, **row) for row in rows if claim.kind != "tells" or row["article"] == source]
        return _single_reasons(self._graph, claim)


def _single_reasons(graph: GraphTables, claim: Claim) -> list[Claim]:
    if claim.kind in RELATION_KINDS:
        return _relations(graph, claim)
    if claim.kind in {"made_by", "works_for"}:
        return _products(graph, claim) if claim.kind == "made_by" else _posts(graph, claim)
    if claim.kind == "broader":
        return [replace(claim, rule=graph["topics"].filter(pl.col("iri") == claim.subject)["rule"].to_list()[0] or "")]
    return [replace(claim, rule=LISTED) if claim.kind == "parent" else replace(claim, article=claim.subject)]


def _products(graph: GraphTables, claim: Claim) -> list[Claim]:
    """Return the articles that mention a product; if some also mention its maker, only these."""
    rule = graph["products"].filter(pl.col("iri") == claim.subject)["rule"].to_list()[0] or ""
    rows = _mentions(graph, (claim.subject, claim.object))
    with_maker = {row["article"] for row in rows if row["entity"] == claim.object}
    of_product = [row for row in rows if row["entity"] == claim.subject]
    best = [row for row in of_product if row["article"] in with_maker] or of_product
    first = {row["article"]: row for row in reversed(best)}
    return [replace(_with_mention(claim, first[article]), rule=rule) for article in sorted(first)] or [replace(claim, rule=rule)]


def _posts(graph: GraphTables, claim: Claim) -> list[Claim]:
    """Return the posts by which a person works for an employer, each with the stated role."""
    rows = graph["posts"].filter((pl.col("person") == claim.subject) & (pl.col("employer") == claim.object))
    both = (claim.subject, claim.object)
    return [
        replace(
            _with_mention(claim, row), parties=both, predicate=f"{claim.predicate}, as {row['role']}," if row["role"] else claim.predicate
        )
        for row in rows.iter_rows(named=True)
    ]


def _relations(graph: GraphTables, claim: Claim) -> list[Claim]:
    """Return the statements of articles that a relation lasts, each with the share and the time that it states."""
    same = (pl.col("kind") == claim.kind) & (pl.col("subject") == claim.subject) & (pl.col("object") == claim.object)
    both = (claim.subject, claim.object)
    rows = graph["lasting_relations"].filter(same).iter_rows(named=True)
    return [replace(_with_mention(claim, row), parties=both, note=_terms(row)) for row in rows]


def _terms(row: dict[str, Any]) -> str:
    """Return the share and the time of a relation in words: "7 percent, since 2018"."""
    share = f"{row['percent']:g} percent" if row["percent"] is not None else ""
    return ", ".join(filter(None, (share, *(f"{word} {row[word]}" for word in ("since", "until") if row[word]))))


def _with_mention(claim: Claim, row: dict[str, Any]) -> Claim:
    span = (row["start"], row["end"])
    return replace(
        claim, article=row["article"], span=span, rule=row["rule"] or "", confidence=row["confidence"], extractor=row["extractor"] or ""
    )


def _extractor(graph: GraphTables) -> str:
    """Return the extractor of a graph's texts, which is the same for all, so that not every table has a column for it."""
    return next((version or "" for version in graph["dataset"]["model_version"]), "")


def parent_claims(graph: GraphTables, first: str, second: str | None) -> list[Claim]:
    """Return that a provider belongs to the company of its name and domain."""
    rows = graph["providers"].filter(pl.col("company").is_not_null()).select("iri", "company").iter_rows()
    pairs = [pair for pair in rows if first in pair and (second is None or second in pair)]
    return [Claim(provider, EDGE_KINDS["parent"].label, company, "parent", OWN_DOMAIN) for provider, company in pairs]


def alias_claims(graph: GraphTables, node: str) -> list[Claim]:
    """Return the other names of a node, each with the rule that merged it or found it."""
    claim, extractor = Claim(node, "is also named", "", "naming"), _extractor(graph)
    return [
        replace(
            claim,
            rule=evidence.rule,
            article=evidence.article or "",
            span=(evidence.start or 0, evidence.end) if evidence.end else None,
            text=evidence.name,
            note=evidence.note,
            extractor=extractor if evidence.article else "",
        )
        for evidence in alias_evidence(graph, node)
    ]
