"""Find the documents in the inputs of a build, and name each by its path below its input, never by a path of the machine."""

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

EXTENSIONS = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml", ".json", ".jsonl", ".ndjson"})
PACKED = ".jsonl.gz"
NEVER_DOCUMENTS = frozenset({"decisions.yaml", "companies.csv", "ignore.txt", "iris.csv"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FeedPiece:
    """Whole lines of a large feed."""

    start: int  # in bytes
    size: int  # in bytes
    line: int  # number of the first line in the feed, from 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file to read, or a piece of it."""

    path: Path
    source: str  # path below its input, with `/`
    piece: FeedPiece | None = None

    @property
    def name(self) -> str:
        """The source, followed by `#` and the first line for a piece."""
        return self.source if self.piece is None else f"{self.source}#{self.piece.line}"


class _File(NamedTuple):
    path: Path
    below: str  # path below the input, with `/`
    folder: str  # name of the input folder


def find_documents(inputs: Sequence[Path]) -> tuple[list[Document], list[Problem]]:
    """Find the documents in folders (recursive) and among single files, sorted by source.

    Hidden files and folders and those in `NEVER_DOCUMENTS` are skipped; each file and folder is visited once, however many links lead
    to it. Problems are: folders and links that cannot be read, links that lead back to their own place, and pipes and the like with a
    name of a document. Raises InputError for an input that does not exist or is not a document.
    """
    problems: list[Problem] = []
    files: dict[str, _File] = {}
    for path in inputs:
        for file in _find(path, problems):
            files.setdefault(os.path.realpath(file.path), file)
    documents = _name_documents(list(files.values()))
    return sorted(documents, key=lambda document: document.source), sorted(set(problems))


def _find(path: Path, problems: list[Problem]) -> Iterator[_File]:
    kind = _kind(path)
    if isinstance(kind, OSError):
        raise InputError(str(path), _reason(kind), "Name a folder of news documents, or one document")
    if kind == "folder":
        yield from _walk(path, problems)
    elif kind == "file" and is_document(path.name):
        yield _File(path, _printable(path.name), _printable(path.resolve().parent.name))
    else:
        what = "is not a regular file" if kind == "else" else "is not a news document"
        raise InputError(str(path), what, f"Names of documents end in {', '.join(sorted({*EXTENSIONS, PACKED}))}")


def _walk(top: Path, problems: list[Problem]) -> Iterator[_File]:
    """Walk a folder; folders behind links come last, so that a file is named by its own place."""
    seen: dict[str, str] = {}
    waiting, linked = [(top, "")], list[tuple[Path, str]]()
    name = _printable(top.resolve().name)
    while waiting or linked:
        folder, below = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            if Path(real) in Path(os.path.realpath(folder.parent), "x").parents:
                problems.append(_skipped(below.rstrip("/"), f"links back to {seen[real]}"))
            continue
        seen[real] = below.rstrip("/") or name
        for entry in _entries(folder, below.rstrip("/") or name, problems):
            source = f"{below}{_printable(entry.name)}"
            kind = _kind(entry)
            if kind == "folder":
                (linked if entry.is_symlink() else waiting).append((entry, f"{source}/"))
            elif isinstance(kind, OSError) and kind.errno == errno.ELOOP:
                problems.append(_skipped(source, "links back to itself"))
            elif not is_document(entry.name):
                continue
            elif kind == "file":
                yield _File(entry, source, name)
            else:
                problems.append(_unreadable(source, kind) if isinstance(kind, OSError) else _skipped(source, "is not a regular file"))


def _entries(folder: Path, source: str, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        problems.append(_unreadable(source, error))
        return []


def _kind(path: Path) -> str | OSError:
    """Return `folder`, `file` or `else`, or the error that hides what it is (a broken link, no permission)."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return error
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "else"


def is_document(name: str) -> bool:
    """Return whether a file with that name is a document."""
    low = name.lower()
    return (Path(low).suffix in EXTENSIONS or low.endswith(PACKED)) and low not in NEVER_DOCUMENTS


def _printable(name: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", name)


def _unreadable(source: str, error: OSError) -> Problem:
    return Problem(source, "document", f"cannot be read: {_reason(error)}", "Grant read access to it, or remove it", Severity.DOCUMENT)


def _skipped(source: str, what: str) -> Problem:
    return Problem(source, "document", f"{what}; it was skipped", "Remove it, or put a document in its place")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _name_documents(files: list[_File]) -> Iterator[Document]:
    """Name each file by its path below its input; if two files would have the same name, the name of the input folder precedes it."""
    times = Counter(file.below for file in files)
    taken = {below for below, count in times.items() if count == 1}
    for file in files:
        source, number = file.below, 1
        while times[file.below] > 1 and (source == file.below or source in taken):
            source = f"{file.folder}{'' if number == 1 else f'-{number}'}/{file.below}"
            number += 1
        taken.add(source)
        yield Document(file.path, source)
