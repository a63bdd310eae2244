"""How much of a document was lost: an entry for each problem, by what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from newsgraph.core.model import Problem, Severity

_LINE = "line "


class Losses(NamedTuple):
    """Numbers of documents, articles, lines of feeds and fields that could not be read.

    >>> Losses(articles=1) + Losses(articles=2, fields=1)
    Losses(documents=0, articles=3, lines=0, fields=1)
    """

    documents: int = 0
    articles: int = 0
    lines: int = 0
    fields: int = 0

    def __add__(self, other: Losses) -> Losses:  # type: ignore[override]
        """Return the sum of each number."""
        return Losses(*(one + more for one, more in zip(self, other, strict=True)))

    @property
    def whole(self) -> int:
        """The number of documents, articles and lines: of losses that are more than a field of an article that was kept."""
        return self.documents + self.articles + self.lines


NO_LOSSES = Losses()


def loss_of(field: str, severity: Severity) -> Losses:
    """Return what a problem of a field cost."""
    if severity is Severity.DOCUMENT:
        return Losses(documents=1)
    if severity is Severity.ARTICLE:
        return Losses(lines=1) if field.startswith(_LINE) else Losses(articles=1)
    return Losses(fields=1)


def losses_of(problems: Iterable[Problem]) -> Losses:
    """Return what problems cost together."""
    return sum((loss_of(problem.field, problem.severity) for problem in problems), NO_LOSSES)
