"""The sentences that name each thing or report its events, as columns of numbers: a search reads those of a name at once, however many they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsgraph.core.vocabulary import EVENT_TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsgraph.retrieval.sentence_index import SentenceIndex

THING_TABLES = """
CREATE TABLE mentioned(thing INTEGER PRIMARY KEY, sentences BLOB);
CREATE TABLE reported(thing INTEGER PRIMARY KEY, sentences BLOB, events BLOB, types BLOB);
"""
_NUMBER, _TYPE = np.dtype("<u4"), np.dtype("<u2")
_TYPES = {name: number for number, name in enumerate(EVENT_TYPES)}
# Which sentences report an event in which a thing takes part: joined once here, because every question asks it.
_REPORTED = """
SELECT DISTINCT role.thing, report.sentence, event.rowid, event.type FROM role
JOIN event ON event.iri = role.event JOIN report ON report.event = role.event
WHERE role.thing IS NOT NULL AND report.sentence IS NOT NULL ORDER BY role.thing, report.sentence, event.rowid
"""


class ReportedEvents(NamedTuple):
    """Which sentences report which events of some things, a row for each pair: of how many things the event is, and its type."""

    sentences: NDArray[np.uint32]
    events: NDArray[np.uint32]
    parties: NDArray[np.intp]
    types: NDArray[np.uint16]


class ThingSentences:
    """The sentences of an index by the things that they are about."""

    def __init__(self, index: SentenceIndex) -> None:
        """Read nothing yet."""
        self._index = index

    def naming(self, thing: int) -> NDArray[np.uint32]:
        """Return the sentences that name a thing, in their order."""
        rows = self._index.rows("SELECT sentences FROM mentioned WHERE thing = ?", (thing,))
        return np.frombuffer(rows[0][0] if rows else b"", _NUMBER)

    def reporting(self, things: Sequence[int]) -> ReportedEvents:
        """Return the sentences that report events of some things, in their order."""
        marks = ",".join("?" * len(things))
        rows = self._index.rows(f"SELECT sentences, events, types FROM reported WHERE thing IN ({marks})", things)  # noqa: S608 - marks
        sentences, events = (np.frombuffer(b"".join(row[at] for row in rows), _NUMBER) for at in range(2))
        types = np.frombuffer(b"".join(row[2] for row in rows), _TYPE)
        pairs = sentences.astype(np.uint64) << np.uint64(32) | events
        _, first, parties = np.unique(pairs, return_index=True, return_counts=True)
        return ReportedEvents(sentences[first], events[first], parties, types[first])


def types_of(names: Iterable[str]) -> list[int]:
    """Return the numbers of types of events."""
    return [_TYPES[name] for name in names]


def write_thing_sentences(connection: sqlite3.Connection) -> None:
    """Fill the tables from those of mentions, roles and reports."""
    named = connection.execute("SELECT thing, sentence FROM mention ORDER BY thing, sentence")
    connection.executemany("INSERT INTO mentioned VALUES (?, ?)", _packed(named))
    connection.executemany("INSERT INTO reported VALUES (?, ?, ?, ?)", _packed(connection.execute(_REPORTED)))


def _packed(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield each first value of some rows with the columns of its others."""
    for thing, group in groupby(rows, itemgetter(0)):
        _, *columns = zip(*group, strict=True)
        yield thing, *(_bytes(column) for column in columns)


def _bytes(column: Sequence[object]) -> bytes:
    is_type = isinstance(column[0], str)
    return np.array([_TYPES[str(name)] for name in column] if is_type else column, _TYPE if is_type else _NUMBER).tobytes()
