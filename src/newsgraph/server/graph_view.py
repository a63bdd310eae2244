"""One graph as requests ask it: its tables, names and rows, each prepared when it is first needed."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import BOOL, STR, GraphTables, nodes
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.row_lookup import RowLookup
from newsgraph.core.used_names import used_name
from newsgraph.query.sparql import QueryStore
from newsgraph.server.recent_results import RecentResults
from newsgraph.storage.derived_cache import TableOrigin

if TYPE_CHECKING:
    from newsgraph.provenance.explanation import Explanation

MOST_LISTED = 30
"""Articles that only name a node, of which its statements are returned: the newest ones."""
_REMEMBERED = 64  # explanations
_TOGETHER = 50  # articles that name two nodes and report nothing between them

_WITH_FORMS = frozenset({"company", "organisation"})  # kinds whose names may have a legal form
_ORDERS: dict[str, tuple[str, ...]] = {
    "companies": ("articles", "mentions"), "events": ("when", "articles"), "stories": ("last", "size"), "articles": ("published",),
}  # fmt: skip


class GraphView:
    """A graph and what is prepared of it."""

    def __init__(self, tables: GraphTables, origin: TableOrigin | None = None) -> None:
        """`origin` is where the tables were read from."""
        self.tables = tables
        self.lookup = RowLookup(tables)
        self._origin = origin
        self._guards = {name: Lock() for name in ("names", "spellings", "store", "orders")}
        self._orders: dict[str, pl.Series] = {}
        self._explained: RecentResults[tuple[str, str | None], Explanation] = RecentResults(_REMEMBERED)
        self._explaining, self.asking = Lock(), Lock()

    def prepare(self) -> None:
        """Prepare what pages, searches and explanations need, so that no request has to wait for it."""
        for table in _ORDERS:
            self.ordered(table)
        self.used_name("", "")
        if self.spellings.height:
            self.explain(self.spellings["iri"][0])

    @property
    def names(self) -> NameIndex:
        """The names of all nodes."""
        with self._guards["names"]:
            return self._names

    @property
    def spellings(self) -> pl.DataFrame:
        """The names that people may type: `folded`, `key` (without a legal form), `iri`, `kind`, `label`, `articles`, `is_label`."""
        with self._guards["spellings"]:
            return self._spellings

    @property
    def store(self) -> QueryStore:
        """The graph for the ready-made questions; hold `asking` while it answers."""
        with self._guards["store"]:
            return self._store

    def ordered(self, table: str) -> pl.Series:
        """Return the row numbers of a table of nodes in the order in which it is listed: what matters most, or is newest, comes first."""
        with self._guards["orders"]:
            if table not in self._orders:
                by = [pl.col(column) for column in _ORDERS[table]]
                data = self.tables[table].with_row_index("row").sort(*by, "iri", descending=[*(True for _ in by), False], nulls_last=True)
                self._orders[table] = data["row"]
            return self._orders[table]

    def used_name(self, article: str, iri: str) -> str:
        """Return the name that an article (IRI) uses for a thing, empty if that is its label or a form of it."""
        if iri not in self._called_otherwise:
            return ""
        of = (("mentions", "company"), ("other_mentions", "entity"))
        mentions = [
            text
            for table, column in of
            for thing, text in self.lookup.values(table, {"article": [article]}, column, "text")
            if thing == iri
        ]
        return used_name(self.names.labels[iri], mentions)

    def explain(self, first: str, second: str | None = None) -> Explanation:
        """Return the statements about a node, or between two (IRIs); not the decisions that would change the graph: a reader makes none."""
        key = first, second
        explained = self._explained.get(key)
        if explained is None:
            with self._explaining:  # it is work for the processor: several at a time would only hold each other up
                explained = self._explain(first, second)
            self._explained.put(key, explained)
        return explained

    def _explain(self, first: str, second: str | None) -> Explanation:
        from newsgraph.provenance.explanation import explain  # noqa: PLC0415 - heavy, and the server starts at once

        return explain(self.lookup, self.names, first, second, most=MOST_LISTED, limit=_TOGETHER)

    @cached_property
    def _names(self) -> NameIndex:
        return name_index(self.tables)

    @cached_property
    def _spellings(self) -> pl.DataFrame:
        names = self.names
        shown = [(name, iri, is_strong) for is_strong in (True, False) for name, iri in _pairs(names, is_strong=is_strong)]
        rows = [
            (name, name_key(name) if names.kinds[iri] in _WITH_FORMS else name, iri, names.kinds[iri], names.labels[iri], is_label)
            for name, iri, is_label in shown
        ]
        schema = {**dict.fromkeys(("folded", "key", "iri", "kind", "label"), STR), "is_label": BOOL}
        return pl.DataFrame(rows, schema, orient="row").join(nodes(self.tables).select("iri", "articles"), on="iri", how="left")

    @cached_property
    def _called_otherwise(self) -> frozenset[str]:
        """The things that some text calls by a name that is not a form of their label: few, and the others need no look into articles."""
        labels, pairs = self.names.labels, set[tuple[str, str]]()
        for table, column in (("mentions", "company"), ("other_mentions", "entity")):
            pairs.update(self.tables[table].select(column, "text").unique().drop_nulls().iter_rows())
        return frozenset(iri for iri, text in pairs if iri in labels and used_name(labels[iri], (text,)))

    @cached_property
    def _store(self) -> QueryStore:
        return QueryStore(self.tables, self._origin)


def _pairs(names: NameIndex, *, is_strong: bool) -> list[tuple[str, str]]:
    """Return pairs of a folded name and an IRI, without IRIs and links as names."""
    of = names.strong if is_strong else names.weak
    return [(name, iri) for name, iris in of.items() if "://" not in name and not _is_path(name, iris) for iri in iris]


def _is_path(name: str, iris: tuple[str, ...]) -> bool:
    return any(iri.casefold().endswith(f"/{name}") and "/" in name for iri in iris)
