"""Which nodes a name may mean: labels, aliases, tickers, links and IRIs of a graph, whatever the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables, nodes
from newsgraph.core.redirects import redirects

ANY = "node"  # stands for every kind
_SHOWN = 5


@dataclass(frozen=True)
class NameIndex:
    """The names of one graph's nodes.

    `labels` gives each IRI its label and `kinds` its kind; `strong` finds IRIs by IRI or label and `weak` by alias, ticker,
    legal name, domain, link, name of a story or an IRI that was replaced, both by names in folded case.
    """

    labels: dict[str, str]
    kinds: dict[str, str]
    strong: dict[str, tuple[str, ...]]
    weak: dict[str, tuple[str, ...]]

    def find(self, name: str, *kinds: str) -> str:
        """Give the IRI of the one node of that name, of some kinds or of any; raise where there is none or more than one."""
        kinds = kinds or (ANY,)
        return self._one(name, self._named(name, *kinds), *kinds)

    def label(self, name: str, *kinds: str) -> str:
        """Give the label of what is called so among the nodes of some kinds, the first of which an error names.

        Nodes that share a label are told apart by nothing here. Raises as `find` does.
        """
        found = self._named(name, *kinds)
        same = len({self.labels[iri] for iri in found}) == 1
        return self.labels[found[0] if same else self._one(name, found, *kinds)]

    def _named(self, name: str, *kinds: str) -> tuple[str, ...]:
        wanted = _fold(name)
        found = (tuple(iri for iri in names.get(wanted, ()) if self._is(iri, *kinds)) for names in (self.strong, self.weak))
        return next(filter(None, found), ()) if wanted else ()

    def _is(self, iri: str, *kinds: str) -> bool:
        return ANY in kinds or self.kinds[iri] in kinds

    def _one(self, name: str, found: tuple[str, ...], *kinds: str) -> str:
        if not found:
            raise UnknownNameError(kinds[0], name, self.spellings(*kinds))
        if len(found) > 1:
            meant = ", ".join(f"{self.kinds[iri]} <{iri}>" for iri in found[:_SHOWN]) + (" ..." if len(found) > _SHOWN else "")
            hint = "Give the IRI of the one you mean."
            raise InputError(name, f"is the name of {len(found)} nodes: {meant}", hint)
        return found[0]

    def spellings(self, *kinds: str) -> Iterator[str]:
        """List the names that a person would type, for suggestions: of nodes of some kinds."""
        yield from (label for iri, label in self.labels.items() if self._is(iri, *kinds))
        yield from (name for name, iris in self.weak.items() if "://" not in name and any(self._is(iri, *kinds) for iri in iris))


def name_index(graph: GraphTables, *kinds: str) -> NameIndex:
    """Collect the names of the nodes of a graph, of all kinds or of some."""
    kinds = () if ANY in kinds else kinds
    rows = nodes(graph, *kinds).select("iri", "kind", "label").rows()
    base = graph["dataset"]["base"].to_list()[:1]
    strong: dict[str, list[str]] = {}
    for iri, kind, label in rows:
        # a story is called after its event or its lead article, which are meant before it
        spellings = [iri, *([] if kind == "story" else [label]), *(iri.removeprefix(b) for b in base)]
        for spelling in dict.fromkeys(map(_fold, spellings)):
            strong.setdefault(spelling, []).append(iri)
    weak: dict[str, list[str]] = {}
    here = {iri for iri, _, _ in rows}
    for name, iri in (*_weak_names(graph, kinds), *_old_names(graph, here, base)):
        if iri not in here:
            continue
        found = weak.setdefault(_fold(name), [])
        if iri not in found:
            found.append(iri)
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


def _old_names(graph: GraphTables, here: set[str], base: list[str]) -> Iterator[tuple[str, str]]:
    for old, new in redirects(graph).items():
        if new in here:
            yield from ((name, new) for name in {old, *(old.removeprefix(b) for b in base)})


def _fold(name: str) -> str:
    return " ".join(unescape(name).casefold().split())
