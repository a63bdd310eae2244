"""Why a name is taken for something's: for every other name, ticker and legal name the rule, and the article that shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables

LISTED = "listed"
"""The rule of what a list of names says, the program's own or the user's."""
OWN_DOMAIN = "own_domain"
"""The rule by which a provider belongs to a company: its name is the company's and its domain's."""

_TABLES = ("companies", "organisations", "people", "places")
_SPELLED = ("article", "text", "rule", "start", "end")

_Shown = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AliasEvidence:
    """One name of an entity (IRI) and why it is one; `start` and `end` cut the words out of the article, null where no article shows it."""

    entity: str
    name: str
    rule: str
    article: str | None = None
    start: int | None = None
    end: int | None = None
    note: str = ""


def alias_evidence(graph: GraphTables, entity: str | None = None) -> Iterator[AliasEvidence]:
    """Give the namings of every company, organisation, person and place, or of one of them, by IRI and name.

    Names that were joined stand with the rule that joined them; names spelled in a text with the rule that found the first of
    them; all others are from a list, or from the record of identifiers by whose rule the company was linked.
    """
    joined: dict[str, list[AliasEvidence]] = defaultdict(list)
    columns = ("entity", "name", "rule", "article", "start", "end", "note")
    for iri, name, rule, article, start, end, note in _of(graph["merges"], "entity", entity).select(columns).iter_rows():
        joined[iri].append(AliasEvidence(iri, name, rule or "", article, start, end, note or ""))
    shown = _spelled(graph, entity)
    tickers = _tickers(graph)
    for table in _TABLES:
        for row in _of(graph[table], "iri", entity).iter_rows(named=True):
            iri = row["iri"]
            known = {naming.name for naming in joined[iri]}
            found = [_naming(row, name, shown.get(iri, {})) for name in _further(row) if name not in known]
            found += [_ticker(row, name, tickers) for name in row.get("tickers") or ()]
            yield from sorted([*joined[iri], *found], key=lambda one: (one.name, one.rule, one.article or "~", one.start or 0))


def _of(data: pl.DataFrame, column: str, entity: str | None) -> pl.DataFrame:
    return data if entity is None else data.filter(pl.col(column) == entity)


def _further(row: Mapping[str, Any]) -> list[str]:
    """List the names of a row beside its label."""
    names = dict.fromkeys(filter(None, (*(row["aliases"] or ()), row.get("legal_name"))))
    return [name for name in names if name != row["name"]]


def _naming(row: Mapping[str, Any], name: str, spelled: _Shown) -> AliasEvidence:
    words = spelled.get(name) or next((one for text, one in spelled.items() if text.startswith(name)), None)
    if words is None:
        return AliasEvidence(row["iri"], name, (row.get("id_rule") if name == row.get("legal_name") else None) or LISTED)
    return AliasEvidence(row["iri"], name, words["rule"] or "", words["article"], words["start"], words["end"])


def _ticker(row: Mapping[str, Any], ticker: str, told: Mapping[str, dict[str, Any]]) -> AliasEvidence:
    words = told.get(ticker)
    if words is None:
        return AliasEvidence(row["iri"], ticker, row["id_rule"] or LISTED)
    return AliasEvidence(row["iri"], ticker, words["rule"] or "", words["article"], words["start"], words["end"])


def _spelled(graph: GraphTables, entity: str | None) -> dict[str, dict[str, dict[str, Any]]]:
    """Give the first mention of each spelling, by entity and words."""
    tables = (graph["mentions"].rename({"company": "entity"}), graph["other_mentions"].filter(pl.col("entity").is_not_null()))
    data = pl.concat([_of(table, "entity", entity).select("entity", *_SPELLED) for table in tables])
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in data.unique(["entity", "text"], keep="first", maintain_order=True).iter_rows(named=True):
        found[row["entity"]][row["text"]] = row
    return found


def _tickers(graph: GraphTables) -> dict[str, dict[str, Any]]:
    """Give the first place where each ticker stands in a text."""
    data = graph["other_mentions"].filter(pl.col("kind") == "ticker").unique("name", keep="first", maintain_order=True)
    return {row["name"]: row for row in data.iter_rows(named=True) if row["name"]}
