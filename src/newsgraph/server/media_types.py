"""Content negotiation: which of the media types that a server offers a client prefers (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

RESULT_TYPES: dict[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Media types of each syntax of a table, the one that replies have first; the syntaxes are in the order in which a server prefers them."""
GRAPH_TYPES: dict[str, tuple[str, ...]] = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "ntriples": ("application/n-triples", "text/plain"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
}
"""Media types of each syntax of statements, as `RESULT_TYPES`."""
PAGE_TYPES: dict[str, tuple[str, ...]] = {"html": ("text/html", "application/xhtml+xml")}
_IN_UTF8 = frozenset({"csv", "tsv", "turtle"})


def preferred(accept: str | None, offered: Mapping[str, Sequence[str]]) -> str:
    """Return the syntax that a client prefers, the first one if the client has no preference, and none (empty) if it can read none.

    >>> preferred("text/csv;q=0.5, application/sparql-results+xml", RESULT_TYPES)
    'xml'
    """
    ranges = list(_ranges(accept or "*/*")) or [("*", "*", 1.0)]
    best, highest = "", 0.0
    for syntax, types in offered.items():
        named = [weight for kind, subtype, weight in ranges if f"{kind}/{subtype}" in types[1:]]
        quality = max([_quality(types[0], ranges), *named])  # the other names of a syntax count only if a client names them
        if quality > highest:
            best, highest = syntax, quality
    return best


def media_type(syntax: str, offered: Mapping[str, Sequence[str]]) -> str:
    """Return the media type of a reply in a syntax."""
    return f"{offered[syntax][0]}; charset=utf-8" if syntax in _IN_UTF8 else offered[syntax][0]


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for part in accept.split(","):
        name, *parameters = [word.strip().lower() for word in part.split(";")]
        kind, _, subtype = name.partition("/")
        if kind and subtype:
            weights = [word.removeprefix("q=").strip() for word in parameters if word.startswith("q=")]
            yield kind, subtype, _weight(weights[0]) if weights else 1.0


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """Return the weight of the most specific range that holds a media type."""
    kind, _, subtype = media_type.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        weights = [weight for first, second, weight in ranges if (first, second) == wanted]
        if weights:
            return max(weights)
    return 0.0
