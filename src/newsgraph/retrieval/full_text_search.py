"""Search by words: things of the graph by their names, their beginnings and with typing errors forgiven, and sentences by their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.retrieval.candidate_lists import ranked_sentences, scope_of
from newsgraph.retrieval.index_rows import NAMED_KINDS
from newsgraph.retrieval.known_names import KnownName, known_names, names_with_key, names_with_part, near_names
from newsgraph.retrieval.question_words import LONGEST, name_words
from newsgraph.retrieval.sentence_index import SentenceIndex

SENTENCE = "sentence"
"""The kind of a found sentence."""
SEARCHED_KINDS = (*NAMED_KINDS, SENTENCE)
"""The kinds of what a search finds."""
_MOST_THINGS = 10
_BY_THEN = "day <> '' AND day <= ?"
_MENTIONED = f"SELECT count(DISTINCT article) FROM mention JOIN sentence ON sentence.id = sentence WHERE thing = ? AND {_BY_THEN}"  # noqa: S608 - our own words
_COUNTS = {
    "topic": f"SELECT count(*) FROM topic JOIN article ON article.id = article WHERE thing = ? AND {_BY_THEN}",  # noqa: S608 - as above
    "provider": f"SELECT count(*) FROM article JOIN thing ON thing.label = provider WHERE thing.id = ? AND {_BY_THEN}",  # noqa: S608 - as above
}
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A thing whose name was found, or a sentence.

    `kind` is that of the thing, or `sentence`; `text` its name, or the sentence; `iri` that of the thing, or of the sentence's article.
    `articles` counts the articles that name the thing, 1 for a sentence. `headline`, `url`, `provider` and `published` (ISO 8601, UTC)
    are those of a sentence's article, empty for a thing. `is_exact` is false where a typing error was forgiven.
    """

    kind: str
    text: str
    iri: str
    articles: int
    headline: str = ""
    url: str = ""
    provider: str = ""
    published: str = ""
    start: int | None = None
    end: int | None = None
    is_exact: bool = True


def search(index: SentenceIndex, words: str, limit: int = 20, seconds: float = SECONDS, as_of: date | None = None) -> tuple[SearchHit, ...]:
    """Return what words find: first the things that they name (at most 10), then sentences, the best first, at most `limit` in all.

    Things that have the name come first, then those that a word of the search names, then those whose name has the text at the start of a
    word ("oster" finds Osterholt), then those with nearly the name.

    `as_of`: only what articles published by the end of a day (UTC) name and say. Raises InputError for no words or a limit below 1, and
    QueryError if it takes longer than some seconds.
    """
    if not words.strip() or len(words) > LONGEST:
        where, hint = "search", f"Search for 1 to {LONGEST:,} characters."
        raise InputError(where, "there are no words" if not words.strip() else "there are too many words", hint)
    if limit < 1:
        where, hint = "limit", "Allow 1 result or more."
        raise InputError(where, f"is {limit}", hint)
    with index.within(seconds):
        meant, parts = _names(index, words), names_with_part(index, words)
        names = meant or parts
        shown = _each_once([*(name for name in meant if name.is_exact), *parts, *meant])[:_MOST_THINGS]
        known = shown if as_of is None else _known_by(index, shown, as_of)
        things = [SearchHit(name.kind, name.label, name.iri, name.articles, is_exact=name.is_exact) for name in known]
        ranked = [sentence for sentence, _ in ranked_sentences(index, _corrected(words, names), names, scope_of(as_of))[: limit * 3]]
        return (*things, *_sentences(index, ranked))[:limit]


def _names(index: SentenceIndex, words: str) -> list[KnownName]:
    """Return the things with the name, then those named in the words, then those with nearly the name."""
    whole = names_with_key(index, name_words(words), words)
    inside = known_names(index, words, is_search=True)
    near = [] if whole else near_names(index, words)
    return _each_once([*whole, *inside, *near])


def _each_once(names: Iterable[KnownName]) -> list[KnownName]:
    first: dict[str, KnownName] = {}
    for name in names:
        first.setdefault(name.iri, name)
    return list(first.values())


def _known_by(index: SentenceIndex, names: Iterable[KnownName], day: date) -> list[KnownName]:
    """Return the things that articles published by the end of a day name or have, each with the number of these articles."""
    counted = [(name, index.rows(_COUNTS.get(name.kind, _MENTIONED), (name.thing, day.isoformat()))[0][0]) for name in names]
    return [replace(name, articles=articles) for name, articles in counted if articles]


def _corrected(words: str, names: Sequence[KnownName]) -> str:
    """Return the words with the right spelling of mistyped names added."""
    return " ".join([words, *(name.name for name in names if not name.is_exact)])


def _sentences(index: SentenceIndex, ranked: Sequence[int]) -> list[SearchHit]:
    """Return sentences, each wording once."""
    marks = ",".join("?" * len(ranked))
    rows = index.rows(
        "SELECT sentence.id, sentence.text, sentence.start, sentence.end, article.iri, article.headline, article.url, article.provider,"  # noqa: S608 - marks
        f" article.published FROM sentence JOIN article ON article.id = sentence.article WHERE sentence.id IN ({marks})",
        ranked,
    )
    by_id = {row[0]: row[1:] for row in rows}
    hits: dict[str, SearchHit] = {}
    for sentence in ranked:
        text, start, end, iri, headline, url, provider, published = by_id[sentence]
        hits.setdefault(text, SearchHit(SENTENCE, text, iri, 1, headline, url, provider, published, start, end))
    return list(hits.values())


def search_frame(hits: Sequence[SearchHit]) -> pl.DataFrame:
    """Return hits as a frame with a column for each field."""
    types = {"articles": pl.Int64(), "start": pl.Int64(), "end": pl.Int64(), "is_exact": pl.Boolean()}
    schema = {field.name: types.get(field.name, pl.String()) for field in fields(SearchHit)}
    return pl.DataFrame([asdict(hit) for hit in hits], schema=schema)
