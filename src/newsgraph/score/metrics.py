"""The score card: precision, recall and F1 of every figure over many texts, with intervals, counts and errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newsgraph.score.text_comparison import EVENTS, FIGURES, Comparison, Tally

RESAMPLES = 1000
"""Bootstrap resamples of an interval (Efron and Tibshirani 1993: a thousand for percentiles)."""

_SEED = 20211118
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure over all texts: shares from 0 to 1, the 95 % interval of F1, and the counts they rest on."""

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
    """How many company nodes stand for how many annotated companies, of those that were found; 1 is right, more is split."""

    nodes: int
    companies: int

    @property
    def ratio(self) -> float:
        """Give nodes per company; 0.0 where no company was found."""
        return self.nodes / self.companies if self.companies else 0.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """What can only be measured over many texts of a graph: figures by pairs, nodes per company, and lines of errors."""

    figures: tuple[Figure, ...]
    nodes: NodesPerCompany
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All figures over some texts.

    `records` are the texts measured; `not_built` names those that could not be (no facts of that very text);
    `errors` are lines "doc, part: what was missed or wrong", then "company ..." and "story ..." over all texts, none of them
    of a text that is kept aside. `nodes` is None where no graph was measured.
    """

    figures: Mapping[str, Figure]
    records: int
    not_built: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    nodes: NodesPerCompany | None = None

    def rows(self) -> list[dict[str, str | float | int]]:
        """Give the figures as rows: figure, precision, recall, f1, low, high, hits, missed, wrong."""
        return [
            {
                "figure": one.name, "precision": one.precision, "recall": one.recall, "f1": one.f1, "low": one.low,
                "high": one.high, "hits": one.hits, "missed": one.missed, "wrong": one.wrong,
            }
            for one in self.figures.values()
        ]  # fmt: skip


def make_card(
    comparisons: Sequence[Comparison], errors: Sequence[str] = (), not_built: Sequence[str] = (), resolution: Resolution | None = None,
) -> Scorecard:  # fmt: skip
    """Add up compared texts; `resolution` adds what is measured over all of them together."""
    by_type = sorted({name for one in comparisons for name in one.tallies if name.startswith(f"{EVENTS}: ")})
    tallies = {name: [one.tallies.get(name, Tally()) for one in comparisons] for name in (*FIGURES, *by_type)}
    figures = {name: _figure(name, sum(counts, Tally()), _interval(counts)) for name, counts in tallies.items()}
    if resolution is None:
        return Scorecard(figures, len(comparisons), tuple(not_built), tuple(errors))
    figures = {name: figures[name] for name in FIGURES} | {one.name: one for one in resolution.figures} | figures
    return Scorecard(figures, len(comparisons), tuple(not_built), (*errors, *resolution.errors), resolution.nodes)


def f1(hits: int, missed: int, wrong: int) -> float:
    """Give the harmonic mean of precision and recall; 0.0 where nothing was annotated or found."""
    return 2 * hits / (2 * hits + missed + wrong) if hits else 0.0


def figure_of(name: str, counts: NDArray[np.int64], resampled: NDArray[np.int64]) -> Figure:
    """Make a figure of three counts (right, missed, wrong) and of the same counts in every resample, a row each."""
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
    """Draw whole texts again and again, with a fixed seed, and take the middle 95 % of F1."""
    if not tallies:
        return 0.0, 0.0
    counts = np.array([(one.hits, one.missed, one.wrong) for one in tallies], dtype=np.int64)
    return _middle(draws(len(tallies)) @ counts)


def _middle(counts: NDArray[np.int64]) -> tuple[float, float]:
    """Take the middle 95 % of the F1 of resamples, given their counts of right, missed and wrong."""
    hits, missed, wrong = counts.T
    low, high = np.percentile(2 * hits / np.maximum(2 * hits + missed + wrong, 1), _INTERVAL)
    return float(low), float(high)


def share_interval(counted: int, texts: int) -> tuple[float, float]:
    """Give the 95 % interval of a share of texts, by the same draws."""
    if not texts:
        return 0.0, 0.0
    low, high = np.percentile(draws(texts)[:, :counted].sum(axis=1) / texts, _INTERVAL)
    return float(low), float(high)


@lru_cache(maxsize=4)
def draws(texts: int) -> NDArray[np.int64]:
    """Say how often each text is drawn in each resample; the seed is fixed, so that all figures rest on equal draws."""
    return np.random.default_rng(_SEED).multinomial(texts, np.full(texts, 1 / texts), size=RESAMPLES)
