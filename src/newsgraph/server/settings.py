"""What a server may be asked, by whom, and at which cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsgraph.query.query_limits import QueryLimits

LIMITS = QueryLimits(seconds=30.0, rows=100_000, memory=2**30, size=64 * 2**20)
"""Limits of one answer of a server: 30 seconds, 100,000 rows, 1 GB of memory of the engine, 64 MB of text."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Settings of a server.

    `hosts` are the names, with their ports, by which clients may call it; `origins` are the websites (`https://example.org`, or `*` for all)
    whose pages may read its answers. `at_once` SPARQL questions are answered at a time, and a request may have a body of `most_bytes`.
    """

    hosts: frozenset[str]
    origins: frozenset[str] = frozenset()
    at_once: int = 4
    most_bytes: int = 256 * 1024
    limits: QueryLimits = field(default=LIMITS)


def local_hosts(port: int, host: str = "127.0.0.1", names: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the names by which a server on a port of this machine may be called: its own, and further ones that a person allowed.

    >>> sorted(local_hosts(8000, names=("graph.example.org",)))
    ['127.0.0.1:8000', '[::1]:8000', 'graph.example.org', 'graph.example.org:8000', 'localhost:8000']
    """
    own = {"127.0.0.1", "localhost", "[::1]"}
    if host not in {"0.0.0.0", "::", ""}:  # noqa: S104 - all addresses of this machine are no name
        own.add(f"[{host}]" if ":" in host else host)
    return frozenset({*(f"{name}:{port}" for name in (*own, *names)), *names, *(own if port == 80 else ())})  # noqa: PLR2004 - the port of http
