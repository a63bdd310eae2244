"""Search by words: things of the graph by their names, their beginnings and with typing errors forgiven, and sentences by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import overload

import numpy as np
import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.retrieval.candidate_lists import ranked_sentences, scope_of
from newsgraph.retrieval.index_rows import NAMED_KINDS
from newsgraph.retrieval.known_names import KnownName, known_names, names_with_key, names_with_part, near_names
from newsgraph.retrieval.question_words import LONGEST, content_words, name_words, words_of
from newsgraph.retrieval.sentence_index import SentenceIndex

SENTENCE = "sentence"
"""The kind of a found sentence."""
SEARCHED_KINDS = (*NAMED_KINDS, SENTENCE)
"""The kinds of what a search finds."""
MOST_THINGS = 10
"""Things that a search of all kinds finds."""
_NAMES, _MOST_NAMES = 4, 10_000  # names that a thing may have, and names of a kind that are looked at
_ALIKE = 0.7  # of `difflib`: a word of a name, and how it was typed
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


class SearchHits(Sequence[SearchHit]):
    """The hits of a search: `things`, then sentences, whose words are read when they are asked for: of many only the first are shown."""

    def __init__(self, index: SentenceIndex, things: tuple[SearchHit, ...], sentences: Sequence[int] = ()) -> None:
        """`sentences` are numbers of the index."""
        self._index, self.things, self._sentences = index, things, sentences

    def __len__(self) -> int:
        """Return the number of hits."""
        return len(self.things) + len(self._sentences)

    def counts(self) -> Counter[str]:
        """Return how many hits have each kind."""
        kinds = Counter(hit.kind for hit in self.things)
        return kinds + Counter({SENTENCE: len(self._sentences)})

    @overload
    def __getitem__(self, place: int) -> SearchHit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SearchHit, ...]: ...
    def __getitem__(self, place: int | slice) -> SearchHit | tuple[SearchHit, ...]:
        """Return one hit, or those of a part."""
        numbers = range(len(self))[place]
        if isinstance(numbers, int):
            return self[numbers : numbers + 1][0]
        first = len(self.things)
        sentences = iter(_sentences(self._index, [self._sentences[number - first] for number in numbers if number >= first]))
        return tuple(self.things[number] if number < first else next(sentences) for number in numbers)

    def __iter__(self) -> Iterator[SearchHit]:
        """Yield all hits."""
        yield from self[:]


def search(
    index: SentenceIndex, words: str, limit: int = 20, seconds: float = SECONDS, as_of: date | None = None, kind: str = ""
) -> tuple[SearchHit, ...]:
    """Return what `find` finds, with the words of all sentences."""
    return tuple(find(index, words, limit, seconds, as_of, kind))


def find(
    index: SentenceIndex, words: str, limit: int = 20, seconds: float = SECONDS, as_of: date | None = None, kind: str = ""
) -> SearchHits:
    """Return what words find: first the things that they name (at most 10), then sentences, the best first, at most `limit` in all.

    Things that have the name come first, then those that a word of the search names, then those whose name has the text at the start of a
    word ("oster" finds Osterholt), then those with nearly the name.

    `as_of`: only what articles published by the end of a day (UTC) name and say. `kind`: only hits of this kind, and of things as many as
    `limit` allows. Raises InputError for no words, a limit below 1 or an unknown kind, and QueryError if it takes longer than some seconds.
    """
    _check(words, limit, kind)
    with index.within(seconds):
        meant = _names(index, words)
        wanted, most = (kind, min(limit * _NAMES, _MOST_NAMES)) if kind in NAMED_KINDS else ("", MOST_THINGS * _NAMES)
        parts = names_with_part(index, words, wanted, most)
        shown = _each_once([*(name for name in meant if name.is_exact), *parts, *meant])
        things: Iterable[SearchHit] = () if kind == SENTENCE else _things(index, shown, as_of)
        if kind not in {"", SENTENCE}:
            return SearchHits(index, tuple(islice((hit for hit in things if hit.kind == kind), min(limit, _MOST_NAMES))))
        names = (meant or parts)[:MOST_THINGS]
        ranked = [sentence for sentence, _ in ranked_sentences(index, _corrected(words, names), names, scope_of(as_of))[: limit * 3]]
        shown_things = tuple(islice(things, min(MOST_THINGS, limit)))
        return SearchHits(index, shown_things, _each_wording_once(index, ranked)[: limit - len(shown_things)])


def _check(words: str, limit: int, kind: str) -> None:
    if not words.strip() or len(words) > LONGEST:
        where, hint = "search", f"Search for 1 to {LONGEST:,} characters."
        raise InputError(where, "there are no words" if not words.strip() else "there are too many words", hint)
    if limit < 1:
        where, hint = "limit", "Allow 1 result or more."
        raise InputError(where, f"is {limit}", hint)
    if kind not in {"", *SEARCHED_KINDS}:
        where, hint = "kind", f"Use one of: {', '.join(SEARCHED_KINDS)}."
        raise InputError(where, f"{kind!r} is not searched", hint)


def _things(index: SentenceIndex, names: Iterable[KnownName], as_of: date | None) -> Iterator[SearchHit]:
    """Yield the things with some names; as of a day, those that articles published by then name or have."""
    for name in names:
        articles = name.articles if as_of is None else _articles_by(index, name, as_of)
        if articles or as_of is None:
            yield SearchHit(name.kind, name.label, name.iri, articles, is_exact=name.is_exact)


def _names(index: SentenceIndex, words: str) -> list[KnownName]:
    """Return the things with the name, then those named in the words, then those with nearly the name."""
    whole = names_with_key(index, name_words(words), words)
    inside = known_names(index, words, is_search=True) if len(words_of(words)) > 1 else ()  # the only word is the whole
    near = [] if whole else near_names(index, words)
    return _each_once([*whole, *inside, *near])


def _each_once(names: Iterable[KnownName]) -> list[KnownName]:
    first: dict[str, KnownName] = {}
    for name in names:
        first.setdefault(name.iri, name)
    return list(first.values())


def _articles_by(index: SentenceIndex, name: KnownName, day: date) -> int:
    """Return the number of articles published by the end of a day that name or have a thing."""
    return int(index.rows(_COUNTS.get(name.kind, _MENTIONED), (name.thing, day.isoformat()))[0][0])


def _corrected(words: str, names: Sequence[KnownName]) -> str:
    """Return the words with the right spelling of mistyped ones added; the other words of a name would find what nobody looked for."""
    searched = content_words(words)
    right = (word for name in names if not name.is_exact for word in content_words(name.name))
    return " ".join([words, *(word for word in right if word not in searched and get_close_matches(word, searched, 1, _ALIKE))])


def _each_wording_once(index: SentenceIndex, ranked: Sequence[int]) -> list[int]:
    """Return the sentences in their order without those whose words an earlier one has."""
    _, first = np.unique(index.words.wordings[ranked], return_index=True)
    return [ranked[place] for place in np.sort(first).tolist()]


def _sentences(index: SentenceIndex, numbers: Sequence[int]) -> list[SearchHit]:
    """Return sentences with their words and articles."""
    rows = index.rows(
        "SELECT sentence.id, sentence.text, article.iri, article.headline, article.url, article.provider, article.published, sentence.start,"  # noqa: S608 - marks
        f" sentence.end FROM sentence JOIN article ON article.id = sentence.article WHERE sentence.id IN ({','.join('?' * len(numbers))})",
        numbers,
    )
    by_number = {number: SearchHit(SENTENCE, text, iri, 1, *others) for number, text, iri, *others in rows}
    return [by_number[number] for number in numbers]


def search_frame(hits: Sequence[SearchHit]) -> pl.DataFrame:
    """Return hits as a frame with a column for each field."""
    types = {"articles": pl.Int64(), "start": pl.Int64(), "end": pl.Int64(), "is_exact": pl.Boolean()}
    schema = {field.name: types.get(field.name, pl.String()) for field in fields(SearchHit)}
    return pl.DataFrame([asdict(hit) for hit in hits], schema=schema)
