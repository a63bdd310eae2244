"""What people decided: values that name things by what stays (names, links, kind of event), never by what a build made up.

A set of decisions has no order: it is used sorted, so that the same decisions in any order give the same graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise

from newsgraph.company_names import name_key


class Verb(StrEnum):
    """What can be decided."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    NOT_A_COMPANY = "not_a_company"
    WRONG_EVENT = "wrong_event"
    RIGHT_AMOUNT = "right_amount"


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A company by a name of it; `article`, a link or IRI, tells which one where several companies have that name."""

    name: str
    article: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Give the folded name and the article."""
        return name_key(self.name), self.article

    def __str__(self) -> str:
        """Write it for people."""
        return f"{self.name} (in {self.article})" if self.article else self.name


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """An event by its type, the names of its parties, and, where that leaves several, its month (YYYY-MM) or amount."""

    type: str
    parties: tuple[str, ...]
    month: str = ""
    amount: float | None = None

    def __str__(self) -> str:
        """Write it for people."""
        more = ", ".join(filter(None, (self.month, f"{self.amount:,.0f}" if self.amount else "")))
        return f"{self.type} of {' and '.join(self.parties)}" + (f" ({more})" if more else "")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: the verb, the companies or the event it is about, what it gives, and who decided it, when and why.

    `name` is the new name of a rename; `amount` and `currency` are those of a right amount. `line` is the place in the file
    and no part of what was decided.
    """

    verb: Verb
    companies: tuple[Named, ...] = ()
    event: Happening | None = None
    name: str = ""
    amount: float | None = None
    currency: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    line: int = field(default=0, compare=False)

    def __str__(self) -> str:
        """Write what was decided in one line."""
        about = str(self.event) if self.event else ", ".join(map(str, self.companies))
        gives = f" -> {self.name}" if self.name else ""
        if self.amount is not None:
            gives = f" -> {self.amount:,.0f} {self.currency}"
        return f"{self.verb}: {about}{gives}"

    @property
    def order(self) -> tuple[str, ...]:
        """Give what sorts decisions and tells them apart."""
        return (str(self), self.who, self.when, self.why)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Decisions that cannot all hold; none of them is applied."""

    decisions: tuple[Decision, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a build, sorted, without those that contradict each other."""

    applied: tuple[Decision, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def of(self, *verbs: Verb) -> tuple[Decision, ...]:
        """Give the decisions of some verbs, sorted."""
        return tuple(one for one in self.applied if one.verb in verbs)


NO_DECISIONS = Decisions()


def decide(decisions: Iterable[Decision]) -> Decisions:
    """Sort decisions, drop repeated ones, and set those aside that contradict each other.

    Contradictory are: two companies both same and different (through any number of others); two names or two amounts for
    one thing; a name that is no company and is joined, parted or renamed as one; an event that is wrong and has a right amount.
    """
    ordered = sorted({one.order: one for one in decisions}.values(), key=lambda one: one.order)
    found = [*_same_and_different(ordered), *_two_values(ordered), *_no_company(ordered), *_wrong_and_right(ordered)]
    out = {one.order for contradiction in found for one in contradiction.decisions}
    return Decisions(tuple(one for one in ordered if one.order not in out), tuple(found))


def _same_and_different(decisions: Sequence[Decision]) -> list[Contradiction]:
    """Follow the sames from one side of a `different` to the other."""
    ties: dict[tuple[str, str], list[tuple[tuple[str, str], Decision]]] = defaultdict(list)
    for one in decisions:
        if one.verb is Verb.SAME:
            for first, second in pairwise(named.key for named in one.companies):
                ties[first].append((second, one))
                ties[second].append((first, one))
    found = []
    for one in decisions:
        if one.verb is Verb.DIFFERENT:
            for mine, other in combinations(one.companies, 2):
                path = _path(mine.key, other.key, ties)
                if path is not None:
                    found.append(Contradiction((one, *path), f"{mine} and {other} are both same and different"))
    return found


def _path(
    start: tuple[str, str], goal: tuple[str, str], ties: dict[tuple[str, str], list[tuple[tuple[str, str], Decision]]]
) -> tuple[Decision, ...] | None:
    """Give the decisions that tie one name to another, or None."""
    ways: dict[tuple[str, str], tuple[Decision, ...]] = {start: ()}
    queue = [start]
    for at in queue:
        if at == goal:
            return tuple(dict.fromkeys(ways[at]))
        for following, why in ties[at]:
            if following not in ways:
                ways[following] = (*ways[at], why)
                queue.append(following)
    return None


def _two_values(decisions: Sequence[Decision]) -> list[Contradiction]:
    given: dict[object, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.verb is Verb.RENAME:
            given[one.companies[0].key].append(one)
        if one.verb is Verb.RIGHT_AMOUNT and one.event:
            given[_event_key(one.event)].append(one)
    return [
        Contradiction(tuple(several), f"{several[0].event or several[0].companies[0]} is given {len(several)} different values")
        for several in given.values()
        if len({(one.name, one.amount, one.currency) for one in several}) > 1
    ]


def _no_company(decisions: Sequence[Decision]) -> list[Contradiction]:
    refused = {one.companies[0].key: one for one in decisions if one.verb is Verb.NOT_A_COMPANY}
    found = []
    for one in decisions:
        if one.verb in {Verb.SAME, Verb.RENAME}:
            clash = [refused[named.key] for named in one.companies if named.key in refused]
            if clash:
                found.append(Contradiction((one, *clash), f"{clash[0].companies[0]} is no company, and is {one.verb} as one"))
    return found


def _wrong_and_right(decisions: Sequence[Decision]) -> list[Contradiction]:
    wrong = {_event_key(one.event): one for one in decisions if one.verb is Verb.WRONG_EVENT and one.event}
    return [
        Contradiction((one, wrong[_event_key(one.event)]), f"the {one.event} is wrong, and has a right amount")
        for one in decisions
        if one.verb is Verb.RIGHT_AMOUNT and one.event and _event_key(one.event) in wrong
    ]


def _event_key(event: Happening) -> tuple[object, ...]:
    return event.type, tuple(sorted(map(name_key, event.parties))), event.month, event.amount
