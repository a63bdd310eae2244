"""Answers over columns in a process of their own: `python -m newsgraph.query.columns_worker`, started by `columns_process`.

It opens a column store, gives up the network, and answers questions from its standard input on its standard output, as messages of
`engine_worker`. A question that columns do not cover has an answer of its own kind: a SPARQL engine is asked next.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

from newsgraph.query.answer_syntax import TooManyBytesError, TooManyRowsError
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, open_column_store, written_answer
from newsgraph.query.engine_worker import (
    COLUMNS,
    FAILED,
    TOO_LARGE,
    TOO_MANY,
    WRITTEN,
    give_up_network,
    limit_memory,
    read_message,
    write_message,
)
from newsgraph.query.select_reader import read_select

UNCOVERED = b"N"
"""The kind of the answer to a question that columns do not cover."""
# what is loaded at the first use is loaded before no file can be opened any more
_FIRST = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(REGEX(STR(?c), 'a')) } GROUP BY ?c ORDER BY DESC(?n) LIMIT 3"


def main() -> None:
    """Open the store that the first message names, then answer questions until the input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    opening = json.loads(read_message(source) or b"{}")
    try:
        store = open_column_store(Path(opening["path"]))
        _answer(store, {"sparql": _FIRST, "results": "json", "rows": 10, "size": 10_000})
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        write_message(sink, FAILED + str(error).encode())
        return
    limit_memory(int(opening["memory"]))
    give_up_network()
    write_message(sink, COLUMNS)
    while (message := read_message(source)) is not None:
        write_message(sink, _answer(store, json.loads(message)))


def _answer(store: ColumnStore, question: dict[str, Any]) -> bytes:
    try:
        select = read_select(question["sparql"])
        if select is None:
            return UNCOVERED
        text = written_answer(store, select, question["results"], rows=int(question["rows"]), size=int(question["size"]))
    except (TooManyRowsError, TooManyBytesError) as error:
        return TOO_MANY if isinstance(error, TooManyRowsError) else TOO_LARGE
    # an engine judges what is no question, and has a try at what fails here
    except (NotCoveredError, SyntaxError, OSError, RuntimeError, ValueError, ImportError, MemoryError, pl.exceptions.PolarsError):
        return UNCOVERED
    return WRITTEN + text


if __name__ == "__main__":
    main()
