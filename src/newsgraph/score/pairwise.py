"""A grouping measured by pairs: of all pairs of things that are one in truth, how many are one in the graph, and the other way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsgraph.score.metrics import Figure, draws, figure_of

Draws = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placed:
    """One thing that was grouped: the number of its text (from 0), the group it belongs to, and the group it was put into."""

    text: int
    truth: str
    found: str


def pairwise_figure(name: str, things: Sequence[Placed], texts: int) -> Figure | None:
    """Give precision, recall and F1 of the pairs that stand together; None where no pair does, in truth or in the graph.

    The interval draws whole texts, of which there are `texts`. A text that is drawn twice makes no pairs with itself: such
    pairs are right whatever the graph holds.
    """
    whole = _counts(things, np.ones((1, texts), dtype=np.int64))
    if not whole.any():
        return None
    return figure_of(name, whole[0], _counts(things, draws(texts)))


def _counts(things: Sequence[Placed], weights: Draws) -> Draws:
    """Count right, missed and wrong pairs for each row of weights of texts."""
    hits = _together(things, lambda one: (one.truth, one.found), weights)
    wanted = _together(things, lambda one: one.truth, weights)
    found = _together(things, lambda one: one.found, weights)
    return np.stack([hits, wanted - hits, found - hits], axis=1)


def _together(things: Iterable[Placed], group: Callable[[Placed], object], weights: Draws) -> Draws:
    """Count the pairs within groups; from counts by text, since the pairs themselves may be millions."""
    groups: dict[object, Counter[int]] = defaultdict(Counter)
    for one in things:
        groups[group(one)][one.text] += 1
    pairs = np.zeros(len(weights), dtype=np.int64)
    for counts in groups.values():
        numbers = np.array(list(counts.values()), dtype=np.int64)
        drawn = weights[:, list(counts)]
        across = (drawn * numbers).sum(axis=1) ** 2 - ((drawn * numbers) ** 2).sum(axis=1)
        within = (drawn * (numbers * (numbers - 1))).sum(axis=1)
        pairs += (across + within) // 2
    return pairs
