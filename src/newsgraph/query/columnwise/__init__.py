"""SPARQL answered over columns of numbers: all rows at once, where an engine takes one after the other.

It covers a part of SPARQL. Questions outside it raise `NotCoveredError` and go to a SPARQL engine; the tests hold the answers of both equal.
"""

from newsgraph.query.columnwise.column_store import ColumnStore, build_column_store, open_column_store, write_column_store
from newsgraph.query.columnwise.query_parser import parse
from newsgraph.query.columnwise.query_syntax import NotCoveredError, Select
from newsgraph.query.columnwise.select_answer import answer
from newsgraph.query.columnwise.written_answer import written_answer

__all__ = [
    "ColumnStore", "NotCoveredError", "Select", "answer", "build_column_store", "open_column_store", "parse", "write_column_store",
    "written_answer",
]  # fmt: skip
