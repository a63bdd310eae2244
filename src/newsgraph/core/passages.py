"""Passages of an article that are no news of it: who wrote it, what readers are asked to do, what a company always says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is."""

    CREDIT = "credit"  # "(Reporting by Ann Miller; editing by Bob Stone)"
    PROMPT = "prompt"  # "Sign up for our newsletter"
    ABOUT = "about"  # "About Acme", and what follows at the end of a press release


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage; `start` and `end` are offsets in the text of its article, in characters."""

    start: int
    end: int
    kind: PassageKind
