"""Decisions that contradict each other: they are found before a build, and none of them is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from newsgraph.decisions.decision import Contradiction, Decision, Decisions, EventChange, NamedThing, Verb, quote_name

_EVENT = "the "  # before an event in words, which no link begins with
_Key = tuple[str, str]  # a normalised name and an article
_DECIDED = {Verb.SAME: "the same as one", Verb.RENAME: "renamed as one"}
_REFUSED = {Verb.NOT_A_COMPANY: "is not a company", Verb.PERSON: "is a person"}
_CHANGED = {Verb.RIGHT_AMOUNT: "has a right amount", Verb.EVENT: "is changed", Verb.ADD: "is added"}


def combine_decisions(decisions: Iterable[Decision]) -> Decisions:
    """Sort decisions, drop repeated ones, and separate those that contradict each other.

    Contradictions are: two companies, articles or events that are the same (directly or through others) and different; two names for one company, or for
    two that are the same; two values of one field of one event; a name that is not a company or is a person, and is the same as a company
    or renamed; an event that is wrong, and is changed or added. A name without an article means every company of that name.
    """
    ordered = _sort(decisions)
    links = _SameLinks(ordered)
    contradictions = [
        *_same_and_different(ordered, links), *_two_names(ordered, links), *_two_values(ordered), *_not_companies(ordered),
        *_wrong_and_right(ordered),
    ]  # fmt: skip
    contradictory = {decision for contradiction in contradictions for decision in contradiction.decisions}
    return Decisions(tuple(decision for decision in ordered if decision not in contradictory), tuple(contradictions))


def _sort(decisions: Iterable[Decision]) -> list[Decision]:
    """Sort by content; of repeated decisions the first in the file is kept."""
    by_line = sorted(decisions, key=lambda decision: decision.line)
    return sorted(dict.fromkeys(by_line), key=lambda decision: (decision.order, repr(decision.companies), repr(decision.event)))


def _things(decision: Decision) -> tuple[NamedThing, ...]:
    """Return what a decision says to be the same or different: companies, or articles and events, which have no name."""
    events = (f"{_EVENT}{replace(event, parties=event.key[1])}" for event in decision.events)
    return decision.companies or tuple(NamedThing("", about) for about in (*decision.articles, *events))


def _words(thing: NamedThing) -> str:
    return str(thing) if thing.name else thing.article if thing.article.startswith(_EVENT) else f"the stories of {thing.article}"


class _SameLinks:
    """A graph of names, whose links are the decisions that two names are the same."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._keys: dict[str, set[_Key]] = defaultdict(set)
        for decision in decisions:
            for thing in _things(decision):
                self._keys[thing.key[0]].add(thing.key)
        self._links: dict[_Key, list[tuple[_Key, Decision]]] = defaultdict(list)
        for decision in decisions:
            if decision.verb is Verb.SAME:
                for first, second in pairwise(self.keys(*_things(decision))):
                    self._links[first].append((second, decision))
                    self._links[second].append((first, decision))

    def keys(self, *companies: NamedThing) -> list[_Key]:
        """Return the keys of some names; a name without an article also means the same name with any article."""
        keys = {company.key for company in companies}
        keys |= {key for name, article in keys if not article for key in self._keys[name]}
        return sorted(keys)

    def has_any(self, keys: Iterable[_Key]) -> bool:
        """Return whether any of some names is the same as another."""
        return any(key in self._links for key in keys)

    def path(self, starts: Iterable[_Key], goals: Iterable[_Key]) -> tuple[Decision, ...] | None:
        """Return the decisions on a shortest path from some names to others, in order; None if there is no path."""
        previous: dict[_Key, tuple[_Key, Decision] | None] = dict.fromkeys(starts)
        queue, ends = list(previous), set(goals)
        for key in queue:  # grows while it is iterated over
            if key in ends:
                return tuple(dict.fromkeys(self._steps(key, previous)))
            for following, decision in self._links.get(key, ()):
                if following not in previous:
                    previous[following] = (key, decision)
                    queue.append(following)
        return None

    @staticmethod
    def _steps(end: _Key, previous: Mapping[_Key, tuple[_Key, Decision] | None]) -> list[Decision]:
        decisions = []
        step = previous[end]
        while step is not None:
            decisions.append(step[1])
            step = previous[step[0]]
        return decisions[::-1]


def _same_and_different(decisions: Sequence[Decision], links: _SameLinks) -> list[Contradiction]:
    """Find names that a decision calls different and others connect as the same."""
    contradictions = []
    for decision in decisions:
        if decision.verb is Verb.DIFFERENT:
            for one, other in combinations(_things(decision), 2):
                # A name and the same name with an article: the latter means the other companies of that name.
                alike = one.key[0] == other.key[0]
                path = links.path([one.key], [other.key]) if alike else links.path(links.keys(one), links.keys(other))
                if path:
                    contradictions.append(
                        Contradiction((decision, *path), f"{_words(one)} and {_words(other)} are both same and different")
                    )
    return contradictions


def _two_names(decisions: Sequence[Decision], links: _SameLinks) -> list[Contradiction]:
    renames = [decision for decision in decisions if decision.verb is Verb.RENAME]
    of_name: dict[str, list[Decision]] = defaultdict(list)
    for decision in renames:
        of_name[decision.companies[0].key[0]].append(decision)
    linked = [decision for decision in renames if links.has_any(links.keys(decision.companies[0]))]
    contradictions = []
    for one in renames:
        keys = links.keys(one.companies[0])
        # A name without links can only contradict another rename of the same name.
        for other in linked if links.has_any(keys) else of_name[one.companies[0].key[0]]:
            if other.name == one.name or other.order <= one.order:
                continue
            path = links.path(keys, links.keys(other.companies[0]))
            if path is not None:
                what = f"{one.companies[0]} is given different names, {quote_name(one.name)} and {quote_name(other.name)}"
                contradictions.append(Contradiction((one, other, *path), what))
    return contradictions


def effects(decision: Decision) -> Mapping[str, str]:
    """Return what a decision about an event sets, by field, as text; `is` says whether there is such an event."""
    if decision.verb is Verb.WRONG_EVENT:
        return {"is": "wrong"}
    if decision.verb is Verb.RIGHT_AMOUNT:
        return {"is": "right", **EventChange(amount=decision.amount, currency=decision.currency).values}
    return {"is": "right", **(decision.change.values if decision.change else {})}


def _two_values(decisions: Sequence[Decision]) -> list[Contradiction]:
    """Find fields of one event for which several values are decided."""
    of_event: dict[tuple[object, str], list[tuple[str, Decision]]] = defaultdict(list)
    for decision in decisions:
        if decision.verb in {Verb.RIGHT_AMOUNT, Verb.EVENT} and decision.event:
            for field, value in effects(decision).items():
                of_event[decision.event.key, field].append((value, decision))
    contradictions = []
    for (_, field), decided in of_event.items():
        count = len({value for value, _ in decided})
        if count > 1:
            what = "amounts" if field == "amount" else f"values of {field}"
            contradictions.append(
                Contradiction(tuple(decision for _, decision in decided), f"the {decided[0][1].event} is given {count} different {what}")
            )
    return contradictions


def _not_companies(decisions: Sequence[Decision]) -> list[Contradiction]:
    refused = {decision.companies[0].key: decision for decision in decisions if decision.verb in _REFUSED}
    contradictions = []
    for decision in decisions:
        if decision.verb in _DECIDED:
            keys = [key for company in decision.companies for key in dict.fromkeys((company.key, (company.key[0], "")))]
            refusals = [refused[key] for key in keys if key in refused]
            if refusals:
                what = f"{refusals[0].companies[0]} {_REFUSED[refusals[0].verb]}, and is {_DECIDED[decision.verb]}"
                contradictions.append(Contradiction((decision, *refusals), what))
    return contradictions


def _wrong_and_right(decisions: Sequence[Decision]) -> list[Contradiction]:
    wrong = {decision.event.key: decision for decision in decisions if decision.verb is Verb.WRONG_EVENT and decision.event}
    return [
        Contradiction((decision, wrong[decision.event.key]), f"the {decision.event} is wrong, and {_CHANGED[decision.verb]}")
        for decision in decisions
        if decision.verb in _CHANGED and decision.event and decision.event.key in wrong
    ]
