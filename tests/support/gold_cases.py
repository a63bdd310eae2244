"""Small gold records and what a card counts, for tests of scoring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsgraph.score import Scorecard

Row = dict[str, Any]
OPEN_DOC, ASIDE_DOC = "a.md", "c.md"
"""Names of documents of which the second is held out: its crc32 is a multiple of 4."""


def company(name: str, *surfaces: str, **more: object) -> Row:
    """Make an entry of a company; its name is a surface too."""
    return {"name": name, "surfaces": [name, *surfaces], **more}


def event(type_name: str, subject: str | None, target: str | None, **more: object) -> Row:
    """Make an event without an amount."""
    return {"type": type_name, "subject": subject, "object": target, "amount": None, "currency": None, **more}


def record(companies: Sequence[Row] = (), events: Sequence[Row] = (), doc: str = OPEN_DOC, **more: object) -> Row:
    """Make a record of one text."""
    return {"doc": doc, "part": "main", "title": "T", "excerpt": "E", "companies": list(companies), "events": list(events), **more}


def counts(card: Scorecard, figure: str) -> tuple[int, int, int]:
    """Give right, missed and wrong."""
    one = card.figures[figure]
    return one.hits, one.missed, one.wrong
