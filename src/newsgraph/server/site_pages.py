"""The pages of the site besides those of things: the start, search, the map, and the page that asks the server."""

from __future__ import annotations

from functools import partial

from newsgraph.server.deferred_value import DeferredValue
from newsgraph.server.exchange import HTML, RefusalError, Reply, WebRequest, answered_in_words
from newsgraph.server.page_parts import page, page_policy, thing_link
from newsgraph.server.routing import Route
from newsgraph.server.search_page import search_page
from newsgraph.server.served_graph import ServedGraph

_TOP = 20
_PATIENCE = 20.0  # seconds that a request waits for the page of questions
_NO_MAP = "This graph was built without its map. Build it with the format explorer, and start the server again."


def page_routes(served: ServedGraph) -> tuple[Route, ...]:
    """Return the routes of the pages."""
    asking = DeferredValue(partial(_questions, served), _PATIENCE)
    return (
        Route("/", partial(_start, served)),
        Route("/search", partial(answered_in_words, partial(_search, served))),
        Route("/graph.html", partial(_map, served)),
        Route("/ask.html", lambda _: Reply(asking.get(), HTML)),
        Route("/robots.txt", lambda _: Reply(b"User-agent: *\nDisallow: /sparql\nDisallow: /api/\nDisallow: /reconcile\n")),
    )


def _questions(served: ServedGraph) -> bytes:
    from newsgraph.explorer.question_page import remote_question_page  # noqa: PLC0415 - networkx is heavy, and the server starts at once

    return remote_question_page(served.now.tables).encode()


def _own(text: str) -> Reply:
    return Reply(text.encode(), HTML, 200, {"Content-Security-Policy": page_policy()})


def _start(served: ServedGraph, _request: WebRequest) -> Reply:
    view = served.now
    counts = "".join(
        f"<dt>{name.capitalize()}</dt><dd>{view.tables[name].height:,}</dd>" for name in ("articles", "companies", "events", "stories")
    )
    lists = "".join(
        f"<section><h2>{title}</h2><ul>{_items(served, table)}</ul></section>"
        for title, table in (("Newest events", "events"), ("Newest stories", "stories"), ("Companies in most articles", "companies"))
    )
    interfaces = (
        '<section><h2>For programs</h2><ul><li><a href="/sparql">/sparql</a>: SPARQL 1.1</li>'
        '<li><a href="/api/v1/">/api/v1/</a>: JSON (<a href="/api/v1/openapi.json">OpenAPI</a>)</li>'
        '<li><a href="/reconcile">/reconcile</a>: reconciliation for OpenRefine</li></ul></section>'
    )
    return _own(page(served, served.title, f"<dl>{counts}</dl>{lists}{interfaces}"))


def _items(served: ServedGraph, table: str) -> str:
    view = served.now
    rows = view.tables[table][view.ordered(table).head(_TOP)]
    return "".join(f"<li>{thing_link(served, iri, view.names.labels[iri])}</li>" for iri in rows["iri"])


def _search(served: ServedGraph, request: WebRequest) -> Reply:
    return _own(search_page(served, request))


def _map(served: ServedGraph, _request: WebRequest) -> Reply:
    if "graph.html" not in served.pages:
        raise RefusalError(404, _NO_MAP)
    return Reply(served.pages["graph.html"], HTML)
