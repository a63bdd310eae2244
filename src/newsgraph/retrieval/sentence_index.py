"""The sentence index of a graph: an SQLite file with full text, names, mentions and events, kept in the output folder.

It is made from the tables alone, without the network, and made again when they change. It is opened read-only.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any

from newsgraph.core.errors import QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.retrieval.index_rows import IndexRows
from newsgraph.storage.derived_cache import TableOrigin, derived

_ENTRY, _FILE = "sentences", "index.sqlite"
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
CREATE VIRTUAL TABLE sentence_text USING fts5(text, names, headline, content='', tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE name_text USING fts5(key, content='', tokenize=trigram);
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
# What is said of the sentence's own names counts in `text`; `names` holds what its article is about, for "the company".
_FULL_TEXT = """
INSERT INTO sentence_text(rowid, text, names, headline)
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


class SentenceIndex:
    """An open index. Several threads may ask it; answers take turns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Ask over a `connection` that several threads may use."""
        self._connection = connection
        self._turn = threading.RLock()
        self._deadline = 0.0
        connection.set_progress_handler(self._is_late, _STEPS)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a question in SQL."""
        with self._turn:
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Answer what is asked meanwhile within some seconds. Raises QueryError where it takes longer."""
        with self._turn:
            self._deadline = time.monotonic() + seconds
            try:
                yield
            except sqlite3.OperationalError as error:
                if "interrupted" not in str(error):
                    raise
                message = f"The search takes longer than {seconds:g} seconds. Ask with rarer words, or allow more time."
                raise QueryError(message) from error
            finally:
                self._deadline = 0.0

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _is_late(self) -> bool:
        return bool(self._deadline) and time.monotonic() > self._deadline


def open_index(tables: Callable[[], GraphTables], origin: TableOrigin | None = None) -> SentenceIndex:
    """Open the index of a graph. With the folder that its tables were read from, it is kept there, and `tables` is called only to make it.

    Where nothing can be kept, the index is in memory.
    """
    place = None if origin is None else derived(origin, _ENTRY, lambda path: _write(tables(), path))
    if place is not None:
        try:
            connection = sqlite3.connect(f"{(place / _FILE).absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            connection.execute("SELECT id FROM sentence LIMIT 1").fetchall()
        except sqlite3.DatabaseError:  # removed by a newer build, or damaged: it is made again at the next call
            rmtree(place, ignore_errors=True)
        else:
            return SentenceIndex(connection)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection, tables())
    return SentenceIndex(connection)


def _write(graph: GraphTables, folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / _FILE)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        _fill(connection, graph)
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, graph: GraphTables) -> None:
    rows = IndexRows(graph)
    connection.executescript(_TABLES)
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
    connection.execute("INSERT INTO name_text(rowid, key) SELECT id, key FROM name ORDER BY id")
    connection.execute(_ABOUT)
    connection.execute(_FULL_TEXT)
    connection.execute("DROP TABLE about")
    connection.execute("INSERT INTO sentence_text(sentence_text) VALUES ('optimize')")
    connection.executescript(_INDEXES)
    connection.commit()
