"""The map in rooms of a node: regions packed, their nodes placed inside, articles round these, and small pieces in rows below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from newsgraph.explorer.layout.disc_packing import WIDE, pack_discs
from newsgraph.explorer.layout.disc_rotation import rotate_discs
from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges, merge_parallel
from newsgraph.explorer.layout.forces import Discs, force_layout
from newsgraph.explorer.layout.overlap_removal import remove_overlaps
from newsgraph.explorer.layout.peripheral_layout import rows, satellites

BELOW = 2.4  # rooms between the regions, the rows of small pieces, and the providers
_ARTICLE = 0.36  # the room of an article, where a node's is 1 (squares of radii)
_ARTICLES = 24  # articles at one node that have all their room; more of them move closer together
_DENSITY = 0.42  # part of a disc that the rooms of its nodes fill
_EDGE = 0.8  # rooms between the outermost nodes of a region and its edge
_MARGIN, _GAP = 1.05, 0.8  # what the neighbours of a region keep free round it: a factor, and rooms
_NAME = 0.012  # of the map's width, kept free round each region as well, so that names fit between them
_ROWS = 1.2  # rooms between small pieces


@dataclass(frozen=True, slots=True)
class Box:
    """What is drawn lies between these; y grows downwards."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Places of the nodes and the articles, and the discs of the regions; `box` holds them all."""

    x: Reals
    y: Reals
    article_x: Reals
    article_y: Reals
    middle_x: Reals
    middle_y: Reals
    radius: Reals
    box: Box


def draw_map(group: Numbers, regions: int, links: WeightedEdges, host: Numbers) -> Drawn:
    """Draw nodes, which come in the order of their groups, and articles.

    The first groups are regions, the rest small pieces. `host` gives the node that each article hangs on, or -1.
    """
    hung = np.bincount(host[host >= 0], minlength=len(group)).astype(np.float64)
    room = _rooms(hung)
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
    row_x, row_y = _tray(np.concatenate([radius[regions:], np.ones(int((host < 0).sum()))]), box_of(middle_x, middle_y, whole))
    pieces = len(radius) - regions
    x += np.concatenate([middle_x, row_x[:pieces]])[group]
    y += np.concatenate([middle_y, row_y[:pieces]])[group]
    article_x, article_y = _articles(x, y, host, room, hung)
    article_x[host < 0], article_y[host < 0] = row_x[pieces:], row_y[pieces:]
    box = box_of(
        np.concatenate([x, article_x, middle_x]),
        np.concatenate([y, article_y, middle_y]),
        np.concatenate([room, np.zeros(len(host)), whole]),
    )
    return Drawn(x, y, article_x, article_y, middle_x, middle_y, whole, box)


def box_of(x: Reals, y: Reals, radius: Reals) -> Box:
    """Give the smallest box round discs; an empty one at (0, 0) if there are none."""
    if not len(x):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(float((x - radius).min()), float((x + radius).max()), float((y - radius).min()), float((y + radius).max()))


def _rooms(hung: Reals) -> Reals:
    """Give the radius that a node needs with so many articles round it."""
    full = np.minimum(hung, _ARTICLES)
    room: Reals = np.sqrt(1 + _ARTICLE * (full + 2 * np.sqrt(hung - full)))
    return room


def _radii(group: Numbers, room: Reals) -> Reals:
    area = np.bincount(group, weights=room * room)
    return np.where(np.bincount(group) == 1, np.sqrt(area), np.sqrt(area / _DENSITY))


def _tray(radius: Reals, above: Box) -> tuple[Reals, Reals]:
    """Set small pieces in rows below what is above, as wide as this; alone they make a wide rectangle."""
    wide = above.right - above.left
    if not wide:
        wide = float(np.sqrt(WIDE * ((2 * radius + _ROWS) ** 2).sum()))
    x, y = rows(radius, wide, _ROWS)
    return x + (above.left + above.right) / 2, y + (above.bottom + BELOW)


def _articles(x: Reals, y: Reals, host: Numbers, room: Reals, hung: Reals) -> tuple[Reals, Reals]:
    """Place articles round their nodes, from a node's edge to the end of its room."""
    at = np.maximum(host, 0)
    if not len(x):
        return np.zeros(len(host)), np.zeros(len(host))
    dx, dy = satellites(host, np.sqrt((room * room - 1) / np.maximum(hung, 1))[at])
    return x[at] + dx, y[at] + dy
