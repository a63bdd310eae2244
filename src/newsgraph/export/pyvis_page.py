"""The page network.html: the most connected nodes, at the places that graph.html has for them, drawn by pyvis and closed to the network.

pyvis's own page loads style sheets from the internet and puts texts that contain `href` into the page as markup. So only
its scripts and data are taken; the page round them is ours, and its content security policy lets these scripts run and
nothing else.
"""

from __future__ import annotations

import html
import json
import math
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from textwrap import fill, shorten

from pyvis.network import Network

from newsgraph.core.content_policy import policy_hash
from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.explorer.label_placement import Box, have_room, text_length
from newsgraph.explorer.map_links import map_links
from newsgraph.explorer.map_places import LayOut, map_places
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.export.shared_work import SharedWork
from newsgraph.export.subgraph_sampling import DrawnNode, Sample, sample

LIMIT = 500  # nodes; with more, the drawing library is slow and the picture unreadable
WIDTH, HEIGHT = 1400, 740  # pixels that a common screen offers to the map
ROOM, LARGEST = 16, 24  # pixels: a node's room, at least, and its radius, at most
FONT, LETTER = 14, 7 / 12  # pixels of a large label when the whole map is visible; the width of a letter relative to its height
LABEL_LENGTH, LABEL_WIDTH = 44, 22  # letters in all, and in a line

_PARTS = re.compile(r"<(script|style)\b(?P<head>[^>]*)>(?P<body>.*?)</\1>", re.DOTALL)
_OPTIONS = {
    "nodes": {"font": {"face": "system-ui, sans-serif", "color": "#1a1a1a", "strokeColor": "#ffffff"}},
    "edges": {
        "smooth": False,
        "color": {"color": "#b8bcc4", "highlight": "#333333", "hover": "#555555"},
        "arrows": {"to": {"scaleFactor": 0.5}},
    },
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}},
    "physics": {"enabled": False},
}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The nodes and edges of the picture, the place of each node in pixels, and the radius round it that no other node comes into.

    Labels have two sizes: `large` if there is room for it when the whole map is visible, else `small`, which fits into the node's room.
    """

    sample: Sample
    places: tuple[tuple[int, int], ...]
    room: float
    large: float
    small: float


def write_html(graph: GraphTables, folder: Path, _workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
    """Write `network.html` and return its path; it shows at most 500 nodes, the most connected ones."""
    path = folder / "network.html"
    path.write_text(_page(graph, (shared or SharedWork()).lay_out), encoding="utf-8", newline="\n")
    return (path,)


def to_pyvis(graph: GraphTables) -> Network:
    """Return the picture as a pyvis network, to be styled or shown further; it has at most 500 nodes, the most connected ones."""
    return _network(_drawing(graph))


def _drawing(graph: GraphTables, lay_out: LayOut = map_places) -> _Drawing:
    numbering, linked = node_numbers(graph), edges(graph)
    placed = lay_out(numbering, map_links(graph, numbering, linked), "networkx")
    fitting = min(WIDTH / max(placed.x.max(initial=1), 1), HEIGHT / max(placed.y.max(initial=1), 1))
    scale = max(fitting, ROOM / max(placed.room, 1))
    chosen = sample(graph, numbering, linked, LIMIT)
    places = tuple((round(placed.x[node.number] * scale), round(placed.y[node.number] * scale)) for node in chosen.nodes)
    room, large = placed.room * scale, FONT * scale / fitting
    return _Drawing(chosen, places, room, round(large, 1), round(min(large, 2 * room / (LABEL_WIDTH * LETTER)), 1))


def _network(drawing: _Drawing) -> Network:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    nodes, room = drawing.sample.nodes, min(drawing.room, LARGEST)
    labels = [_short(node.label) for node in nodes]
    sizes = [round(room * (0.35 + 0.55 * math.sqrt(min(node.degree, 64) / 64)), 1) for node in nodes]
    boxes = (label_box(*place, size, label, drawing.large) for place, size, label in zip(drawing.places, sizes, labels, strict=True))
    for number, (node, (x, y), size, roomy) in enumerate(zip(nodes, drawing.places, sizes, have_room(boxes), strict=True)):
        kind, font = NODE_KINDS[node.kind], drawing.large if roomy else drawing.small
        network.add_node(
            number,
            label=labels[number],
            x=x,
            y=y,
            size=size,
            shape=kind.shape,
            color=kind.colour,
            font={"size": font, "strokeWidth": font / 4},
        )
    for edge in drawing.sample.edges:
        width = round(0.5 + math.log2(max(edge.weight, 1)) / 2, 2)
        network.add_edge(edge.source, edge.target, arrows="to" if edge.directed else "", width=width, dashes=not edge.firm)
    return network


def label_box(x: float, y: float, size: float, label: str, font: float) -> Box:
    """Return the box in which the drawing library writes a label below a node of a radius `size`; all in pixels."""
    lines = label.split("\n")
    half, top = max(map(text_length, lines)) * font * LETTER / 2, y + size + 4 + font / 2
    return (x - half, top, x + half, top + len(lines) * font)


def _short(label: str) -> str:
    shortened = shorten(label, LABEL_LENGTH, placeholder="…") if " " in label.strip() else label[:LABEL_LENGTH]
    return fill(shortened, LABEL_WIDTH)


def _page(graph: GraphTables, lay_out: LayOut) -> str:
    drawing = _drawing(graph, lay_out)
    title = (graph["dataset"]["title"].to_list() or [""])[0] or "newsgraph"
    parts = [(match[1], match["head"], match["body"]) for match in _PARTS.finditer(_network(drawing).generate_html())]
    scripts = [body for kind, head, body in parts if kind == "script" and "src=" not in head]
    scripts.append(_data(drawing, graph) + _resource("network.js"))
    styles = [body for kind, _, body in parts if kind == "style"]
    return Template(_resource("network.html")).substitute(
        title=html.escape(title),
        summary=html.escape(_summary(drawing.sample)),
        legend="\n".join(_legend(kind) for kind in sorted({node.kind for node in drawing.sample.nodes})),
        policy=" ".join(policy_hash(script) for script in scripts),
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _resource(name: str) -> str:
    return files("newsgraph").joinpath(f"data/{name}").read_text("utf-8")


def _summary(view: Sample) -> str:
    kinds, links = "companies, events, providers and topics", f"the {len(view.edges):,} links between them."
    if len(view.nodes) == view.total:
        return f"All {view.total:,} {kinds} of this graph and {links}"
    alone = view.total - view.linked
    left = f" Left out: {alone:,} that {'is' if alone == 1 else 'are'} linked to nothing." if alone else ""
    if len(view.nodes) == view.linked:
        return f"{len(view.nodes):,} of {view.total:,} {kinds} of this graph, and {links}{left}"
    most = f"The {len(view.nodes):,} most connected of {view.total:,} {kinds} of this graph"
    return f"{most}, because more would be unreadable, and {links}{left}"


_SHAPES = {
    "dot": '<circle cx="8" cy="8" r="6"/>',
    "square": '<rect x="2" y="2" width="12" height="12"/>',
    "triangle": '<path d="M8 2 15 14H1z"/>',
    "diamond": '<path d="M8 1 15 8 8 15 1 8z"/>',
}


def _legend(kind: str) -> str:
    about = NODE_KINDS[kind]
    mark = f'<svg width="16" height="16" viewBox="0 0 16 16" fill="{about.colour}" aria-hidden="true">{_SHAPES[about.shape]}</svg>'
    return f"<li>{mark} {html.escape(about.label)}</li>"


def _data(drawing: _Drawing, graph: GraphTables) -> str:
    """Write what network.js reads: labels and tooltips, which the page shows as plain text; addresses; and sizes of labels.

    An address is an IRI without the graph's base, with the number of its node. The IRIs of former builds lead to the new nodes.
    """
    nodes, base = drawing.sample.nodes, (graph["dataset"]["base"].to_list() or [""])[0] or ""
    numbers = {node.iri: number for number, node in enumerate(nodes)}
    leads = {old: numbers[new] for old, new in sorted(redirects(graph).items()) if new in numbers}
    texts = {
        "dots": [[_short(node.label), _tooltip(node)] for node in nodes],
        "lines": [f"{nodes[edge.source].label}\n{edge.note}\n{nodes[edge.target].label}" for edge in drawing.sample.edges],
    }
    places = [[iri.removeprefix(base), number] for iri, number in {**leads, **numbers}.items()]
    fonts = {"screen": FONT, "large": drawing.large, "small": drawing.small}
    return f"const texts = {_json(texts)};\nconst places = new Map({_json(places)});\nconst fonts = {_json(fonts)};\n"


def _tooltip(node: DrawnNode) -> str:
    return f"{NODE_KINDS[node.kind].label}: {node.label}" + (f"\n{node.note}" if node.note else "")


def _json(value: object) -> str:
    """Write data for a script inside the page: nothing in it can end the script."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
