"""The map of a page: communities as packed discs, articles around their members, providers and small components outside.

Companies, events, stories, topics and the like form the structure of the map. Linked nodes are in one region and linked regions near
each other, with a gap between any two. Articles are placed around the nodes that they report and cover nothing else. Providers, which
would link everything with everything, form a band at the bottom, each below its articles; above it, components of up to three nodes form
rows. The same graph has the same places on any machine: nothing is random, and no decision depends on the last digits of a sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsgraph.explorer.layout.communities import LEAST, Engine, communities, components, engine_named
from newsgraph.explorer.layout.disc_packing import WIDE
from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges, damp_hubs, degrees, merge_parallel, strongest
from newsgraph.explorer.layout.map_drawing import BELOW, Box, Drawn, box_of, draw_map
from newsgraph.explorer.layout.peripheral_layout import band

UNITS = 65_535  # length of the map's longer side
_SMALLEST = 24.0  # node sizes that fit on the longer side, at least, so that three nodes do not fill a screen
_PROVIDER, _PROVIDER_FAR = 2.2, 6.0  # node sizes between providers, at least and at most


@dataclass(frozen=True, slots=True)
class Anchors:
    """The nodes that are not part of the map's structure, by their numbers.

    `article[i]` is placed at `host[i]` (-1: at no node); `provider[j]` published the article `published[j]` (-1: none).
    Every article occurs once, a provider once for each of its articles.
    """

    article: Numbers
    host: Numbers
    provider: Numbers
    published: Numbers


@dataclass(frozen=True, slots=True)
class Region:
    """A disc of the map, in map units, with its members except articles, the most linked ones first."""

    number: int
    x: int
    y: int
    radius: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CommunityMap:
    """Places in map units (0 to 65535 on the longer side, y downwards), by node.

    `community` is the number of the region (-1 outside); regions with most members come first. `room` is the radius around a node without
    articles that is free of other nodes of the structure.
    """

    x: Numbers
    y: Numbers
    community: Numbers
    regions: tuple[Region, ...]
    room: int


def community_map(count: int, links: WeightedEdges, anchored: Anchors, engine: str = "networkx") -> CommunityMap:
    """Return the places of nodes 0 to count - 1.

    `links` are those among the nodes that are in no array of `anchored`. The engine that finds communities is `networkx`, or
    `networkit` if it is installed; raises ValueError for another one.
    """
    divide = engine_named(engine)
    core = np.ones(count, dtype=np.bool_)
    core[anchored.article] = False
    core[anchored.provider] = False
    nodes = np.flatnonzero(core)
    number = np.cumsum(core) - 1
    inner = strongest(damp_hubs(merge_parallel(links.among(core).renumbered(number)), len(nodes)))
    group, regions = _groups(len(nodes), inner, divide)
    # from here on, nodes are in the order of their groups
    order = np.argsort(group, kind="stable")
    nodes, group = nodes[order], group[order]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    host = np.full(len(anchored.host), -1)
    host[anchored.host >= 0] = place[number[anchored.host[anchored.host >= 0]]]
    drawn = draw_map(group, regions, inner.renumbered(place), host)
    x, y, community = np.zeros(count), np.zeros(count), np.full(count, -1)
    x[nodes], y[nodes] = drawn.x, drawn.y
    x[anchored.article], y[anchored.article] = drawn.article_x, drawn.article_y
    x[anchored.provider], y[anchored.provider] = _providers(x, anchored, drawn.box)
    community[nodes] = np.where(group < regions, group, -1)
    community[anchored.article] = np.where(host >= 0, community[nodes[host]] if len(nodes) else -1, -1)
    return _scale_to_units(x, y, community, drawn, _members(nodes, group, regions, inner.renumbered(place)))


def _groups(count: int, links: WeightedEdges, divide: Engine) -> tuple[Numbers, int]:
    """Return the group of each node, the largest first, and the number of groups that are regions."""
    component = components(count, links)
    sizes = np.bincount(component, minlength=1)[component]
    least = LEAST if (sizes >= LEAST).any() else 2
    large = sizes >= least
    group = np.empty(count, dtype=np.int64)
    inside = np.cumsum(large) - 1
    group[large] = communities(int(large.sum()), links.among(large).renumbered(inside), divide)
    regions = int(group[large].max(initial=-1)) + 1
    rest = np.flatnonzero(~large)
    _, number = np.unique(np.stack([-sizes[rest], component[rest]], axis=1), axis=0, return_inverse=True)
    group[rest] = regions + number.reshape(-1)
    return group, regions


def _members(nodes: Numbers, group: Numbers, regions: int, links: WeightedEdges) -> list[Numbers]:
    """Return the members of each region, those with most links inside it first; nodes are in the order of their groups."""
    inside = links.where(group[links.source] == group[links.target])
    linked = degrees(inside, len(nodes))
    order = np.lexsort((nodes, -linked, group))
    return [nodes[order[group[order] == region]] for region in range(regions)]


def _providers(x: Reals, anchored: Anchors, box: Box) -> tuple[Reals, Reals]:
    """Return places at the bottom for the rows of `anchored.provider`, each provider roughly below the centre of its articles."""
    providers, which = np.unique(anchored.provider, return_inverse=True)
    known = anchored.published >= 0
    number = np.maximum(np.bincount(which[known], minlength=len(providers)), 1)
    desired = np.bincount(which[known], weights=x[anchored.published[known]], minlength=len(providers)) / number
    px, py = band(np.round(desired, 6), max(box.right - box.left, _SMALLEST), _PROVIDER, _PROVIDER_FAR)
    return px[which] + (box.left + box.right) / 2, py[which] + box.bottom + BELOW


def _scale_to_units(x: Reals, y: Reals, community: Numbers, drawn: Drawn, members: list[Numbers]) -> CommunityMap:
    """Return the map in whole map units."""
    if not len(x):
        return CommunityMap(community, community, community, (), 0)
    discs = drawn.middle_x, drawn.middle_y, drawn.radius
    box = box_of(np.concatenate([x, discs[0]]), np.concatenate([y, discs[1]]), np.concatenate([np.zeros(len(x)), discs[2]]))
    wide, high = box.right - box.left, box.bottom - box.top
    scale = UNITS / max(wide, high, _SMALLEST)
    # a drawing below the minimum size is centred
    left, above = max(_SMALLEST - wide, 0.0) / 2, max(_SMALLEST / WIDE - high, 0.0) / 2

    def across(values: Reals) -> Numbers:
        return np.rint((values - box.left + left) * scale).astype(np.int64)

    def down(values: Reals) -> Numbers:
        return np.rint((values - box.top + above) * scale).astype(np.int64)

    circles = zip(across(discs[0]).tolist(), down(discs[1]).tolist(), np.rint(discs[2] * scale).tolist(), members, strict=True)
    regions = tuple(Region(number, px, py, int(radius), tuple(inside.tolist())) for number, (px, py, radius, inside) in enumerate(circles))
    return CommunityMap(across(x), down(y), community, regions, int(scale))
