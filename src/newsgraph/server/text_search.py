"""The search of the server: what `newsgraph search` finds, for the REST interface and for the page of it alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from newsgraph.retrieval.full_text_search import SEARCHED_KINDS, SearchHit, search
from newsgraph.server.exchange import RefusalError
from newsgraph.server.served_graph import ServedGraph

MOST_HITS = 500
"""Things and sentences that one search finds."""


def find_hits(served: ServedGraph, words: str, day: date | None) -> tuple[SearchHit, ...]:
    """Return the things that words name, then the sentences that have them, the best first, of the graph as of a day or of the whole one.

    Raises RefusalError while the graph is being prepared, and InputError and QueryError as `search` does.
    """
    return search(served.index, words, MOST_HITS, served.settings.limits.seconds, day)


def hits_of_kind(hits: Iterable[SearchHit], kind: str) -> list[SearchHit]:
    """Return the hits of one kind, of all if it is empty. Raises RefusalError if nothing of the kind is searched."""
    if kind not in {"", *SEARCHED_KINDS}:
        raise RefusalError(400, f"The parameter kind is one of: {', '.join(SEARCHED_KINDS)}.")
    return [hit for hit in hits if kind in {"", hit.kind}]
