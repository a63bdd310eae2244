"""Nodes that two graphs know by different IRIs: under another base, or replaced as the table `replaced` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES, STR, GraphTables, nodes
from newsgraph.rdf.graph_statements import dataset


@dataclass(frozen=True, slots=True)
class Renaming:
    """How IRIs of an old graph are those of a new one: another base, and for single nodes another name and its rule."""

    old_base: str
    new_base: str
    names: Mapping[str, str]
    rules: Mapping[str, str]

    def new(self, iri: str) -> str:
        """Give the new graph's IRI for one of the old graph."""
        return self.names.get(iri) or self._based(iri, self.old_base, self.new_base)

    def old(self, iri: str) -> str:
        """Give back the old graph's IRI of a node that has no other name."""
        return self._based(iri, self.new_base, self.old_base)

    @staticmethod
    def _based(iri: str, source: str, target: str) -> str:
        return target + iri.removeprefix(source) if iri.startswith(source) else iri

    def applied(self, graph: GraphTables) -> GraphTables:
        """Write the old graph with the new one's IRIs, so that what is equal looks equal."""
        if not self.names and self.old_base == self.new_base:
            return graph
        return GraphTables(MappingProxyType({name: self._table(data, name) for name, data in graph.tables.items()}))

    def _table(self, data: pl.DataFrame, name: str) -> pl.DataFrame:
        written = data.with_columns(self._column(column) for column, kind in data.schema.items() if kind == STR)
        if name not in NODE_TABLES or not self.names:
            return written
        # of several nodes that became one, that which has the IRI by itself is the one to compare
        replaced = data.select(pl.col("iri").is_in(list(self.names)).alias("_replaced"))
        ordered = pl.concat([written, replaced], how="horizontal").sort("_replaced", maintain_order=True).drop("_replaced")
        return ordered.unique("iri", keep="first", maintain_order=True)

    def _column(self, name: str) -> pl.Expr:
        iri = pl.col(name).replace(dict(self.names)) if self.names else pl.col(name)
        if self.old_base == self.new_base:
            return iri
        based = pl.lit(self.new_base) + iri.str.strip_prefix(self.old_base)
        return pl.when(iri.str.starts_with(self.old_base)).then(based).otherwise(iri).alias(name)


def renaming(old: GraphTables, new: GraphTables) -> Renaming:
    """Find how IRIs changed; a node counts as replaced where the new graph has no such IRI and the table leads to one that it has.

    Raises InputError for tables that are no graph.
    """
    bases = Renaming(dataset(old)["base"], dataset(new)["base"], {}, {})
    if "replaced" not in new.tables:
        return bases
    steps: dict[str, tuple[str, str]] = {}
    for source, target, rule in new["replaced"].select("old", "new", "rule").sort("old", "new", "rule").iter_rows():
        steps.setdefault(bases.new(source), (bases.new(target), rule or ""))
    here = set(nodes(new)["iri"])
    names: dict[str, str] = {}
    rules: dict[str, str] = {}
    for iri in nodes(old)["iri"]:
        start = bases.new(iri)
        end = _end(start, steps, here)
        if end is not None and start not in here:
            names[iri], rules[iri] = end, steps[start][1]
    return Renaming(bases.old_base, bases.new_base, names, rules)


def _end(iri: str, steps: Mapping[str, tuple[str, str]], here: set[str]) -> str | None:
    """Follow the steps to the first node that is there; None where they lead nowhere, or round and round."""
    passed: set[str] = set()
    while iri not in here:
        if iri in passed or iri not in steps:
            return None
        passed.add(iri)
        iri = steps[iri][0]
    return iri
