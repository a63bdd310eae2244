"""A graph that is served on this machine as `newsgraph serve` serves it, and requests to it with no client library in between."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn

from newsgraph.query.query_limits import QueryLimits
from newsgraph.server.all_routes import application
from newsgraph.server.client_pace import ClientPace
from newsgraph.server.listening import DEFAULT_PACE, open_socket, server_of
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.settings import LIMITS, ServerSettings, local_hosts

PATIENCE = 120  # seconds that a request may take on a busy machine


@dataclass(frozen=True)
class Response:
    """A reply: status, headers by lower-case name, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:  # noqa: ANN401 - whatever the server wrote
        """Read the body as JSON."""
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Site:
    """A served graph: its address and what serves it."""

    port: int
    graph: ServedGraph

    @property
    def url(self) -> str:
        """The address of the site, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **parameters: Any,  # noqa: ANN401 - what urlencode takes
    ) -> Response:
        """Send a request, and return the reply; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        address = f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path
        try:
            connection.request(method, address, body, dict(headers or {}))
            reply = connection.getresponse()
            return Response(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def sparql(self, query: str, accept: str = "application/sparql-results+json") -> Response:
        """Ask the endpoint by GET."""
        return self.ask("/sparql", headers={"Accept": accept}, query=query)


def free_port() -> int:
    """Return a port that nobody listens at."""
    listener = open_socket("127.0.0.1", 0)
    port = int(listener.getsockname()[1])
    listener.close()
    return port


@contextmanager
def served_site(
    folder: Path,
    limits: QueryLimits = LIMITS,
    *,
    port: int = 0,
    origins: frozenset[str] = frozenset(),
    at_once: int = 2,
    pace: ClientPace = DEFAULT_PACE,
) -> Iterator[Site]:
    """Serve the graph of an output folder for as long as the block lasts."""
    listener = open_socket("127.0.0.1", port)
    port = int(listener.getsockname()[1])
    graph = ServedGraph(folder, ServerSettings(local_hosts(port), origins, at_once, limits=limits))
    server: uvicorn.Server = server_of(application(graph), pace)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    graph.prepare()
    try:
        yield Site(port, graph)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        graph.close()
        listener.close()
