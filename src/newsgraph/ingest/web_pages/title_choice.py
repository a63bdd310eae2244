"""Choose among the titles of a page: outlets write one for search engines, one for social networks and one above the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newsgraph.ingest.web_pages.title_tails import title_key, without_tail

HEADLINE = "JSON-LD headline"
OPEN_GRAPH = "meta og:title"
SHOWN = "h1"
BROWSER = "title"
_SHORTEST_BEGIN = 20  # characters that two titles must share


def chosen_title(titles: Sequence[tuple[str, str]], marks: Collection[str], outlets: Collection[str]) -> tuple[str, str]:
    """Return the title of a page without the name of its outlet, and where it was found; two empty texts if there is none.

    `titles` are the lines with their places, the surest first. The first one is taken, but for two cases. A headline in JSON-LD that only
    the browser's title has, too, was written for search engines, if the page shows its readers another one and OpenGraph confirms that.
    And a title that was cut ("Acme buys Bo…") gives way to one that goes on.

    >>> seen = [("Acme buys Bolt", "meta og:title"), ("Acme buys Bolt", "h1")]
    >>> chosen_title([("Acme: Bolt deal 2024", "JSON-LD headline"), *seen, ("Acme: Bolt deal 2024", "title")], [], [])
    ('Acme buys Bolt', 'h1')
    """
    if not titles:
        return "", ""
    lines = [line for line, _ in titles]
    line, origin = titles[0]
    first = without_tail(line, marks, outlets, lines)
    if origin == HEADLINE:
        places = {
            place: [without_tail(line, marks, outlets, lines) for line, origin in titles if origin == place]
            for place in (OPEN_GRAPH, SHOWN, BROWSER)
        }
        keys = {place: [title_key(line) for line in found] for place, found in places.items()}
        if _is_for_search(title_key(first), keys):
            return next(line for line in places[SHOWN] if title_key(line) in keys[OPEN_GRAPH][:1]), SHOWN
    whole = next(((line, place) for line, place in titles if _goes_on(first, line)), None)
    return (without_tail(whole[0], marks, outlets, lines), whole[1]) if whole else (first, origin)


def _goes_on(title: str, other: str) -> bool:
    """Return whether a title was cut, and another one is the same but longer."""
    begin = next((title.removesuffix(mark).rstrip() for mark in ("…", "...") if title.endswith(mark)), "")
    return len(begin) >= _SHORTEST_BEGIN and len(other) > len(title) and other.startswith(begin)


def _is_for_search(headline: str, keys: dict[str, list[str]]) -> bool:
    """Return whether only the browser's title has the headline of JSON-LD, while the page shows another one that OpenGraph confirms."""
    shown, confirmed = keys[SHOWN], keys[OPEN_GRAPH][:1]
    return headline in keys[BROWSER][:1] and headline not in (*shown, *confirmed) and any(key in shown for key in confirmed)
