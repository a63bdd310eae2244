"""What the reader returns."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filled:
    """A role and who or what has it: a candidate's name and kind, or words of the text with the kind `phrase`."""

    role: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ReadAmount:
    """A sum of an event and what it is of; `high` is the upper end of a range."""

    value: float
    currency: str
    of: str
    high: float | None = None


@dataclass(frozen=True, slots=True)
class ReadRelation:
    """One relation that lasts, as one sentence tells it: a kind of `sentence_heads.RELATIONS`, names of candidates, and the sentence."""

    kind: str
    subject: str
    object: str
    evidence: Span
    probability: float


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """One event as one text tells it: `when` is an ISO day, month or year, `evidence` spans of the article's text, best first."""

    type: str
    roles: tuple[Filled, ...]
    status: str
    background: bool
    when: str | None
    amounts: tuple[ReadAmount, ...]
    percent: float | None
    count: float | None
    part: str | None
    evidence: tuple[Span, ...]
    probability: float
