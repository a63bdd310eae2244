"""Packing discs: none touches another, those that are linked lie near, and the whole is wide rather than tall."""

from __future__ import annotations

import math

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges

WIDE = 1.25  # width over height that suits the page: on a wide screen, lists stand on both sides of the map
_TRIED = tuple((wide, near, screen) for screen in (2.0, 1.0) for near in (0.5, 0.35, 0.7) for wide in (1.2, 1.0, 1.4))
"""Ways of packing, that which suits most first: how much wider than `WIDE` the middle is, and what a unit of distance to linked
discs costs, and one of the screen's width, where one from the middle costs 1."""
_MANY = 200  # discs that are packed in one way only
_LINKED = 0.5  # what the mean distance of linked discs counts, against the width of the whole, when ways are compared
_CHECKED = 64  # places tried at a time
_ROOM = 1e-4  # of a radius, that discs may come into each other; equal discs often touch exactly
_AROUND = tuple((math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in range(8))
_FEW = 24  # discs round which single places are tried, too


def pack_discs(radius: Reals, links: WeightedEdges) -> tuple[Reals, Reals]:
    """Give the middles of discs, in the order of the discs; `radius` holds the gap already, links are single links between discs.

    The discs come one after the other, the largest first. Each is put where it touches two others (or one, while there are
    few), at the place that is nearest to the middle and to the discs that it is linked with. Where there are not too many, this
    is done in several ways, and the best one taken.
    """
    neighbours = _neighbours(len(radius), links)
    ways = [_set(radius, neighbours, *way) for way in (_TRIED if len(radius) <= _MANY else _TRIED[:1])]
    return min(ways, key=lambda way: _worse(way[0], way[1], radius, links))


def _worse(x: Reals, y: Reals, radius: Reals, links: WeightedEdges) -> float:
    """Weigh a packing: the width of the screen it needs, and how far linked discs are apart."""
    if not len(x):
        return 0.0
    wide, high = (x + radius).max() - (x - radius).min(), (y + radius).max() - (y - radius).min()
    dx, dy = x[links.source] - x[links.target], y[links.source] - y[links.target]
    total = float(links.weight.sum())
    apart = float((links.weight * np.sqrt(dx * dx + dy * dy)).sum()) / total if total else 0.0
    return round(max(float(wide), WIDE * float(high)) + _LINKED * apart, 6)


def _set(radius: Reals, neighbours: list[tuple[Numbers, Reals]], wide: float, near: float, screen: float) -> tuple[Reals, Reals]:
    count = len(radius)
    x, y = np.zeros(count), np.zeros(count)
    order = np.lexsort((np.arange(count), -radius)).tolist()
    one: list[int] = []
    other: list[int] = []
    for place, disc in enumerate(order[1:], start=1):
        placed = np.array(order[:place])
        there_x, there_y = _candidates(radius, x, y, disc, placed, np.array(one, dtype=np.int64), np.array(other, dtype=np.int64))
        discs, weight = neighbours[disc]
        known = np.isin(discs, placed)
        cost = _cost(there_x, there_y, x[discs[known]], y[discs[known]], weight[known], wide, near)
        cost = np.round(cost + screen * _screen(there_x, there_y, radius[disc], x[placed], y[placed], radius[placed]), 6)
        best = _first_free(there_x, there_y, np.argsort(cost, kind="stable"), radius, x, y, disc, placed)
        x[disc], y[disc] = np.round(there_x[best], 6), np.round(there_y[best], 6)
        dx, dy = x[placed] - x[disc], y[placed] - y[disc]
        reach = np.sqrt(dx * dx + dy * dy) < radius[placed] + (3 - _ROOM) * radius[disc]
        one += placed[reach].tolist()
        other += [disc] * int(reach.sum())
    return x, y


def _neighbours(count: int, links: WeightedEdges) -> list[tuple[Numbers, Reals]]:
    ends = np.concatenate([links.source, links.target])
    others = np.concatenate([links.target, links.source])
    weight = np.concatenate([links.weight, links.weight])
    return [(others[ends == disc], weight[ends == disc]) for disc in range(count)]


def _candidates(radius: Reals, x: Reals, y: Reals, disc: int, placed: Numbers, one: Numbers, other: Numbers) -> tuple[Reals, Reals]:
    """List places where the disc touches one or two placed discs."""
    r = radius[disc]
    found_x: list[Reals] = []
    found_y: list[Reals] = []
    if len(placed) <= _FEW:
        for cos, sin in _AROUND:
            found_x.append(x[placed] + (radius[placed] + r) * cos)
            found_y.append(y[placed] + (radius[placed] + r) * sin)
    if len(one):
        dx, dy = x[other] - x[one], y[other] - y[one]
        apart = np.sqrt(dx * dx + dy * dy)
        a, b = radius[one] + r, radius[other] + r
        along = (a * a - b * b + apart * apart) / (2 * apart)
        square = a * a - along * along
        touching = square >= 0
        across = np.sqrt(np.maximum(square, 0))
        for side in (-1.0, 1.0):
            found_x.append((x[one] + (dx * along - side * dy * across) / apart)[touching])
            found_y.append((y[one] + (dy * along + side * dx * across) / apart)[touching])
    return np.concatenate(found_x), np.concatenate(found_y)


def _cost(there_x: Reals, there_y: Reals, linked_x: Reals, linked_y: Reals, weight: Reals, wide: float, near: float) -> Reals:
    """Rate places: near the middle, near what the disc is linked with."""
    # a rectangle with round corners, which fills a screen better than an oval
    across, down = there_x * there_x / (WIDE * WIDE * wide * wide), there_y * there_y
    cost = np.sqrt(np.sqrt(across * across + down * down))
    total = float(weight.sum())
    for x, y, share in zip(linked_x.tolist(), linked_y.tolist(), weight.tolist(), strict=True):
        dx, dy = there_x - x, there_y - y
        cost = cost + near * share / total * np.sqrt(dx * dx + dy * dy)
    return cost.astype(np.float64)


def _screen(there_x: Reals, there_y: Reals, r: float, x: Reals, y: Reals, radius: Reals) -> Reals:
    """Give the width of the screen that is needed with a disc at each place."""
    left, right = np.minimum(there_x - r, (x - radius).min()), np.maximum(there_x + r, (x + radius).max())
    top, bottom = np.minimum(there_y - r, (y - radius).min()), np.maximum(there_y + r, (y + radius).max())
    needed: Reals = np.maximum(right - left, WIDE * (bottom - top))
    return needed


def _first_free(there_x: Reals, there_y: Reals, order: Numbers, radius: Reals, x: Reals, y: Reals, disc: int, placed: Numbers) -> int:
    needed = radius[placed] + radius[disc] - _ROOM * radius[disc]
    for start in range(0, len(order), _CHECKED):
        tried = order[start : start + _CHECKED]
        dx = there_x[tried][:, None] - x[placed][None, :]
        dy = there_y[tried][:, None] - y[placed][None, :]
        free = (dx * dx + dy * dy >= needed * needed).all(axis=1)
        if free.any():
            return int(tried[np.argmax(free)])
    raise AssertionError  # the outermost pair of discs has always room on its outer side
