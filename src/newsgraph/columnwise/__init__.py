"""Questions in SPARQL answered over columns of numbers: all rows at once where an engine would take one after the other.

It knows the part of SPARQL that the named questions are written in, and says `NotCoveredError` to all else, which a SPARQL engine
then answers; the tests hold its answers to those of the engine.
"""

from newsgraph.columnwise.answer import answer
from newsgraph.columnwise.book import Book, book_of, open_book, write_book
from newsgraph.columnwise.syntax import NotCoveredError

__all__ = ["Book", "NotCoveredError", "answer", "book_of", "open_book", "write_book"]
