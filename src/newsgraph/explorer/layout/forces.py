"""A force-directed layout inside the discs, similar to ForceAtlas2 (Jacomy and others 2014): linked nodes attract, all others repel.

All discs are laid out at once. Nodes of one disc repel each other; in a disc of more than a few dozen nodes, a different sample of them
represents all in each round, so that the cost of a round is the same for each node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges, degrees

_SAMPLE = 40  # nodes of the same disc that repel a node in a round
_ROUNDS, _ROUNDS_LARGE, _LARGE = 160, 90, 20_000
_GRAVITY = 0.5
_HEAT, _COLD = 0.25, 0.002  # how far a node may move in the first and in the last round, in radii
_FLAT = 0.85  # weight of the rank of a node's distance from the centre, relative to the distance itself
_GRID = 2.0**24  # places are rounded to its inverse after each round, or differences in the last digits would grow into other layouts
_MULTIPLIER, _INCREMENT, _MODULUS = 1_664_525, 1_013_904_223, 2**32
_SIN, _COS = 0.675490294261524, -0.737368878078320  # of the golden angle


@dataclass(frozen=True, slots=True)
class Discs:
    """Discs, those with most nodes first, by their number of nodes and radius; nodes are in the order of their discs."""

    size: Numbers
    radius: Reals

    def of_nodes(self) -> Numbers:
        """Return the disc of each node."""
        return np.repeat(np.arange(len(self.size)), self.size)

    def starts(self) -> Numbers:
        """Return the first node of each disc."""
        return np.concatenate([[0], np.cumsum(self.size)[:-1]]).astype(np.int64)


def force_layout(discs: Discs, links: WeightedEdges) -> tuple[Reals, Reals]:
    """Return the places of nodes relative to the centre of their disc, inside its radius; `links` are inside discs, without parallels."""
    disc = discs.of_nodes()
    count = len(disc)
    degree = degrees(links, count)
    spread = discs.radius[disc] / np.sqrt(discs.size[disc])  # the distance between evenly spread nodes
    x, y = _start(discs, degree)
    mass = np.sqrt(1.0 + degree)
    weight = _normalized(links, disc) / spread[links.source]
    repulsion = _Repulsion(discs, mass)
    rounds = _ROUNDS if count <= _LARGE else _ROUNDS_LARGE
    for turn in range(rounds):
        fx, fy = repulsion.forces(x, y)
        fx *= spread * spread
        fy *= spread * spread
        dx, dy = x[links.target] - x[links.source], y[links.target] - y[links.source]
        pull = weight * np.sqrt(dx * dx + dy * dy)
        for ends, sign in ((links.source, 1.0), (links.target, -1.0)):
            fx += sign * np.bincount(ends, weights=pull * dx, minlength=count)
            fy += sign * np.bincount(ends, weights=pull * dy, minlength=count)
        fx -= _GRAVITY * x * mass
        fy -= _GRAVITY * y * mass
        length = np.sqrt(fx * fx + fy * fy)
        heat = discs.radius[disc] * (_HEAT * (1 - turn / rounds) ** 2 + _COLD)
        step = np.minimum(length, heat) / np.maximum(length, 1e-12)
        x = np.rint((x + fx * step) * _GRID) / _GRID
        y = np.rint((y + fy * step) * _GRID) / _GRID
    return _spread_evenly(x, y, discs)


def spiral(count: int) -> tuple[Reals, Reals]:
    """Return the directions of points on a spiral, each the golden angle after the previous one."""
    cos, sin = np.ones(count), np.zeros(count)
    for at in range(1, count):
        cos[at] = cos[at - 1] * _COS - sin[at - 1] * _SIN
        sin[at] = sin[at - 1] * _COS + cos[at - 1] * _SIN
    return cos, sin


class _Repulsion:
    """The repulsion between the nodes of a disc: by all others, or by a sample of them that changes with each round."""

    def __init__(self, discs: Discs, mass: Reals) -> None:
        disc = discs.of_nodes()
        self._mass = mass
        self._size = discs.size[disc]
        self._start = discs.starts()[disc]
        self._local = np.arange(len(disc)) - self._start
        self._others = np.maximum(self._size - 1, 1)
        self._exact = self._size - 1 <= _SAMPLE
        self._small = (0.01 * discs.radius[disc] / np.sqrt(self._size)) ** 2
        self._random = 1

    def forces(self, x: Reals, y: Reals) -> tuple[Reals, Reals]:
        """Return the force on each node, at a scale where evenly spread nodes have a distance of 1."""
        fx, fy = np.zeros(len(x)), np.zeros(len(x))
        for step in range(_SAMPLE):
            # the largest discs come first, so that those with enough nodes for another step are at the front
            end = int(np.count_nonzero(self._size - 1 > step))
            if not end:
                break
            self._random = (self._random * _MULTIPLIER + _INCREMENT) % _MODULUS
            shift = np.where(self._exact[:end], step + 1, 1 + (self._random >> 8) % self._others[:end])
            place = self._local[:end] + shift
            place -= np.where(place >= self._size[:end], self._size[:end], 0)
            other = self._start[:end] + place
            dx, dy = x[:end] - x[other], y[:end] - y[other]
            push = self._mass[other] / (dx * dx + dy * dy + self._small[:end])
            fx[:end] += dx * push
            fy[:end] += dy * push
        share = self._mass * self._others / np.minimum(self._others, _SAMPLE)
        return fx * share, fy * share


def _start(discs: Discs, degree: Numbers) -> tuple[Reals, Reals]:
    """Return initial places: the most linked nodes at the centre, the others on a spiral around them."""
    disc = discs.of_nodes()
    order = np.lexsort((np.arange(len(disc)), -degree, disc))
    place = np.empty(len(disc), dtype=np.int64)
    place[order] = np.arange(len(disc)) - discs.starts()[disc[order]]
    cos, sin = spiral(int(discs.size.max(initial=1)))
    far = discs.radius[disc] * np.sqrt((place + 0.5) / discs.size[disc])
    return far * cos[place], far * sin[place]


def _normalized(links: WeightedEdges, disc: Numbers) -> Reals:
    """Scale weights so that their mean is 1 in each disc."""
    of_links = disc[links.source]
    total = np.bincount(of_links, weights=links.weight)
    number = np.bincount(of_links)
    return links.weight * number[of_links] / np.maximum(total[of_links], 1e-12)


def _spread_evenly(x: Reals, y: Reals, discs: Discs) -> tuple[Reals, Reals]:
    """Spread nodes over the whole disc: distances from the centre are mixed with their ranks, so that no node is isolated far outside."""
    disc = discs.of_nodes()
    middle_x = (np.bincount(disc, weights=x) / discs.size)[disc]
    middle_y = (np.bincount(disc, weights=y) / discs.size)[disc]
    x, y = x - middle_x, y - middle_y
    far = np.round(np.sqrt(x * x + y * y), 6)
    order = np.lexsort((np.arange(len(disc)), far, disc))
    rank = np.empty(len(disc), dtype=np.int64)
    rank[order] = np.arange(len(disc)) - discs.starts()[disc[order]]
    reach = np.zeros(len(discs.size))
    np.maximum.at(reach, disc, far)
    even = np.sqrt((rank + 0.5) / np.maximum(discs.size[disc] - 0.5, 1))
    desired = discs.radius[disc] * (_FLAT * even + (1 - _FLAT) * far / np.maximum(reach[disc], 1e-9))
    scale = np.where(discs.size[disc] > 1, desired / np.maximum(far, 1e-9), 0.0)
    return np.round(x * scale, 6), np.round(y * scale, 6)
