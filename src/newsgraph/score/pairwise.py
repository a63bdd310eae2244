"""Pairwise scores of a clustering: of the pairs that belong together, how many are together in the graph, and the other way round."""

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
    """One item of a clustering: the number of its text (from 0), the cluster it belongs to, and the cluster it was put into."""

    text: int
    truth: str
    found: str


def pairwise_figure(name: str, items: Sequence[Placed], texts: int) -> Figure | None:
    """Return precision, recall and F1 of the pairs in one cluster; None if there is no such pair, neither in truth nor in the graph.

    The interval draws whole texts, of which there are `texts`. A text that is drawn twice makes no pairs with itself, as such pairs would
    be right whatever the graph holds.
    """
    whole = _counts(items, np.ones((1, texts), dtype=np.int64))
    if not whole.any():
        return None
    return figure_of(name, whole[0], _counts(items, draws(texts)))


def _counts(items: Sequence[Placed], weights: Draws) -> Draws:
    """Count right, missed and wrong pairs for each row of text weights."""
    hits = _together(items, lambda item: (item.truth, item.found), weights)
    wanted = _together(items, lambda item: item.truth, weights)
    found = _together(items, lambda item: item.found, weights)
    return np.stack([hits, wanted - hits, found - hits], axis=1)


def _together(items: Iterable[Placed], cluster: Callable[[Placed], object], weights: Draws) -> Draws:
    """Count the pairs within clusters, from counts by text, as the pairs themselves may be millions."""
    clusters: dict[object, Counter[int]] = defaultdict(Counter)
    for item in items:
        clusters[cluster(item)][item.text] += 1
    pairs = np.zeros(len(weights), dtype=np.int64)
    for counts in clusters.values():
        numbers = np.array(list(counts.values()), dtype=np.int64)
        drawn = weights[:, list(counts)]
        across = (drawn * numbers).sum(axis=1) ** 2 - ((drawn * numbers) ** 2).sum(axis=1)
        within = (drawn * (numbers * (numbers - 1))).sum(axis=1)
        pairs += (across + within) // 2
    return pairs
