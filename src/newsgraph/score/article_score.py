"""Figures over annotated whole articles: precision, recall and F1 with 95 % intervals, and how many fields of matched events are right."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import polars as pl

from newsgraph.score.article_comparison import ArticleComparison, ArticleTally, compare_article
from newsgraph.score.whole_articles import AnnotatedArticle

DRAWS = 500
"""How often articles are drawn with replacement for an interval."""

_SEED, _LOW, _HIGH = 7, 12, 487  # of 500 sorted draws, those at 2.5 % and 97.5 %


@dataclass(frozen=True, slots=True)
class ArticleFigure:
    """One figure over all articles: shares from 0 to 1, the 95 % interval of F1, and counts.

    Precision and F1 are None for a part of the events (see `ArticleTally`); the interval is then that of recall.
    """

    name: str
    precision: float | None
    recall: float
    f1: float | None
    low: float
    high: float
    right: int
    wrong: int | None
    missed: int


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """The figures of a reader over annotated articles; `fields` maps a field of matched events to how many are right, of how many."""

    figures: tuple[ArticleFigure, ...]
    fields: Mapping[str, tuple[int, int]]
    articles: int
    events: int
    unread: tuple[str, ...]  # ids of the articles about which nothing was found in the file

    def table(self) -> pl.DataFrame:
        """Return figures and fields as one table; of a field, precision is the share that is right."""
        rows: list[tuple[object, ...]] = [
            (figure.name, figure.precision, figure.recall, figure.f1, figure.low, figure.high, figure.right, figure.wrong, figure.missed)
            for figure in self.figures
        ]
        rows += [
            (f"field: {name}", right / of, None, None, None, None, right, of - right, None) for name, (right, of) in self.fields.items()
        ]
        numbers = ("precision", "recall", "f1", "low", "high")
        schema = {"figure": pl.String()} | dict.fromkeys(numbers, pl.Float64()) | dict.fromkeys(("right", "wrong", "missed"), pl.Int64())
        return pl.DataFrame(rows, schema=schema, orient="row")


def score_articles(gold: Sequence[AnnotatedArticle], found: Iterable[AnnotatedArticle]) -> ArticleScore:
    """Compare annotated articles with what was found in the articles of the same ids; where nothing was, all is missed."""
    by_id = {article.id: article for article in found}
    compared = [compare_article(article, by_id.get(article.id, AnnotatedArticle(article.id))) for article in gold]
    chance = random.Random(_SEED)  # noqa: S311 - a fixed sequence, no secret
    names = list(compared[0].tallies) if compared else []
    return ArticleScore(
        tuple(_figure(name, [comparison.tallies[name] for comparison in compared], chance) for name in names),
        _sum_of_fields(compared),
        len(gold),
        sum(len(article.events) for article in gold),
        tuple(article.id for article in gold if article.id not in by_id),
    )


def _figure(name: str, tallies: Sequence[ArticleTally], chance: random.Random) -> ArticleFigure:
    whole = tallies[0].wrong is not None
    precision, recall, f1 = _shares(tallies)
    draws = (_shares([tallies[chance.randrange(len(tallies))] for _ in tallies]) for _ in range(DRAWS))
    sorted_draws = sorted(draw[2 if whole else 1] for draw in draws)
    right, missed = (sum(map(attrgetter(count), tallies)) for count in ("right", "missed"))
    wrong = sum(tally.wrong or 0 for tally in tallies) if whole else None
    low, high = sorted_draws[_LOW], sorted_draws[_HIGH]
    return ArticleFigure(name, precision if whole else None, recall, f1 if whole else None, low, high, right, wrong, missed)


def _shares(tallies: Sequence[ArticleTally]) -> tuple[float, float, float]:
    right, wrong, missed = (sum(getattr(tally, count) or 0 for tally in tallies) for count in ("right", "wrong", "missed"))
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sum_of_fields(compared: Iterable[ArticleComparison]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for comparison in compared:
        for name, (right, of) in comparison.fields.items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + right, before[1] + of)
    return dict(sorted(sums.items()))
