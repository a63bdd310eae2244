"""A SQL engine in a process of its own: `python -m newsgraph.query.sql_worker`, started by `sql_process`.

It reads the tables of a graph from Parquet files into memory, gives up files, network and its own settings, and answers statements from its
standard input on its standard output, as messages of `engine_worker`: statements as JSON, answers as one byte for the kind and then an
Arrow stream or a text. Whatever goes wrong here, even a crash, leaves the asking process whole.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from newsgraph.query.engine_worker import give_up_network, limit_memory, read_message, write_message

ROWS, REFUSED, FAILED, TOO_MANY = b"A", b"N", b"E", b"R"
"""Kinds of answers: an Arrow stream; text of a refusal; text of an error; the answer has too many rows."""
_BATCH = 65_536  # rows
_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET threads = 1",  # with more, sums of floats and rows without ORDER BY would differ from run to run
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",  # no names of Python variables as tables
    "SET max_temp_directory_size = '0KiB'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",  # last: nothing can be set after it
)


def main() -> None:
    """Load the tables that the first message names, then answer statements until the input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    opening = json.loads(read_message(source) or b"{}")
    try:
        connection = _open(Path(opening["folder"]), int(opening["memory"]))
    except (OSError, duckdb.Error) as error:
        write_message(sink, FAILED + str(error).encode())
        return
    limit_memory(int(opening["memory"]))
    give_up_network()  # last, as no file can be opened afterwards
    write_message(sink, ROWS)
    while (message := read_message(source)) is not None:
        question = json.loads(message)
        write_message(sink, _answer(connection, question["sql"], int(question["rows"])))


def _open(folder: Path, memory: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    for path in sorted(folder.glob("*.parquet")):
        connection.execute(f'CREATE TABLE "{path.stem}" AS SELECT * FROM read_parquet(?)', [str(path)])  # noqa: S608 - the name of a table of ours
    connection.execute(f"SET memory_limit = '{memory // 2**20}MiB'")
    for setting in _SETTINGS:
        connection.execute(setting)
    _answer(connection, "SELECT 1", 1)  # loads what answers need, while files can still be opened
    return connection


def _answer(connection: duckdb.DuckDBPyConnection, sql: str, most: int) -> bytes:
    try:
        statements = connection.extract_statements(sql)
        if refusal := _refusal(statements):
            return REFUSED + refusal.encode()
        connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            return _rows(connection, statements[0], most)
        finally:
            connection.execute("ROLLBACK")
    except (duckdb.Error, pa.ArrowException, MemoryError, ValueError) as error:
        return FAILED + (str(error) or type(error).__name__).encode()


def _refusal(statements: list[Any]) -> str:
    if len(statements) != 1:
        return f"These are {len(statements)} statements. Ask one at a time."
    kind = statements[0].type
    if kind != duckdb.StatementType.SELECT:
        return f"{kind.name} is no question, and the graph is only read. Use SELECT, WITH, VALUES, SHOW TABLES, DESCRIBE or SUMMARIZE."
    return ""


def _rows(connection: duckdb.DuckDBPyConnection, statement: Any, most: int) -> bytes:  # noqa: ANN401 - a statement has no name of its own
    reader = connection.sql(statement).to_arrow_reader(_BATCH)
    buffer, count = BytesIO(), 0
    with pa.ipc.new_stream(buffer, reader.schema) as stream:
        for batch in reader:
            count += batch.num_rows
            if count > most:
                return TOO_MANY
            stream.write_batch(batch)
    return ROWS + buffer.getvalue()


if __name__ == "__main__":
    main()
