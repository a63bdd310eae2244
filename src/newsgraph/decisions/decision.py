"""Decisions of people, which refer to things by what does not change (names, links, event types), never by what a build generates.

The order of decisions does not matter: they are sorted before use, so that the same decisions in any order give the same graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise

from newsgraph.core.company_names import name_key

_Key = tuple[str, str]  # a normalised name and an article
_JOINTS = re.compile(r",| and | -> | \(in |\"")  # what separates names in the text form of a decision


class Verb(StrEnum):
    """The kinds of decisions."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    NOT_A_COMPANY = "not_a_company"
    WRONG_EVENT = "wrong_event"
    RIGHT_AMOUNT = "right_amount"


@dataclass(frozen=True, slots=True, order=True)
class NamedThing:
    """A reference to a company by one of its names."""

    name: str
    article: str = ""  # link or IRI of an article that names it, if several companies have the name

    @property
    def key(self) -> tuple[str, str]:
        """The normalised name and the article."""
        return name_key(self.name), self.article

    def __str__(self) -> str:
        """Return the text form; a name that could be taken for several names is in quotes."""
        name = _quote_name(self.name)
        return f"{name} (in {self.article})" if self.article else name


@dataclass(frozen=True, slots=True, order=True)
class EventReference:
    """A reference to an event by its type and the names of its parties, and by its month or amount if several events have these."""

    type: str  # a key of `vocabulary.EVENT_TYPES`
    parties: tuple[str, ...]
    month: str = ""  # YYYY-MM
    amount: float | None = None  # in full units of any currency

    @property
    def key(self) -> tuple[str, tuple[str, ...], str, float | None]:
        """The type, the sorted normalised names of the parties, the month and the amount: equal for references to the same event."""
        return self.type, tuple(sorted(map(name_key, self.parties))), self.month, self.amount

    def may_be(self, other: EventReference) -> bool:
        """Return whether both may refer to the same event: no value that both have differs."""
        same_month = self.month == other.month or not (self.month and other.month)
        same_amount = self.amount == other.amount or None in {self.amount, other.amount}
        return self.key[:2] == other.key[:2] and same_month and same_amount

    def __str__(self) -> str:
        """Return the text form."""
        more = ", ".join(filter(None, (self.month, amount_text(self.amount) if self.amount else "")))
        return f"{self.type} of {' and '.join(map(_quote_name, self.parties))}" + (f" ({more})" if more else "")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: the verb, the companies or the event that it is about, a new value, and who decided it, when and why."""

    verb: Verb
    companies: tuple[NamedThing, ...] = ()
    event: EventReference | None = None
    name: str = ""  # the new name of `rename`
    amount: float | None = None  # of `right_amount`, in full units
    currency: str = ""  # of `right_amount`, ISO 4217
    who: str = ""
    when: str = ""  # as written
    why: str = ""
    line: int = field(default=0, compare=False)  # in the file, from 1; no part of the decision itself

    def __str__(self) -> str:
        """Return the text form in one line, without who, when and why."""
        about = str(self.event) if self.event else ", ".join(map(str, self.companies))
        value = f" -> {_quote_name(self.name)}" if self.name else ""
        if self.amount is not None:
            value = f" -> {amount_text(self.amount)} {self.currency}"
        return f"{self.verb}: {about}{value}"

    @property
    def order(self) -> tuple[str, ...]:
        """The sort key, which differs for different decisions."""
        return (str(self), self.who, self.when, self.why)


_DECIDED = {Verb.SAME: "the same as one", Verb.RENAME: "renamed as one"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Decisions that cannot all hold; none of them is applied."""

    decisions: tuple[Decision, ...]
    what: str  # for people, one clause


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a build, sorted; those that contradict each other are not applied."""

    applied: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def of(self, *verbs: Verb) -> tuple[Decision, ...]:
        """Return the applied decisions with some verbs, sorted."""
        return tuple(decision for decision in self.applied if decision.verb in verbs)


NO_DECISIONS = Decisions()


def combine_decisions(decisions: Iterable[Decision]) -> Decisions:
    """Sort decisions, drop repeated ones, and separate those that contradict each other.

    Contradictions are: two companies that are the same (directly or through others) and different; two names for one company, or for
    two that are the same; two amounts for one event; a name that is not a company, and is the same as a company or renamed; an event
    that is wrong and has a right amount. A name without an article means every company of that name.
    """
    ordered = _sort(decisions)
    links = _SameLinks(ordered)
    contradictions = [
        *_same_and_different(ordered, links), *_two_names(ordered, links), *_two_amounts(ordered), *_not_companies(ordered),
        *_wrong_and_right(ordered),
    ]  # fmt: skip
    contradictory = {decision for contradiction in contradictions for decision in contradiction.decisions}
    return Decisions(tuple(decision for decision in ordered if decision not in contradictory), tuple(contradictions))


def _sort(decisions: Iterable[Decision]) -> list[Decision]:
    """Sort by content; of repeated decisions the first in the file is kept."""
    by_line = sorted(decisions, key=lambda decision: decision.line)
    return sorted(dict.fromkeys(by_line), key=lambda decision: (decision.order, repr(decision.companies), repr(decision.event)))


class _SameLinks:
    """A graph of names, whose links are the decisions that two names are the same."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._keys: dict[str, set[_Key]] = defaultdict(set)
        for decision in decisions:
            for company in decision.companies:
                self._keys[company.key[0]].add(company.key)
        self._links: dict[_Key, list[tuple[_Key, Decision]]] = defaultdict(list)
        for decision in decisions:
            if decision.verb is Verb.SAME:
                for first, second in pairwise(self.keys(*decision.companies)):
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
            for one, other in combinations(decision.companies, 2):
                # A name and the same name with an article: the latter means the other companies of that name.
                alike = one.key[0] == other.key[0]
                path = links.path([one.key], [other.key]) if alike else links.path(links.keys(one), links.keys(other))
                if path:
                    contradictions.append(Contradiction((decision, *path), f"{one} and {other} are both same and different"))
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
                what = f"{one.companies[0]} is given different names, {_quote_name(one.name)} and {_quote_name(other.name)}"
                contradictions.append(Contradiction((one, other, *path), what))
    return contradictions


def _two_amounts(decisions: Sequence[Decision]) -> list[Contradiction]:
    of_event: dict[object, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.verb is Verb.RIGHT_AMOUNT and decision.event:
            of_event[decision.event.key].append(decision)
    return [
        Contradiction(tuple(same_event), f"the {same_event[0].event} is given {len(same_event)} different amounts")
        for same_event in of_event.values()
        if len({(decision.amount, decision.currency) for decision in same_event}) > 1
    ]


def _not_companies(decisions: Sequence[Decision]) -> list[Contradiction]:
    refused = {decision.companies[0].key: decision for decision in decisions if decision.verb is Verb.NOT_A_COMPANY}
    contradictions = []
    for decision in decisions:
        if decision.verb in {Verb.SAME, Verb.RENAME}:
            keys = [key for company in decision.companies for key in dict.fromkeys((company.key, (company.key[0], "")))]
            refusals = [refused[key] for key in keys if key in refused]
            if refusals:
                what = f"{refusals[0].companies[0]} is not a company, and is {_DECIDED[decision.verb]}"
                contradictions.append(Contradiction((decision, *refusals), what))
    return contradictions


def _wrong_and_right(decisions: Sequence[Decision]) -> list[Contradiction]:
    wrong = {decision.event.key: decision for decision in decisions if decision.verb is Verb.WRONG_EVENT and decision.event}
    return [
        Contradiction((decision, wrong[decision.event.key]), f"the {decision.event} is wrong, and has a right amount")
        for decision in decisions
        if decision.verb is Verb.RIGHT_AMOUNT and decision.event and decision.event.key in wrong
    ]


def amount_text(amount: float) -> str:
    """Return an amount exactly, with its digits in groups of three."""
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,}"


def _quote_name(name: str) -> str:
    return f'"{name}"' if _JOINTS.search(name) else name
