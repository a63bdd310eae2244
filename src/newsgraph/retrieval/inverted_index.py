"""The words of all sentences as columns of numbers, so that BM25 scores every sentence with a common word in a millisecond or two.

The words are those of FTS5's tokenizer and the scores those of its `bm25`, which looks at one row after the other and takes a hundred
times as long for a word that a third of all sentences have.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsgraph.retrieval.sentence_index import SentenceIndex

WORD_TABLES = """
CREATE TABLE word(term TEXT PRIMARY KEY, sentences BLOB, counts BLOB);
CREATE TABLE sentence_column(name TEXT PRIMARY KEY, numbers BLOB);
"""
TOKENIZER = "porter unicode61 remove_diacritics 2"
FIELDS = ("text", "names", "headline")
"""Where a word of a sentence may be: in itself, in the names that its article is about, in its headline."""
_NUMBER = np.dtype("<u4")
_K, _B = 1.2, 0.75  # of BM25, as in FTS5
_SAMPLE = 5_000  # sentences by which it is seen early how good the best ones are
_BELOW = 1 - 1e-4  # so that nothing is left out for how a sum is rounded
_LEAST = 1e-6  # how much a word counts at least: one that most sentences have
_BATCH = 2_000_000  # occurrences of words that are put together at a time
_DAY = len("2025-09-30")
_DIGEST = 16  # bytes that stand for a text
_STEMS = 20_000  # words whose stems are remembered


class _Postings(NamedTuple):
    """The sentences (numbers) that have a word, and how often they have it: a row for each field."""

    sentences: NDArray[np.uint32]
    counts: NDArray[np.unsignedinteger]

    def part(self, places: NDArray[np.bool_] | NDArray[np.intp]) -> _Postings:
        """Return some of the sentences."""
        return _Postings(self.sentences[places], self.counts[:, places])


class InvertedIndex:
    """The words of an index's sentences. Several threads may ask it."""

    def __init__(self, index: SentenceIndex) -> None:
        """Read what is known of each sentence: its number of words, its article, its day, and the first sentence with the same words."""
        self._index = index
        lengths = self._column("lengths").astype(np.float64)
        self._number = len(lengths)
        self._long = _K * (1 - _B + _B * lengths / (lengths.sum() / max(self._number, 1)))  # how much a length counts against a sentence
        self._rough_long = self._long.astype(np.float32)
        self.articles = self._column("articles")
        self.days = self._column("days")
        self.wordings = self._column("wordings")
        self._stems = WordStems()

    def _column(self, name: str) -> NDArray[np.uint32]:
        rows = self._index.rows("SELECT numbers FROM sentence_column WHERE name = ?", (name,))
        return np.frombuffer(rows[0][0] if rows else b"", _NUMBER)

    def best(
        self, words: Sequence[str], weights: tuple[float, float, float], most: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """Return the sentences with one of some words that BM25 ranks highest, with their scores; of equal ones the smaller number first.

        `weights` say how much a word counts in each field. With `allowed`, only the sentences that it marks are ranked.
        """
        asked = [term for word in words for term in self._stems.of(word)]
        found = {term: postings for term in dict.fromkeys(asked) if (postings := self._postings(term)) is not None}
        counts = Counter(asked)  # "buys" and "buying" are one term, which then counts twice
        candidates = self._candidates([(postings, counts[term]) for term, postings in found.items()], weights, most, allowed)
        scores = {term: self._scores_of(candidates, postings, weights) for term, postings in found.items()}
        own = np.zeros(len(candidates))
        for term in asked:  # in their order, so that a sum is rounded alike whatever was left out
            if term in scores:
                own += scores[term]
        order = np.lexsort((candidates, -own))[:most]
        return list(zip(candidates[order].tolist(), own[order].tolist(), strict=True))

    def _candidates(
        self, found: Sequence[tuple[_Postings, int]], weights: tuple[float, float, float], most: int, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.intp]:
        """Return some sentences among which are the best (MaxScore; Turtle and Flood, 1995), for words that count so many times each.

        The rarest words come first. As soon as all others together are worth less than what the best sentences have already, no further
        sentence can become one of the best, and those that have too little are out.
        """
        rarest = sorted(found, key=lambda item: len(item[0].sentences))
        bounds = [times * self._worth(len(postings.sentences)) * (_K + 1) for postings, times in rarest]
        scores, is_found = np.zeros(self._number, np.float32), np.zeros(self._number, bool)
        sample, least, left = np.zeros(0, np.intp), 0.0, 0.0
        for number, (postings, times) in enumerate(rarest):
            sentences = postings.sentences.astype(np.intp)
            if len(sample) < _SAMPLE:
                fresh = sentences[~is_found[sentences]]
                sample = np.concatenate([sample, fresh if allowed is None else fresh[allowed[fresh]]])[:_SAMPLE]
            scores[sentences] += self._rough_scores(postings, sentences, weights, times)
            is_found[sentences] = True
            left = sum(bounds[number + 1 :])
            least = _least(scores[sample], most) * _BELOW  # of the best that are known; of all sentences it is no less
            if left < least:
                break
        candidates = np.flatnonzero(is_found if allowed is None else is_found & allowed)
        own = scores[candidates]
        likely = own + left >= least
        candidates, own = candidates[likely], own[likely]
        return candidates[own + left >= _least(own, most) * _BELOW]

    def _rough_scores(
        self, postings: _Postings, sentences: NDArray[np.intp], weights: tuple[float, float, float], times: int
    ) -> NDArray[np.float32]:
        """Return what a word that counts so many times is worth in all sentences that have it, in half the room."""
        frequency = np.zeros(len(sentences), np.float32)
        for counts, weight in zip(postings.counts, weights, strict=True):
            frequency += counts * np.float32(weight)
        worth = np.float32(times * self._worth(len(sentences)) * (_K + 1))
        scores: NDArray[np.float32] = frequency / (frequency + self._rough_long[sentences]) * worth
        return scores

    def _scores_of(self, sentences: NDArray[np.intp], postings: _Postings, weights: tuple[float, float, float]) -> NDArray[np.float64]:
        """Return what a word is worth in each of some sentences, 0 where it is not."""
        scores = np.zeros(len(sentences))
        at = np.minimum(np.searchsorted(postings.sentences, sentences), len(postings.sentences) - 1)
        has = postings.sentences[at] == sentences
        scores[has] = self._scores(postings.part(at[has]), weights, len(postings.sentences))
        return scores

    def _worth(self, having: int) -> float:
        return max(float(np.log((self._number - having + 0.5) / (having + 0.5))), _LEAST)

    def _scores(self, postings: _Postings, weights: tuple[float, float, float], having: int) -> NDArray[np.float64]:
        """Return what a word is worth in some of the sentences that have it; `having` is the number of all."""
        frequency = sum(counts * weight for counts, weight in zip(postings.counts, weights, strict=True))
        scores: NDArray[np.float64] = self._worth(having) * (frequency * (_K + 1) / (frequency + self._long[postings.sentences]))
        return scores

    def _postings(self, term: str) -> _Postings | None:
        rows = self._index.rows("SELECT sentences, counts FROM word WHERE term = ?", (term,))
        if not rows:
            return None
        sentences = np.frombuffer(rows[0][0], _NUMBER)
        size = len(rows[0][1]) // (len(sentences) * len(FIELDS))
        return _Postings(sentences, np.frombuffer(rows[0][1], np.dtype(f"<u{size}")).reshape(len(FIELDS), -1))


def _least(scores: NDArray[np.float32], most: int) -> float:
    """Return the least of the `most` highest scores, 0 if there are fewer."""
    return float(np.partition(scores, len(scores) - most)[len(scores) - most]) if len(scores) >= most else 0.0


class WordStems:
    """The words as the index has them: stems, in lower case, without accents; made by the tokenizer that made the index."""

    def __init__(self) -> None:
        """Open a database in memory, whose only use is its tokenizer."""
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(
            f"CREATE VIRTUAL TABLE word USING fts5(text, content='', tokenize=\"{TOKENIZER}\");"
            "CREATE VIRTUAL TABLE stem USING fts5vocab(word, instance);"
        )
        self._guard = threading.Lock()
        self.of = lru_cache(_STEMS)(self._of)

    def _of(self, word: str) -> tuple[str, ...]:
        """Return the stem of a word; several of what the tokenizer takes for several words."""
        with self._guard:
            self._database.execute("INSERT INTO word(rowid, text) VALUES (1, ?)", (word,))
            stems = tuple(stem for (stem,) in self._database.execute("SELECT term FROM stem ORDER BY offset"))
            self._database.execute("INSERT INTO word(word) VALUES ('delete-all')")
        return stems


def write_words(connection: sqlite3.Connection, scratch: str) -> None:
    """Fill the tables of words from the full text `sentence_text` of the attached database `scratch`, and from `sentence`."""
    connection.execute(f"CREATE VIRTUAL TABLE {scratch}.term USING fts5vocab(sentence_text, row)")
    connection.execute(f"CREATE VIRTUAL TABLE {scratch}.place USING fts5vocab(sentence_text, instance)")
    (number,) = connection.execute("SELECT count(*) FROM sentence").fetchone()
    lengths = np.zeros(number, np.int64)
    # both tables have the words in the same order, so that the places need no word beside them
    field = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(FIELDS))
    places = connection.execute(f"SELECT doc * {len(FIELDS)} + CASE col {field} END FROM {scratch}.place")  # noqa: S608 - our own names
    for terms in _batches(connection.execute(f"SELECT term, cnt FROM {scratch}.term")):  # noqa: S608 - as above
        total = sum(count for _, count in terms)
        keys = np.fromiter((key for (key,) in islice(places, total)), np.int64, total)
        lengths += np.bincount(keys // len(FIELDS), minlength=number)
        connection.executemany("INSERT INTO word VALUES (?, ?, ?)", _postings_of(terms, keys))
    articles = np.fromiter((row[0] for row in connection.execute("SELECT article FROM sentence ORDER BY id")), np.int64, number)
    days = np.fromiter((day_number(day) for (day,) in connection.execute("SELECT day FROM sentence ORDER BY id")), np.int64, number)
    wordings = _wordings(text for (text,) in connection.execute("SELECT text FROM sentence ORDER BY id"))
    columns = {"lengths": lengths, "articles": articles, "days": days, "wordings": wordings}
    connection.executemany("INSERT INTO sentence_column VALUES (?, ?)", [(name, _bytes(column)) for name, column in columns.items()])


def _wordings(texts: Iterable[str]) -> NDArray[np.int64]:
    """Return for each text the number of the first text with the same words."""
    digests = bytearray()
    for text in texts:
        digests += blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
    halves = np.frombuffer(digests, np.uint64).reshape(-1, 2)
    order = np.lexsort((halves[:, 1], halves[:, 0]))  # which keeps the order of equal ones
    is_first = np.ones(len(order), bool)
    is_first[1:] = (halves[order[1:]] != halves[order[:-1]]).any(axis=1)
    firsts = np.zeros(len(order), np.int64)
    firsts[order] = order[is_first][np.cumsum(is_first) - 1]
    return firsts


def day_number(day: str) -> int:
    """Return a day as a number of eight digits, 0 if it is unknown; of a time (ISO), its day.

    >>> day_number("2025-09-30")
    20250930
    """
    return int(day[:_DAY].replace("-", "") or 0)


def _batches(terms: sqlite3.Cursor) -> Iterator[list[tuple[str, int]]]:
    """Yield words with the number of their occurrences, some million occurrences at a time."""
    batch: list[tuple[str, int]] = []
    size = 0
    for term, count in terms:
        batch.append((term, count))
        size += count
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _postings_of(terms: Sequence[tuple[str, int]], keys: NDArray[np.int64]) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the rows of some words; `keys` are the sentence and the field of each occurrence as one number, sorted for each word."""
    sizes = np.array([count for _, count in terms])
    ends = np.cumsum(sizes)
    sentences = keys // len(FIELDS)
    is_first = np.ones(len(keys), bool)  # of a word in a sentence
    is_first[1:] = sentences[1:] != sentences[:-1]
    is_first[ends[:-1]] = True
    row = np.cumsum(is_first) - 1
    firsts = np.flatnonzero(is_first)
    counts = np.bincount(keys % len(FIELDS) * len(firsts) + row, minlength=len(firsts) * len(FIELDS)).reshape(len(FIELDS), -1)
    having = sentences[firsts]
    starts, stops = row[ends - sizes], np.append(row[ends[:-1]], len(firsts))
    for (term, _), start, stop in zip(terms, starts.tolist(), stops.tolist(), strict=True):
        yield term, _bytes(having[start:stop]), _small(counts[:, start:stop])


def _bytes(numbers: NDArray[np.int64]) -> bytes:
    return numbers.astype(_NUMBER).tobytes()


def _small(counts: NDArray[np.int64]) -> bytes:
    return counts.astype("<u1" if counts.max(initial=0) < 2**8 else _NUMBER).tobytes()
