"""Events as nodes of the graph, and who takes which role in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from newsgraph.core.model import EventAmount, Money, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.events.resolved_reports import PARTY_KINDS, ResolvedReport, main_roles


class DecidedValue(NamedTuple):
    """A value that people decided: `field` is that of the ledger (amount, date, status or part), `decision` the decision in words.

    An amount is `money`, which is None if the event shall have none; any other value is `text`, empty if there shall be none.
    """

    field: str
    text: str
    money: Money | None
    decision: str


class EventRole(NamedTuple):
    """Who or what takes a role in an event: `party` is its node (IRI), None if only words of a text take the role."""

    role: str  # a key of `vocabulary.ROLES`
    party: str | None
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class EventNode:
    """One event, who takes which role, and its reports (of a deal, its totals)."""

    iri: str
    type: str
    label: str
    when: str  # an ISO day, month or year, empty if unknown
    when_source: str
    amount: EventAmount | None
    status: Status
    confidence: float
    rule: str
    roles: tuple[EventRole, ...]  # sorted
    reports: tuple[ResolvedReport, ...]
    totals: tuple[tuple[ArticleNode, Total], ...]
    parts: tuple[str, ...]  # IRIs
    members: tuple[str, ...]  # identify the event in a file of kept IRIs
    decided: tuple[DecidedValue, ...] = ()
    part: str | None = None
    percent: float | None = None
    count: int | None = None
    background: bool = False  # true if every report is of something known from before

    @property
    def date(self) -> date | None:
        """Return the day of the event, None if only its month or year is known, or nothing."""
        return date.fromisoformat(self.when) if len(self.when) == len("2024-05-01") else None

    def decision(self, field: str) -> str:
        """Return the decision, in words, that set a field (amount, date, status or part), empty if none did."""
        return next((value.decision for value in self.decided if value.field == field), "")

    @property
    def money(self) -> Money | None:
        """Return the amount of the event."""
        return self.amount.money if self.amount else None

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the companies and organisations (IRIs) that act or are acted on, each once."""
        agents = (role.party for role in self.roles if role.party and ROLES[role.role].agent and role.kind in PARTY_KINDS)
        return tuple(dict.fromkeys(agents))

    @property
    def articles(self) -> Mapping[str, ArticleNode]:
        """Return the articles that report the event, by IRI."""
        reporting = {resolved.article.iri: resolved.article for resolved in self.reports}
        return reporting | {article.iri: article for article, _ in self.totals}


def event_roles(cluster: Sequence[ResolvedReport], pair: tuple[str, str], names: Mapping[str, str]) -> tuple[EventRole, ...]:
    """Return who takes which role in the event of some reports; `pair` are its main parties (IRIs).

    Reports that have the main parties the wrong way round say nothing of their roles. A role that a node takes in one report is not taken
    by words of another, and of several wordings the most frequent is taken; `names` has the names of parties by IRI.
    """
    nodes: dict[tuple[str, str], EventRole] = {}
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    type_name = cluster[0].report.type
    main, symmetric = main_roles(type_name), EVENT_TYPES[type_name].symmetric
    for resolved in cluster:
        is_reversed = not symmetric and resolved.pair != pair and resolved.pair[::-1] == pair
        for filler in resolved.fillers:
            if is_reversed and filler.role in main:
                continue
            if filler.iri:
                name = names.get(filler.iri, filler.name)
                nodes.setdefault((filler.role, filler.iri), EventRole(filler.role, filler.iri, name, filler.kind))
            else:
                wordings[filler.role][filler.name] += 1
    if type_name == "acquisition":  # some articles report the sale of a part as that of the company that sells it
        sellers = {iri for role, iri in nodes if role == "seller"}
        nodes = {key: role for key, role in nodes.items() if not (key[0] == "target" and key[1] in sellers)}
    if not symmetric:  # whoever buys is not bought: a report that says so has read something wrong
        firsts = {iri for role, iri in nodes if role == EVENT_TYPES[type_name].first}
        nodes = {
            key: node for key, node in nodes.items() if key[0] == EVENT_TYPES[type_name].first or key[0] not in main or key[1] not in firsts
        }
    named = {role for role, _ in nodes}
    words = [
        EventRole(role, None, min(counts, key=lambda wording: (-counts[wording], -len(wording), wording)), "text")
        for role, counts in wordings.items()
        if role not in named
    ]
    places = {role: place for place, role in enumerate(ROLES)}
    return tuple(sorted((*nodes.values(), *words), key=lambda role: (places[role.role], role.party or "", role.name)))
