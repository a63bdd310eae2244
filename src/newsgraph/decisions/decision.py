"""What people decided: values that name things by what stays (names, links, kind of event), never by what a build made up.

A set of decisions has no order: it is used sorted, so that the same decisions in any order give the same graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, pairwise

from newsgraph.core.company_names import name_key

_Key = tuple[str, str]  # a folded name and an article
_JOINTS = re.compile(r",| and | -> | \(in |\"")  # what stands between names where decisions are written for people


class Verb(StrEnum):
    """What can be decided."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    NOT_A_COMPANY = "not_a_company"
    WRONG_EVENT = "wrong_event"
    RIGHT_AMOUNT = "right_amount"


@dataclass(frozen=True, slots=True, order=True)
class NamedThing:
    """A company by a name of it; `article`, a link or IRI, tells which one where several companies have that name."""

    name: str
    article: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Give the folded name and the article."""
        return name_key(self.name), self.article

    def __str__(self) -> str:
        """Write it for people; a name that could be read as more than one thing stands in quotes."""
        name = _quoted(self.name)
        return f"{name} (in {self.article})" if self.article else name


@dataclass(frozen=True, slots=True, order=True)
class EventReference:
    """An event by its type, the names of its parties, and, where that leaves several, its month (YYYY-MM) or amount."""

    type: str
    parties: tuple[str, ...]
    month: str = ""
    amount: float | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...], str, float | None]:
        """Give what tells two of them apart: the type, the folded names of the parties, month and amount."""
        return self.type, tuple(sorted(map(name_key, self.parties))), self.month, self.amount

    def may_be(self, other: EventReference) -> bool:
        """Tell whether both may mean one event: nothing that both say differs."""
        mine, theirs = self.key, other.key
        same_month = mine[2] == theirs[2] or not (mine[2] and theirs[2])
        return mine[:2] == theirs[:2] and same_month and (mine[3] == theirs[3] or None in {mine[3], theirs[3]})

    def __str__(self) -> str:
        """Write it for people."""
        more = ", ".join(filter(None, (self.month, amount_text(self.amount) if self.amount else "")))
        return f"{self.type} of {' and '.join(map(_quoted, self.parties))}" + (f" ({more})" if more else "")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: the verb, the companies or the event it is about, what it gives, and who decided it, when and why.

    `name` is the new name of a rename; `amount` and `currency` are those of a right amount. `line` is the place in the file
    and no part of what was decided.
    """

    verb: Verb
    companies: tuple[NamedThing, ...] = ()
    event: EventReference | None = None
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
        gives = f" -> {_quoted(self.name)}" if self.name else ""
        if self.amount is not None:
            gives = f" -> {amount_text(self.amount)} {self.currency}"
        return f"{self.verb}: {about}{gives}"

    @property
    def order(self) -> tuple[str, ...]:
        """Give what sorts decisions and tells them apart."""
        return (str(self), self.who, self.when, self.why)


_AS = {Verb.SAME: "the same as", Verb.RENAME: "renamed as"}


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


def combine_decisions(decisions: Iterable[Decision]) -> Decisions:
    """Sort decisions, drop repeated ones, and set those aside that contradict each other.

    Contradictory are: two companies both same and different (through any number of others); two names for one company, or
    for two that are the same; two amounts for one event; a name that is no company and is the same as one or gets a name; an
    event that is wrong and has a right amount. A name without an article means every company of that name.
    """
    ordered = _sorted(decisions)
    ties = _Ties(ordered)
    found = [*_same_and_different(ordered, ties), *_two_names(ordered, ties), *_two_amounts(ordered), *_no_company(ordered)]
    found += _wrong_and_right(ordered)
    out = {one for contradiction in found for one in contradiction.decisions}
    return Decisions(tuple(one for one in ordered if one not in out), tuple(found))


def _sorted(decisions: Iterable[Decision]) -> list[Decision]:
    """Sort by content; of repeated decisions the one that stands first in the file is kept."""
    by_line = sorted(decisions, key=lambda one: one.line)
    return sorted(dict.fromkeys(by_line), key=lambda one: (one.order, repr(one.companies), repr(one.event)))


class _Ties:
    """Which names are said to be the same, and by which decisions."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._forms: dict[str, set[_Key]] = defaultdict(set)
        for one in decisions:
            for named in one.companies:
                self._forms[named.key[0]].add(named.key)
        self._ties: dict[_Key, list[tuple[_Key, Decision]]] = defaultdict(list)
        for one in decisions:
            if one.verb is Verb.SAME:
                for first, second in pairwise(self.meant(*one.companies)):
                    self._ties[first].append((second, one))
                    self._ties[second].append((first, one))

    def meant(self, *companies: NamedThing) -> list[_Key]:
        """Give the names that some names mean: each itself, and without an article also those with one."""
        found = {named.key for named in companies}
        found |= {form for name, article in found if not article for form in self._forms[name]}
        return sorted(found)

    def tied(self, keys: Iterable[_Key]) -> bool:
        """Tell whether any of some names is the same as another."""
        return any(key in self._ties for key in keys)

    def path(self, starts: Iterable[_Key], goals: Iterable[_Key]) -> tuple[Decision, ...] | None:
        """Give the decisions that tie some names to others, in their order, or None."""
        came: dict[_Key, tuple[_Key, Decision] | None] = dict.fromkeys(starts)
        queue, wanted = list(came), set(goals)
        for at in queue:
            if at in wanted:
                return tuple(dict.fromkeys(self._way(at, came)))
            for following, why in self._ties.get(at, ()):
                if following not in came:
                    came[following] = (at, why)
                    queue.append(following)
        return None

    @staticmethod
    def _way(at: _Key, came: Mapping[_Key, tuple[_Key, Decision] | None]) -> list[Decision]:
        found = []
        step = came[at]
        while step is not None:
            found.append(step[1])
            step = came[step[0]]
        return found[::-1]


def _same_and_different(decisions: Sequence[Decision], ties: _Ties) -> list[Contradiction]:
    """Follow the sames from one side of a `different` to the other."""
    found = []
    for one in decisions:
        if one.verb is Verb.DIFFERENT:
            for mine, other in combinations(one.companies, 2):
                # a name beside itself in one article: the other companies of that name are meant
                alike = mine.key[0] == other.key[0]
                sides = ([mine.key], [other.key]) if alike else (ties.meant(mine), ties.meant(other))
                path = ties.path(*sides)
                if path:
                    found.append(Contradiction((one, *path), f"{mine} and {other} are both same and different"))
    return found


def _two_names(decisions: Sequence[Decision], ties: _Ties) -> list[Contradiction]:
    renames = [one for one in decisions if one.verb is Verb.RENAME]
    alike: dict[str, list[Decision]] = defaultdict(list)
    for one in renames:
        alike[one.companies[0].key[0]].append(one)
    tied = [one for one in renames if ties.tied(ties.meant(one.companies[0]))]
    found = []
    for one in renames:
        mine = ties.meant(one.companies[0])
        # a name that is the same as no other can only clash with a rename of that name
        for other in tied if ties.tied(mine) else alike[one.companies[0].key[0]]:
            if other.name == one.name or other.order <= one.order:
                continue
            path = ties.path(mine, ties.meant(other.companies[0]))
            if path is not None:
                what = f"{one.companies[0]} is given different names, {_quoted(one.name)} and {_quoted(other.name)}"
                found.append(Contradiction((one, other, *path), what))
    return found


def _two_amounts(decisions: Sequence[Decision]) -> list[Contradiction]:
    given: dict[object, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.verb is Verb.RIGHT_AMOUNT and one.event:
            given[one.event.key].append(one)
    return [
        Contradiction(tuple(several), f"the {several[0].event} is given {len(several)} different amounts")
        for several in given.values()
        if len({(one.amount, one.currency) for one in several}) > 1
    ]


def _no_company(decisions: Sequence[Decision]) -> list[Contradiction]:
    refused = {one.companies[0].key: one for one in decisions if one.verb is Verb.NOT_A_COMPANY}
    found = []
    for one in decisions:
        if one.verb in {Verb.SAME, Verb.RENAME}:
            keys = [key for named in one.companies for key in dict.fromkeys((named.key, (named.key[0], "")))]
            clash = [refused[key] for key in keys if key in refused]
            if clash:
                found.append(Contradiction((one, *clash), f"{clash[0].companies[0]} is no company, and is {_AS[one.verb]} one"))
    return found


def _wrong_and_right(decisions: Sequence[Decision]) -> list[Contradiction]:
    wrong = {one.event.key: one for one in decisions if one.verb is Verb.WRONG_EVENT and one.event}
    return [
        Contradiction((one, wrong[one.event.key]), f"the {one.event} is wrong, and has a right amount")
        for one in decisions
        if one.verb is Verb.RIGHT_AMOUNT and one.event and one.event.key in wrong
    ]


def amount_text(amount: float) -> str:
    """Write an amount with grouped digits, exactly."""
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,}"


def _quoted(name: str) -> str:
    return f'"{name}"' if _JOINTS.search(name) else name
