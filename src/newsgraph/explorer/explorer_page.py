"""The page that shows a graph: a single file that needs no network and is not allowed to use one."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from newsgraph.core.content_policy import policy_hash
from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.explorer.co_occurrence import co_occurrences
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.map_links import map_links
from newsgraph.explorer.map_payload import core_block, page_edges
from newsgraph.explorer.map_places import LayOut, map_places
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.explorer.page_compression import compressed
from newsgraph.explorer.text_payload import texts_block


@dataclass(frozen=True, slots=True)
class Payload:
    """The data of the viewer: two blocks of gzipped JSON, and a title and a summary in words."""

    core: bytes
    texts: bytes
    title: str
    summary: str


def payload(graph: GraphTables, engine: str = "networkx", lay_out: LayOut = map_places) -> Payload:
    """Return the viewer's data for a graph; with more than 100,000 nodes, only for the 20,000 that most articles mention.

    `engine` finds the communities: `networkx`, or `networkit` if it is installed, which is faster on large graphs.
    `lay_out` lays out the map, or knows it from before.
    """
    numbering = node_numbers(graph)
    all_edges = edges(graph)
    shown_edges = page_edges(all_edges, numbering)
    placed = lay_out(numbering, map_links(graph, numbering, all_edges), engine)
    core = core_block(graph, numbering, shown_edges, placed)
    return Payload(
        core=_packed(core if numbering.complete else core | {"together": co_occurrences(all_edges, numbering)}),
        texts=_packed(texts_block(graph, numbering, shown_edges)),
        title=display_text((graph["dataset"]["title"].to_list() or [""])[0]) or "newsgraph",
        summary=f"{numbering.frame.height:,} things and {shown_edges.height:,} links between them",
    )


def page(data: Payload, ask: str = "") -> str:
    """Return an HTML page with the viewer and its data.

    The script of the views besides the map is compressed in it until one of them is opened. `ask` is the address of the page that answers
    questions, if there is one.
    """
    style, script, views = resource("explorer.css"), resource("explorer.js"), resource("views.js")
    return Template(resource("page.html")).substitute(
        title=html.escape(data.title),
        summary=html.escape(data.summary),
        ask=html.escape(ask),
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        views=base64.b64encode(compressed(views.encode())).decode(),
        views_hash=policy_hash(views),
        core=base64.b64encode(data.core).decode(),
        texts=base64.b64encode(data.texts).decode(),
    )


def resource(name: str) -> str:
    """Return a file of the compiled viewer."""
    return files("newsgraph").joinpath(f"data/explorer/{name}").read_text("utf-8")


def _packed(block: dict[str, object]) -> bytes:
    """Return a block as compressed JSON, without a timestamp, so that equal graphs give equal pages."""
    return compressed(json.dumps(block, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())
