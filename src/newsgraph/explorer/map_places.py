"""The places of a page's nodes on the map."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.community_map import Anchors, CommunityMap, community_map
from newsgraph.explorer.layout.edge_weights import WeightedEdges
from newsgraph.explorer.map_links import MapLinks
from newsgraph.explorer.node_numbers import NodeNumbers


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
