"""The search of the server: what `newsgraph search` finds, for the REST interface and for the page of it alike."""

from __future__ import annotations

from datetime import date

from newsgraph.retrieval.full_text_search import SEARCHED_KINDS, SearchHits
from newsgraph.server.exchange import RefusalError
from newsgraph.server.served_graph import ServedGraph

MOST_HITS = 500
"""Things and sentences that one search finds."""


def find_hits(served: ServedGraph, words: str, day: date | None, kind: str = "") -> SearchHits:
    """Return the things that words name, then the sentences that have them, the best first, of the graph as of a day or of the whole one.

    `kind` is empty for all kinds. Raises RefusalError if nothing of a kind is searched and while the graph is being prepared, and
    InputError and QueryError as `search` does.
    """
    if kind not in {"", *SEARCHED_KINDS}:
        raise RefusalError(400, f"The parameter kind is one of: {', '.join(SEARCHED_KINDS)}.")
    return served.search(words, MOST_HITS, day, kind)
