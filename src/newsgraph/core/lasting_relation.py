"""A relation that lasts, as one article states it; offsets, rule and confidence are as in `model`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that lasts, as one article states it: "A owns 7 percent of B", "C, a unit of D"; no event is made of it.

    `subject` and `object` are names of mentions of the same article. `percent` is the share that an owner has. `since` and `until` are an
    ISO day, month or year, empty where the text does not tell them; a relation with an `until` may be over.
    """

    kind: str  # a key of `vocabulary.RELATION_KINDS`
    subject: str
    object: str
    start: int
    end: int
    rule: str
    confidence: float
    percent: float | None = None
    since: str = ""
    until: str = ""
