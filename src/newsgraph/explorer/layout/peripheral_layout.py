"""The layout outside the regions: small components and single nodes in rows below, providers in a band at the bottom."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals
from newsgraph.explorer.layout.forces import spiral


def rows(radius: Reals, wide: float, gap: float) -> tuple[Reals, Reals]:
    """Return the centres of discs in centred rows of a given width, in the order of the discs.

    The first row begins at y = 0, y grows downwards, and x is 0 at the centre.
    """
    x, y = np.zeros(len(radius)), np.zeros(len(radius))
    top, first = 0.0, 0
    while first < len(radius):
        past, width = first, 0.0
        while past < len(radius) and (past == first or width + gap + 2 * radius[past] <= wide):
            width += 2 * float(radius[past]) + (gap if past > first else 0.0)
            past += 1
        high = float(radius[first:past].max())
        left = -width / 2
        for at in range(first, past):
            x[at], y[at] = left + float(radius[at]), top + high
            left += 2 * float(radius[at]) + gap
        top += 2 * high + gap
        first = past
    return x, y


def band(desired: Reals, wide: float, least: float, most: float) -> tuple[Reals, Reals]:
    """Return places for nodes in evenly filled rows, ordered by their desired x; x is 0 at the centre, and the first row is at y = 0.

    There are enough rows for neighbours to be `least` apart; they are at most `most` apart.
    """
    count = len(desired)
    if not count:
        return np.zeros(0), np.zeros(0)
    columns = max(int(wide / least), 1)
    high = -(-count // columns)
    columns = -(-count // high)
    step = min(wide / columns, most)
    order = np.lexsort((np.arange(count), desired))
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    # column by column, so that each node is near its desired x; the rows are offset, so that names have room
    column, row = place // high, place % high
    offset = (row - (high - 1) / 2) / high
    return (column - (columns - 1) / 2 + offset) * step, (row * least).astype(np.float64)


def satellites(host: Numbers, step: Reals) -> tuple[Reals, Reals]:
    """Return places relative to the hosts, on a spiral from the host's edge (at 1) outwards; each takes up an area of `step` squared."""
    order = np.argsort(host, kind="stable")
    first = np.searchsorted(host[order], host[order], side="left")
    place = np.empty(len(host), dtype=np.int64)
    place[order] = np.arange(len(host)) - first
    cos, sin = spiral(int(place.max(initial=0)) + 1)
    far = np.sqrt(1 + (place + 0.5) * step * step)
    return far * cos[place], far * sin[place]
