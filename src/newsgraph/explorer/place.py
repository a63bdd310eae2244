"""Where the nodes of a page are on its map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsgraph.explorer.community_map import Anchors, Region, community_map
from newsgraph.explorer.links import MapLinks
from newsgraph.explorer.numbering import Numbering
from newsgraph.explorer.weighing import Links


@dataclass(frozen=True, slots=True)
class Placed:
    """Places in map units (0 to 65535, y downwards), the community of each node (-1: none), and the regions."""

    x: list[int]
    y: list[int]
    community: list[int]
    regions: tuple[Region, ...]


def place(numbering: Numbering, links: MapLinks) -> Placed:
    """Lay out the map."""
    first, past = numbering.range("article")
    articles = np.arange(first, past)
    host = np.array([links.anchors.get(article, -1) for article in range(first, past)], dtype=np.int64)
    pairs = np.array(links.pairs, dtype=np.int64).reshape(-1, 3)
    published = np.array(links.published, dtype=np.int64).reshape(-1, 2)
    silent = np.setdiff1d(np.arange(*numbering.range("provider")), published[:, 0])
    anchors = Anchors(
        articles, host, np.concatenate([published[:, 0], silent]), np.concatenate([published[:, 1], np.full(len(silent), -1)])
    )
    map_ = community_map(numbering.frame.height, Links(pairs[:, 0], pairs[:, 1], pairs[:, 2].astype(np.float64)), anchors)
    return Placed(map_.x.tolist(), map_.y.tolist(), map_.community.tolist(), map_.regions)
