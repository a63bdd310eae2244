"""What people decided about events: which clusters of reports a decision means, and what it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Kind, Money
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.decisions.contradictions import effects
from newsgraph.decisions.decision import Decision, Decisions, EventChange, EventReference, Verb
from newsgraph.decisions.event_matching import NO, amount_matches, party_match
from newsgraph.resolve.article_nodes import ArticleNode, article_addresses
from newsgraph.resolve.events.event_roles import DecidedValue
from newsgraph.resolve.events.event_values import time_of
from newsgraph.resolve.events.resolved_reports import PARTY_KINDS, TEXT, ResolvedFiller, ResolvedReport, report_fillers
from newsgraph.resolve.mention_lookup import MentionLookup

_KINDS_OF_ROLE = {"person": Kind.PERSON, "product": Kind.PRODUCT, "place": Kind.PLACE}
DECISION_VERBS = (Verb.WRONG_EVENT, Verb.RIGHT_AMOUNT, Verb.EVENT)


@dataclass(frozen=True, slots=True)
class DecidedReports:
    """Clusters (by position) that are not events, the decisions that change others, and decisions that match several clusters.

    `clashing` are decisions that refer to one event in different words and contradict each other; none of them is applied.
    """

    wrong: frozenset[int] = field(default=frozenset())
    changes: Mapping[int, tuple[Decision, ...]] = field(default_factory=dict)
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    ambiguous: tuple[tuple[Decision, int], ...] = ()
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


class DecidableNodes(NamedTuple):
    """The nodes that names in decisions may mean: IRIs by folded name, and the name and the kind of each."""

    candidates: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    articles: Mapping[str, str] = {}  # the IRI of the article behind each address in a decision

    def filler(self, role: str, name: str, own: Collection[str] = ()) -> ResolvedFiller:
        """Return what takes a decided role: a node of a fitting kind, of several one in `own`, or the words if there is none."""
        kinds = {_KINDS_OF_ROLE[role].value} if role in _KINDS_OF_ROLE else PARTY_KINDS
        iris = sorted(iri for iri in self.candidates.get(name_key(name), ()) if self.kinds.get(iri) in kinds)
        if not iris and role not in _KINDS_OF_ROLE:
            iris = sorted(iri for iri in self.candidates.get(name_key(name), ()) if self.kinds.get(iri) == Kind.PERSON.value)
        iri = next((iri for iri in iris if iri in own), iris[0] if len(iris) == 1 else None)
        if iri is None or ROLES[role].literal:
            return ResolvedFiller(role, None, name, TEXT)
        return ResolvedFiller(role, iri, self.names[iri], self.kinds[iri])


def decidable_nodes(lookup: MentionLookup, articles: Sequence[ArticleNode], decisions: Decisions) -> DecidableNodes:
    """Return the nodes of a graph that names in decisions may mean."""
    return DecidableNodes(lookup.candidates, lookup.names, lookup.kinds, article_addresses(articles, decisions))


NO_NODES = DecidableNodes({}, {}, {})


def match_decisions(clusters: Sequence[list[ResolvedReport]], decisions: Sequence[Decision], nodes: DecidableNodes) -> DecidedReports:
    """Find the clusters that decisions refer to; a decision that matches several events is applied to none of them.

    Events with all parties of a reference, and no others, come before events with more parties.
    """
    if not decisions:
        return DecidedReports()
    ambiguous = []
    by_cluster: dict[int, list[Decision]] = defaultdict(list)
    by_type: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        by_type[cluster[0].report.type].append(number)
    for decision in decisions:
        if decision.event is None:
            continue
        fits = {number: reference_match(decision.event, clusters[number], nodes) for number in by_type[decision.event.type]}
        best = max(fits.values(), default=NO)
        matches = [number for number, fit in fits.items() if fit == best != NO]
        if len(matches) > 1:
            ambiguous.append((decision, len(matches)))
        elif matches:
            by_cluster[matches[0]].append(decision)
    clashing = {decision.order for matching in by_cluster.values() if _clash(matching) for decision in matching}
    agreed = {number: matching for number, matching in by_cluster.items() if matching[0].order not in clashing}
    return DecidedReports(
        frozenset(number for number, matching in agreed.items() if matching[0].verb is Verb.WRONG_EVENT),
        {number: tuple(matching) for number, matching in agreed.items() if matching[0].verb is not Verb.WRONG_EVENT},
        frozenset(decision.order for matching in agreed.values() for decision in matching),
        tuple(ambiguous),
        frozenset(clashing),
    )


def _clash(decisions: Sequence[Decision]) -> bool:
    values: dict[str, str] = {}
    return any(values.setdefault(name, value) != value for decision in decisions for name, value in effects(decision).items())


def reference_match(event: EventReference, cluster: Sequence[ResolvedReport], nodes: DecidableNodes) -> int:
    """Return how well a reference matches the event of some reports of its type, see `party_match`."""
    if event.article and nodes.articles.get(event.article) not in {resolved.article.iri for resolved in cluster}:
        return NO
    when, _ = time_of(cluster)
    if event.month and not (when and event.month.startswith(when[:7])):
        return NO  # of an event of which only the year is known, any month of it is right
    amounts = [amount.money.amount for resolved in cluster for amount in resolved.report.amounts]
    if not amount_matches(event.amount, amounts):
        return NO
    sides = {iri for resolved in cluster for iri in resolved.parties}
    companies = {filler.iri for resolved in cluster for filler in resolved.fillers if filler.kind in PARTY_KINDS and filler.iri in sides}
    named = [nodes.candidates.get(name_key(party), frozenset()) for party in event.parties]
    return party_match(named, sides, companies)


def changed_reports(cluster: Sequence[ResolvedReport], decisions: Sequence[Decision], nodes: DecidableNodes) -> list[ResolvedReport]:
    """Return the reports of an event with the type and the roles that people decided: the texts were misread.

    A decided party that is no node of the graph takes its role in words.
    """
    for decision in decisions:
        change = decision.change
        if change and (change.type or change.roles):
            cluster = [_changed(resolved, change, nodes) for resolved in cluster]
    return list(cluster)


def _changed(resolved: ResolvedReport, change: EventChange, nodes: DecidableNodes) -> ResolvedReport:
    report, type_name, decided = resolved.report, change.type or resolved.report.type, dict(change.roles)
    fillers = [filler for filler in _moved(resolved, type_name) if filler.role not in decided]
    own = {filler.iri for filler in resolved.fillers if filler.iri}
    fillers += [nodes.filler(role, name, own) for role, taken in decided.items() for name in taken]
    amounts = report.amounts
    if type_name != report.type:
        old, new = EVENT_TYPES[report.type].amount, EVENT_TYPES[type_name].amount
        amounts = tuple(replace(amount, of=new) if amount.of == old else amount for amount in amounts)
    return ResolvedReport(
        resolved.article, replace(report, type=type_name, roles=report_fillers(fillers), amounts=amounts), tuple(fillers), resolved.member
    )  # fmt: skip


def _moved(resolved: ResolvedReport, type_name: str) -> list[ResolvedFiller]:
    """Return the fillers of a report whose type is another: its main parties take the main roles, other roles stay if the type has them."""
    old, new = EVENT_TYPES[resolved.report.type], EVENT_TYPES[type_name]
    if old is new:
        return list(resolved.fillers)
    renamed = {old.second: new.second, old.first: new.first}
    fillers = [filler._replace(role=renamed.get(filler.role, filler.role)) for filler in resolved.fillers]
    return [filler for filler in fillers if filler.role in new.roles]


def decided_values(decisions: Sequence[Decision]) -> tuple[DecidedValue, ...]:
    """Return the values that decisions about one event set: amount, date, status and part."""
    values: dict[str, DecidedValue] = {}
    for decision in decisions:
        words = str(decision)
        change = decision.change or EventChange(amount=decision.amount, currency=decision.currency)
        if change.amount is not None or "amount" in change.removed:
            money = None if change.amount is None else Money(change.amount, change.currency)
            values["amount"] = DecidedValue("amount", "", money, words)
        for name, value in (("date", change.when), ("status", change.status), ("part", change.part)):
            if value or (name if name != "date" else "when") in change.removed:
                values[name] = DecidedValue(name, value, None, words)
    return tuple(values.values())
