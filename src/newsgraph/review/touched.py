"""What an answer touches: the articles, the events and the edges that would change with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsgraph.core.graph_tables import GraphTables, shortcuts


@dataclass(frozen=True)
class Touched:
    """The events and the edges between nodes that depend on each node or event, by IRI.

    `events` maps each company to its events, `edges` counts the shortcut edges of each company and event and the employees of each company,
    and `reporting` maps each event to its articles.
    """

    events: Mapping[str, frozenset[str]]
    edges: Mapping[str, int]
    reporting: Mapping[str, frozenset[str]]

    def by_event(self, iri: str) -> int:
        """Count the event itself, the articles that report it, and its edges."""
        return 1 + len(self.reporting.get(iri, ())) + self.edges.get(iri, 0)

    def by_company(self, iri: str, articles: Iterable[str]) -> int:
        """Count articles (IRIs) that name a company, and its events that they report; edges too if the events are all that it has."""
        names_it = frozenset(articles)
        of_company = self.events.get(iri, frozenset())
        events = {event for event in of_company if self.reporting.get(event, frozenset()) & names_it}
        return len(names_it) + len(events) + (self.edges.get(iri, 0) if events == of_company else 0)


def touched_by(graph: GraphTables) -> Touched:
    """Collect what depends on the companies and events of a graph."""
    reporting: dict[str, set[str]] = defaultdict(set)
    for event, article in graph["reports"].select("event", "article").iter_rows():
        reporting[event].add(article)
    events: dict[str, set[str]] = defaultdict(set)
    for event, party in graph["event_roles"].select("event", "party").drop_nulls().iter_rows():
        events[party].add(event)
    edges: Counter[str] = Counter()
    for ends in shortcuts(graph).select("source", "target", "event").iter_rows():
        edges.update(ends)
    employed = graph["posts"].select("person", "employer").drop_nulls().unique()
    edges.update(employed["employer"])
    return Touched(
        {party: frozenset(iris) for party, iris in events.items()}, edges, {event: frozenset(iris) for event, iris in reporting.items()}
    )
