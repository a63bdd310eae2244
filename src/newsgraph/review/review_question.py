"""Review questions: one question about a graph that is worth a decision, what each answer would write, and the evidence."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files

from newsgraph.decisions.decision import Decision
from newsgraph.provenance.company_descriptions import Span


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence on which a question is based, with the headline of its article and its time of publication (UTC)."""

    sentence: str
    headline: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """One question, the decisions that "accept" and "reject" write (None: nothing is written), and why it is asked.

    `choices` are further answers, each a decision. `impact` is the number of articles, events and edges that depend on the answer times
    the doubt, 0 to 1. `spans` are the places of its evidence, in the order in which they are shown.
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
        """Return one of the decisions that the answers write: all are about the same thing."""
        return next(decision for decision in (self.accept, self.reject, *self.choices) if decision is not None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful the result of a rule is, 0 to 1, and the rule in words."""

    weight: float
    says: str


@cache
def doubts() -> Mapping[tuple[str, str], Doubt]:
    """Read the table of doubts: by kind of question and rule; an empty rule applies to all other rules of a kind."""
    text = (files("newsgraph") / "data" / "review_doubts.csv").read_text(encoding="utf-8")
    return {(row["kind"], row["rule"]): Doubt(float(row["doubt"]), row["says"]) for row in csv.DictReader(text.splitlines())}
