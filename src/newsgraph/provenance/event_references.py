"""How a decision refers to an event of a graph so that it matches this event and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import DECISION, EventReference
from newsgraph.decisions.event_matching import NO, amount_matches, party_match
from newsgraph.provenance.company_descriptions import CompanyWords
from newsgraph.resolve.events.resolved_reports import PARTY_KINDS, main_roles

_MONTH = len("2024-05")


@dataclass(frozen=True, slots=True)
class ReferableEvent:
    """What a reference can say of an event: its type, month (or year, empty if unknown), main parties (IRI and name), amounts and articles."""

    type: str
    when: str
    parties: tuple[tuple[str, str], ...]
    companies: frozenset[str]  # those of the parties that are companies or organisations
    own_amounts: tuple[float, ...]  # of the event
    amounts: tuple[float, ...]  # any in its reports
    articles: tuple[str, ...] = ()  # IRIs of those that report it

    @property
    def sides(self) -> frozenset[str]:
        """The main parties (IRIs)."""
        return frozenset(party for party, _ in self.parties)


@dataclass(frozen=True)
class EventReferences:
    """The events of a graph by IRI, except deals, which follow from their parts; the events of each party, and what names may mean."""

    all: Mapping[str, ReferableEvent]
    of_party: Mapping[str, tuple[str, ...]]
    candidates: Mapping[str, frozenset[str]]

    def reference(self, iri: str) -> EventReference | None:
        """Refer to an event so that it alone is matched: by its month, and if needed by an amount or an article; None if that is impossible."""
        return next((reference for reference in self._references(iri) if self.matches(reference) == {iri}), None)

    def alike(self, iri: str) -> list[str]:
        """Return the other events of the same type between the same parties, sorted."""
        event = self.all[iri]
        near = {other for party in event.sides for other in self.of_party[party]} - {iri}
        return sorted(other for other in near if self.all[other].type == event.type and self.all[other].sides == event.sides)

    def plain(self, iri: str) -> EventReference:
        """Refer to an event by its parties and month, whether or not others match too."""
        return next(iter(self._references(iri)))

    def _references(self, iri: str) -> Iterable[EventReference]:
        event = self.all[iri]
        names = tuple(sorted({name for _, name in event.parties}))
        month = event.when if len(event.when) == _MONTH else ""
        for amount in (None, *event.own_amounts):
            yield EventReference(event.type, names, month, amount)
        for article in event.articles:
            yield EventReference(event.type, names, month, None, article)

    def matches(self, reference: EventReference) -> set[str]:
        """Return the events that a decision with a reference would be applied to, or would be ambiguous about."""
        named = [self.candidates.get(name_key(name), frozenset()) for name in reference.parties]
        near = {iri for iris in named[:1] for party in iris for iri in self.of_party.get(party, ())}
        fits = {iri: self._match(reference, named, self.all[iri]) for iri in near}
        best = max(fits.values(), default=NO)
        return {iri for iri, fit in fits.items() if fit == best != NO}

    @staticmethod
    def _match(reference: EventReference, named: list[frozenset[str]], event: ReferableEvent) -> int:
        in_month = not reference.month or (event.when and reference.month.startswith(event.when))
        if event.type != reference.type or not in_month or (reference.article and reference.article not in event.articles):
            return NO
        return party_match(named, event.sides, event.companies) if amount_matches(reference.amount, event.amounts) else NO


def event_references(graph: GraphTables, words: CompanyWords) -> EventReferences:
    """Collect what references need; `words` has the names of companies."""
    candidates: dict[str, set[str]] = defaultdict(set)
    for key, companies in words.holders.items():
        candidates[key] |= set(companies)
    types = dict(graph["events"].select("iri", "type").iter_rows())
    parties: dict[str, dict[str, str]] = defaultdict(dict)
    companies_of: dict[str, set[str]] = defaultdict(set)
    rows = graph["event_roles"].select("event", "role", "party", "name", "kind").iter_rows()
    for event, role, party, name, kind in rows:
        if party is None or role.partition(":")[2] not in main_roles(types[event]):
            continue
        parties[event][party] = words.reference(party).name if party in words.names else name
        if kind in PARTY_KINDS:
            companies_of[event].add(party)
        if party not in words.names and (kind not in PARTY_KINDS or name_key(name) not in words.holders):
            candidates[name_key(name)].add(party)
    own, amounts = (_amounts(graph, table) for table in ("reports", "report_amounts"))
    articles = dict(graph["reports"].group_by("event").agg(pl.col("article").unique().sort()).iter_rows())
    events = {
        iri: ReferableEvent(
            kind, (when or "")[:_MONTH] if source != DECISION else "", tuple(sorted(parties[iri].items())),
            frozenset(companies_of[iri]), tuple(sorted(own[iri])), tuple(sorted(amounts[iri] | own[iri])), tuple(articles.get(iri, ())),
        )
        for iri, kind, when, source in graph["events"].select("iri", "type", "when", "date_source").iter_rows()
        if kind != "deal"
    }  # fmt: skip
    of_party: dict[str, list[str]] = defaultdict(list)
    for iri, event in events.items():
        for party, _ in event.parties:
            of_party[party].append(iri)
    return EventReferences(
        events, {party: tuple(iris) for party, iris in of_party.items()}, {key: frozenset(iris) for key, iris in candidates.items()}
    )


def _amounts(graph: GraphTables, table: str) -> dict[str, set[float]]:
    amounts: dict[str, set[float]] = defaultdict(set)
    for event, amount in graph[table].select("event", "amount").drop_nulls().iter_rows():
        amounts[event].add(amount)
    return amounts
