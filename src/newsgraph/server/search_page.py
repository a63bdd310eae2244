"""The page that searches: names, and sentences with their sources, as the REST interface and `newsgraph search` find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from newsgraph.core.shown_values import counted
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.retrieval.full_text_search import MOST_THINGS, SEARCHED_KINDS, SENTENCE, SearchHit, SearchHits
from newsgraph.retrieval.question_words import content_words, fold
from newsgraph.server.api_parameters import ApiParameters, read_api_parameters
from newsgraph.server.exchange import WebRequest
from newsgraph.server.page_parts import page, thing_link
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.text_search import MOST_HITS, find_hits

_WORD = re.compile(r"([^\W_]+)")
_STEM, _ENDING = 4, 3  # letters that two forms of a word share at least, and letters of an ending
_HINT = "<p>Search for a name, or for words of headlines and sentences. Typing errors in names are forgiven.</p>"


def search_page(served: ServedGraph, request: WebRequest) -> str:
    """Return the page as HTML, for the parameters of the REST search: `q`, `kind`, `as_of`, `limit` and `cursor`; none has to be there.

    Raises RefusalError, InputError and QueryError as the REST search does.
    """
    filled = [(name, value) for name, value in request.parameters() if value.strip()]  # a form sends its empty fields too
    asked = read_api_parameters(replace(request, query=urlencode(filled)), "q", "kind")
    words = asked.values.get("q", "")
    if not words:
        return page(served, "Search", _HINT)
    hits = find_hits(served, words, asked.day)
    wanted = find_hits(served, words, asked.day, asked.values.get("kind", ""))
    shown = wanted[asked.start : asked.start + asked.limit]
    searched = _searched(words, hits.things)
    things = [hit for hit in shown if hit.kind != SENTENCE]
    quotations = [hit for hit in shown if hit.kind == SENTENCE]
    body = (
        _kinds(asked, hits, len(wanted)),
        _day_form(asked),
        _section("Names", (_thing(served, hit) for hit in things)),
        _section("Sentences", (_sentence(served, hit, searched) for hit in quotations)),
        _parts(asked, len(wanted)) if wanted else f"<p>Nothing was found for {escape(words)}.</p>",
    )
    return page(served, "Search", "\n".join(filter(None, body)), query=words)


def _address(asked: ApiParameters, **changed: object) -> str:
    """Return the address of the same search with some parameters changed; None and an empty text leave one out."""
    values = {**asked.values, "as_of": asked.day, "limit": asked.limit, **changed}
    return escape(f"/search?{urlencode({name: value for name, value in values.items() if value not in (None, '')})}")


def _kinds(asked: ApiParameters, hits: SearchHits, total: int) -> str:
    """Return the links to each kind of what a search finds; `total` hits have the kind that was chosen."""
    chosen = asked.values.get("kind", "")
    counts = {**hits.counts(), chosen: total}
    more = "+" if len(hits.things) >= MOST_THINGS else ""  # a search of one kind has further things
    offered = [("", "All", f"{len(hits):,}")]
    offered += [
        (kind, _label(kind), f"{counts[kind]:,}{more if kind not in {chosen, SENTENCE} else ''}")
        for kind in SEARCHED_KINDS
        if kind in counts
    ]
    links = "".join(
        f'<a href="{_address(asked, kind=kind)}"{" aria-current=page" if kind == chosen else ""}>{label} ({number})</a> '
        for kind, label, number in offered
    )
    return f'<nav aria-label="Kinds">{links}</nav>'


def _label(kind: str) -> str:
    return "Sentence" if kind == SENTENCE else NODE_KINDS[kind].label


def _day_form(asked: ApiParameters) -> str:
    kept = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in asked.values.items())
    note = "<p>Sentences and counts are those of articles published by then. Pages show the whole graph.</p>" if asked.day else ""
    return (
        f'<form action="/search" method="get">{kept}<label for="as_of">As of the end of</label> '
        f'<input id="as_of" name="as_of" type="date" value="{asked.day or ""}"> <button>Show</button></form>{note}'
    )


def _section(heading: str, items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<section><h2>{heading}</h2><ul>{listed}</ul></section>" if listed else ""


def _thing(served: ServedGraph, hit: SearchHit) -> str:
    near = "" if hit.is_exact else ", nearly so written"
    return f'{thing_link(served, hit.iri, hit.text)} <span class="kind">{_label(hit.kind)}, {counted(hit.articles, "article")}{near}</span>'


def _sentence(served: ServedGraph, hit: SearchHit, searched: frozenset[str]) -> str:
    source = escape(", ".join(filter(None, (hit.provider, hit.published[:10]))))
    return (
        f"<blockquote>{''.join(_marked(hit.text, searched))}</blockquote><cite>{thing_link(served, hit.iri, hit.headline)} {source}</cite>"
    )


def _searched(words: str, things: Sequence[SearchHit]) -> frozenset[str]:
    """Return the words to mark: those that were looked for, and those of the names that were meant."""
    names = [hit.text for hit in things if not hit.is_exact]
    return frozenset(content_words(" ".join([words, *names])))


def _marked(text: str, searched: frozenset[str]) -> Iterator[str]:
    for part in _WORD.split(text):
        yield f"<mark>{escape(part)}</mark>" if part and _is_searched(fold(part), searched) else escape(part)


def _is_searched(word: str, searched: frozenset[str]) -> bool:
    return word in searched or any(_is_form(word, other) or _is_form(other, word) for other in searched)


def _is_form(word: str, stem: str) -> bool:
    return len(stem) >= _STEM and word.startswith(stem) and len(word) - len(stem) <= _ENDING


def _parts(asked: ApiParameters, total: int) -> str:
    """Return which part of the list is shown, and the way to the others."""
    end = min(asked.start + asked.limit, total)
    before = f'<a rel="prev" href="{_address(asked, cursor=max(0, asked.start - asked.limit))}">Before</a> ' if asked.start else ""
    after = f' <a rel="next" href="{_address(asked, cursor=end)}">More</a>' if end < total else ""
    most = f" A search finds at most {MOST_HITS:,}." if total >= MOST_HITS else ""
    return f"<p>{before}{min(asked.start + 1, total):,} to {end:,} of {total:,}.{most}{after}</p>"
