"""The sentence index of a graph: an SQLite file with full text, names, mentions and events, kept in the output folder.

It is made from the tables alone, without the network, and made again when they change. It is opened read-only.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from typing import Any

from newsgraph.core.errors import QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.retrieval.index_rows import IndexRows
from newsgraph.retrieval.inverted_index import FIELDS, TOKENIZER, WORD_TABLES, InvertedIndex, write_words
from newsgraph.retrieval.name_trigrams import TRIGRAM_TABLES, NameTrigrams, write_trigrams
from newsgraph.retrieval.thing_sentences import THING_TABLES, ThingSentences, write_thing_sentences
from newsgraph.storage.derived_cache import TableOrigin, derived, existing

_ENTRY, _FILE, _SCRATCH_FILE = "sentences", "index.sqlite", "scratch.sqlite"
_STEPS = 20_000  # of the database's machine between two looks at the clock
_TABLES = """
CREATE TABLE article(id INTEGER PRIMARY KEY, iri TEXT, url TEXT, headline TEXT, provider TEXT, day TEXT, published TEXT, origin INTEGER);
CREATE TABLE sentence(id INTEGER PRIMARY KEY, article INTEGER, day TEXT, start INTEGER, end INTEGER, text TEXT);
CREATE TABLE thing(id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, articles INTEGER);
CREATE TABLE name(id INTEGER PRIMARY KEY, key TEXT, name TEXT, thing INTEGER);
CREATE TABLE mention(thing INTEGER, sentence INTEGER, PRIMARY KEY(thing, sentence)) WITHOUT ROWID;
CREATE TABLE topic(thing INTEGER, article INTEGER, PRIMARY KEY(thing, article)) WITHOUT ROWID;
CREATE TABLE event(iri TEXT PRIMARY KEY, type TEXT, label TEXT, status TEXT, time TEXT, amount REAL, currency TEXT, articles INTEGER, outlets INTEGER, origins INTEGER);
CREATE TABLE role(event TEXT, role TEXT, thing INTEGER, name TEXT);
CREATE TABLE report(event TEXT, sentence INTEGER, article INTEGER, status TEXT, time TEXT, amount REAL, currency TEXT);
CREATE TABLE value(event TEXT, field TEXT, value TEXT, relation TEXT, note TEXT, articles TEXT);
CREATE TABLE relation(sentence INTEGER, article INTEGER, subject TEXT, predicate TEXT, object TEXT, time TEXT);
"""
_INDEXES = """
CREATE INDEX sentence_article ON sentence(article);
CREATE INDEX thing_iri ON thing(iri);
CREATE INDEX name_key ON name(key);
CREATE INDEX role_event ON role(event);
CREATE INDEX role_thing ON role(thing);
CREATE INDEX report_event ON report(event);
CREATE INDEX report_sentence ON report(sentence);
CREATE INDEX value_event ON value(event);
CREATE INDEX relation_sentence ON relation(sentence);
"""
_SCRATCH = f"""
PRAGMA scratch.journal_mode=OFF; PRAGMA scratch.synchronous=OFF;
CREATE VIRTUAL TABLE scratch.sentence_text USING fts5({", ".join(FIELDS)}, content='', tokenize="{TOKENIZER}");
"""
# What is said of the sentence's own names counts in `text`; `names` holds what its article is about, for "the company".
_FULL_TEXT = """
INSERT INTO scratch.sentence_text(rowid, text, names, headline)
SELECT sentence.id, sentence.text, coalesce(about.names, ''), article.headline
FROM sentence JOIN article ON article.id = sentence.article LEFT JOIN about ON about.article = article.id ORDER BY sentence.id
"""
_ABOUT = """
CREATE TEMP TABLE about AS
SELECT article, group_concat(label, ' ') AS names FROM (
    SELECT DISTINCT sentence.article AS article, thing.label AS label FROM mention
    JOIN sentence ON sentence.id = mention.sentence JOIN thing ON thing.id = mention.thing
    WHERE thing.kind IN ('company', 'organisation', 'product') ORDER BY sentence.article, thing.id
) GROUP BY article
"""


class _Connection:
    """A connection to the file, and the time until when it may answer."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.deadline = 0.0
        database.set_progress_handler(self._is_late, _STEPS)

    def _is_late(self) -> bool:
        return bool(self.deadline) and time.monotonic() > self.deadline


class SentenceIndex:
    """An open index. Several threads may ask it; they take turns at its connections."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], at_once: int = 1) -> None:
        """`connect` opens a connection that several threads may use, for at most `at_once` of them at a time."""
        self._connect, self._turns = connect, threading.BoundedSemaphore(at_once)
        self._idle: list[_Connection] = []
        self._own = threading.local()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question in SQL."""
        with self._connection() as connection:
            return connection.database.execute(sql, values).fetchall()

    @cached_property
    def words(self) -> InvertedIndex:
        """The words of the sentences, for ranking."""
        return InvertedIndex(self)

    @cached_property
    def trigrams(self) -> NameTrigrams:
        """The trigrams of the names, for what is mistyped or not typed to its end."""
        return NameTrigrams(self)

    @cached_property
    def things(self) -> ThingSentences:
        """The sentences by the things that they name and the events that they report."""
        return ThingSentences(self)

    def prepare(self) -> None:
        """Read into memory what searches need, so that none has to wait for it."""
        self.words.best(("a",), (1.0, 1.0, 1.0), 1)
        self.trigrams.with_part("a")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Answer what is asked meanwhile within some seconds. Raises QueryError where it takes longer."""
        with self._connection() as connection:
            connection.deadline = time.monotonic() + seconds
            try:
                yield
            except sqlite3.OperationalError as error:
                if "interrupted" not in str(error):
                    raise
                message = f"The search takes longer than {seconds:g} seconds. Ask with rarer words, or allow more time."
                raise QueryError(message) from error
            finally:
                connection.deadline = 0.0

    def close(self) -> None:
        """Close the connections that no thread uses."""
        while self._idle:
            self._idle.pop().database.close()

    @contextmanager
    def _connection(self) -> Iterator[_Connection]:
        """Hold a connection: that of this thread if it has one already, else the next that is free."""
        own: _Connection | None = getattr(self._own, "connection", None)
        if own is not None:
            yield own
            return
        with self._turns:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = _Connection(self._connect())
            self._own.connection = connection
            try:
                yield connection
            finally:
                self._own.connection = None
                self._idle.append(connection)


def open_index(tables: Callable[[], GraphTables], origin: TableOrigin | None = None) -> SentenceIndex:
    """Open the index of a graph. With the folder that its tables were read from, it is kept there, and `tables` is called only to make it.

    Where nothing can be kept, the index is in memory.
    """
    place = None if origin is None else derived(origin, _ENTRY, lambda path: _write(tables(), path))
    if place is not None:
        try:
            return open_kept_index(place)
        except sqlite3.DatabaseError:  # removed by a newer build, or damaged: it is made again at the next call
            rmtree(place, ignore_errors=True)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, tables(), ":memory:")
    return SentenceIndex(lambda: connection)


def existing_index(origin: TableOrigin) -> Path | None:
    """Return the folder of the index that is kept for the tables of a folder, None if none was made."""
    return existing(origin, _ENTRY)


def open_kept_index(place: Path, at_once: int = 1) -> SentenceIndex:
    """Open a kept index (folder) for some threads at once. Raises sqlite3.DatabaseError if it is gone or damaged."""
    address = f"{(place / _FILE).absolute().as_uri()}?mode=ro&immutable=1"
    index = SentenceIndex(lambda: sqlite3.connect(address, uri=True, check_same_thread=False), at_once)
    index.rows("SELECT id FROM sentence LIMIT 1")
    return index


def _write(graph: GraphTables, folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / _FILE)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        _fill(connection, graph, str(folder / _SCRATCH_FILE))
    finally:
        connection.close()
    (folder / _SCRATCH_FILE).unlink()


def _fill(connection: sqlite3.Connection, graph: GraphTables, scratch: str) -> None:
    """Make all tables; the full text is made in a database of its own (`scratch`), from which only the words are kept."""
    rows = IndexRows(graph)
    connection.execute("ATTACH ? AS scratch", (scratch,))
    connection.executescript(_TABLES + WORD_TABLES + TRIGRAM_TABLES + THING_TABLES + _SCRATCH)
    for name, made in (
        ("article", rows.articles()), ("sentence", rows.sentences()), ("thing", rows.things()), ("mention", rows.mentions()),
        ("topic", rows.topics()), ("event", rows.events()), ("role", rows.roles()), ("report", rows.reports()), ("value", rows.values()),
        ("relation", rows.relations()),
    ):  # fmt: skip
        first = next(made, None)
        if first is not None:
            insert = f"INSERT INTO {name} VALUES ({','.join('?' * len(first))})"  # noqa: S608 - names of our own tables
            connection.execute(insert, first)
            connection.executemany(insert, made)
    connection.executemany("INSERT INTO name(key, name, thing) VALUES (?, ?, ?)", rows.names())
    write_trigrams(connection)
    connection.execute(_ABOUT)
    connection.execute(_FULL_TEXT)
    connection.execute("DROP TABLE about")
    write_words(connection, "scratch")
    connection.executescript(_INDEXES)
    write_thing_sentences(connection)
    connection.commit()
    connection.execute("DETACH scratch")
