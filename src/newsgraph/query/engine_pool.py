"""SPARQL engines for several askers at once: as many questions at a time as are allowed, each in a process of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from newsgraph.core.errors import QueryError
from newsgraph.query.engine_process import EngineError, EngineProcess, WrittenQuestion
from newsgraph.query.query_limits import QueryLimits

_PATIENCE = 0.5  # seconds that a question waits for its turn
_PROCESSORS = os.cpu_count() or 1


class TooBusyError(Exception):
    """As many questions as are allowed are being answered."""


class EnginePool:
    """Engines over the stores of one graph, started when they are needed; an engine that broke or was ended is replaced by a new one.

    Where engines have all processors, one whose question takes longer than a second works on in the background, so that the server's pages
    come first. It is replaced, too, since no process can be brought back from there.
    """

    def __init__(self, store: Callable[[bool], Path], at_once: int, limits: QueryLimits) -> None:
        """`store` returns the folder of the store: with True that of the graph by its sources (quads), else that of all statements."""
        self._store, self._limits = store, limits
        self._turns = threading.BoundedSemaphore(at_once)
        self._idle: dict[bool, list[EngineProcess]] = {False: [], True: []}
        self._busy: set[EngineProcess] = set()
        self._guard = threading.Lock()
        self._is_closed = False

    def write(self, question: WrittenQuestion, *, is_quads: bool) -> tuple[str, bytes]:
        """Return the name of the syntax of an answer, and the answer in it.

        Raises TooBusyError if no turn comes soon or the pool is closed meanwhile, QueryError if the question cannot be answered within the limits, and
        UnreadableAnswerError as `EngineProcess.write` does.
        """
        if not self._turns.acquire(timeout=_PATIENCE):
            raise TooBusyError
        try:
            store = self._store(is_quads)
            engine = self._take(store, is_quads=is_quads)
            try:
                return engine.write(question, self._limits)
            except EngineError as error:
                is_over = not engine.is_alive
                engine.close()
                if self._is_closed:
                    raise TooBusyError from error
                message = _reason(error, store, self._limits, is_over=is_over)
                raise QueryError(message) from error
            finally:
                self._put_back(engine, is_quads=is_quads)
        finally:
            self._turns.release()

    def close(self) -> None:
        """End all engines, with the questions that they answer."""
        with self._guard:
            self._is_closed = True
            engines = [*self._busy, *(engine for idle in self._idle.values() for engine in idle)]
            self._idle = {False: [], True: []}
        for engine in engines:
            engine.close()

    def _take(self, store: Path, *, is_quads: bool) -> EngineProcess:
        with self._guard:
            idle = self._idle[is_quads]
            while idle:
                engine = idle.pop()
                if engine.is_alive:
                    self._busy.add(engine)
                    return engine
        try:
            engine = EngineProcess(store, is_kept=True, is_quads=is_quads, limits=self._limits, is_crowded=self._is_crowded)
        except EngineError as error:
            message = "The engine cannot open its store. Start the server again."
            raise QueryError(message) from error
        with self._guard:
            if not self._is_closed:
                self._busy.add(engine)
                return engine
        engine.close()
        raise TooBusyError

    def _is_crowded(self) -> bool:
        """Return whether engines that are not in the background leave no processor to others."""
        with self._guard:
            return sum(not engine.is_in_background for engine in self._busy) >= _PROCESSORS

    def _put_back(self, engine: EngineProcess, *, is_quads: bool) -> None:
        with self._guard:
            self._busy.discard(engine)
            if engine.is_alive and not self._is_closed and not engine.is_in_background:
                self._idle[is_quads].append(engine)
                return
        engine.close()


def _reason(error: EngineError, store: Path, limits: QueryLimits, *, is_over: bool) -> str:
    """Return what went wrong in words for the asker, without a path of this machine."""
    if is_over:
        return f"The question needs more memory than the {limits.memory // 2**20:,} MB that it may take. Ask a narrower one."
    return f"The question cannot be answered: {str(error).replace(str(store), 'the store')}."
