"""TF-IDF vectors of articles: words weighted by their rarity in news at large, so that two articles can be compared.

Rarity is counted over a background of other news (`data/background_words.csv`, see `training/count_words.py`), not over the news that
are built: what is one story does not change by articles that have nothing to do with it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from operator import mul
from typing import TypeVar

from newsgraph.resolve.copies.stems import stems
from newsgraph.resolve.copies.text_signature import MOST, Wording

Value = TypeVar("Value")
Vector = dict[str, float]
"""Weights by word; the length of an article's vector (the root of the sum of squares) is 1, or 0 if it has no word."""

_ALL = ""  # the row of the background that counts its articles
_UNSEEN = 0.5  # articles with a word that no article of the background has
_HEADLINE, _LEAD, _BODY = 2, 1, 1  # occurrences as which one in each field counts


class _Table(dict[str, Value]):
    """What is computed of texts, each once; looking it up is no call of a function, of which stories make millions."""

    __slots__ = ("_compute",)

    def __init__(self, compute: Callable[[str], Value]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, text: str) -> Value:
        self[text] = value = self._compute(text)
        return value


class IdfWeights:
    """Inverse document frequencies: a word in many articles has a low weight, one that no article of the background has the highest."""

    def __init__(self, counts: dict[str, int], articles: int) -> None:
        """Take the number of articles with each word, and of all articles."""
        self._idf = {word: math.log(1 + articles / (count + _UNSEEN)) for word, count in counts.items()}
        self._rarest = math.log(1 + articles / _UNSEEN)
        self.of_name: Callable[[str], float] = _Table(lambda name: max(map(self, name_words(name)), default=0.0)).__getitem__
        """Returns the weight of a name, taken from its IRI: that of its rarest word."""
        self.words: Callable[[str], tuple[str, ...]] = _Table(lambda name: tuple(name_words(name))).__getitem__
        """Returns the words (stems) of a name, taken from its IRI."""
        self.head: Callable[[str], str | None] = _Table(lambda party: next(iter(self.words(party)), None)).__getitem__
        """Returns the first word of a party's name, taken from its IRI; None if the name is too short to look for."""

    def __call__(self, word: str) -> float:
        """Return the weight of a word (a stem)."""
        return self._idf.get(word, self._rarest)

    def total(self, words: Iterable[str]) -> float:
        """Return the sum of the weights of words."""
        idf, rarest = self._idf.get, self._rarest
        return math.fsum([idf(word, rarest) for word in words])

    def text_vector(self, wording: Wording) -> Vector:
        """Return the vector of all words of an article."""
        words = wording.words.split(" ") if wording.words else []
        idf, rarest = self._idf.get, self._rarest
        frequency = _term_frequencies()
        counts = zip(words, wording.headline, wording.lead, wording.body, strict=True)
        return _scaled(words, [frequency[_HEADLINE * h + _LEAD * t + _BODY * b] * idf(word, rarest) for word, h, t, b in counts])

    def headline_vector(self, wording: Wording) -> Vector:
        """Return the vector of the words of an article's headline."""
        count = words_in_headline(wording)
        words = wording.words.split(" ", count)[:count]
        idf, rarest = self._idf.get, self._rarest
        return _scaled(words, [idf(word, rarest) for word in words])


@cache
def background_weights() -> IdfWeights:
    """Read the weights of words in news at large."""
    with (files("newsgraph") / "data" / "background_words.csv").open(encoding="utf-8") as file:
        counts = {row[0]: int(row[1]) for row in csv.reader(file) if row[1].isdecimal()}
    return IdfWeights(counts, counts.pop(_ALL))


def central(texts: Sequence[str]) -> int:
    """Return the position of the text that is most similar to all texts together, of equals the first.

    >>> central(["Markets wait", "Sanofi invests $180M in Owkin", "Sanofi puts money in Owkin"])
    1
    """
    weights = background_weights()
    vectors = {text: unit({word: weights(word) for word in stems(text)}) for text in dict.fromkeys(texts)}
    total: Vector = {}
    for text in texts:
        for word, weight in vectors[text].items():
            total[word] = total.get(word, 0.0) + weight
    # Rounded, so that equals stay equal whatever the order in which their words are added.
    shares = {text: round(dot(vector, total), 9) for text, vector in vectors.items()}
    return max(range(len(texts)), key=lambda at: (shares[texts[at]], -at))


def name_words(name: str) -> list[str]:
    """Return the words (stems) of a name, taken from its IRI."""
    return stems(name.rsplit("/", 1)[-1].replace("-", " "))


def words_in_headline(wording: Wording) -> int:
    """Return how many words an article's headline has; they are the first of its words."""
    first = wording.headline.find(0)
    return first if first >= 0 else len(wording.headline)


def dot(one: Vector, other: Vector) -> float:
    """Return the dot product of two vectors."""
    if len(one) > len(other):
        one, other = other, one
    if not one:
        return 0.0
    weight_in_other = other.get
    return math.fsum([weight * theirs for word, weight in one.items() if (theirs := weight_in_other(word))])


def unit(vector: Vector) -> Vector:
    """Return a vector scaled to length 1."""
    return _scaled(list(vector), list(vector.values()))


def _scaled(words: Iterable[str], weights: list[float]) -> Vector:
    length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
    return dict(zip(words, [weight / length for weight in weights], strict=True))


@cache
def _term_frequencies() -> tuple[float, ...]:
    """Return the term frequency of a word by its count in a text (Manning, Raghavan and Schütze 2008, section 6.4)."""
    return 0.0, *(1 + math.log(count) for count in range(1, (_HEADLINE + _LEAD + _BODY) * MOST + 1))
