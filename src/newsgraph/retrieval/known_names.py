"""Names of the graph in a question, whatever their case and accents, and with typing errors forgiven."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice

from newsgraph.retrieval.name_trigrams import TRIGRAM
from newsgraph.retrieval.question_words import Word, name_words, stop_words, words_of
from newsgraph.retrieval.sentence_index import SentenceIndex

_MOST_WORDS = 8  # of a name
_NEAR = 0.8  # of `difflib`: "Sanofy" is near "Sanofi", and "Sonata" is not
_SHORTEST = 4  # letters of a name in which a typing error is forgiven
_TRIED = 60  # names that share most with a mistyped one
_LONGEST = 120  # letters of a name that may be mistyped
_MOST_MISTYPED = 20  # words of a search that are looked up as mistyped names


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name in a question, and a thing of the graph that has it.

    `written` is the question's spelling, `name` that of the graph; `is_exact` is false if a typing error was forgiven. `articles` counts
    the articles that name the thing.
    """

    written: str
    name: str
    thing: int
    iri: str
    kind: str
    label: str
    articles: int
    is_exact: bool = True


def known_names(index: SentenceIndex, question: str, *, is_search: bool = False) -> tuple[KnownName, ...]:
    """Return the things that a question names, in its order; then those whose name is near to words that are no known name.

    In a question only words that are written like a name are taken for mistyped ones, in a search (`is_search`) all words.
    """
    words = words_of(question)
    found: list[KnownName] = []
    unknown: list[Word] = []
    at = 0
    while at < len(words):
        length, names = _longest(index, words[at : at + _MOST_WORDS], is_start=at == 0)
        found += names
        if not length:
            unknown.append(words[at])
        at += max(length, 1)
    mistyped = (
        [word.written for word in unknown if word.key not in stop_words()] if is_search else _name_like(words, unknown, is_start=not found)
    )
    for written in islice(mistyped, _MOST_MISTYPED):
        found += near_names(index, written)[:1]
    return tuple({known.thing: known for known in reversed(found)}.values())[::-1]


def _longest(index: SentenceIndex, words: Sequence[Word], *, is_start: bool) -> tuple[int, list[KnownName]]:
    for length in range(len(words), 0, -1):
        part = words[:length]
        if length == 1 and not _may_be_name(part[0], is_start=is_start):
            continue
        names = names_with_key(index, " ".join(word.key for word in part), " ".join(word.written for word in part))
        if names:
            return length, names
    return 0, []


def _may_be_name(word: Word, *, is_start: bool) -> bool:
    """Return whether a single word may be a name; "us" and "it" may be one only in capitals, and no first word of a question."""
    if word.key in stop_words():
        return word.written.isupper() and len(word.key) > 1 and not is_start
    return len(word.key) > 1 or word.key.isdigit()


def names_with_key(index: SentenceIndex, key: str, written: str) -> list[KnownName]:
    """Return the things with exactly this name, those in most articles first."""
    rows = index.rows(
        "SELECT name.name, thing.id, thing.iri, thing.kind, thing.label, thing.articles FROM name JOIN thing ON thing.id = name.thing"
        " WHERE name.key = ? ORDER BY thing.articles DESC, thing.iri, name.name",
        (key,),
    )
    return [KnownName(written, *row) for row in rows]


def _name_like(words: Sequence[Word], unknown: Sequence[Word], *, is_start: bool) -> Iterator[str]:
    """Yield the words that are no known name and are written like one, neighbours together.

    The first word of a question has a capital anyway, and counts only if `is_start` allows it.
    """
    left = {id(word) for word in unknown}
    run: list[str] = []
    for number, word in enumerate([*words, Word("", "")]):
        if id(word) in left and word.written[:1].isupper() and word.key not in stop_words() and (number or is_start):
            run.append(word.written)
        elif run:
            yield " ".join(run)
            run = []


def names_with_part(index: SentenceIndex, written: str, kind: str, most: int) -> list[KnownName]:
    """Return the things, of one kind or all, in whose name a word begins with a text; none for two letters.

    Names that begin with it come first, then those in most articles; there are at most `most` names.
    """
    key = name_words(written)
    if len(key) < TRIGRAM or key in stop_words():
        return []
    rows = index.rows(
        "SELECT name.name, thing.id, thing.iri, thing.kind, thing.label, thing.articles FROM json_each(?)"
        " JOIN name ON name.id = json_each.value JOIN thing ON thing.id = name.thing"
        " WHERE ? IN ('', thing.kind)"
        # a key has letters, digits and blanks, and no sign of LIKE
        " ORDER BY name.key LIKE ? DESC, thing.articles DESC, thing.iri, name.name LIMIT ?",
        (json.dumps(index.trigrams.with_part(key)), kind, f"{key}%", most),
    )
    return [KnownName(written, *row) for row in rows]


def near_names(index: SentenceIndex, written: str) -> list[KnownName]:
    """Return the things whose name is nearly this one, the nearest first; none for a very short or a very long name.

    Names that share most runs of three letters are compared by the share of letters in common (Ratcliff and Obershelp, as in `difflib`).
    """
    key = name_words(written)
    if not _SHORTEST <= len(key) <= _LONGEST:
        return []
    nearest = index.trigrams.nearest(key, _TRIED)
    rows = index.rows(
        "SELECT name.key, name.name, thing.id, thing.iri, thing.kind, thing.label, thing.articles FROM name"  # noqa: S608 - marks
        f" JOIN thing ON thing.id = name.thing WHERE name.id IN ({','.join('?' * len(nearest))})",
        nearest,
    )
    letters = Counter(key)
    nearness = {row: _nearness(key, letters, row[0]) for row in rows}
    near = sorted((row for row in rows if nearness[row] >= _NEAR), key=lambda row: (-nearness[row], -row[-1], row))
    of_things = {row[2]: row for row in reversed(near)}  # of several names of a thing
    return [replace(KnownName(written, *row[1:]), is_exact=nearness[row] == 1) for row in reversed(of_things.values())]


def _nearness(key: str, letters: Counter[str], other: str) -> float:
    """Return the share of letters in common, 0 if it is too small; `letters` are those of the key.

    `difflib` prepares a whole comparison before it offers a bound, so the bounds are worked out here.
    """
    half = _NEAR * (len(key) + len(other)) / 2
    if min(len(key), len(other)) < half or sum(min(number, other.count(letter)) for letter, number in letters.items()) < half:
        return 0.0
    return SequenceMatcher(None, key, other, autojunk=False).ratio()
