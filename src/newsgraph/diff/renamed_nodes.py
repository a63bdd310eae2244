"""Nodes with different IRIs in two graphs: with another base, or replaced according to the table `replaced`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES, STR, GraphTables, nodes
from newsgraph.rdf.graph_statements import dataset


@dataclass(frozen=True, slots=True)
class Renaming:
    """The mapping of IRIs from an old to a new graph: the bases, and for single nodes another IRI and its rule."""

    old_base: str
    new_base: str
    names: Mapping[str, str]
    rules: Mapping[str, str]

    def new(self, iri: str) -> str:
        """Return the IRI in the new graph of a node of the old one."""
        return self.names.get(iri) or self._rebased(iri, self.old_base, self.new_base)

    def old(self, iri: str) -> str:
        """Return the IRI in the old graph of a node that was not replaced."""
        return self._rebased(iri, self.new_base, self.old_base)

    @staticmethod
    def _rebased(iri: str, source: str, target: str) -> str:
        return target + iri.removeprefix(source) if iri.startswith(source) else iri

    def apply(self, graph: GraphTables) -> GraphTables:
        """Return the old graph with the IRIs of the new one, so that equal nodes have equal rows."""
        if not self.names and self.old_base == self.new_base:
            return graph
        return GraphTables(MappingProxyType({name: self._table(data, name) for name, data in graph.tables.items()}))

    def _table(self, data: pl.DataFrame, name: str) -> pl.DataFrame:
        mapped = data.with_columns(self._column(column) for column, kind in data.schema.items() if kind == STR)
        if name not in NODE_TABLES or not self.names:
            return mapped
        # of several nodes that became one, the one that already had this IRI is compared
        replaced = data.select(pl.col("iri").is_in(list(self.names)).alias("_replaced"))
        ordered = pl.concat([mapped, replaced], how="horizontal").sort("_replaced", maintain_order=True).drop("_replaced")
        return ordered.unique("iri", keep="first", maintain_order=True)

    def _column(self, name: str) -> pl.Expr:
        iri = pl.col(name).replace(dict(self.names)) if self.names else pl.col(name)
        if self.old_base == self.new_base:
            return iri
        rebased = pl.lit(self.new_base) + iri.str.strip_prefix(self.old_base)
        return pl.when(iri.str.starts_with(self.old_base)).then(rebased).otherwise(iri).alias(name)


def find_renaming(old: GraphTables, new: GraphTables) -> Renaming:
    """Return how IRIs changed; a node counts as replaced if its IRI is not in the new graph but table `replaced` leads to one that is.

    Raises InputError for tables that do not form a graph.
    """
    bases = Renaming(dataset(old)["base"], dataset(new)["base"], {}, {})
    if "replaced" not in new.tables:
        return bases
    steps: dict[str, tuple[str, str]] = {}
    for source, target, rule in new["replaced"].select("old", "new", "rule").sort("old", "new", "rule").iter_rows():
        steps.setdefault(bases.new(source), (bases.new(target), rule or ""))
    if not steps:
        return bases
    known = set(nodes(new)["iri"])
    names: dict[str, str] = {}
    rules: dict[str, str] = {}
    for iri in nodes(old)["iri"]:
        start = bases.new(iri)
        end = _end(start, steps, known)
        if end is not None and start not in known:
            names[iri], rules[iri] = end, steps[start][1]
    return Renaming(bases.old_base, bases.new_base, names, rules)


def _end(iri: str, steps: Mapping[str, tuple[str, str]], known: set[str]) -> str | None:
    """Follow the steps to the first known IRI; return None if they end or form a cycle before."""
    visited: set[str] = set()
    while iri not in known:
        if iri in visited or iri not in steps:
            return None
        visited.add(iri)
        iri = steps[iri][0]
    return iri
