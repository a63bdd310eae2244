"""What stands behind a node beside its statements: how much, what speaks otherwise, what people decided, and what would undo it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES, GraphTables
from newsgraph.core.name_lookup import NameIndex
from newsgraph.provenance.alias_evidence import LISTED
from newsgraph.provenance.article_claims import correction_claims
from newsgraph.provenance.claims import Claim

_SEVERAL = 2
_SHOWN_ALREADY = frozenset({"main", "part"})  # parts are events that tell their own sums
_IDS = ("lei", "cik", "wikidata", "country")


def node_claims(graph: GraphTables, node: str, names: NameIndex) -> list[Claim]:
    """Claim what stands behind one node: counts, identifiers, open questions, decisions, older IRIs, corrections, and the way back."""
    kind = names.kinds[node]
    own = _spellings(graph, node, names)
    claims = [
        *_counts(graph, node),
        *_identifiers(graph, node, kind),
        *_doubts(graph, node, own),
        *_decisions(graph, node, own),
        *_older(graph, node),
        *correction_claims(graph, node),
    ]
    if kind == "event":
        return claims + event_grounds(graph, (node,))
    if kind == "company":
        claims.append(Claim(node, "would go with the decision", "", "remedy", text=f"not_a_company: {names.labels[node]}"))
    return claims


def event_grounds(graph: GraphTables, events: Collection[str]) -> list[Claim]:
    """Claim what is told otherwise of some events, by whom, and the decision that would remove each of them."""
    spans = {
        (row["event"], row["article"]): (row["start"], row["end"])
        for table in ("totals", "reports")
        for row in graph[table]
        .filter(pl.col("event").is_in(sorted(events)))
        .select("event", "article", "start", "end")
        .iter_rows(named=True)
    }
    rows = graph["ledger"].filter(pl.col("event").is_in(sorted(events)) & (pl.len().over("event", "field") >= _SEVERAL))
    claims = [claim for row in rows.iter_rows(named=True) if row["relation"] not in _SHOWN_ALREADY for claim in _rivals(row, spans)]
    claims += _removals(graph, events)
    return claims


def _rivals(row: dict[str, Any], spans: dict[tuple[str, str], tuple[int, int]]) -> Iterator[Claim]:
    counts = _counted(row["articles"], row["outlets"], row["origins"])
    note = "; ".join(filter(None, (row["note"], counts)))
    claim = Claim(
        row["event"], f"is told with the {row['field']}", "", "ledger", row["relation"], text=row["value"], note=note, event=row["event"]
    )
    tellers = row["tellers"] or ()
    for article in tellers:
        yield replace(claim, article=article, span=spans.get((row["event"], article)))
    if not tellers:
        yield claim


def _removals(graph: GraphTables, events: Collection[str]) -> Iterator[Claim]:
    parties: dict[str, list[str]] = {}
    for event, name in graph["event_roles"].filter(pl.col("event").is_in(sorted(events))).select("event", "name").iter_rows():
        parties.setdefault(event, []).append(name)
    for row in graph["events"].filter(pl.col("iri").is_in(sorted(events))).sort("iri").iter_rows(named=True):
        if row["type"] == "deal":
            continue  # it goes with its parts
        month = f", month: {row['date']:%Y-%m}" if row["date"] else ""
        text = f"wrong_event: {{type: {row['type']}, parties: [{', '.join(sorted(parties.get(row['iri'], ())))}]{month}}}"
        yield Claim(row["iri"], "would go with the decision", "", "remedy", text=text, event=row["iri"])


def _counts(graph: GraphTables, node: str) -> Iterator[Claim]:
    for table in NODE_TABLES:
        if "origins" in graph[table].columns:
            for row in graph[table].filter(pl.col("iri") == node).iter_rows(named=True):
                articles = row["articles"] if "articles" in row else row["size"]
                text = _counted(articles, row["outlets"], row["origins"])
                yield Claim(node, "rests on", "", "corroboration", row["rule"] or "", row.get("confidence"), text=text)


def _counted(articles: int, outlets: int, origins: int) -> str:
    numbers = ((articles, "article"), (outlets, "outlet"), (origins, "independent origin"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in numbers)


def _identifiers(graph: GraphTables, node: str, kind: str) -> Iterator[Claim]:
    if kind != "company":
        return
    for row in graph["companies"].filter(pl.col("iri") == node).iter_rows(named=True):
        text = ", ".join(f"{name} {row[name]}" for name in (*_IDS, "domain") if row[name])
        note = f"source {row['id_source'] or 'not told'}" if row["id_rule"] else "as a list of companies has it"
        if text or row["id_rule"]:
            yield Claim(node, "is linked to the record", "", "identifier", row["id_rule"] or LISTED, text=text, note=note)
    for row in graph["id_candidates"].filter(pl.col("company") == node).iter_rows(named=True):
        text = ", ".join(filter(None, (row["name"], *(f"{name} {row[name]}" for name in _IDS if row[name]))))
        yield Claim(node, "may be the record", "", "identifier", "not chosen", text=text, note=row["reason"] or "")


def _spellings(graph: GraphTables, node: str, names: NameIndex) -> frozenset[str]:
    rows = graph["companies"].filter(pl.col("iri") == node).select("name", "aliases").rows()
    return frozenset({names.labels[node], *(name for one, aliases in rows for name in (one, *(aliases or ())))})


def _doubts(graph: GraphTables, node: str, own: frozenset[str]) -> Iterator[Claim]:
    for row in graph["doubts"].iter_rows(named=True):
        for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
            if one.partition(" (in ")[0] in own:
                predicate = "may be the same as" if row["verb"] == "same" else "may be another than"
                yield Claim(node, predicate, "", "doubt", row["rule"], text=other, note=row["note"] or "")
                break


def _decisions(graph: GraphTables, node: str, own: frozenset[str]) -> Iterator[Claim]:
    for row in graph["decisions"].iter_rows(named=True):
        about = row["decision"].partition(": ")[2].partition(" -> ")[0]
        if own & {name.partition(" (in ")[0] for name in about.replace(" of ", ", ").replace(" and ", ", ").split(", ")}:
            note = ", ".join(filter(None, (row["who"], row["when"], row["why"])))
            yield Claim(node, "was decided on", "", "decision", row["outcome"], text=row["decision"], note=note)


def _older(graph: GraphTables, node: str) -> Iterator[Claim]:
    for old, rule in graph["replaced"].filter(pl.col("new") == node).select("old", "rule").iter_rows():
        yield Claim(node, "takes the place of", "", "replaced", rule, text=old)
