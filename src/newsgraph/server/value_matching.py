"""Match a row of someone's table that has no name to things of the graph by the values that it has: an LEI, a ticker, a website."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import polars as pl

from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.server.graph_view import GraphView
from newsgraph.server.name_matching import NameCandidate
from newsgraph.server.node_fields import node_fields
from newsgraph.server.node_values import KIND_TABLES

_IDENTIFYING = frozenset({"lei", "cik", "isins", "tickers", "wikidata", "domain", "url"})
_SURE, _LEAST = 100.0, 50.0
_MOST = 100  # candidates


def match_values(view: GraphView, values: Sequence[tuple[str, frozenset[str]]], kinds: Collection[str]) -> list[NameCandidate]:
    """Return the things that have values in their fields, best first, of some kinds or all.

    `values` are fields with the values wanted of each, in lower case. A score is the share of fields that a thing has one of the wanted
    values in, in percent, and at least 50. The only thing that has all of them is a match if one of the fields identifies things, as
    an LEI does.
    """
    values = [(field, filled) for field, wanted in values if (filled := wanted - {""})]  # tables have holes
    if not values:
        return []
    held: Counter[str] = Counter()
    for kind in kinds or NODE_KINDS:
        table = KIND_TABLES[kind]
        for field, wanted in values:
            if field in node_fields(table):
                held.update(_holders(view.tables[table], field, wanted))
    found = [
        NameCandidate(iri, view.names.kinds[iri], view.names.labels[iri], round(_SURE * count / len(values), 1))
        for iri, count in held.items()
    ]
    found = sorted((one for one in found if one.score >= _LEAST), key=lambda one: (-one.score, one.iri))[:_MOST]
    sure = [one for one in found if one.score == _SURE]
    if len(sure) == 1 and not _IDENTIFYING.isdisjoint(field for field, _ in values):
        found[0] = NameCandidate(sure[0].iri, sure[0].kind, sure[0].label, sure[0].score, is_match=True)
    return found


def _holders(table: pl.DataFrame, field: str, wanted: Collection[str]) -> list[str]:
    """Return the IRIs of the rows that have one of some values in a column, each once."""
    data = table.select("iri", field)
    if isinstance(data.schema[field], pl.List):
        data = data.explode(field)
    matching = data.drop_nulls().filter(pl.col(field).cast(pl.String).str.to_lowercase().is_in(sorted(wanted)))
    return matching["iri"].unique(maintain_order=True).to_list()
