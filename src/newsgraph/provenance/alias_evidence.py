"""Why a name belongs to an entity: for each alias, ticker and legal name the rule, and the article that shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.provenance.nearby_rows import NearbyRows

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


def alias_evidence(graph: GraphTables) -> Iterator[AliasEvidence]:
    """Yield the evidence for the names of every company, organisation, person and place, by IRI and name.

    A merged name has the rule that merged it, a name in a text the rule of its first mention; all others are from a list, or from the
    record of identifiers by whose rule the company was linked.
    """
    merged: dict[str, list[AliasEvidence]] = defaultdict(list)
    for row in graph["merges"].iter_rows(named=True):
        merged[row["entity"]].append(_merge_evidence(row))
    mentions = _first_mentions(graph)
    tickers = _first_tickers(graph)
    for table in _TABLES:
        for row in graph[table].iter_rows(named=True):
            yield from _of_row(row, merged[row["iri"]], mentions.get(row["iri"], {}), tickers)


def evidence_for(rows: NearbyRows, entity: str) -> list[AliasEvidence]:
    """Return the evidence for the names of one entity (IRI), as `alias_evidence` does, from the rows around it."""
    merged = [_merge_evidence(row) for row in rows.where("merges", entity=entity)]
    named = rows.where("mentions", company=entity) + rows.where("other_mentions", entity=entity)
    mentions = {row["text"]: row for row in reversed(named)}
    spellings = dict.fromkeys(row["text"] for row in named)  # in the order of their first mentions
    tickers = {row["name"]: row for row in reversed(rows.where("other_mentions", kind="ticker"))}
    found = [row for table in _TABLES for row in rows.where(table, iri=entity)]
    return [one for row in found for one in _of_row(row, merged, {text: mentions[text] for text in spellings}, tickers)]


def _of_row(row: Mapping[str, Any], merged: list[AliasEvidence], mentions: _Rows, tickers: _Rows) -> list[AliasEvidence]:
    merged_names = {evidence.name for evidence in merged}
    others = [_name_evidence(row, name, mentions) for name in _aliases(row) if name not in merged_names]
    others += [_ticker_evidence(row, ticker, tickers) for ticker in row.get("tickers") or ()]
    return sorted([*merged, *others], key=_order)


def _merge_evidence(row: Mapping[str, Any]) -> AliasEvidence:
    return AliasEvidence(row["entity"], row["name"], row["rule"] or "", row["article"], row["start"], row["end"], row["note"] or "")


def _order(evidence: AliasEvidence) -> tuple[str, str, str, int]:
    return evidence.name, evidence.rule, evidence.article or "~", evidence.start or 0


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


def _first_mentions(graph: GraphTables) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the first mention of each spelling, by entity and spelling."""
    tables = (graph["mentions"].rename({"company": "entity"}), graph["other_mentions"].filter(pl.col("entity").is_not_null()))
    data = pl.concat([table.select("entity", *_MENTION) for table in tables])
    mentions: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in data.unique(["entity", "text"], keep="first", maintain_order=True).iter_rows(named=True):
        mentions[row["entity"]][row["text"]] = row
    return mentions


def _first_tickers(graph: GraphTables) -> dict[str, dict[str, Any]]:
    """Return the first mention of each ticker."""
    data = graph["other_mentions"].filter(pl.col("kind") == "ticker").unique("name", keep="first", maintain_order=True)
    return {row["name"]: row for row in data.iter_rows(named=True) if row["name"]}
