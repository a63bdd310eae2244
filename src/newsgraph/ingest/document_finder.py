"""Find the documents in the inputs of a build, and name each by its path below its input, never by a path of the machine."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from newsgraph.core.errors import InputError
from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.dialects.dialect import HEAD
from newsgraph.ingest.dialects.registry import DIALECTS, dialect_of
from newsgraph.ingest.input_links import leads_inside, real_places
from newsgraph.ingest.other_files import PassedOver, is_other, passed_over

EXTENSIONS = frozenset(extension for dialect in DIALECTS for extension in dialect.extensions)
PACKED = ".jsonl.gz"
ARCHIVES = (".zip", ".tar", ".tgz", ".gz")
NEVER_DOCUMENTS = frozenset({"decisions.yaml", "companies.csv", "ignore.txt", "iris.csv"})
HIDDEN = ("is hidden", "Rename it if it is news")
_LEADS_OUT = ("is a link that leads out of the inputs; it was not read", "Name the place that it leads to as an input, if that is news")
_OUTPUT = ("is the output of a build", "Name a file of it as an input if that is news")
_OUTPUT_MARKS = (".newsgraph", "tables/manifest.json")
_EXPORT, _EXPORT_BEGINS = "export.json", re.compile(rb'\{\s*"newsgraph":')  # what `newsgraph export` wrote elsewhere
_LIST = ("is a list for the build, not news", "Rename it if it is news")
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


class FoundDocuments(NamedTuple):
    """Documents, problems of finding them, what else is in the inputs, and archives that may hold more documents; each sorted."""

    documents: list[Document]
    problems: list[Problem]
    passed_over: list[PassedOver]
    archives: Sequence[Document] = ()


@dataclass(slots=True)
class _Rest:
    """What is not a document."""

    problems: list[Problem] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)


def find_documents(inputs: Sequence[Path]) -> FoundDocuments:
    """Find the documents in folders (recursive) and among single files, sorted by source.

    A file is a document by its extension, or if its first bytes show a dialect; archives are opened by `archives`. All else is passed over and named: hidden files and
    folders, outputs of builds, those in `NEVER_DOCUMENTS`, pictures and the like. Each file and folder is visited once, however many links lead to it.
    Problems are: folders and links that cannot be read, links that lead back to their own place, and pipes and the like with a name of a
    document. A link that leads out of all inputs is not followed: a folder from elsewhere must not bring in what else is on the machine.
    Raises InputError for an input that does not exist, is not a document, or is the output of a build.
    """
    rest = _Rest()
    places = real_places(inputs)
    files: dict[str, _File] = {}
    for path in inputs:
        for file in _find(path, places, rest):
            files.setdefault(os.path.realpath(file.path), file)
    named = sorted(_name_documents(list(files.values())), key=lambda document: document.source)
    documents = [document for document in named if not is_archive(document.source)]
    archives = [document for document in named if is_archive(document.source)]
    return FoundDocuments(documents, sorted(set(rest.problems)), sorted(set(rest.passed_over)), archives)


def _find(path: Path, places: Sequence[Path], rest: _Rest) -> Iterator[_File]:
    kind = _kind(path)
    if isinstance(kind, OSError):
        raise InputError(str(path), _reason(kind), "Name a folder of news documents, or one document")
    if kind == "folder":
        if is_output(path):
            raise InputError(str(path), _OUTPUT[0], "Name the folder that the news are in")
        yield from _walk(path, places, rest)
    elif kind == "file" and _is_wanted(path):
        yield _File(path, printable(path.name), printable(path.resolve().parent.name))
    else:
        what = "is not a regular file" if kind == "else" else "is not a news document"
        raise InputError(str(path), what, f"Names of documents end in {', '.join(sorted({*EXTENSIONS, *ARCHIVES}))}")


def _walk(top: Path, places: Sequence[Path], rest: _Rest) -> Iterator[_File]:
    """Walk a folder; folders behind links come last, so that a file is named by its own place."""
    seen: dict[str, str] = {}
    waiting, linked = [(top, "")], list[tuple[Path, str]]()
    name = printable(top.resolve().name)
    while waiting or linked:
        folder, below = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            if Path(real) in Path(os.path.realpath(folder.parent), "x").parents:
                rest.problems.append(_skipped(below.rstrip("/"), f"links back to {seen[real]}"))
            continue
        seen[real] = below.rstrip("/") or name
        for entry in _entries(folder, below, name, rest):
            source = f"{below}{printable(entry.name)}"
            kind = _kind(entry)
            if kind in {"folder", "file"} and entry.is_symlink() and not leads_inside(entry, places):
                rest.problems.append(Problem(source, "document", *_LEADS_OUT, Severity.DOCUMENT))
            elif kind == "folder":
                (linked if entry.is_symlink() else waiting).append((entry, f"{source}/"))
            elif isinstance(kind, OSError) and kind.errno == errno.ELOOP:
                rest.problems.append(_skipped(source, "links back to itself"))
            elif kind == "file" and _is_wanted(entry):
                yield _File(entry, source, name)
            elif kind == "file" or not is_document(entry.name):
                rest.passed_over.append(not_read(source, entry.name))
            else:
                rest.problems.append(_unreadable(source, kind) if isinstance(kind, OSError) else _irregular(source))


def is_output(folder: Path) -> bool:
    """Return whether a folder is the output of a build or of an export: its pages and tables tell of news, and are none."""
    try:
        return any((folder / mark).exists() for mark in _OUTPUT_MARKS) or _is_export(folder / _EXPORT)
    except OSError:  # it cannot be entered; who lists it says so
        return False


def _is_export(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _EXPORT_BEGINS.match(file.read(HEAD)) is not None


def _entries(folder: Path, below: str, top: str, rest: _Rest) -> list[Path]:
    """Return what is in a folder, sorted; what is hidden is passed over, and so is the output of a build."""
    if below and is_output(folder):
        rest.passed_over.append(PassedOver(below, *_OUTPUT))
        return []
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        rest.problems.append(_unreadable(below.rstrip("/") or top, error))
        return []
    hidden = [entry for entry in entries if entry.name.startswith(".")]
    rest.passed_over += [PassedOver(f"{below}{printable(entry.name)}", *HIDDEN) for entry in hidden]
    return [entry for entry in entries if not entry.name.startswith(".")]


def _is_wanted(path: Path) -> bool:
    """Return whether a file is a document or an archive; one without the extension of a document may be one by its first bytes."""
    if is_document(path.name) or is_archive(path.name):
        return True
    if path.name.lower() in NEVER_DOCUMENTS or is_other(path.name):
        return False
    try:
        with path.open("rb") as file:
            return dialect_of(file.read(HEAD), path.name) is not None
    except OSError:
        return False


def not_read(source: str, name: str) -> PassedOver:
    """Return why a file that is no document is passed over."""
    return PassedOver(source, *_LIST) if name.lower() in NEVER_DOCUMENTS else passed_over(source)


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


def is_archive(name: str) -> bool:
    """Return whether a file with that name is an archive whose members are read."""
    low = name.lower()
    return low.endswith(ARCHIVES) and not low.endswith(PACKED)


def printable(name: str) -> str:
    """Return a name without control characters and what else no terminal shows."""
    return _UNPRINTABLE.sub("\ufffd", name)


def _unreadable(source: str, error: OSError) -> Problem:
    return Problem(source, "document", f"cannot be read: {_reason(error)}", "Grant read access to it, or remove it", Severity.DOCUMENT)


def _skipped(source: str, what: str) -> Problem:
    return Problem(source, "document", f"{what}; it was skipped", "Remove it, or put a document in its place")


def _irregular(source: str) -> Problem:
    what = "is not a regular file, so it was not read"
    return Problem(source, "document", what, "Remove it, or put a document in its place", Severity.DOCUMENT)


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
