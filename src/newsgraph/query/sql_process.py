"""Questions in SQL over the tables of a graph, answered by DuckDB in a process of its own, with limits."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from newsgraph.core.errors import MissingExtraError, QueryError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.query.query_limits import QueryLimits, limits_of
from newsgraph.query.worker_process import WorkerProcess

__all__ = ["LONGEST", "SqlEngine", "limits_of"]

# As in `sql_worker`, which is not imported here, since DuckDB is only needed there.
_ROWS, _REFUSED, _TOO_MANY = b"A", b"N", b"R"
_OPENING_SECONDS = 600.0
LONGEST = 1_000_000
"""Characters of a statement."""


class SqlEngine:
    """The tables of a graph in a process of DuckDB, which is started with the first question, and again if it ended."""

    def __init__(self, tables: GraphTables) -> None:
        """Keep the tables for later. Raises MissingExtraError if DuckDB is not installed."""
        what = "questions in SQL"
        if find_spec("duckdb") is None:
            raise MissingExtraError(what, "duckdb", "sql")
        self._tables = tables
        self._process: _SqlProcess | None = None

    def ask(self, sql: str, limits: QueryLimits) -> pl.DataFrame:
        """Answer a statement that reads. Raises QueryError where it cannot be answered, or not within the limits."""
        if len(sql) > LONGEST:
            message = f"The statement has {len(sql):,} characters, and at most {LONGEST:,} are read. Ask a shorter one."
            raise QueryError(message)
        if self._process is None or not self._process.is_alive:
            self._process = _SqlProcess(self._tables, limits)
        return self._process.ask(sql, limits)


class _SqlProcess:
    """One process with the tables in its memory."""

    def __init__(self, tables: GraphTables, limits: QueryLimits) -> None:
        self._worker = WorkerProcess("newsgraph.query.sql_worker")
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            for name in SCHEMAS:
                tables[name].write_parquet(Path(folder) / f"{name}.parquet", compression="lz4")
            answer = self._worker.exchange({"folder": folder, "memory": limits.memory}, _OPENING_SECONDS)
        if answer is None or not answer.startswith(_ROWS):
            self._worker.end()
            reason = "the engine's process ended" if answer is None else answer[1:].decode()
            message = f"The tables could not be loaded: {reason}"
            raise QueryError(message)

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    def ask(self, sql: str, limits: QueryLimits) -> pl.DataFrame:
        answer = self._worker.exchange({"sql": sql, "rows": limits.rows}, limits.seconds)
        if answer is None:
            failure = self._worker.failure(limits)
            message = f"{failure[0].upper()}{failure[1:]}."
            raise QueryError(message)
        kind, body = answer[:1], answer[1:]
        if kind == _ROWS:
            return _with_integers(pl.read_ipc_stream(BytesIO(body)))
        if kind == _TOO_MANY:
            limits.check_rows(limits.rows + 1)
        raise QueryError(body.decode(errors="replace"))


def _with_integers(data: pl.DataFrame) -> pl.DataFrame:
    """Turn decimals without a fraction, which sums of integers are in DuckDB, into integers where they fit."""
    for name, kind in data.schema.items():
        if isinstance(kind, pl.Decimal) and not kind.scale:
            with suppress(pl.exceptions.InvalidOperationError):
                data = data.with_columns(pl.col(name).cast(pl.Int64))
    return data
