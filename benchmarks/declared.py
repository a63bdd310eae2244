"""The declared facts in a file of RDF, to compare what several programs made of the same documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from newsgraph.core.iris import DEFAULT_BASE

FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}
# What a build derives and a script that only copies does not: stories, provenance, the tree of topics.
_DERIVED = frozenset({
    "https://schema.org/isPartOf", "https://w3id.org/newsgraph/ns#storyRule", "https://w3id.org/newsgraph/ns#rule", "http://purl.org/dc/terms/source",
})  # fmt: skip
_KINDS = tuple(f"{DEFAULT_BASE}{kind}" for kind in ("article/", "provider/", "topic/"))


def declared(path: Path) -> set[Triple]:
    """Give the triples about articles, their texts and pictures, providers and topics."""
    return set(_triples(path))


def compared(path: Path, wanted: set[Triple]) -> str:
    """Say how a file differs from what is wanted; of a build, which tells more, what has other predicates or subjects does not count."""
    predicates, subjects = {one.predicate for one in wanted}, {one.subject for one in wanted}
    told = (one for one in _triples(path) if one.predicate.value not in _DERIVED)
    found = {one for one in told if one.predicate in predicates and one.subject in subjects}
    return "the same triples" if found == wanted else f"{len(wanted - found):,} triples missing, {len(found - wanted):,} more"


def _triples(path: Path) -> Iterator[Triple]:
    for quad in parse(path=str(path), format=FORMATS[path.suffix]):
        if str(getattr(quad.subject, "value", "")).startswith(_KINDS):
            yield quad.triple
