"""Room for each node: what covers another is moved aside, inside the disc that it belongs to."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.edge_weights import Flags, Numbers, Reals

_ROUNDS, _SEARCHED = 160, 8  # rounds, and rounds after which neighbours are searched anew
_SKIN = 0.6  # how much farther than touching neighbours are looked for, in sizes of a small node
_GRID = 2.0**24
_PART = 0.9  # of what is lacking, moved in a round
_NONE = 1e-9  # a length that has no direction


def remove_overlaps(x: Reals, y: Reals, room: Reals, disc: Numbers, limit: Reals) -> tuple[Reals, Reals]:
    """Move nodes apart until they are not nearer than the sum of their rooms, as far as the disc of radius `limit` lets them.

    Places are relative to the middle of each node's disc; `disc` is sorted.
    """
    pairs = (np.zeros(0, dtype=np.int64),) * 2
    for turn in range(_ROUNDS):
        if turn % _SEARCHED == 0:
            pairs = _near(x, y, room, disc)
        one, other = pairs
        dx, dy = x[other] - x[one], y[other] - y[one]
        far = np.sqrt(dx * dx + dy * dy)
        lack = np.maximum(room[one] + room[other] - far, 0.0)
        if turn % _SEARCHED == 0 and not (lack > 1e-3 * room.min(initial=1.0)).any():
            break
        # two nodes at one place part along the line that their numbers give
        same = far < _NONE
        dx, far = np.where(same, 1.0, dx), np.where(same, 1.0, far)
        heavy = room[other] / (room[one] + room[other])
        step_x, step_y = dx / far * lack, dy / far * lack
        x = x + _summed(one, other, step_x, heavy, len(x))
        y = y + _summed(one, other, step_y, heavy, len(x))
        out = np.sqrt(x * x + y * y)
        inside = np.minimum(1.0, np.maximum(limit - room, 0.0) / np.maximum(out, _NONE))
        x, y = np.rint(x * inside * _GRID) / _GRID, np.rint(y * inside * _GRID) / _GRID
    return x, y


def _summed(one: Numbers, other: Numbers, step: Reals, heavy: Reals, count: int) -> Reals:
    forward = np.bincount(other, weights=step * (1 - heavy), minlength=count)
    backward = np.bincount(one, weights=step * heavy, minlength=count)
    return (_PART * (forward - backward)).astype(np.float64)


def _near(x: Reals, y: Reals, room: Reals, disc: Numbers) -> tuple[Numbers, Numbers]:
    """Find the pairs of one disc that touch or nearly do: cell by cell, with a wider net of cells for larger nodes."""
    small = float(room.min(initial=1.0))
    found_one, found_other = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    level = np.floor(np.log2(np.maximum(room / small, 1.0)) + 1e-9).astype(np.int64)
    for height in np.unique(level).tolist():
        cell = small * 2.0 ** (height + 2) + _SKIN * small
        lower = np.flatnonzero(level <= height)
        one, other = _in_cells(x[lower], y[lower], disc[lower], level[lower] == height, cell)
        one, other = lower[one], lower[other]
        dx, dy = x[other] - x[one], y[other] - y[one]
        reach = room[one] + room[other] + _SKIN * small
        close = dx * dx + dy * dy < reach * reach
        found_one.append(one[close])
        found_other.append(other[close])
    return np.concatenate(found_one), np.concatenate(found_other)


def _in_cells(x: Reals, y: Reals, disc: Numbers, asking: Flags, cell: float) -> tuple[Numbers, Numbers]:
    """Pair the asking nodes with those of the nine cells round them; two that both ask are paired once."""
    column, row = np.floor(x / cell).astype(np.int64), np.floor(y / cell).astype(np.int64)
    column, row = column - column.min(initial=0) + 1, row - row.min(initial=0) + 1
    wide, high = int(column.max(initial=0)) + 2, int(row.max(initial=0)) + 2
    key = (disc * high + row) * wide + column
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    asked = np.flatnonzero(asking)
    ones, others = [], []
    for down in (-1, 0, 1):
        first = np.searchsorted(sorted_key, key[asked] + down * wide - 1, side="left")
        last = np.searchsorted(sorted_key, key[asked] + down * wide + 1, side="right")
        number = last - first
        one = np.repeat(asked, number)
        offset = np.arange(len(one)) - np.repeat(np.cumsum(number) - number, number)
        other = order[np.repeat(first, number) + offset]
        kept = (one != other) & (~asking[other] | (one < other))
        ones.append(one[kept])
        others.append(other[kept])
    return np.concatenate(ones), np.concatenate(others)
