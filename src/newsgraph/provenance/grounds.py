"""The grounds of a node: how much supports it, what contradicts it, what people decided about it, and what would remove it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables
from newsgraph.core.name_lookup import NameIndex
from newsgraph.provenance.alias_evidence import LISTED
from newsgraph.provenance.article_claims import correction_claims
from newsgraph.provenance.claims import Claim
from newsgraph.provenance.remedies import company_remedies, event_remedies

_SEVERAL = 2
_SHOWN_ELSEWHERE = frozenset({"main", "part"})  # parts are events whose own claims state their amounts
_IDS = ("lei", "cik", "wikidata", "country")


def node_claims(graph: GraphTables, node: str, names: NameIndex) -> list[Claim]:
    """Return the grounds of one node: counts, identifiers, open questions, decisions, old IRIs, corrections, and what would remove it."""
    kind = names.kinds[node]
    spellings = _spellings(graph, node, names)
    claims = [
        *_counts(graph, node),
        *_identifiers(graph, node, kind),
        *_doubts(graph, node, spellings),
        *_decisions(graph, node, spellings),
        *_old_iris(graph, node),
        *correction_claims(graph, node),
    ]
    if kind == "event":
        return [*claims, *_event_decisions(graph, node), *event_grounds(graph, (node,))]
    return [*claims, *company_remedies(graph, node)] if kind == "company" else claims


def event_grounds(graph: GraphTables, events: Collection[str]) -> list[Claim]:
    """Return the other values that are reported of some events (IRIs), by whom, and the decisions that would remove or mend each event."""
    spans = {
        (row["event"], row["article"]): (row["start"], row["end"])
        for table in ("totals", "reports")
        for row in graph[table]
        .filter(pl.col("event").is_in(sorted(events)))
        .select("event", "article", "start", "end")
        .iter_rows(named=True)
    }
    rows = graph["ledger"].filter(pl.col("event").is_in(sorted(events)) & (pl.len().over("event", "field") >= _SEVERAL))
    shown = [row for row in rows.iter_rows(named=True) if row["relation"] not in _SHOWN_ELSEWHERE]
    return [*(claim for row in shown for claim in _rival_values(row, spans)), *event_remedies(graph, events)]


def _rival_values(row: dict[str, Any], spans: dict[tuple[str, str], tuple[int, int]]) -> Iterator[Claim]:
    counts = _count_text(row["articles"], row["outlets"], row["origins"])
    note = "; ".join(filter(None, (row["note"], counts)))
    claim = Claim(
        row["event"], f"is also reported with the {row['field']}", "", "ledger", row["relation"], text=row["value"], note=note,
        event=row["event"],
    )  # fmt: skip
    articles = row["tellers"] or ()
    for article in articles:
        yield replace(claim, article=article, span=spans.get((row["event"], article)))
    if not articles:
        yield claim


def _counts(graph: GraphTables, node: str) -> Iterator[Claim]:
    for table in NODE_TABLES:
        if "origins" in graph[table].columns:
            for row in graph[table].filter(pl.col("iri") == node).iter_rows(named=True):
                articles = row["articles"] if "articles" in row else row["size"]
                text = _count_text(articles, row["outlets"], row["origins"])
                yield Claim(node, "is based on", "", "corroboration", row["rule"] or "", row.get("confidence"), text=text)


def _count_text(articles: int, outlets: int, origins: int) -> str:
    numbers = ((articles, "article"), (outlets, "outlet"), (origins, "independent origin"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in numbers)


def _identifiers(graph: GraphTables, node: str, kind: str) -> Iterator[Claim]:
    if kind != "company":
        return
    for row in graph["companies"].filter(pl.col("iri") == node).iter_rows(named=True):
        text = ", ".join(f"{name} {row[name]}" for name in (*_IDS, "domain") if row[name])
        note = f"source {row['id_source'] or 'unknown'}" if row["id_rule"] else "from a list of companies"
        if text or row["id_rule"]:
            yield Claim(node, "is linked to the record", "", "identifier", row["id_rule"] or LISTED, text=text, note=note)
    for row in graph["id_candidates"].filter(pl.col("company") == node).iter_rows(named=True):
        text = ", ".join(filter(None, (row["name"], *(f"{name} {row[name]}" for name in _IDS if row[name]))))
        yield Claim(node, "may be the record", "", "identifier", "not chosen", text=text, note=row["reason"] or "")


def _spellings(graph: GraphTables, node: str, names: NameIndex) -> frozenset[str]:
    rows = graph["companies"].filter(pl.col("iri") == node).select("name", "aliases").rows()
    return frozenset({names.labels[node], *(spelling for name, aliases in rows for spelling in (name, *(aliases or ())))})


def _doubts(graph: GraphTables, node: str, spellings: frozenset[str]) -> Iterator[Claim]:
    for row in graph["doubts"].iter_rows(named=True):
        for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
            if one.partition(" (in ")[0] in spellings:
                predicate = "may be the same as" if row["verb"] == "same" else "may be different from"
                yield Claim(node, predicate, "", "doubt", row["rule"], text=other, note=row["note"] or "")
                break


def _decisions(graph: GraphTables, node: str, spellings: frozenset[str]) -> Iterator[Claim]:
    for row in graph["decisions"].iter_rows(named=True):
        about = row["decision"].partition(": ")[2].partition(" -> ")[0]
        if spellings & {name.partition(" (in ")[0] for name in about.replace(" of ", ", ").replace(" and ", ", ").split(", ")}:
            note = ", ".join(filter(None, (row["who"], row["when"], row["why"])))
            yield Claim(node, "is the subject of the decision", "", "decision", row["outcome"], text=row["decision"], note=note)


def _event_decisions(graph: GraphTables, event: str) -> Iterator[Claim]:
    """Yield the decisions whose references have the type and the parties of an event: which are one, which are different, what is set."""
    (kind,) = graph["events"].filter(pl.col("iri") == event)["type"]
    roles = graph["event_roles"].filter(pl.col("event") == event)
    aliases = graph["companies"].join(roles.select(iri="party"), on="iri", how="semi")["aliases"].explode().drop_nulls()
    names = {name_key(name) for name in (*roles["name"], *aliases)}
    references = re.compile(rf"(?:^|: |, ){re.escape(kind)} of (.+?)(?= \((?:\d|[\d,.]+\))|, {re.escape(kind)} of | -> |$)")
    for row in graph["decisions"].iter_rows(named=True):
        parties = ([name.strip('"') for name in found.split(" and ")] for found in references.findall(row["decision"]))
        if any(all(name_key(name) in names for name in of_one) for of_one in parties):
            note = ", ".join(filter(None, (row["who"], row["when"], row["why"])))
            yield Claim(event, "is the subject of the decision", "", "decision", row["outcome"], text=row["decision"], note=note)


def _old_iris(graph: GraphTables, node: str) -> Iterator[Claim]:
    for old, rule in graph["replaced"].filter(pl.col("new") == node).select("old", "rule").iter_rows():
        yield Claim(node, "replaces", "", "replaced", rule, text=old)
