"""Look up nodes of a graph by label, alias, ticker, link or IRI; case does not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables, nodes
from newsgraph.core.redirects import redirects

ANY = "node"  # instead of a kind: every kind
_SHOWN = 5  # nodes that an error about an ambiguous name lists


@dataclass(frozen=True)
class NameIndex:
    """The names of the nodes of one graph."""

    labels: dict[str, str]  # IRI -> label
    kinds: dict[str, str]  # IRI -> node kind
    strong: dict[str, tuple[str, ...]]  # IRI or label, case folded -> IRIs
    weak: dict[str, tuple[str, ...]]  # alias, ticker, legal name, domain, link, story name or replaced IRI, case folded -> IRIs

    def find(self, name: str, *kinds: str) -> str:
        """Return the IRI of the only node with that name, among some kinds or all.

        Raises UnknownNameError if no node has the name, InputError if several have it.
        """
        kinds = kinds or (ANY,)
        return self._only(name, self._matches(name, *kinds), *kinds)

    def label(self, name: str, *kinds: str) -> str:
        """Return the label of the nodes with that name among some kinds; several nodes are fine if they share their label.

        Raises as `find` does; the error names the first of `kinds`.
        """
        matches = self._matches(name, *kinds)
        same = len({self.labels[iri] for iri in matches}) == 1
        return self.labels[matches[0] if same else self._only(name, matches, *kinds)]

    def _matches(self, name: str, *kinds: str) -> tuple[str, ...]:
        folded = fold_name(name)
        matches = (tuple(iri for iri in names.get(folded, ()) if self._is(iri, *kinds)) for names in (self.strong, self.weak))
        return next(filter(None, matches), ()) if folded else ()

    def _is(self, iri: str, *kinds: str) -> bool:
        return ANY in kinds or self.kinds[iri] in kinds

    def _only(self, name: str, matches: tuple[str, ...], *kinds: str) -> str:
        if not matches:
            raise UnknownNameError(kinds[0], name, self.spellings(*kinds))
        if len(matches) > 1:
            listed = ", ".join(f"{self.kinds[iri]} <{iri}>" for iri in matches[:_SHOWN]) + (" ..." if len(matches) > _SHOWN else "")
            hint = "Use the IRI of the one you mean."
            raise InputError(name, f"is the name of {len(matches)} nodes: {listed}", hint)
        return matches[0]

    def spellings(self, *kinds: str) -> Iterator[str]:
        """Yield the names that a person would type for nodes of some kinds, to be suggested; no IRIs and links."""
        yield from (label for iri, label in self.labels.items() if self._is(iri, *kinds))
        yield from (name for name, iris in self.weak.items() if "://" not in name and any(self._is(iri, *kinds) for iri in iris))


def name_index(graph: GraphTables, *kinds: str) -> NameIndex:
    """Index the names of the nodes of a graph, of some kinds or all."""
    kinds = () if ANY in kinds else kinds
    rows = nodes(graph, *kinds).select("iri", "kind", "label").rows()
    base = graph["dataset"]["base"].to_list()[:1]
    strong: dict[str, list[str]] = {}
    for iri, kind, label in rows:
        # A story has the headline of one of its articles, which comes first.
        spellings = [iri, *([] if kind == "story" else [label]), *(iri.removeprefix(b) for b in base)]
        for spelling in dict.fromkeys(map(fold_name, spellings)):
            strong.setdefault(spelling, []).append(iri)
    weak: dict[str, list[str]] = {}
    current = {iri for iri, _, _ in rows}
    for name, iri in (*_weak_names(graph, kinds), *_old_names(graph, current, base)):
        if iri not in current:
            continue
        iris = weak.setdefault(fold_name(name), [])
        if iri not in iris:
            iris.append(iri)
    return NameIndex(
        labels={iri: unescape(label) for iri, _, label in rows},
        kinds={iri: kind for iri, kind, _ in rows},
        strong={name: tuple(iris) for name, iris in strong.items()},
        weak={name: tuple(iris) for name, iris in weak.items()},
    )


def _weak_names(graph: GraphTables, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    graph = GraphTables(
        {table: graph[table] if not kinds or kind in kinds else graph[table].clear() for table, kind in NODE_TABLES.items()}
    )
    yield from graph["stories"].select("name", "iri").iter_rows()
    for iri, aliases, tickers, legal, domain in graph["companies"].select("iri", "aliases", "tickers", "legal_name", "domain").rows():
        for name in (*(aliases or ()), *(tickers or ()), legal, domain):
            if name:
                yield name, iri
    for table in ("organisations", "people", "places"):
        for iri, aliases in graph[table].select("iri", "aliases").rows():
            for name in aliases or ():
                yield name, iri
    for table, column in (("providers", "domain"), ("articles", "url")):
        for iri, name in graph[table].select("iri", column).drop_nulls().rows():
            yield name, iri


def _old_names(graph: GraphTables, current: set[str], base: list[str]) -> Iterator[tuple[str, str]]:
    for old, new in redirects(graph).items():
        if new in current:
            yield from ((name, new) for name in {old, *(old.removeprefix(b) for b in base)})


def fold_name(name: str) -> str:
    """Return a name as it is looked up: without references such as `&amp;`, in lower case, with single blanks."""
    return " ".join(unescape(name).casefold().split())
