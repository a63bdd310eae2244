"""A static picture of the map, for media without scripts: a notebook that is only read, an e-mail, print."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from html import escape
from itertools import islice
from textwrap import shorten
from typing import Any

from newsgraph.explorer.label_placement import have_room

WIDTH, MARGIN = 960, 24  # pixels
NODES, NAMES = 600, 24  # with more, the picture is unreadable
KINDS = ("company", "event", "story", "topic", "organisation")
LETTER, LINE = 6.2, 14  # pixels: width of a letter, height of a line
_UNITS = 65535

_Dot = tuple[int, str, float, float, float]
"""Node, colour, x, y, radius."""


def static_svg(packed: bytes) -> str:
    """Return an SVG of the first block of a page (gzipped JSON): the nodes with most articles, their links, the most important names."""
    core = json.loads(gzip.decompress(packed))
    nodes = core["nodes"]
    high = max((*nodes["y"], 1)) / _UNITS * (WIDTH - 2 * MARGIN) + 2 * MARGIN
    dots = list(_dots(core))
    by_node = {dot[0]: dot for dot in dots}
    body = [*_lines(core, by_node), *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>' for _, colour, x, y, r in dots)]
    body += _names(nodes["label"], dots)
    title = escape(f"{core['title']}: {len(dots):,} of {core['total']:,} things")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high:.0f}" width="{WIDTH}" height="{high:.0f}" role="img">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="#fbfbf9"/>{"".join(body)}</svg>'
    )


def _dots(core: dict[str, Any]) -> Iterator[_Dot]:
    nodes, first, ranked = core["nodes"], 0, []
    for kind in core["kinds"]:
        if kind["name"] in KINDS:
            ranked += [(-nodes["articles"][node], node, kind["colour"]) for node in range(first, first + kind["count"])]
        first += kind["count"]
    scale = (WIDTH - 2 * MARGIN) / _UNITS
    for articles, node, colour in sorted(ranked)[:NODES]:
        x, y = MARGIN + nodes["x"][node] * scale, MARGIN + nodes["y"][node] * scale
        yield node, colour, x, y, min(2.5 + 1.2 * abs(articles) ** 0.5, 12.0)


def _lines(core: dict[str, Any], by_node: dict[int, _Dot]) -> Iterator[str]:
    for group in core["edges"]:
        source = 0
        for step, target in zip(group["source"], group["target"], strict=True):
            source += step
            if source in by_node and target in by_node:
                (_, _, x, y, _), (_, _, other_x, other_y, _) = by_node[source], by_node[target]
                yield f'<path d="M{x:.1f} {y:.1f}L{other_x:.1f} {other_y:.1f}" stroke="#b8bcc4" stroke-width="0.8"/>'


def _names(labels: list[str], dots: list[_Dot]) -> Iterator[str]:
    """Yield the names of the nodes with most articles, if they have room."""
    names, boxes = [], []
    for node, _, x, y, radius in dots:
        name = shorten(labels[node], 36, placeholder="…") or labels[node][:36]
        wide = len(name) * LETTER
        left, top = min(max(x - wide / 2, 4), WIDTH - wide - 4), y + radius + 3
        names.append(name)
        boxes.append((left, top, left + wide, top + LINE))
    placed = ((name, box) for name, box, free in zip(names, boxes, have_room(boxes), strict=True) if free)
    for name, (left, top, _, _) in islice(placed, NAMES):
        yield (
            f'<text x="{left:.1f}" y="{top + LINE - 3:.1f}" font-family="system-ui, sans-serif" font-size="11" fill="#1d1f24" '
            f'stroke="#fbfbf9" stroke-width="3" paint-order="stroke">{escape(name)}</text>'
        )
