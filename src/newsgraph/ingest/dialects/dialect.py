"""What a dialect is: a name, a test whether a file is written in it, and a reader of its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

HEAD = 4096
"""Bytes of the beginning of a file by which dialects are told apart."""
MB = 1_000_000
MOST_BYTES = 20 * MB
"""Size limit of a file of one article, in bytes."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A form in which news is written.

    `sniff` gets the first `HEAD` bytes of a file and its name, and returns whether the file is written in this dialect. `read` yields the
    records of a file and notes what is wrong; it never raises for what a file holds. `libraries` are modules that it imports, which come
    with the `extra` of newsgraph of that name. A file of more than `most_bytes` is not read.
    """

    name: str  # as an account shows it: "RSS or Atom"
    extensions: frozenset[str]  # in lower case, with the dot; `sniff` decides about files with these and other names
    sniff: Callable[[bytes, str], bool]
    read: Callable[[SourceFile, ProblemNotes], Iterable[RawRecord]]
    most_bytes: int = MOST_BYTES
    extra: str = ""
    libraries: tuple[str, ...] = ()

    def missing(self) -> str:
        """Return the command that installs what the dialect needs, empty if all of it is installed."""
        if all(find_spec(library) for library in self.libraries):
            return ""
        return f"pip install 'newsgraph[{self.extra}]'"
