"""Routes: which handler answers which address and method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from newsgraph.server.exchange import Handler, RefusalError


@dataclass(frozen=True, slots=True)
class Route:
    """An address and its handler. An address that ends in `*` stands for all that begin with what is before.

    `methods` are those that it answers besides OPTIONS; HEAD is a GET without its body. A slow one waits for engines, not for threads.
    """

    path: str
    handler: Handler
    methods: frozenset[str] = frozenset({"GET"})
    is_slow: bool = False

    def is_slow_for(self, query: str) -> bool:
        """Return whether a request with a query string may take long: most questions as of another day need a graph of that day."""
        return self.is_slow or any(name == "as_of" for name, _ in parse_qsl(query))

    def matches(self, path: str) -> bool:
        """Return whether the route is that of a path."""
        return path.startswith(self.path[:-1]) if self.path.endswith("*") else path.rstrip("/") == self.path.rstrip("/")


def find_route(routes: Sequence[Route], path: str, method: str) -> Route:
    """Return the first route of a path. Raises RefusalError if there is none, or if it does not answer the method."""
    route = next((route for route in routes if route.matches(path)), None)
    if route is None:
        raise RefusalError(404, "There is nothing at this address.")
    if method not in route.methods and not (method == "HEAD" and "GET" in route.methods):
        allowed = ", ".join(sorted({*route.methods, "OPTIONS"} | ({"HEAD"} if "GET" in route.methods else set())))
        raise RefusalError(405, f"This address answers {allowed}.", {"Allow": allowed})
    return route
