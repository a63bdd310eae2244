"""Packing discs: none touches another, those that are linked lie near, and the whole is wide rather than tall."""

from __future__ import annotations

import math

import numpy as np

from newsgraph.explorer.weighing import Flags, Links, Numbers, Reals

WIDE = 1.5  # width over height that suits a screen
_NEAR = 0.8  # what a unit of distance to linked discs costs, against one from the middle
_CHECKED = 64  # places tried at a time
_ROOM = 1e-6
_AROUND = tuple((math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in range(8))
_FEW = 24  # discs round which single places are tried, too


def packed(radius: Reals, links: Links) -> tuple[Reals, Reals]:
    """Give the middles of discs, in the order of the discs; `radius` holds the gap already, links are single links between discs.

    The discs come one after the other, the largest first. Each is put where it touches two others (or one, while there are
    few), at the place that is nearest to the middle and to the discs that it is linked with.
    """
    count = len(radius)
    x, y = np.zeros(count), np.zeros(count)
    neighbours = _neighbours(count, links)
    order = np.lexsort((np.arange(count), -radius)).tolist()
    one: list[int] = []
    other: list[int] = []
    for place, disc in enumerate(order):
        if not place:
            continue
        placed = np.array(order[:place])
        there_x, there_y = _candidates(radius, x, y, disc, placed, np.array(one, dtype=np.int64), np.array(other, dtype=np.int64))
        cost = _cost(there_x, there_y, neighbours[disc], x, y, np.isin(neighbours[disc][0], placed))
        best = _first_free(there_x, there_y, np.argsort(cost, kind="stable"), radius, x, y, disc, placed)
        x[disc], y[disc] = np.round(there_x[best], 6), np.round(there_y[best], 6)
        reach = np.hypot(x[placed] - x[disc], y[placed] - y[disc]) < radius[placed] + 3 * radius[disc]
        near = placed[reach].tolist()
        one += near
        other += [disc] * len(near)
    return x, y


def _neighbours(count: int, links: Links) -> list[tuple[Numbers, Reals]]:
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


def _cost(there_x: Reals, there_y: Reals, linked: tuple[Numbers, Reals], x: Reals, y: Reals, known: Flags) -> Reals:
    cost = np.sqrt(there_x * there_x / (WIDE * WIDE) + there_y * there_y)
    discs, weight = linked[0][known], linked[1][known]
    if len(discs):
        weight = weight / weight.sum()
        for disc, share in zip(discs.tolist(), weight.tolist(), strict=True):
            dx, dy = there_x - x[disc], there_y - y[disc]
            cost = cost + _NEAR * share * np.sqrt(dx * dx + dy * dy)
    return np.round(cost, 6).astype(np.float64)


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
