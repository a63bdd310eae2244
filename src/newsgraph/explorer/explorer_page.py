"""One page that shows a graph, whole in itself and closed to the network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.explorer.co_occurrence import co_occurrences
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.map_links import map_links
from newsgraph.explorer.map_payload import core_block, page_edges
from newsgraph.explorer.map_places import map_places
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.explorer.text_payload import texts_block


@dataclass(frozen=True, slots=True)
class Payload:
    """What the viewer reads: two blocks of gzipped JSON, and what they hold in words."""

    core: bytes
    texts: bytes
    title: str
    summary: str


def payload(graph: GraphTables, engine: str = "networkx") -> Payload:
    """Make the viewer's data of a graph; of one with more than 100,000 nodes, that of its 20,000 most told things.

    `engine` finds the communities: `networkx`, or `networkit` where it is installed, which is quicker on large graphs.
    """
    numbered = node_numbers(graph)
    linked = edges(graph)
    kept = page_edges(linked, numbered)
    placed = map_places(numbered, map_links(graph, numbered, linked), engine)
    return Payload(
        core=_packed(
            core_block(graph, numbered, kept, placed) | ({} if numbered.complete else {"together": co_occurrences(linked, numbered)})
        ),
        texts=_packed(texts_block(graph, numbered, kept)),
        title=display_text((graph["dataset"]["title"].to_list() or [""])[0]) or "newsgraph",
        summary=f"{numbered.frame.height:,} things and {kept.height:,} links between them",
    )


def page(data: Payload, ask: str = "") -> str:
    """Put the viewer and its data into one HTML page; `ask` is the address of the page that answers questions, if there is one."""
    style, script = resource("explorer.css"), resource("explorer.js")
    return Template(resource("page.html")).substitute(
        title=html.escape(data.title),
        summary=html.escape(data.summary),
        ask=html.escape(ask),
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        core=base64.b64encode(data.core).decode(),
        texts=base64.b64encode(data.texts).decode(),
    )


def resource(name: str) -> str:
    """Read a built file of the viewer."""
    return files("newsgraph").joinpath(f"data/explorer/{name}").read_text("utf-8")


def policy_hash(text: str) -> str:
    """Name a script or a style by its hash, as a content security policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(block: dict[str, object]) -> bytes:
    """Write a block small; without a time in it, so that equal graphs give equal pages."""
    return gzip.compress(json.dumps(block, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(), compresslevel=9, mtime=0)
