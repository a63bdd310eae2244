"""Questions in SPARQL answered over columns of numbers: all rows at once where an engine would take one after the other.

It knows the part of SPARQL that the named questions are written in, and says `NotCoveredError` to all else, which a SPARQL engine
then answers; the tests hold its answers to those of the engine.
"""

from newsgraph.query.columnwise.column_store import ColumnStore, build_column_store, open_column_store, write_column_store
from newsgraph.query.columnwise.query_syntax import NotCoveredError
from newsgraph.query.columnwise.select_answer import answer

__all__ = ["ColumnStore", "NotCoveredError", "answer", "build_column_store", "open_column_store", "write_column_store"]
