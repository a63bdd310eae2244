"""Decisions of people, which refer to things by what does not change (names, links, event types), never by what a build generates.

The order of decisions does not matter: they are sorted before use, so that the same decisions in any order give the same graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from newsgraph.core.company_names import name_key

DECISION = "decision"
"""The rule, and the source of a time, of what people decided."""

_JOINTS = re.compile(r",| and | -> | \(in |\"")  # what separates names in the text form of a decision


class Verb(StrEnum):
    """The kinds of decisions."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    NOT_A_COMPANY = "not_a_company"
    PERSON = "person"
    WRONG_EVENT = "wrong_event"
    RIGHT_AMOUNT = "right_amount"
    EVENT = "event"
    ADD = "add"


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
        name = quote_name(self.name)
        return f"{name} (in {self.article})" if self.article else name


@dataclass(frozen=True, slots=True, order=True)
class EventReference:
    """A reference to an event by its type and the names of its parties, and by its month, its amount or an article if several have these."""

    type: str  # a key of `vocabulary.EVENT_TYPES`
    parties: tuple[str, ...]
    month: str = ""  # YYYY-MM
    amount: float | None = None  # in full units of any currency
    article: str = ""  # link or IRI of an article that reports it

    @property
    def key(self) -> tuple[str, tuple[str, ...], str, float | None, str]:
        """The type, the sorted normalised names of the parties, month, amount and article: equal for references to the same event."""
        return self.type, tuple(sorted(map(name_key, self.parties))), self.month, self.amount, self.article

    def may_be(self, other: EventReference) -> bool:
        """Return whether both may refer to the same event: no value that both have differs."""
        same_month = self.month == other.month or not (self.month and other.month)
        same_amount = self.amount == other.amount or None in {self.amount, other.amount}
        return self.key[:2] == other.key[:2] and same_month and same_amount

    def __str__(self) -> str:
        """Return the text form."""
        told = f"in {self.article}" if self.article else ""
        more = ", ".join(filter(None, (self.month, amount_text(self.amount) if self.amount else "", told)))
        return f"{self.type} of {' and '.join(map(quote_name, self.parties))}" + (f" ({more})" if more else "")


@dataclass(frozen=True, slots=True, order=True)
class EventChange:
    """Values that a decision sets in an event, or that an added event has; what is empty or None is not set.

    `roles` has the names that take each role, which are none if nobody takes it. `removed` are the fields that shall have no value:
    `amount`, `part`, `when`.
    """

    type: str = ""  # a key of `vocabulary.EVENT_TYPES`
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()  # keys of `vocabulary.ROLES`
    when: str = ""  # an ISO day, month or year
    status: str = ""  # a value of `model.Status`
    amount: float | None = None  # in full units
    currency: str = ""  # ISO 4217
    part: str = ""
    removed: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """The values by field, as text; `none` for a field that shall have none, and each role as a field."""
        values = {name: str(value) for name in ("type", "when", "status", "part") if (value := getattr(self, name))}
        if self.amount is not None:
            values["amount"] = f"{amount_text(self.amount)} {self.currency}"
        values |= {role: " and ".join(map(quote_name, names)) or "none" for role, names in self.roles}
        return values | dict.fromkeys(self.removed, "none")

    def __str__(self) -> str:
        """Return the text form."""
        return ", ".join(f"{name} {value}" for name, value in self.values.items())


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: the verb, the companies, articles or events that it is about, a new value, and who decided it, when and why."""

    verb: Verb
    companies: tuple[NamedThing, ...] = ()
    articles: tuple[str, ...] = ()  # links or IRIs of articles that are one story, or several
    event: EventReference | None = None
    events: tuple[EventReference, ...] = ()  # that are one event, or several
    name: str = ""  # the new name of `rename`
    amount: float | None = None  # of `right_amount`, in full units
    currency: str = ""  # of `right_amount`, ISO 4217
    change: EventChange | None = None  # of `event` and `add`
    article: str = ""  # of `add`: the link or IRI of the article that reports the event
    sentence: str = ""  # of `add`: the words of that article that do
    who: str = ""
    when: str = ""  # as written
    why: str = ""
    line: int = field(default=0, compare=False)  # in the file, from 1; no part of the decision itself

    def __str__(self) -> str:
        """Return the text form in one line, without who, when and why."""
        articles = (f"article {link}" for link in self.articles)
        about = str(self.event) if self.event else ", ".join((*map(str, self.companies), *articles, *map(str, self.events)))
        value = f" -> {quote_name(self.name)}" if self.name else ""
        if self.amount is not None:
            value = f" -> {amount_text(self.amount)} {self.currency}"
        if self.change is not None:
            value = f" -> {self.change}" + (f' (in {self.article}: "{self.sentence}")' if self.sentence else "")
        return f"{self.verb}: {about}{value}"

    @property
    def order(self) -> tuple[str, ...]:
        """The sort key, which differs for different decisions."""
        return (str(self), self.who, self.when, self.why)


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


def amount_text(amount: float) -> str:
    """Return an amount exactly, with its digits in groups of three."""
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,}"


def quote_name(name: str) -> str:
    """Return a name, in quotes if it could be taken for several names."""
    return f'"{name}"' if _JOINTS.search(name) else name
