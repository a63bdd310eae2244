"""The runs of three letters of all names as columns of numbers: which names share most of them with a text, and in which a text begins a word.

Scores and order are those of FTS5 with its tokenizer `trigram`, which takes ten times as long: it looks at one name after the other.
"""

from __future__ import annotations

import math
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from newsgraph.retrieval.sentence_index import SentenceIndex

TRIGRAM_TABLES = """
CREATE TABLE trigram(term TEXT PRIMARY KEY, names BLOB, counts BLOB);
CREATE TABLE name_column(name TEXT PRIMARY KEY, numbers BLOB);
"""
TRIGRAM = 3
_NUMBER = np.dtype("<u4")
_COUNT = np.dtype("u1")  # of a trigram in a name: a name has at most 200 letters
_K, _B = 1.2, 0.75  # of BM25, as in FTS5
_LEAST = 1e-6  # how much a trigram counts at least: one that most names have
_LETTER_BITS = 21  # of a code point of Unicode


class NameTrigrams:
    """The trigrams of an index's names. Several threads may ask it."""

    def __init__(self, index: SentenceIndex) -> None:
        """Read how long each name is."""
        self._index = index
        lengths = self._column("lengths").astype(np.float64)
        self._number = len(lengths)
        self._long = _K * (1 - _B + _B * lengths / (lengths.sum() / max(self._number, 1) or 1))  # how much a length counts against a name

    def _column(self, name: str) -> NDArray[np.uint32]:
        rows = self._index.rows("SELECT numbers FROM name_column WHERE name = ?", (name,))
        return np.frombuffer(rows[0][0] if rows else b"", _NUMBER)

    def nearest(self, key: str, most: int) -> list[int]:
        """Return the names (rows of the table `name`) that BM25 ranks highest by the trigrams of a key, each counted once; the best first.

        Of equal ones the smaller number comes first.
        """
        scores, is_found = np.zeros(self._number), np.zeros(self._number, bool)
        for term in trigrams_of(key):
            rows = self._index.rows("SELECT names, counts FROM trigram WHERE term = ?", (term,))
            for names, counts in rows:
                having, often = np.frombuffer(names, _NUMBER), np.frombuffer(counts, _COUNT).astype(np.float64)
                scores[having] += self._worth(len(having)) * (often * (_K + 1) / (often + self._long[having]))
                is_found[having] = True
        found = np.flatnonzero(is_found)
        own = scores[found]
        if len(found) > most:
            least = np.partition(own, len(own) - most)[len(own) - most]
            found, own = found[own >= least], own[own >= least]
        order = np.lexsort((found, -own))[:most]
        return list(map(int, found[order] + 1))  # rows of a table begin with 1

    def _worth(self, having: int) -> float:
        return max(math.log((self._number - having + 0.5) / (having + 0.5)), _LEAST)

    @cached_property
    def _keys(self) -> tuple[str, NDArray[np.int64]]:
        """All keys as one text, a line and a blank before each, and where each begins."""
        keys = [key for (key,) in self._index.rows("SELECT key FROM name ORDER BY id")]
        lengths = np.fromiter((len(key) + 2 for key in keys), np.int64, len(keys))
        return "".join(f"\n {key}" for key in keys), np.cumsum(lengths) - lengths

    def with_part(self, key: str) -> list[int]:
        """Return the names (rows of the table `name`) in which a word begins with a key, in their order."""
        text, starts = self._keys
        places = []
        at = text.find(f" {key}")
        while at >= 0:
            places.append(at)
            at = text.find(f" {key}", at + 1)
        return list(map(int, np.unique(np.searchsorted(starts, places, side="right"))))


def trigrams_of(key: str) -> tuple[str, ...]:
    """Return the runs of three letters of a key, each once, in their order.

    >>> trigrams_of("banana")
    ('ban', 'ana', 'nan')
    """
    return tuple(dict.fromkeys(key[at : at + TRIGRAM] for at in range(len(key) - TRIGRAM + 1)))


def write_trigrams(connection: sqlite3.Connection) -> None:
    """Fill the tables of trigrams from the table `name`."""
    keys = [key for (key,) in connection.execute("SELECT key FROM name ORDER BY id")]
    lengths = np.fromiter((max(len(key) - TRIGRAM + 1, 0) for key in keys), np.int64, len(keys))
    connection.execute("INSERT INTO name_column VALUES ('lengths', ?)", (lengths.astype(_NUMBER).tobytes(),))
    connection.executemany("INSERT INTO trigram VALUES (?, ?, ?)", _postings(keys, lengths))


def _postings(keys: list[str], lengths: NDArray[np.int64]) -> Iterable[tuple[str, bytes, bytes]]:
    """Yield each trigram with the names that have it and how often each has it."""
    letters = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.dtype("<u4")).astype(np.uint64)
    sizes = np.fromiter(map(len, keys), np.int64, len(keys))
    name = np.repeat(np.arange(len(keys)), lengths)
    start = np.repeat(np.cumsum(sizes) - sizes - (np.cumsum(lengths) - lengths), lengths) + np.arange(len(name))
    code = np.zeros(len(name), np.uint64)
    for place in range(TRIGRAM):
        code = code << np.uint64(_LETTER_BITS) | letters[start + place]
    order = np.lexsort((name, code))
    code, name = code[order], name[order]
    is_new = np.ones(len(code), bool)  # a trigram of a name
    is_new[1:] = (code[1:] != code[:-1]) | (name[1:] != name[:-1])
    firsts = np.flatnonzero(is_new)
    counts = np.minimum(np.diff(np.append(firsts, len(code))), np.iinfo(_COUNT).max)
    code, name = code[firsts], name[firsts]
    ends = np.append(np.flatnonzero(code[1:] != code[:-1]) + 1, len(code)) if len(code) else np.zeros(0, np.int64)
    begin = 0
    for end in ends.tolist():
        yield _written(int(code[begin])), name[begin:end].astype(_NUMBER).tobytes(), counts[begin:end].astype(_COUNT).tobytes()
        begin = end


def _written(code: int) -> str:
    mask = (1 << _LETTER_BITS) - 1
    return "".join(chr(code >> _LETTER_BITS * place & mask) for place in reversed(range(TRIGRAM)))
