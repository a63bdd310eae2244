"""Where nodes stand in a drawing: a spring layout that gives the same places on every machine."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ROUNDS = 250
GRAVITY = 0.08  # holds unconnected parts near the middle; more would press clusters into one another
WIDTH, HEIGHT = 1400, 760  # pixels: with this size a picture fits a common screen and its labels need no zoom
APART = 44  # pixels up or down between nodes at least, if they do not fill the picture; sideways more, for their names
STEPS = 80  # after so many, the nodes of real graphs move no more
SPACING = 200  # pixels between neighbours at most, so that a small graph is not torn apart

Places = NDArray[np.float64]


def spring_layout(count: int, links: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Give a place (x, y in pixels) to each of `count` nodes; `links` are two node numbers and a strength from 0 to 1.

    After Fruchterman and Reingold (1991), with a pull to the middle. No chance is in it, and sums run in a fixed order
    (along the outer axis only), so that processors with other vector units give the same numbers.
    """
    if not count:
        return []
    places = _spiral(count)
    strengths = {(min(a, b), max(a, b)): strength for a, b, strength in sorted(links) if a != b}
    ends = np.array(list(strengths), dtype=np.intp).reshape(-1, 2)
    degrees = np.maximum(np.bincount(ends.ravel(), minlength=count), 1)
    # a hub would draw all its neighbours into one clump: its links pull less
    pull = np.array(list(strengths.values())) / np.sqrt(np.maximum(np.minimum(degrees[ends[:, 0]], degrees[ends[:, 1]]), 1))
    start = math.sqrt(count) * 0.4
    for step in range(ROUNDS):
        force = _push(places) - GRAVITY * places
        _draw(force, places, ends, pull)
        length = np.sqrt(force[:, :1] ** 2 + force[:, 1:] ** 2) + 1e-9
        places = places + force / length * np.minimum(length, start * (1 - step / ROUNDS))
    return [(round(x), round(y)) for x, y in _fit(_apart(_fit(places, SPACING)), 1).tolist()]


def _fit(places: Places, most: float) -> Places:
    """Bring places to the middle and the size of the picture; nothing grows more than `most` times."""
    low, high = places.min(axis=0), places.max(axis=0)
    scales = [min(most, size / max(extent, 1e-9)) for size, extent in zip((WIDTH, HEIGHT), (high - low).tolist(), strict=True)]
    fitted: Places = (places - (low + high) / 2) * np.array(scales)
    return fitted


def _apart(places: Places) -> Places:
    """Push nodes from one another that are so near that they or their names would hide each other."""
    shape = np.array([1.8, 1.0])
    wanted = min(APART, 0.7 * math.sqrt(WIDTH * HEIGHT / len(places)))
    places = places / shape  # from here on, distances look the same in both directions
    for _ in range(STEPS):
        across = places[:, None, 0] - places[None, :, 0]
        down = places[:, None, 1] - places[None, :, 1]
        length = np.sqrt(across * across + down * down) + 1e-6
        lack = np.maximum(wanted - length, 0) / length / 3
        np.fill_diagonal(lack, 0)
        places = places - np.stack([(across * lack).sum(axis=0), (down * lack).sum(axis=0)], axis=1)
    pushed: Places = places * shape
    return pushed


def _spiral(count: int) -> Places:
    turn = math.pi * (3 - math.sqrt(5))
    points = [(math.sqrt(n + 0.5) * math.cos(n * turn), math.sqrt(n + 0.5) * math.sin(n * turn)) for n in range(count)]
    return np.round(np.array(points), 6)  # the last digits of sine and cosine differ between systems


def _push(places: Places) -> Places:
    across = places[None, :, 0] - places[:, None, 0]
    down = places[None, :, 1] - places[:, None, 1]
    near = 1 / np.maximum(across * across + down * down, 1e-4)
    return np.stack([(across * near).sum(axis=0), (down * near).sum(axis=0)], axis=1)


def _draw(force: Places, places: Places, ends: NDArray[np.intp], pull: Places) -> None:
    apart = places[ends[:, 1]] - places[ends[:, 0]]
    length = np.sqrt(apart[:, :1] ** 2 + apart[:, 1:] ** 2)
    tug = apart * length * pull[:, None]
    np.add.at(force, ends[:, 0], tug)
    np.add.at(force, ends[:, 1], -tug)
