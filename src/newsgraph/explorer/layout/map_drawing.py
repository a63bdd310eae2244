"""The map in units of a node's radius: packed regions, the nodes inside, articles around these, and small components in rows below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsgraph.explorer.layout.disc_packing import WIDE, pack_discs
from newsgraph.explorer.layout.disc_rotation import rotate_discs
from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges, merge_parallel
from newsgraph.explorer.layout.forces import Discs, force_layout
from newsgraph.explorer.layout.overlap_removal import remove_overlaps
from newsgraph.explorer.layout.peripheral_layout import rows, satellites

BELOW = 2.4  # distance between the regions, the rows of small components, and the providers
_ARTICLE = 0.36  # area of an article, relative to that of a node
_ARTICLES = 24  # articles at one node that have their full area; more of them move closer together
_DENSITY = 0.42  # part of a disc's area that its nodes and their articles fill
_EDGE = 0.8  # distance between the outermost nodes of a region and its edge
_MARGIN, _GAP = 1.05, 0.8  # free space around a region: a factor of its radius, and a distance
_NAME = 0.012  # of the map's width, also free around each region, so that names fit between them
_ROWS = 1.2  # distance between small components


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box; y grows downwards."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Places of the nodes and the articles, the discs of the regions, and the bounding box of them all."""

    x: Reals
    y: Reals
    article_x: Reals
    article_y: Reals
    middle_x: Reals
    middle_y: Reals
    radius: Reals
    box: Box


def draw_map(group: Numbers, regions: int, links: WeightedEdges, host: Numbers) -> Drawn:
    """Return the places of nodes, which are in the order of their groups, and of articles.

    The first groups are regions, the others small components. `host` is the node that each article is placed at, or -1.
    """
    articles = np.bincount(host[host >= 0], minlength=len(group)).astype(np.float64)
    room = _rooms(articles)
    radius = _radii(group, room)
    inside = group[links.source] == group[links.target]
    between = links.where(~inside)
    x, y = force_layout(Discs(np.bincount(group), np.maximum(radius - 1, 0)), links.where(inside))
    x, y = remove_overlaps(x, y, room, group, radius[group])
    whole = radius[:regions] + _EDGE
    middle_x, middle_y = pack_discs(
        whole * _MARGIN + _GAP + _NAME * 2 * np.sqrt((whole * whole).sum()), merge_parallel(between.renumbered(group))
    )
    x, y = rotate_discs(x, y, group, between, middle_x, middle_y)
    row_x, row_y = _small_components(np.concatenate([radius[regions:], np.ones(int((host < 0).sum()))]), box_of(middle_x, middle_y, whole))
    components = len(radius) - regions
    x += np.concatenate([middle_x, row_x[:components]])[group]
    y += np.concatenate([middle_y, row_y[:components]])[group]
    article_x, article_y = _place_articles(x, y, host, room, articles)
    article_x[host < 0], article_y[host < 0] = row_x[components:], row_y[components:]
    box = box_of(
        np.concatenate([x, article_x, middle_x]),
        np.concatenate([y, article_y, middle_y]),
        np.concatenate([room, np.zeros(len(host)), whole]),
    )
    return Drawn(x, y, article_x, article_y, middle_x, middle_y, whole, box)


def box_of(x: Reals, y: Reals, radius: Reals) -> Box:
    """Return the bounding box of discs, or an empty one at (0, 0) if there are none."""
    if not len(x):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(float((x - radius).min()), float((x + radius).max()), float((y - radius).min()), float((y + radius).max()))


def _rooms(articles: Reals) -> Reals:
    """Return the radius that each node needs with its number of articles."""
    full = np.minimum(articles, _ARTICLES)
    room: Reals = np.sqrt(1 + _ARTICLE * (full + 2 * np.sqrt(articles - full)))
    return room


def _radii(group: Numbers, room: Reals) -> Reals:
    area = np.bincount(group, weights=room * room)
    return np.where(np.bincount(group) == 1, np.sqrt(area), np.sqrt(area / _DENSITY))


def _small_components(radius: Reals, above: Box) -> tuple[Reals, Reals]:
    """Return places for small components in rows below a box and as wide as it; without a box, the rows form a wide rectangle."""
    wide = above.right - above.left
    if not wide:
        wide = float(np.sqrt(WIDE * ((2 * radius + _ROWS) ** 2).sum()))
    x, y = rows(radius, wide, _ROWS)
    return x + (above.left + above.right) / 2, y + (above.bottom + BELOW)


def _place_articles(x: Reals, y: Reals, host: Numbers, room: Reals, articles: Reals) -> tuple[Reals, Reals]:
    """Return the places of articles around their nodes, between a node's edge and the end of its room."""
    at = np.maximum(host, 0)
    if not len(x):
        return np.zeros(len(host)), np.zeros(len(host))
    dx, dy = satellites(host, np.sqrt((room * room - 1) / np.maximum(articles, 1))[at])
    return x[at] + dx, y[at] + dy
