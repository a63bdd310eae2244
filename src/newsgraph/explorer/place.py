"""Where the nodes of a page are on its map."""

from __future__ import annotations

import math
from dataclasses import dataclass

from newsgraph.explorer.links import MapLinks
from newsgraph.explorer.numbering import Numbering


@dataclass(frozen=True, slots=True)
class PlacedRegion:
    """A disc of the map with its members that are no articles."""

    x: int
    y: int
    radius: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Places in map units (0 to 65535, y downwards), the community of each node (-1: none), and the regions."""

    x: list[int]
    y: list[int]
    community: list[int]
    regions: tuple[PlacedRegion, ...]


def place(numbering: Numbering, links: MapLinks) -> Placed:
    """Lay out the map."""
    count = numbering.frame.height
    del links
    turn = math.pi * (3 - math.sqrt(5))
    spread = 32000 / math.sqrt(count + 1)
    x = [round(32767 + spread * math.sqrt(n + 0.5) * math.cos(n * turn)) for n in range(count)]
    y = [round(32767 + spread * math.sqrt(n + 0.5) * math.sin(n * turn)) for n in range(count)]
    others = [n for n, kind in enumerate(numbering.frame["kind"]) if kind not in ("article", "provider")]
    return Placed(x, y, [0 if n < len(others) else -1 for n in range(count)], (PlacedRegion(32767, 32767, 32767, tuple(others)),))
