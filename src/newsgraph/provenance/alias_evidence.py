"""Why a name belongs to an entity: for each alias, ticker and legal name the rule, and the article that shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables

LISTED = "listed"
"""The rule of what a list of names says, the program's or the user's."""
OWN_DOMAIN = "own_domain"
"""The rule by which a provider belongs to a company: its name is both the company's and its domain's."""

_TABLES = ("companies", "organisations", "people", "places")
_MENTION = ("article", "text", "rule", "start", "end")

_Rows = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AliasEvidence:
    """One name of an entity (IRI) and the reason for it; `start` and `end` cut the words out of the article, null if no article shows it."""

    entity: str
    name: str
    rule: str
    article: str | None = None
    start: int | None = None
    end: int | None = None
    note: str = ""


def alias_evidence(graph: GraphTables, entity: str | None = None) -> Iterator[AliasEvidence]:
    """Yield the evidence for the names of every company, organisation, person and place, or of one of them, by IRI and name.

    A merged name has the rule that merged it, a name in a text the rule of its first mention; all others are from a list, or from the
    record of identifiers by whose rule the company was linked.
    """
    merged: dict[str, list[AliasEvidence]] = defaultdict(list)
    columns = ("entity", "name", "rule", "article", "start", "end", "note")
    for iri, name, rule, article, start, end, note in _of(graph["merges"], "entity", entity).select(columns).iter_rows():
        merged[iri].append(AliasEvidence(iri, name, rule or "", article, start, end, note or ""))
    mentions = _first_mentions(graph, entity)
    tickers = _first_tickers(graph)
    for table in _TABLES:
        for row in _of(graph[table], "iri", entity).iter_rows(named=True):
            iri = row["iri"]
            merged_names = {evidence.name for evidence in merged[iri]}
            others = [_name_evidence(row, name, mentions.get(iri, {})) for name in _aliases(row) if name not in merged_names]
            others += [_ticker_evidence(row, ticker, tickers) for ticker in row.get("tickers") or ()]
            yield from sorted([*merged[iri], *others], key=_order)


def _order(evidence: AliasEvidence) -> tuple[str, str, str, int]:
    return evidence.name, evidence.rule, evidence.article or "~", evidence.start or 0


def _of(data: pl.DataFrame, column: str, entity: str | None) -> pl.DataFrame:
    return data if entity is None else data.filter(pl.col(column) == entity)


def _aliases(row: Mapping[str, Any]) -> list[str]:
    """List the names of a row other than its label."""
    names = dict.fromkeys(filter(None, (*(row["aliases"] or ()), row.get("legal_name"))))
    return [name for name in names if name != row["name"]]


def _name_evidence(row: Mapping[str, Any], name: str, mentions: _Rows) -> AliasEvidence:
    mention = mentions.get(name) or next((mention for text, mention in mentions.items() if text.startswith(name)), None)
    if mention is None:
        return AliasEvidence(row["iri"], name, (row.get("id_rule") if name == row.get("legal_name") else None) or LISTED)
    return AliasEvidence(row["iri"], name, mention["rule"] or "", mention["article"], mention["start"], mention["end"])


def _ticker_evidence(row: Mapping[str, Any], ticker: str, mentions: _Rows) -> AliasEvidence:
    mention = mentions.get(ticker)
    if mention is None:
        return AliasEvidence(row["iri"], ticker, row["id_rule"] or LISTED)
    return AliasEvidence(row["iri"], ticker, mention["rule"] or "", mention["article"], mention["start"], mention["end"])


def _first_mentions(graph: GraphTables, entity: str | None) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the first mention of each spelling, by entity and spelling."""
    tables = (graph["mentions"].rename({"company": "entity"}), graph["other_mentions"].filter(pl.col("entity").is_not_null()))
    data = pl.concat([_of(table, "entity", entity).select("entity", *_MENTION) for table in tables])
    mentions: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in data.unique(["entity", "text"], keep="first", maintain_order=True).iter_rows(named=True):
        mentions[row["entity"]][row["text"]] = row
    return mentions


def _first_tickers(graph: GraphTables) -> dict[str, dict[str, Any]]:
    """Return the first mention of each ticker."""
    data = graph["other_mentions"].filter(pl.col("kind") == "ticker").unique("name", keep="first", maintain_order=True)
    return {row["name"]: row for row in data.iter_rows(named=True) if row["name"]}
