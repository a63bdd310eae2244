"""Inputs named by a user -> the documents in them, each with a name that holds no machine path."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsgraph.core.errors import InputError
from newsgraph.core.model import Problem, Severity

EXTENSIONS = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml", ".json", ".jsonl"})
PACKED = ".jsonl.gz"
NEVER_DOCUMENTS = frozenset({"decisions.yaml", "companies.csv", "ignore.txt", "iris.csv"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FeedPiece:
    """Whole lines of a large feed: `size` bytes from `start` on; `line` is the number of the first one in the feed, from 0."""

    start: int
    size: int
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read, or a piece of it; `source` is its path below its input, with `/`."""

    path: Path
    source: str
    piece: FeedPiece | None = None

    @property
    def name(self) -> str:
        """Name what is read: the source, and of a piece its first line."""
        return self.source if self.piece is None else f"{self.source}#{self.piece.line}"


class _Found(NamedTuple):
    path: Path
    below: str  # path below the input
    folder: str  # name of the input folder


def find_documents(inputs: Sequence[Path]) -> tuple[list[Document], list[Problem]]:
    """Find the documents in folders (recursive) and among single files, sorted by source.

    Hidden files and folders and those in `NEVER_DOCUMENTS` are passed over; each file and folder is visited once,
    whatever links lead to it. A folder or link that cannot be read is a problem, and so are links that lead back to where
    they lie and names of documents that are pipes or the like. Raises InputError for an input that does
    not exist or is a file of another kind.
    """
    problems: list[Problem] = []
    files: dict[str, _Found] = {}
    for path in inputs:
        for found in _found(path, problems):
            files.setdefault(os.path.realpath(found.path), found)
    documents = _named(list(files.values()))
    return sorted(documents, key=lambda document: document.source), sorted(set(problems))


def _found(path: Path, problems: list[Problem]) -> Iterator[_Found]:
    kind = _kind(path)
    if isinstance(kind, OSError):
        raise InputError(str(path), _reason(kind), "Name a folder of news documents, or one document")
    if kind == "folder":
        yield from _walk(path, problems)
    elif kind == "file" and is_document(path.name):
        yield _Found(path, _printable(path.name), _printable(path.resolve().parent.name))
    else:
        what = "is no regular file" if kind == "else" else "is no news document"
        raise InputError(str(path), what, f"Documents end in {', '.join(sorted({*EXTENSIONS, PACKED}))}")


def _walk(top: Path, problems: list[Problem]) -> Iterator[_Found]:
    """Walk a folder; folders that are links wait until the end, so that a file is named by its own place."""
    seen: dict[str, str] = {}
    waiting, linked = [(top, "")], list[tuple[Path, str]]()
    name = _printable(top.resolve().name)
    while waiting or linked:
        folder, below = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            if Path(real) in Path(os.path.realpath(folder.parent), "x").parents:
                problems.append(_passed_over(below.rstrip("/"), f"links back to {seen[real]}"))
            continue
        seen[real] = below.rstrip("/") or name
        for entry in _entries(folder, below.rstrip("/") or name, problems):
            source = f"{below}{_printable(entry.name)}"
            kind = _kind(entry)
            if kind == "folder":
                (linked if entry.is_symlink() else waiting).append((entry, f"{source}/"))
            elif isinstance(kind, OSError) and kind.errno == errno.ELOOP:
                problems.append(_passed_over(source, "links back to itself"))
            elif not is_document(entry.name):
                continue
            elif kind == "file":
                yield _Found(entry, source, name)
            else:
                problems.append(_unreadable(source, kind) if isinstance(kind, OSError) else _passed_over(source, "is no regular file"))


def _entries(folder: Path, source: str, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(_unreadable(source, error))
        return []


def _kind(path: Path) -> str | OSError:
    """Tell a `folder`, a `file` and anything `else` apart, or give the error that hides it (a link to nowhere, no right)."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return error
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "else"


def is_document(name: str) -> bool:
    """Tell by the name of a file whether it is a document."""
    low = name.lower()
    return (Path(low).suffix in EXTENSIONS or low.endswith(PACKED)) and low not in NEVER_DOCUMENTS


def _printable(name: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", name)


def _unreadable(source: str, error: OSError) -> Problem:
    return Problem(source, "document", f"cannot be read: {_reason(error)}", "Give the right to read it, or remove it", Severity.DOCUMENT)


def _passed_over(source: str, what: str) -> Problem:
    return Problem(source, "document", f"{what}; passed over", "Remove it, or put a document in its place")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _named(files: list[_Found]) -> Iterator[Document]:
    """Name each file by its path below its input; where two would be equal, put the input folder's name before it."""
    times = Counter(found.below for found in files)
    taken = {below for below, count in times.items() if count == 1}
    for found in files:
        source, number = found.below, 1
        while times[found.below] > 1 and (source == found.below or source in taken):
            source = f"{found.folder}{'' if number == 1 else f'-{number}'}/{found.below}"
            number += 1
        taken.add(source)
        yield Document(found.path, source)
