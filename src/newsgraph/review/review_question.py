"""A proposal: one question about a graph that is worth a decision, with what each answer would write and what it rests on."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files

from newsgraph.decisions.decision import Decision

Span = tuple[str, int, int]
"""An article's IRI, and where words begin and end in its text."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that a question rests on, with the headline of its article and when that was published (UTC)."""

    sentence: str
    headline: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """One question, what "accept" and "reject" write (None: nothing), and why it is asked.

    `choices` are further answers, each a decision. `impact` is the mentions or articles that hang on it times the doubt, 0 to
    1. `spans` are where its evidence stands, in the order in which it is to be shown.
    """

    kind: str  # doubt, merge, company, event or amount
    ask: str
    accept: Decision | None
    reject: Decision | None
    impact: float
    rule: str
    note: str = ""
    choices: tuple[Decision, ...] = ()
    evidence: tuple[Words, ...] = ()
    spans: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def about(self) -> Decision:
        """Give a decision that is about what is asked."""
        return next(one for one in (self.accept, self.reject, *self.choices) if one is not None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful what a rule says is, 0 to 1, and the rule in words."""

    weight: float
    says: str


@cache
def doubts() -> Mapping[tuple[str, str], Doubt]:
    """Read the table of doubts: by kind of proposal and rule; an empty rule stands for all others of a kind."""
    text = (files("newsgraph") / "data" / "review_doubts.csv").read_text(encoding="utf-8")
    return {(row["kind"], row["rule"]): Doubt(float(row["doubt"]), row["says"]) for row in csv.DictReader(text.splitlines())}
