"""SPARQL engines for several askers at once: as many questions at a time as are allowed, each in a process of its own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from newsgraph.core.errors import QueryError
from newsgraph.query.columns_process import ColumnsProcess
from newsgraph.query.engine_process import EngineError, EngineProcess, WrittenQuestion
from newsgraph.query.query_limits import QueryLimits

_PATIENCE = 0.5  # seconds that a question waits for its turn
_PROCESSORS = os.cpu_count() or 1
_LEAST = 0.1  # seconds that an engine has after columns have taken all others
_Process = TypeVar("_Process", EngineProcess, ColumnsProcess)


class TooBusyError(Exception):
    """As many questions as are allowed are being answered."""


class LostStoreError(QueryError):
    """The store of a graph cannot be opened any more: its folder is gone."""


class EnginePool:
    """Engines over the stores of one graph, started when they are needed; an engine that broke or was ended is replaced by a new one.

    Where engines have all processors, one whose question takes longer than a second works on in the background, so that the server's pages
    come first. It is replaced, too, since no process can be brought back from there.
    """

    def __init__(
        self, store: Callable[[bool], Path], at_once: int, limits: QueryLimits, columns: Callable[[], Path | None] = lambda: None
    ) -> None:  # fmt: skip
        """`store` returns the folder of the store: with True that of the graph by its sources (quads), else that of all statements.

        `columns` returns the folder of the columns, None as long as there are none.
        """
        self._store, self._limits, self._columns = store, limits, columns
        self._turns = threading.BoundedSemaphore(at_once)
        self._idle: dict[bool, list[EngineProcess]] = {False: [], True: []}
        self._idle_columns: list[ColumnsProcess] = []
        self._busy: set[EngineProcess | ColumnsProcess] = set()
        self._guard = threading.Lock()
        self._is_closed = False

    def write(self, question: WrittenQuestion, *, is_quads: bool, is_wide: bool = False) -> tuple[str, bytes]:
        """Return the name of the syntax of an answer, and the answer in it.

        A wide question is answered over columns where they cover it. Raises TooBusyError if no turn comes soon or the pool is closed meanwhile,
        QueryError if the question cannot be answered within the limits, and UnreadableAnswerError as `EngineProcess.write` does.
        """
        if not self._turns.acquire(timeout=_PATIENCE):
            raise TooBusyError
        begun = time.monotonic()
        try:
            columns = self._columns() if is_wide and question.results and not is_quads else None
            written = self._over_columns(columns, question) if columns is not None else None
            left = replace(self._limits, seconds=max(self._limits.seconds - (time.monotonic() - begun), _LEAST))
            return written or self._by_engine(question, left, is_quads=is_quads)
        finally:
            self._turns.release()

    def _over_columns(self, columns: Path, question: WrittenQuestion) -> tuple[str, bytes] | None:
        """Return the answer over columns, None if they do not cover the question or their process broke."""
        try:
            process = self._take(self._idle_columns, lambda: ColumnsProcess(columns, self._limits, self._is_crowded))
        except EngineError:
            return None
        try:
            return process.write(question, self._limits)
        except EngineError as error:
            process.close()
            if self._is_closed:
                raise TooBusyError from error
            return None
        finally:
            self._put_back(process, self._idle_columns)

    def _by_engine(self, question: WrittenQuestion, limits: QueryLimits, *, is_quads: bool) -> tuple[str, bytes]:
        store = self._store(is_quads)
        try:
            engine = self._take(
                self._idle[is_quads],
                lambda: EngineProcess(store, is_kept=True, is_quads=is_quads, limits=self._limits, is_crowded=self._is_crowded),
            )
        except EngineError as error:
            message = "The engine cannot open its store. Start the server again."
            raise LostStoreError(message) from error
        try:
            return engine.write(question, limits)
        except EngineError as error:
            is_over = not engine.is_alive
            engine.close()
            if self._is_closed:
                raise TooBusyError from error
            message = _reason(error, store, self._limits, is_over=is_over)
            raise QueryError(message) from error
        finally:
            self._put_back(engine, self._idle[is_quads])

    def close(self) -> None:
        """End all engines, with the questions that they answer."""
        with self._guard:
            self._is_closed = True
            engines = [*self._busy, *self._idle_columns, *(engine for idle in self._idle.values() for engine in idle)]
            self._idle, self._idle_columns = {False: [], True: []}, []
        for engine in engines:
            engine.close()

    def _take(self, idle: list[_Process], start: Callable[[], _Process]) -> _Process:
        """Return a process that is idle, or a new one. Raises what `start` raises, and TooBusyError if the pool is closed."""
        with self._guard:
            while idle:
                process = idle.pop()
                if process.is_alive:
                    self._busy.add(process)
                    return process
        process = start()
        with self._guard:
            if not self._is_closed:
                self._busy.add(process)
                return process
        process.close()
        raise TooBusyError

    def _is_crowded(self) -> bool:
        """Return whether engines that are not in the background leave no processor to others."""
        with self._guard:
            return sum(not engine.is_in_background for engine in self._busy) >= _PROCESSORS

    def _put_back(self, process: _Process, idle: list[_Process]) -> None:
        with self._guard:
            self._busy.discard(process)
            if process.is_alive and not self._is_closed and not process.is_in_background:
                idle.append(process)
                return
        process.close()


def _reason(error: EngineError, store: Path, limits: QueryLimits, *, is_over: bool) -> str:
    """Return what went wrong in words for the asker, without a path of this machine."""
    if is_over:
        return f"The question needs more memory than the {limits.memory // 2**20:,} MB that it may take. Ask a narrower one."
    return f"The question cannot be answered: {str(error).replace(str(store), 'the store')}."
