"""One page to look at: network.html, drawn by pyvis, whole in itself and closed to the network.

pyvis's own page loads style sheets from the internet and puts texts that contain `href` into the page as markup. So only
its scripts and data are taken; the page round them is ours, and its content security policy lets these scripts run and
nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
from importlib.resources import files
from pathlib import Path
from string import Template
from textwrap import fill, shorten

from pyvis.network import Network

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.export.label_placement import LabelledNode, name_box, place_labels
from newsgraph.export.spring_layout import spring_layout
from newsgraph.export.subgraph_sampling import DrawnEdge, DrawnNode, Overview, overview

LIMIT = 500  # the drawing library gets slow and the picture unreadable above
ROOMY = 60  # so few things can be drawn large
FONT, SMALL_FONT = 15, 12  # pixels; the small one where there are more things
LABEL_LENGTH = 44
LABEL_WIDTH = 22  # letters a line

_PARTS = re.compile(r"<(script|style)\b(?P<head>[^>]*)>(?P<body>.*?)</\1>", re.DOTALL)
_OPTIONS = {
    "nodes": {"font": {"size": FONT, "face": "system-ui, sans-serif", "color": "#1a1a1a", "strokeWidth": 4, "strokeColor": "#ffffff"}},
    "edges": {
        "smooth": False,
        "color": {"color": "#b8bcc4", "highlight": "#333333", "hover": "#555555"},
        "arrows": {"to": {"scaleFactor": 0.5}},
    },
    "interaction": {"hover": True, "tooltipDelay": 120, "keyboard": {"enabled": True, "bindToWindow": False}},
    "physics": {"enabled": False},
}


def write_html(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `network.html` and give its path; at most 500 things, the most connected ones."""
    path = folder / "network.html"
    title = (graph["dataset"]["title"].to_list() or [""])[0] or "newsgraph"
    path.write_text(_page(graph, title), encoding="utf-8", newline="\n")
    return (path,)


def to_pyvis(graph: GraphTables) -> Network:
    """Give the view as a pyvis network, to be styled or shown further; at most 500 things, the most connected ones."""
    return _drawing(overview(graph, LIMIT))


def _page(graph: GraphTables, title: str) -> str:
    view = overview(graph, LIMIT)
    drawn = [(match[1], match["head"], match["body"]) for match in _PARTS.finditer(_drawing(view).generate_html())]
    scripts = [body for kind, head, body in drawn if kind == "script" and "src=" not in head]
    scripts.append(_texts(view) + _addresses(view, graph) + _resource("network.js"))
    styles = [body for kind, _, body in drawn if kind == "style"]
    return Template(_resource("network.html")).substitute(
        title=html.escape(title),
        summary=html.escape(_summary(view)),
        legend="\n".join(_legend(kind) for kind in sorted({dot.kind for dot in view.dots})),
        policy=" ".join(_hash(script) for script in scripts),
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _resource(name: str) -> str:
    return files("newsgraph").joinpath(f"data/{name}").read_text("utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _summary(view: Overview) -> str:
    kinds, links = "companies, events, providers and topics", f"the {len(view.lines):,} links between them."
    if len(view.dots) == view.total:
        return f"All {view.total:,} {kinds} of this graph and {links}"
    alone = view.total - view.linked
    left = f" Left out: {alone:,} that {'is' if alone == 1 else 'are'} linked to nothing." if alone else ""
    if len(view.dots) == view.linked:
        return f"{len(view.dots):,} of {view.total:,} {kinds} of this graph, and {links}{left}"
    return f"The {len(view.dots):,} most connected of {view.total:,} {kinds} of this graph, for more could not be told apart, and {links}{left}"


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


def _drawing(view: Overview) -> Network:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    places = spring_layout(len(view.dots), [(line.source, line.target, _strength(line, view)) for line in view.lines])
    scale = min(1, math.sqrt(ROOMY / max(len(view.dots), 1)))
    crowded = len(view.lines) > 4 * ROOMY
    font = SMALL_FONT if len(view.dots) > ROOMY else FONT
    sizes = [round(scale * (7 + 3.5 * math.sqrt(min(dot.degree, 64))), 1) for dot in view.dots]
    nodes = [
        LabelledNode(x, y, size, tuple(_short(dot.label).split("\n"))) for dot, size, (x, y) in zip(view.dots, sizes, places, strict=True)
    ]
    for number, (dot, node, side) in enumerate(zip(view.dots, nodes, place_labels(nodes, font), strict=True)):
        kind = NODE_KINDS[dot.kind]
        # pyvis takes the number for a label where there is none: a space draws nothing
        label = "\n".join(node.lines) if side else " "
        # the library draws a name below its node, or as much higher as it is told
        lift = name_box(node, font, "above")[1] - name_box(node, font, "below")[1] if side == "above" else 0
        network.add_node(
            number,
            label=label,
            x=node.x,
            y=node.y,
            size=node.size,
            shape=kind.shape,
            color=kind.colour,
            font={"size": font, "vadjust": lift},
        )
    for line in view.lines:
        width = round((0.5 if crowded else 1) + math.log2(max(line.weight, 1)) / 2, 2)
        arrow = "to" if line.directed else ""
        network.add_edge(line.source, line.target, arrows=arrow, width=width, dashes=not line.firm)
    return network


def _strength(line: DrawnEdge, view: Overview) -> float:
    # providers tell of everything: at full strength they would pull all of it into one ball
    return 0.3 if "provider" in {view.dots[line.source].kind, view.dots[line.target].kind} else 1.0


def _short(label: str) -> str:
    shortened = shorten(label, LABEL_LENGTH, placeholder="…") if " " in label.strip() else label[:LABEL_LENGTH]
    return fill(shortened, LABEL_WIDTH)


def _texts(view: Overview) -> str:
    """Give labels and tooltips as data; the page shows them as plain text."""
    texts = {"dots": [_dot_text(dot) for dot in view.dots], "lines": [_line_text(line, view) for line in view.lines]}
    return f"const texts = {_data(texts)};\n"


def _data(value: object) -> str:
    """Write data for a script inside the page: nothing in it can end the script."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _addresses(view: Overview, graph: GraphTables) -> str:
    """Give the IRIs without base that a fragment of the page's address may name, with the numbers of their dots; old ones lead to the new."""
    base = (graph["dataset"]["base"].to_list() or [""])[0] or ""
    numbers = {dot.iri: number for number, dot in enumerate(view.dots)}
    leads = {old: numbers[new] for old, new in sorted(redirects(graph).items()) if new in numbers}
    return f"const places = new Map({_data([[iri.removeprefix(base), number] for iri, number in {**leads, **numbers}.items()])});\n"


def _dot_text(dot: DrawnNode) -> list[str]:
    return [_short(dot.label), f"{NODE_KINDS[dot.kind].label}: {dot.label}" + (f"\n{dot.note}" if dot.note else "")]


def _line_text(line: DrawnEdge, view: Overview) -> str:
    return f"{view.dots[line.source].label}\n{line.note}\n{view.dots[line.target].label}"
