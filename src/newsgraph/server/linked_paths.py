"""Where the IRIs of a graph are on its server."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_SAFE = "/:@!$&'()*+,;=~-._%"  # characters of a path that need no escape


def base_path(base: str) -> str:
    """Return the path at which the IRIs of a graph begin: `/id/` for `https://news.example.org/id/`; empty if they are fragments.

    A server never sees the fragment of an IRI, so a graph whose base ends with `#` has no linked data.
    """
    parts = urlsplit(base)
    return "" if base.endswith("#") else parts.path or "/"


def local_path(base: str, iri: str) -> str:
    """Return the path of an IRI of the graph on its server, escaped; the IRI itself if it is none of the graph's.

    >>> local_path("https://news.example.org/id/", "https://news.example.org/id/company/owkin")
    '/id/company/owkin'
    """
    start = base_path(base)
    return quote(start + iri.removeprefix(base), _SAFE) if start and iri.startswith(base) else iri
