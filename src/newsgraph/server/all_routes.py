"""The whole site of a graph: all routes, and the application over them."""

from __future__ import annotations

from functools import partial

from newsgraph.server.application import Application
from newsgraph.server.linked_data import thing_reply
from newsgraph.server.linked_paths import base_path
from newsgraph.server.reconciliation import reconciliation_routes
from newsgraph.server.rest_api import api_routes
from newsgraph.server.routing import Route
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.site_pages import page_routes
from newsgraph.server.sparql_protocol import sparql_reply


def site_routes(served: ServedGraph) -> tuple[Route, ...]:
    """Return all routes, those of the IRIs of the graph last: their base may be the whole site."""
    sparql = Route("/sparql", partial(sparql_reply, served), frozenset({"GET", "POST"}), is_slow=True)
    start = base_path(served.base)
    things = (Route(f"{start}*", partial(thing_reply, served), is_slow=True),) if start else ()
    return (sparql, *api_routes(served), *reconciliation_routes(served), *page_routes(served), *things)


def application(served: ServedGraph) -> Application:
    """Return the application that serves a graph."""
    return Application(site_routes(served), served.settings, served.engines.close)
