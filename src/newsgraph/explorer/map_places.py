"""The places of a page's nodes on the map."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from newsgraph.explorer.layout.community_map import Anchors, CommunityMap, community_map
from newsgraph.explorer.layout.edge_weights import WeightedEdges
from newsgraph.explorer.map_links import MapLinks
from newsgraph.explorer.node_numbers import NodeNumbers

LayOut = Callable[[NodeNumbers, MapLinks, str], CommunityMap]
"""Lays out the map as `map_places` does."""


def map_places(numbering: NodeNumbers, links: MapLinks, engine: str) -> CommunityMap:
    """Lay out the map: nodes by their links, articles around what they report, providers at the bottom.

    `engine` finds the communities, see `community_map`.
    """
    pairs = np.array(links.pairs, dtype=np.int64).reshape(-1, 3)
    article = np.arange(*numbering.range("article"))
    host = np.array([links.anchors.get(number, -1) for number in article.tolist()], dtype=np.int64)
    without_articles = set(range(*numbering.range("provider"))) - {provider for provider, _ in links.published}
    published = [*links.published, *((provider, -1) for provider in without_articles)]
    providers = np.array(sorted(published), dtype=np.int64).reshape(-1, 2)
    return community_map(
        numbering.frame.height,
        WeightedEdges(pairs[:, 0], pairs[:, 1], pairs[:, 2].astype(np.float64)),
        Anchors(article, host, providers[:, 0], providers[:, 1]),
        engine,
    )


def map_digest(numbering: NodeNumbers, links: MapLinks, engine: str) -> str:
    """Return a digest, 64 hex digits, of all that `map_places` depends on but the program."""
    whole = hashlib.sha256(f"{engine} {numbering.frame.height} {numbering.range('article')} {numbering.range('provider')}".encode())
    for pairs in (links.pairs, sorted(links.anchors.items()), links.published):
        numbers = np.array(pairs, dtype=np.int64)
        whole.update(f"\n{numbers.shape}".encode() + numbers.tobytes())
    return whole.hexdigest()
