"""Links between the nodes of the map: each pair once, weighed so that hubs do not glue everything together.

Every figure that later decides something is rounded, so that the last digits of a sum never choose a community or a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HUB = 8  # times the usual number of neighbours that make a hub
_HUB_LEAST = 24  # neighbours that any hub has
_KEPT = 12  # strongest links of a node that the map heeds
_GRID = 2.0**20  # weights are whole numbers of its inverse

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WeightedEdges:
    """Links between nodes, three arrays of one length; `weight` counts what a link rests on, directions do not matter."""

    source: Numbers
    target: Numbers
    weight: Reals

    def where(self, kept: Flags) -> WeightedEdges:
        """Keep some of the links (a flag for each)."""
        return WeightedEdges(self.source[kept], self.target[kept], self.weight[kept])

    def among(self, chosen: Flags) -> WeightedEdges:
        """Keep the links whose two ends are chosen (a flag for each node)."""
        return self.where(chosen[self.source] & chosen[self.target])

    def renumbered(self, number: Numbers) -> WeightedEdges:
        """Give each end the number that stands for it."""
        return WeightedEdges(number[self.source], number[self.target], self.weight)


def merge_parallel(links: WeightedEdges) -> WeightedEdges:
    """Give each pair of nodes once, the smaller number first, in order; no node is linked with itself."""
    low, high = np.minimum(links.source, links.target), np.maximum(links.source, links.target)
    apart = low != high
    pairs, inverse = np.unique(np.stack([low[apart], high[apart]], axis=1), axis=0, return_inverse=True)
    weight: Reals = np.bincount(inverse.reshape(-1), weights=links.weight[apart], minlength=len(pairs)).astype(np.float64)
    return WeightedEdges(pairs[:, 0].copy(), pairs[:, 1].copy(), rounded(weight))


def damp_hubs(links: WeightedEdges, count: int) -> WeightedEdges:
    """Weigh single links by what they tell: less where both ends have many neighbours, and little at a hub.

    The square root of the weight is divided by that of the smaller number of neighbours. A hub has many times as many
    neighbours as usual; its links weigh together what those of the largest usual node do.
    """
    degree = degrees(links, count).astype(np.float64)
    linked = degree[degree > 0]
    most = max(float(_HUB_LEAST), _HUB * float(np.median(linked))) if len(linked) else float(_HUB_LEAST)
    quiet = np.minimum(1.0, most / np.maximum(degree, 1.0))
    smaller = np.minimum(degree[links.source], degree[links.target])
    weight = np.sqrt(links.weight) / np.sqrt(smaller) * quiet[links.source] * quiet[links.target]
    return WeightedEdges(links.source, links.target, np.maximum(rounded(weight), 1 / _GRID))


def strongest(links: WeightedEdges) -> WeightedEdges:
    """Leave out links that are among the strongest of neither end."""
    ends = np.concatenate([links.source, links.target])
    others = np.concatenate([links.target, links.source])
    order = np.lexsort((others, -np.concatenate([links.weight, links.weight]), ends))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = places(ends[order])
    high = place < _KEPT
    half = len(links.source)
    return links.where(high[:half] | high[half:])


def degrees(links: WeightedEdges, count: int) -> Numbers:
    """Count the links of each node."""
    return np.bincount(links.source, minlength=count) + np.bincount(links.target, minlength=count)


def rounded(values: Reals) -> Reals:
    """Round to whole numbers of 2^-20, which add up exactly in any order."""
    return np.rint(values * _GRID) / _GRID


def places(keys: Numbers) -> Numbers:
    """Count within runs of equal keys, from 0; the keys are sorted."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(first, len(keys)))
    return np.arange(len(keys)) - np.repeat(first, sizes)
