"""Weighted links between the nodes of the map: each pair once, with weights that keep hubs from tying everything together.

Numbers that later decide something are rounded, so that the last digits of a sum never choose a community or a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HUB = 8  # a hub has this many times the median number of neighbours
_HUB_LEAST = 24  # and at least this many neighbours
_STRONGEST = 12  # strongest links of each node that the layout uses
_GRID = 2.0**20  # weights are multiples of its inverse

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WeightedEdges:
    """Undirected links between nodes, as three arrays of equal length; `weight` counts the evidence for a link."""

    source: Numbers
    target: Numbers
    weight: Reals

    def where(self, chosen: Flags) -> WeightedEdges:
        """Return some of the links; `chosen` has a flag for each link."""
        return WeightedEdges(self.source[chosen], self.target[chosen], self.weight[chosen])

    def among(self, chosen: Flags) -> WeightedEdges:
        """Return the links between chosen nodes; `chosen` has a flag for each node."""
        return self.where(chosen[self.source] & chosen[self.target])

    def renumbered(self, number: Numbers) -> WeightedEdges:
        """Return the links with new node numbers; `number` maps each old one to its new one."""
        return WeightedEdges(number[self.source], number[self.target], self.weight)


def merge_parallel(links: WeightedEdges) -> WeightedEdges:
    """Return each pair of linked nodes once, the smaller number first, sorted and with the sum of weights; loops are removed."""
    low, high = np.minimum(links.source, links.target), np.maximum(links.source, links.target)
    apart = low != high
    pairs, inverse = np.unique(np.stack([low[apart], high[apart]], axis=1), axis=0, return_inverse=True)
    weight: Reals = np.bincount(inverse.reshape(-1), weights=links.weight[apart], minlength=len(pairs)).astype(np.float64)
    return WeightedEdges(pairs[:, 0].copy(), pairs[:, 1].copy(), rounded(weight))


def damp_hubs(links: WeightedEdges, count: int) -> WeightedEdges:
    """Reduce the weight of links whose ends both have many neighbours, and even more that of links at a hub.

    The square root of the weight is divided by that of the smaller degree. The links of a hub together weigh
    as much as those of the largest node that is not a hub.
    """
    degree = degrees(links, count).astype(np.float64)
    linked = degree[degree > 0]
    most = max(float(_HUB_LEAST), _HUB * float(np.median(linked))) if len(linked) else float(_HUB_LEAST)
    quiet = np.minimum(1.0, most / np.maximum(degree, 1.0))
    smaller = np.minimum(degree[links.source], degree[links.target])
    weight = np.sqrt(links.weight) / np.sqrt(smaller) * quiet[links.source] * quiet[links.target]
    return WeightedEdges(links.source, links.target, np.maximum(rounded(weight), 1 / _GRID))


def strongest(links: WeightedEdges) -> WeightedEdges:
    """Return the links that are among the strongest of at least one end."""
    ends = np.concatenate([links.source, links.target])
    others = np.concatenate([links.target, links.source])
    order = np.lexsort((others, -np.concatenate([links.weight, links.weight]), ends))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = places(ends[order])
    high = place < _STRONGEST
    half = len(links.source)
    return links.where(high[:half] | high[half:])


def degrees(links: WeightedEdges, count: int) -> Numbers:
    """Return the number of links of each node."""
    return np.bincount(links.source, minlength=count) + np.bincount(links.target, minlength=count)


def rounded(values: Reals) -> Reals:
    """Round to multiples of 2^-20, whose sums are exact in any order."""
    return np.rint(values * _GRID) / _GRID


def places(keys: Numbers) -> Numbers:
    """Return the position of each key among its equals, from 0; the keys are sorted."""
    if not len(keys):
        return np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(first, len(keys)))
    return np.arange(len(keys)) - np.repeat(first, sizes)
