"""Parts of the server's own pages: the frame around a page, its style, and links to things of the graph."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape, unescape
from string import Template

from newsgraph.core.content_policy import policy_hash
from newsgraph.server.linked_paths import local_path
from newsgraph.server.node_fields import server_file
from newsgraph.server.served_graph import ServedGraph

_REMEMBERED_LETTERS = 500  # of a link, so that all that are remembered take some megabytes
_STALE = " A newer build is in the folder: start the server again to see it."


def page_policy() -> str:
    """Return the content security policy of the server's own pages: their style and nothing else, no script at all."""
    style = policy_hash(server_file("page.css"))
    return f"default-src 'none'; style-src {style}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(served: ServedGraph, heading: str, body: str, *, data: object = None, links: str = "", query: str = "") -> str:
    """Return a whole page; `body` and `links` are HTML, `data` is its JSON-LD."""
    # in a script element, only a `<` could end the data early
    json_ld = json.dumps({} if data is None else data, ensure_ascii=False, default=str).replace("<", "\\u003c")
    program = f"{served.program['program']} {served.program['program_version']}"
    return Template(server_file("node.html")).substitute(
        title=escape(f"{heading} - {unescape(served.title)}"), links=links, style=server_file("page.css"), data=json_ld,
        graph=escape(unescape(served.title)), query=escape(query), heading=escape(heading), body=body,
        footer=escape(f"From {program}.{_STALE if served.is_replaced else ''}"),
    )  # fmt: skip


def thing_link(served: ServedGraph, iri: str, label: str) -> str:
    """Return a link to the page of a thing of the graph, or only its label if it has no page here."""
    if iri not in served.now.names.kinds:
        return escape(unescape(label) or iri)
    link = _link if len(iri) + len(label) <= _REMEMBERED_LETTERS else _link.__wrapped__
    return link(served.base, iri, label)


@lru_cache(maxsize=10_000)  # a page names the same few things again and again
def _link(base: str, iri: str, label: str) -> str:
    return f'<a href="{escape(local_path(base, iri))}">{escape(unescape(label) or iri)}</a>'
