"""A SPARQL engine in a process of its own, with limits: what a question costs or breaks there, the asking process does not feel."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from newsgraph.core.errors import QueryError
from newsgraph.query.engine_worker import (
    COLUMNS,
    FAILED,
    SYNTAX,
    TOO_LARGE,
    TOO_MANY,
    UNWANTED,
    WRITTEN,
)
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.result_frame import frame_of
from newsgraph.query.syntax_errors import explain_syntax_error
from newsgraph.query.worker_process import WorkerProcess

_OPENING_SECONDS = 600.0  # a large graph takes its time to load; only questions have a short deadline


class EngineError(Exception):
    """The engine's process ended, or its store is damaged; a new one may succeed."""


class UnreadableAnswerError(Exception):
    """The answer has a form (a table, or statements) for which the asker has named no syntax."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question whose answer is wanted in a syntax of the SPARQL protocol.

    `results` and `statements` are keys of `answer_syntax.RESULT_SYNTAXES` and `GRAPH_SYNTAXES`, empty where the asker can read none of
    them. `default` and `named` are the graphs (IRIs) of the dataset, None for those that the store has; `base` resolves relative IRIs.
    """

    sparql: str
    results: str
    statements: str
    base: str
    is_union: bool = False
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None

    def message(self, limits: QueryLimits) -> dict[str, object]:
        """Return the question as the worker reads it."""
        return {
            "sparql": self.sparql, "union": self.is_union, "rows": limits.rows, "size": limits.size, "results": self.results,
            "statements": self.statements, "base": self.base, "graphs": {"default": self.default, "named": self.named},
        }  # fmt: skip


class LimitedProcess:
    """A process that answers questions of one graph, until it is closed or ends."""

    def __init__(
        self, worker: WorkerProcess, opening: Mapping[str, object], seconds: float, is_crowded: Callable[[], bool] | None = None
    ) -> None:  # fmt: skip
        """Send the worker what it opens, and wait at most `seconds` for it. Raises EngineError if it cannot be opened.

        A question that takes longer than a second goes on in the background if `is_crowded` says so then, and the process stays there.
        """
        self._is_crowded = is_crowded
        self._worker = worker
        answer = worker.exchange(opening, seconds)
        if answer is None or not answer.startswith(COLUMNS):
            worker.end()
            reason = "the process ended while it opened the graph" if answer is None else answer[1:].decode()
            raise EngineError(reason)

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._worker.is_alive

    @property
    def is_in_background(self) -> bool:
        """Whether other processes go before this one where processors are busy."""
        return self._worker.is_in_background

    def close(self) -> None:
        """End the process."""
        self._worker.end()

    def _exchange(self, message: Mapping[str, object], limits: QueryLimits) -> tuple[bytes, bytes]:
        """Return the kind and the body of an answer. Raises QueryError for one that is too large, EngineError if the process ended."""
        answer = self._worker.exchange(message, limits.seconds, self._is_crowded)
        if answer is None:
            raise EngineError(self._worker.failure(limits))
        kind = answer[:1]
        if kind == TOO_MANY:
            limits.check_rows(limits.rows + 1)
        if kind == TOO_LARGE:
            raise limits.too_large()
        return kind, answer[1:]


class EngineProcess(LimitedProcess):
    """One process with one store: N-Quads or N-Triples in a file, which it removes, or a kept store in a folder."""

    def __init__(
        self, path: Path, *, is_kept: bool, is_quads: bool, limits: QueryLimits, is_crowded: Callable[[], bool] | None = None
    ) -> None:  # fmt: skip
        """Start the process and wait until its store is open. Raises EngineError if it cannot be opened; for `is_crowded` see above."""
        opening = {"path": str(path), "kept": is_kept, "quads": is_quads, "memory": limits.memory}
        super().__init__(WorkerProcess("newsgraph.query.engine_worker"), opening, _OPENING_SECONDS, is_crowded)

    def ask(self, sparql: str, *, is_union: bool, limits: QueryLimits) -> pl.DataFrame:
        """Answer a question. Raises QueryError where it cannot be answered within the limits, EngineError if the engine broke."""
        message: dict[str, object] = {"sparql": sparql, "union": is_union, "rows": limits.rows}
        return frame_of(json.loads(self._answer(sparql, message, limits, COLUMNS)))

    def write(self, question: WrittenQuestion, limits: QueryLimits) -> tuple[str, bytes]:
        """Return the name of the syntax of an answer, and the answer in it.

        Raises as `ask` does, and UnreadableAnswerError where the answer has a form that the asker cannot read.
        """
        name, _, text = self._answer(question.sparql, question.message(limits), limits, WRITTEN).partition(b"\n")
        return name.decode(), text

    def _answer(self, sparql: str, message: Mapping[str, object], limits: QueryLimits, expected: bytes) -> bytes:
        kind, body = self._exchange(message, limits)
        if kind == SYNTAX:
            raise QueryError(explain_syntax_error(sparql, body.decode()))
        if kind == UNWANTED:
            raise UnreadableAnswerError
        if kind == FAILED:
            raise EngineError(body.decode())
        assert kind == expected  # noqa: S101 - the worker has no other kinds
        return body
