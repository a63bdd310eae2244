"""Overlap removal: nodes that cover each other are moved apart, inside the disc that they belong to."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.edge_weights import Flags, Numbers, Reals

_ROUNDS, _SEARCHED = 160, 8  # rounds, and rounds after which neighbours are searched again
_SKIN = 0.6  # how far apart neighbours may be, in radii of a small node
_GRID = 2.0**24
_PART = 0.9  # part of an overlap that is removed in a round
_ZERO = 1e-9  # below it, a length has no direction


def remove_overlaps(x: Reals, y: Reals, room: Reals, disc: Numbers, limit: Reals) -> tuple[Reals, Reals]:
    """Move nodes apart until their distance is at least the sum of their radii `room`, as far as the disc of radius `limit` allows.

    Places are relative to the centre of each node's disc; `disc` is sorted.
    """
    pairs = (np.zeros(0, dtype=np.int64),) * 2
    for turn in range(_ROUNDS):
        if turn % _SEARCHED == 0:
            pairs = _near(x, y, room, disc)
        one, other = pairs
        dx, dy = x[other] - x[one], y[other] - y[one]
        far = np.sqrt(dx * dx + dy * dy)
        overlap = np.maximum(room[one] + room[other] - far, 0.0)
        if turn % _SEARCHED == 0 and not (overlap > 1e-3 * room.min(initial=1.0)).any():
            break
        # two nodes at the same place move apart horizontally, in the order of their numbers
        same = far < _ZERO
        dx, far = np.where(same, 1.0, dx), np.where(same, 1.0, far)
        heavy = room[other] / (room[one] + room[other])
        step_x, step_y = dx / far * overlap, dy / far * overlap
        x = x + _summed(one, other, step_x, heavy, len(x))
        y = y + _summed(one, other, step_y, heavy, len(x))
        out = np.sqrt(x * x + y * y)
        inside = np.minimum(1.0, np.maximum(limit - room, 0.0) / np.maximum(out, _ZERO))
        x, y = np.rint(x * inside * _GRID) / _GRID, np.rint(y * inside * _GRID) / _GRID
    return x, y


def _summed(one: Numbers, other: Numbers, step: Reals, heavy: Reals, count: int) -> Reals:
    forward = np.bincount(other, weights=step * (1 - heavy), minlength=count)
    backward = np.bincount(one, weights=step * heavy, minlength=count)
    return (_PART * (forward - backward)).astype(np.float64)


def _near(x: Reals, y: Reals, room: Reals, disc: Numbers) -> tuple[Numbers, Numbers]:
    """Find the pairs of nodes in a disc that touch or nearly touch: cell by cell, with a coarser grid for larger nodes."""
    small = float(room.min(initial=1.0))
    all_one, all_other = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    level = np.floor(np.log2(np.maximum(room / small, 1.0)) + 1e-9).astype(np.int64)
    for height in np.unique(level).tolist():
        cell = small * 2.0 ** (height + 2) + _SKIN * small
        lower = np.flatnonzero(level <= height)
        one, other = _in_cells(x[lower], y[lower], disc[lower], level[lower] == height, cell)
        one, other = lower[one], lower[other]
        dx, dy = x[other] - x[one], y[other] - y[one]
        reach = room[one] + room[other] + _SKIN * small
        close = dx * dx + dy * dy < reach * reach
        all_one.append(one[close])
        all_other.append(other[close])
    return np.concatenate(all_one), np.concatenate(all_other)


def _in_cells(x: Reals, y: Reals, disc: Numbers, searching: Flags, cell: float) -> tuple[Numbers, Numbers]:
    """Pair the searching nodes with those in their own and the eight adjacent cells; two searching nodes are paired once."""
    column, row = np.floor(x / cell).astype(np.int64), np.floor(y / cell).astype(np.int64)
    column, row = column - column.min(initial=0) + 1, row - row.min(initial=0) + 1
    wide, high = int(column.max(initial=0)) + 2, int(row.max(initial=0)) + 2
    key = (disc * high + row) * wide + column
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    searchers = np.flatnonzero(searching)
    ones, others = [], []
    for down in (-1, 0, 1):
        first = np.searchsorted(sorted_key, key[searchers] + down * wide - 1, side="left")
        last = np.searchsorted(sorted_key, key[searchers] + down * wide + 1, side="right")
        number = last - first
        one = np.repeat(searchers, number)
        offset = np.arange(len(one)) - np.repeat(np.cumsum(number) - number, number)
        other = order[np.repeat(first, number) + offset]
        distinct = (one != other) & (~searching[other] | (one < other))
        ones.append(one[distinct])
        others.append(other[distinct])
    return np.concatenate(ones), np.concatenate(others)
