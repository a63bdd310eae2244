"""The score card: precision, recall and F1 of every figure over many texts, with intervals, counts and errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newsgraph.score.text_comparison import EVENTS, FIGURES, Comparison, Tally

RESAMPLES = 1000
"""Bootstrap resamples for an interval (Efron and Tibshirani 1993: a thousand for percentiles)."""

_SEED = 20211118
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over all texts: precision, recall and F1 (0 to 1), the 95 % interval of F1, and the counts they are computed from."""

    name: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    hits: int
    missed: int
    wrong: int


@dataclass(frozen=True, slots=True)
class NodesPerCompany:
    """How many company nodes represent how many annotated companies, of those that were found; a ratio of 1 is right, more is split."""

    nodes: int
    companies: int

    @property
    def ratio(self) -> float:
        """Nodes per company; 0.0 if no company was found."""
        return self.nodes / self.companies if self.companies else 0.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """What can only be measured over many texts of a graph: pairwise figures, nodes per company, and lines of errors."""

    figures: tuple[Figure, ...]
    nodes: NodesPerCompany
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All figures over some texts.

    `records` counts the texts measured; `not_built` names those that could not be, as the graph does not hold them; `errors` are lines
    "doc, part: what was missed or wrong", then "company ..." and "story ..." over all texts, none of them about a text that is held out.
    `nodes` is None if no graph was measured.
    """

    figures: Mapping[str, Figure]
    records: int
    not_built: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    nodes: NodesPerCompany | None = None

    def rows(self) -> list[dict[str, str | float | int]]:
        """Return the figures as rows: figure, precision, recall, f1, low, high, hits, missed, wrong."""
        return [
            {
                "figure": figure.name, "precision": figure.precision, "recall": figure.recall, "f1": figure.f1, "low": figure.low,
                "high": figure.high, "hits": figure.hits, "missed": figure.missed, "wrong": figure.wrong,
            }
            for figure in self.figures.values()
        ]  # fmt: skip


def make_card(
    comparisons: Sequence[Comparison], errors: Sequence[str] = (), not_built: Sequence[str] = (), resolution: Resolution | None = None,
) -> Scorecard:  # fmt: skip
    """Add up comparisons of texts; `resolution` adds what is measured over all of them together."""
    by_type = sorted({name for comparison in comparisons for name in comparison.tallies if name.startswith(f"{EVENTS}: ")})
    tallies = {name: [comparison.tallies.get(name, Tally()) for comparison in comparisons] for name in (*FIGURES, *by_type)}
    figures = {name: _figure(name, sum(counts, Tally()), _interval(counts)) for name, counts in tallies.items()}
    if resolution is None:
        return Scorecard(figures, len(comparisons), tuple(not_built), tuple(errors))
    figures = {name: figures[name] for name in FIGURES} | {figure.name: figure for figure in resolution.figures} | figures
    return Scorecard(figures, len(comparisons), tuple(not_built), (*errors, *resolution.errors), resolution.nodes)


def f1(hits: int, missed: int, wrong: int) -> float:
    """Return the harmonic mean of precision and recall; 0.0 if there are no hits."""
    return 2 * hits / (2 * hits + missed + wrong) if hits else 0.0


def figure_of(name: str, counts: NDArray[np.int64], resampled: NDArray[np.int64]) -> Figure:
    """Return the figure for three counts (right, missed, wrong); `resampled` has the same counts for each resample, one per row."""
    hits, missed, wrong = map(int, counts)
    return _figure(name, Tally(hits, missed, wrong), _middle(resampled))


def _figure(name: str, total: Tally, interval: tuple[float, float]) -> Figure:
    return Figure(
        name,
        precision=total.hits / (total.hits + total.wrong) if total.hits else 0.0,
        recall=total.hits / (total.hits + total.missed) if total.hits else 0.0,
        f1=f1(total.hits, total.missed, total.wrong),
        low=interval[0],
        high=interval[1],
        hits=total.hits,
        missed=total.missed,
        wrong=total.wrong,
    )


def _interval(tallies: Sequence[Tally]) -> tuple[float, float]:
    """Return the middle 95 % of F1 over resamples of whole texts, drawn with a fixed seed."""
    if not tallies:
        return 0.0, 0.0
    counts = np.array([(tally.hits, tally.missed, tally.wrong) for tally in tallies], dtype=np.int64)
    return _middle(draws(len(tallies)) @ counts)


def _middle(counts: NDArray[np.int64]) -> tuple[float, float]:
    """Return the middle 95 % of the F1 of resamples, from their counts of right, missed and wrong."""
    hits, missed, wrong = counts.T
    low, high = np.percentile(2 * hits / np.maximum(2 * hits + missed + wrong, 1), _INTERVAL)
    return float(low), float(high)


def share_interval(counted: int, texts: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of texts, from the same draws."""
    if not texts:
        return 0.0, 0.0
    low, high = np.percentile(draws(texts)[:, :counted].sum(axis=1) / texts, _INTERVAL)
    return float(low), float(high)


@lru_cache(maxsize=4)
def draws(texts: int) -> NDArray[np.int64]:
    """Return how often each text is drawn in each resample; the seed is fixed, so all figures use the same draws."""
    return np.random.default_rng(_SEED).multinomial(texts, np.full(texts, 1 / texts), size=RESAMPLES)
