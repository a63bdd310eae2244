"""A watchlist: a text file of names, topics and questions, one on each line, and the nodes of a graph that it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from newsgraph.core.errors import InputError, NewsgraphError, QueryError
from newsgraph.core.given_files import check_given_file
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import name_index
from newsgraph.query.sparql import run
from newsgraph.storage.derived_cache import TableOrigin

_QUESTION = re.compile(r"(?:PREFIX|SELECT)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Watched:
    """The IRIs of what is watched, and a note for each line that names nothing of the graph."""

    iris: frozenset[str]
    notes: tuple[str, ...] = ()


def read_watchlist(path: Path) -> tuple[str, ...]:
    """Return the lines of a watchlist, without comments (`#`) and empty lines. Raises InputError if it cannot be read."""
    check_given_file(path, read_once=True)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read as text ({error})", "Write one name, topic or question on each line") from error
    return tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def watched(lines: tuple[str, ...], graph: GraphTables, origin: TableOrigin | None = None) -> Watched:
    """Find what the lines of a watchlist are about.

    A line is a question in SPARQL that begins with SELECT or PREFIX, of which every IRI in the answer counts, or else a name, alias, ticker or
    IRI. Raises QueryError for a question that cannot be answered; its message begins with "watchlist".
    """
    names = name_index(graph)
    iris: set[str] = set()
    notes: list[str] = []
    for line in lines:
        if _QUESTION.match(line):
            iris |= _answered(graph, line, origin)
            continue
        try:
            iris.add(names.find(line))
        except NewsgraphError as error:
            notes.append(f"watchlist: {error}")
    return Watched(frozenset(iris), tuple(notes))


def _answered(graph: GraphTables, question: str, origin: TableOrigin | None) -> set[str]:
    """Return the IRIs in the answer to a question."""
    try:
        frame = run(graph, question, origin)
    except QueryError as error:
        message = f"watchlist: {error}"
        raise QueryError(message) from error
    texts = (frame[column] for column in frame.columns if frame[column].dtype == pl.String())
    return {value for column in texts for value in column.drop_nulls() if "://" in value}
