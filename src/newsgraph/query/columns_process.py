"""Columns in a process of its own, with the limits of an engine's process: whatever a question costs there, the asking process goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsgraph.query.columns_worker import UNCOVERED
from newsgraph.query.engine_process import LimitedProcess, WrittenQuestion
from newsgraph.query.engine_worker import WRITTEN
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.worker_process import WorkerProcess

_OPENING_SECONDS = 60.0  # columns are opened without being read
_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}  # a question takes one processor, as one of an engine does


class ColumnsProcess(LimitedProcess):
    """One process with the kept columns of one graph."""

    def __init__(self, path: Path, limits: QueryLimits, is_crowded: Callable[[], bool] | None = None) -> None:
        """Start the process and wait until its columns are open. Raises EngineError if they cannot be opened."""
        opening = {"path": str(path), "memory": limits.memory}
        super().__init__(WorkerProcess("newsgraph.query.columns_worker", _ONE_THREAD), opening, _OPENING_SECONDS, is_crowded)

    def write(self, question: WrittenQuestion, limits: QueryLimits) -> tuple[str, bytes] | None:
        """Return what an engine's `write` returns; None for a question that columns do not cover.

        Raises QueryError where it cannot be answered within the limits, EngineError if the process ended.
        """
        message = {"sparql": question.sparql, "results": question.results, "rows": limits.rows, "size": limits.size}
        kind, body = self._exchange(message, limits)
        if kind == UNCOVERED:
            return None
        assert kind == WRITTEN  # noqa: S101 - the worker has no other kinds
        return question.results, body
