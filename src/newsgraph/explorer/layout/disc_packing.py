"""Disc packing: no disc touches another, linked discs are near each other, and the whole is wider than tall."""

from __future__ import annotations

import math

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges

WIDE = 1.25  # width over height that suits the page: on a wide screen, there are lists on both sides of the map
_TRIED = tuple((wide, near, screen) for screen in (2.0, 1.0) for near in (0.5, 0.35, 0.7) for wide in (1.2, 1.0, 1.4))
"""Packing parameters, the best for most graphs first: how much wider than `WIDE` the centre is, and the cost of a unit of distance to
linked discs and of screen width, relative to a unit of distance from the centre."""
_MANY = 200  # discs from which only the first parameters are tried
_LINKED = 0.5  # weight of the mean distance of linked discs, relative to the total width, when packings are compared
_BATCH = 64  # places that are checked at a time
_TOLERANCE = 1e-4  # part of a radius by which discs may overlap, because equal discs often touch exactly
_AROUND = tuple((math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in range(8))
_FEW = 24  # placed discs up to which positions around single discs are tried, too


def pack_discs(radius: Reals, links: WeightedEdges) -> tuple[Reals, Reals]:
    """Return the centres of discs; `radius` includes the gap, and `links` has no parallel links.

    The discs are placed one after the other, the largest first. Each is put where it touches two others (or one, while there are
    few), at the place with the lowest cost: near the centre and near the discs that it is linked with. Unless there are many discs, several
    parameters are tried, and the best packing is returned.
    """
    neighbours = _neighbours(len(radius), links)
    packings = [_pack(radius, neighbours, *parameters) for parameters in (_TRIED if len(radius) <= _MANY else _TRIED[:1])]
    return min(packings, key=lambda packing: _badness(packing[0], packing[1], radius, links))


def _badness(x: Reals, y: Reals, radius: Reals, links: WeightedEdges) -> float:
    """Rate a packing by the screen width that it needs and by the distance of linked discs; lower is better."""
    if not len(x):
        return 0.0
    wide, high = (x + radius).max() - (x - radius).min(), (y + radius).max() - (y - radius).min()
    dx, dy = x[links.source] - x[links.target], y[links.source] - y[links.target]
    total = float(links.weight.sum())
    apart = float((links.weight * np.sqrt(dx * dx + dy * dy)).sum()) / total if total else 0.0
    return round(max(float(wide), WIDE * float(high)) + _LINKED * apart, 6)


def _pack(radius: Reals, neighbours: list[tuple[Numbers, Reals]], wide: float, near: float, screen: float) -> tuple[Reals, Reals]:
    count = len(radius)
    x, y = np.zeros(count), np.zeros(count)
    order = np.lexsort((np.arange(count), -radius)).tolist()
    one: list[int] = []  # with `other`, the pairs of placed discs with less than a disc's width between them
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
        reach = np.sqrt(dx * dx + dy * dy) < radius[placed] + (3 - _TOLERANCE) * radius[disc]
        one += placed[reach].tolist()
        other += [disc] * int(reach.sum())
    return x, y


def _neighbours(count: int, links: WeightedEdges) -> list[tuple[Numbers, Reals]]:
    ends = np.concatenate([links.source, links.target])
    others = np.concatenate([links.target, links.source])
    weight = np.concatenate([links.weight, links.weight])
    return [(others[ends == disc], weight[ends == disc]) for disc in range(count)]


def _candidates(radius: Reals, x: Reals, y: Reals, disc: int, placed: Numbers, one: Numbers, other: Numbers) -> tuple[Reals, Reals]:
    """Return the places where the disc touches one or two placed discs."""
    r = radius[disc]
    all_x: list[Reals] = []
    all_y: list[Reals] = []
    if len(placed) <= _FEW:
        for cos, sin in _AROUND:
            all_x.append(x[placed] + (radius[placed] + r) * cos)
            all_y.append(y[placed] + (radius[placed] + r) * sin)
    if len(one):
        dx, dy = x[other] - x[one], y[other] - y[one]
        apart = np.sqrt(dx * dx + dy * dy)
        a, b = radius[one] + r, radius[other] + r
        along = (a * a - b * b + apart * apart) / (2 * apart)
        square = a * a - along * along
        touching = square >= 0
        across = np.sqrt(np.maximum(square, 0))
        for side in (-1.0, 1.0):
            all_x.append((x[one] + (dx * along - side * dy * across) / apart)[touching])
            all_y.append((y[one] + (dy * along + side * dx * across) / apart)[touching])
    return np.concatenate(all_x), np.concatenate(all_y)


def _cost(there_x: Reals, there_y: Reals, linked_x: Reals, linked_y: Reals, weight: Reals, wide: float, near: float) -> Reals:
    """Return the cost of places: distance from the centre and from linked discs."""
    # lines of equal cost are rectangles with round corners, which fill a screen better than ellipses
    across, down = there_x * there_x / (WIDE * WIDE * wide * wide), there_y * there_y
    cost = np.sqrt(np.sqrt(across * across + down * down))
    total = float(weight.sum())
    for x, y, share in zip(linked_x.tolist(), linked_y.tolist(), weight.tolist(), strict=True):
        dx, dy = there_x - x, there_y - y
        cost = cost + near * share / total * np.sqrt(dx * dx + dy * dy)
    return cost.astype(np.float64)


def _screen(there_x: Reals, there_y: Reals, r: float, x: Reals, y: Reals, radius: Reals) -> Reals:
    """Return the screen width that is needed with the disc at each place."""
    left, right = np.minimum(there_x - r, (x - radius).min()), np.maximum(there_x + r, (x + radius).max())
    top, bottom = np.minimum(there_y - r, (y - radius).min()), np.maximum(there_y + r, (y + radius).max())
    needed: Reals = np.maximum(right - left, WIDE * (bottom - top))
    return needed


def _first_free(there_x: Reals, there_y: Reals, order: Numbers, radius: Reals, x: Reals, y: Reals, disc: int, placed: Numbers) -> int:
    needed = radius[placed] + radius[disc] - _TOLERANCE * radius[disc]
    for start in range(0, len(order), _BATCH):
        tried = order[start : start + _BATCH]
        dx = there_x[tried][:, None] - x[placed][None, :]
        dy = there_y[tried][:, None] - y[placed][None, :]
        free = (dx * dx + dy * dy >= needed * needed).all(axis=1)
        if free.any():
            return int(tried[np.argmax(free)])
    raise AssertionError  # there is always room on the outer side of the outermost pair of discs
