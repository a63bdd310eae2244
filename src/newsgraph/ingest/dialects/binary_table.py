"""Tables of articles in Parquet files and in SQLite databases."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count

from newsgraph.core.model import Severity
from newsgraph.ingest.dialects.table_rows import column_places, has_text_column, no_title_column, row_record
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

PARQUET = frozenset({".parquet", ".pq"})
SQLITE = frozenset({".sqlite", ".sqlite3", ".db", ".db3"})
_SQLITE_HEAD = b"SQLite format 3\0"
_BATCH = 1000  # rows
_MOST_UNPACKED = 2_000_000_000  # bytes
_LONGEST = 50_000_000  # bytes of a cell
_STEPS, _MOST_STEPS = 100_000, 20_000  # of SQLite's machine between two looks, and looks: minutes of work
_HIDDEN = 1  # of a column that SELECT * leaves out
_WAL, _ROLLBACK = b"\x02\x02", b"\x01\x01"  # of the file format, at bytes 18 and 19


def is_parquet(head: bytes, _name: str) -> bool:
    """Return whether a file is Parquet."""
    return head.startswith(b"PAR1")


def is_sqlite(head: bytes, _name: str) -> bool:
    """Return whether a file is a SQLite database."""
    return head.startswith(_SQLITE_HEAD)


def read_parquet(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the rows of a Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.ParquetFile(io.BytesIO(file.data))
        columns = list(table.schema_arrow.names)
        leaves = [table.schema.column(number) for number in range(len(table.schema))]
        texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
        table = pq.ParquetFile(io.BytesIO(file.data), read_dictionary=texts)  # a cell that is there many times is held once
        unpacked = sum(table.metadata.row_group(number).total_byte_size for number in range(table.metadata.num_row_groups))
    except (pa.ArrowException, OSError, ValueError) as error:
        notes.add("", f"is a damaged Parquet file: {_words(error)}", "Write the file again", Severity.DOCUMENT)
        return
    if unpacked > _MOST_UNPACKED:
        notes.add("", f"unpacks to {unpacked:,} bytes", "Split it into smaller files", Severity.DOCUMENT)
        return
    if not has_text_column(columns, file.names):
        no_title_column(columns, notes)
        return
    kept = list(column_places(columns, notes).values())
    numbers, unpacked = count(), 0
    try:
        for batch in (whole.select(kept) for whole in table.iter_batches(_BATCH)):
            for at in range(batch.num_rows):
                row = batch.slice(at, 1).to_pylist()[0]  # one at a time: a dictionary makes many long cells of few bytes
                unpacked += sum(map(_length, row.values()))
                if unpacked > _MOST_UNPACKED:
                    what = f"unpacks to more than {_MOST_UNPACKED:,} bytes; the {next(numbers):,} rows before that place were read"
                    notes.add("", what, "Split it into smaller files", Severity.ARTICLE)
                    return
                yield row_record(next(numbers), row, file.names)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        what = f"is damaged after row {next(numbers)}: {_words(error)}; the rows before that place were read"
        notes.add("", what, "Write the file again", Severity.ARTICLE)


def read_sqlite(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the rows of all tables that have a column for a title or a text, table by table in the order of their names."""
    data = file.data
    if data[18:20] == _WAL:  # what is in its -wal file is not here; without the mark SQLite would look for that file
        data = data[:18] + _ROLLBACK + data[20:]
    with closing(sqlite3.connect(":memory:")) as database:
        looks = count()
        try:
            database.deserialize(data)
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)  # a view or a column may compute a cell of any length
            database.execute("PRAGMA trusted_schema = OFF")
            database.text_factory = lambda written: written.decode("utf-8", "replace")
            database.set_progress_handler(lambda: next(looks) > _MOST_STEPS, _STEPS)
            yield from _rows(database, file, notes)
        except sqlite3.Error as error:
            notes.add(
                "", f"is a damaged or busy SQLite database: {_words(error)}", "Close what writes it, and copy it again", Severity.DOCUMENT
            )


def _rows(database: sqlite3.Connection, file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    listed = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
    tables = [name for (name,) in listed if isinstance(name, str) and not name.startswith("sqlite_")]
    numbers = count()
    readable = False
    for table in tables:
        quoted = '"' + table.replace('"', '""') + '"'
        described = database.execute(f"PRAGMA table_xinfo({quoted})")  # with columns that are computed, unlike table_info
        columns = [name for _, name, *_, hidden in described if hidden != _HIDDEN]
        if not has_text_column(columns, file.names):
            continue
        readable = True
        try:
            for row in database.execute(f"SELECT * FROM {quoted}"):  # noqa: S608 - the name is quoted
                yield row_record(next(numbers), dict(zip(columns, row, strict=False)), file.names)
        except sqlite3.Error as error:
            what = f"cannot be read to its end: {_words(error)}; the rows before that place were read"
            notes.add(f"table {table}", what, "Close what writes the database, and copy it again", Severity.ARTICLE)
    if not readable:
        no_title_column(tables, notes)


def _length(cell: object) -> int:
    """Return the characters or bytes of a cell, those of its parts together."""
    if isinstance(cell, dict):
        return sum(map(_length, cell.values()))
    return len(cell) if isinstance(cell, str | bytes) else sum(map(_length, cell)) if isinstance(cell, list) else 0


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
