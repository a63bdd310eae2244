"""Columns in a process of its own, with the limits of an engine's process: whatever a question costs there, the asking process goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsgraph.query.columns_worker import UNCOVERED
from newsgraph.query.engine_process import EngineError, WrittenQuestion
from newsgraph.query.engine_worker import COLUMNS, TOO_LARGE, TOO_MANY, WRITTEN
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.worker_process import WorkerProcess

_OPENING_SECONDS = 60.0  # columns are opened without being read
_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}  # a question takes one processor, as one of an engine does


class ColumnsProcess:
    """One process with the kept columns of one graph."""

    def __init__(self, path: Path, limits: QueryLimits, is_crowded: Callable[[], bool] | None = None) -> None:
        """Start the process and wait until its columns are open. Raises EngineError if they cannot be opened.

        `is_crowded` is as for an engine.
        """
        self._is_crowded = is_crowded
        self._worker = WorkerProcess("newsgraph.query.columns_worker", _ONE_THREAD)
        answer = self._worker.exchange({"path": str(path), "memory": limits.memory}, _OPENING_SECONDS)
        if answer is None or not answer.startswith(COLUMNS):
            self._worker.end()
            reason = "the process of the columns ended" if answer is None else answer[1:].decode()
            raise EngineError(reason)

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._worker.is_alive

    @property
    def is_in_background(self) -> bool:
        """Whether other processes go before this one where processors are busy."""
        return self._worker.is_in_background

    def write(self, question: WrittenQuestion, limits: QueryLimits) -> tuple[str, bytes] | None:
        """Return what an engine's `write` returns; None for a question that columns do not cover.

        Raises QueryError where it cannot be answered within the limits, EngineError if the process ended.
        """
        message: dict[str, object] = {"sparql": question.sparql, "results": question.results, "rows": limits.rows, "size": limits.size}
        answer = self._worker.exchange(message, limits.seconds, self._is_crowded)
        if answer is None:
            raise EngineError(self._worker.failure(limits))
        kind, body = answer[:1], answer[1:]
        if kind == TOO_MANY:
            limits.check_rows(limits.rows + 1)
        if kind == TOO_LARGE:
            raise limits.too_large()
        if kind == UNCOVERED:
            return None
        assert kind == WRITTEN  # noqa: S101 - the worker has no other kinds
        return question.results, body

    def close(self) -> None:
        """End the process."""
        self._worker.end()
