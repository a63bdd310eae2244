"""RDF Patch: the statements to delete and to add so that one graph becomes another, one N-Quads statement a line.

The text format is that of RDF Delta and Jena: `TX .`, rows `D <s> <p> <o> <g> .`, rows `A <s> <p> <o> <g> .`, `TC .`; other
stores apply it unchanged. Equal graphs give a transaction without rows. Statements are compared in the form that newsgraph writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text

DELETE, ADD = "D", "A"
CHUNK = 100_000  # lines sorted in memory at a time, some 25 MB

_IRI = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
_STRING = r"\"(?:[^\"\\\n\r]|\\[tbnrf\"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+\""
_LITERAL = rf"{_STRING}(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^{_IRI})?"
_STATEMENT = re.compile(rf"({_IRI})[ \t]*({_IRI})[ \t]*({_IRI}|{_LITERAL})[ \t]*({_IRI})?[ \t]*\.")
_BLANK = re.compile(rf"_:|{_IRI}[ \t]*{_IRI}[ \t]*(?:{_IRI}|{_LITERAL})?[ \t]*_:")
_TERM = rf"(?:{_IRI}|{_LITERAL})"
_NO_STATEMENT = re.compile(rf"(?:(H)[ \t]+\S+[ \t]+{_TERM}|(P[AD])[ \t]+\S+(?:[ \t]+{_TERM})?|(TX|TC|TA))[ \t]*\.")
_HINT = "Give a patch that 'newsgraph diff --patch' wrote, and the graph that it starts from"


def write_patch(old: GraphTables, new: GraphTables, path: Path) -> tuple[int, int]:
    """Write the patch that turns `old` into `new`; return the numbers of statements that it deletes and adds.

    All deletions come first, then all additions, each sorted by code points. The file appears when it is complete. Memory
    does not grow with the graphs; the file's folder needs space for both as N-Quads.
    Raises InputError if the file cannot be written, or if a statement contains a blank node, which a patch cannot identify.
    """
    try:
        with TemporaryDirectory(prefix=".partial-", dir=path.parent) as name:
            folder = Path(name)
            patch, additions = folder / "patch", folder / "additions"
            with ExitStack() as files:
                target, added = (files.enter_context(file.open("w+", encoding="utf-8", newline="\n")) for file in (patch, additions))
                counts = {DELETE: 0, ADD: 0}
                target.write("TX .\n")
                for operation, line in _differences(_sorted(old, folder / "old"), _sorted(new, folder / "new")):
                    counts[operation] += 1
                    (target if operation == DELETE else added).write(f"{operation} {_checked(line, path)}\n")
                added.seek(0)
                target.writelines(added)
                target.write("TC .\n")
            patch.replace(path)
    except OSError as error:
        hint = "Choose a file in a writable folder with enough free space"
        raise InputError(str(path), f"cannot be written ({error.strerror or error})", hint) from error
    return counts[DELETE], counts[ADD]


def _checked(line: str, path: Path) -> str:
    return _statement(line, str(path), "Please report this: newsgraph should not write such a statement")


def _sorted(graph: GraphTables, folder: Path) -> Iterator[str]:
    """Yield the N-Quads of a graph sorted and each once; only one chunk is in memory."""
    folder.mkdir()
    path = folder / "statements"
    write_text(graph, LineSerializer(quads=True), path)
    with ExitStack() as files:
        lines = files.enter_context(path.open(encoding="utf-8", newline="\n"))
        chunks: list[TextIO] = []
        while chunk := sorted(islice(lines, CHUNK)):
            file = files.enter_context((folder / f"{len(chunks)}").open("w+", encoding="utf-8", newline="\n"))
            file.writelines(chunk)
            file.seek(0)
            chunks.append(file)
        for line, _ in groupby(merge(*chunks)):
            yield line


def _differences(old: Iterator[str], new: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Merge two sorted lists and yield the lines that only one of them contains, each after `D` or `A`."""
    old_line, new_line = next(old, None), next(new, None)
    while old_line is not None or new_line is not None:
        if old_line == new_line:
            old_line, new_line = next(old, None), next(new, None)
        elif new_line is None or (old_line is not None and old_line < new_line):
            yield DELETE, old_line or ""
            old_line = next(old, None)
        else:
            yield ADD, new_line
            new_line = next(new, None)


def _statement(text: str, where: str, hint: str) -> str:
    """Return a statement with single spaces between its terms; the graph name may be missing. Raises InputError for any other text."""
    text = text.strip(" \t\r\n")
    match = _STATEMENT.fullmatch(text)
    if match is None:
        problem = "contains a blank node, which has no meaning outside its file" if _BLANK.match(text) else "is not an N-Quads statement"
        raise InputError(where, f"{text[:200]!r} {problem}", hint)
    return f"{' '.join(filter(None, match.groups()))} ."


_Step = tuple[str, str, int]  # operation, statement, line of the patch


@dataclass(frozen=True, slots=True)
class _Change:
    """The operations of a patch on one statement: the first one with its line, and the last one, which decides."""

    first: str
    line: int
    last: str


def apply_patch(quads: Iterable[str], patch: Iterable[str]) -> Iterator[str]:
    """Apply a patch to the lines of an N-Quads file and yield the lines of the patched file, each with its line end.

    This is strict where the format leaves a choice: it is an error to delete a statement that is missing or to add one that exists.
    Remaining statements keep their order; the added ones follow in the order of the patch. Aborted transactions
    (`TA`) change nothing; rows about prefixes are skipped, because N-Quads have none.

    Raises InputError for an invalid patch at once, but for one that does not match the file only while lines are read: the result is
    valid after the last line, so write it to a temporary file first.
    """
    return _applied(quads, _changes(patch))


def _applied(quads: Iterable[str], changes: dict[str, _Change]) -> Iterator[str]:
    matched: set[str] = set()
    for number, line in enumerate(quads, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        statement = _statement(line, f"N-Quads, line {number}", "Give N-Quads that newsgraph wrote")
        change = changes.get(statement)
        if change is None:
            yield f"{statement}\n"
            continue
        if change.first == ADD:
            raise _mismatch(ADD, statement, change.line)
        if change.last == ADD and statement not in matched:
            yield f"{statement}\n"
        matched.add(statement)
    for statement, change in changes.items():
        if change.first == DELETE and statement not in matched:
            raise _mismatch(DELETE, statement, change.line)
        if change.first == change.last == ADD:
            yield f"{statement}\n"


def _changes(patch: Iterable[str]) -> dict[str, _Change]:
    """Read a patch; return its operations on each statement."""
    changes: dict[str, _Change] = {}
    block: list[_Step] | None = None
    number = 0
    for number, line in enumerate(patch, 1):
        row = line.strip(" \t\r\n")
        if not row or row.startswith("#"):
            continue
        where = f"patch, line {number}"
        if row[:2] in {"D ", "A ", "D\t", "A\t"}:
            step = (row[0], _statement(row[2:], where, _HINT), number)
            if block is None:
                _apply_steps(changes, [step])
            else:
                block.append(step)
            continue
        match = _NO_STATEMENT.fullmatch(row)
        if match is None:
            raise InputError(where, f"{row[:200]!r} is not a row of a patch", _HINT)
        block = _transaction_steps(match[3], changes, block, where)
    if block is not None:
        where, hint = f"patch, line {number}", "It is incomplete: get it again"
        raise InputError(where, "the patch ends within a transaction (no 'TC .')", hint)
    return changes


def _transaction_steps(word: str | None, changes: dict[str, _Change], block: list[_Step] | None, where: str) -> list[_Step] | None:
    """Begin or end a transaction and return the steps of the open one, None outside of one; other rows have no effect."""
    if word is None:
        return block
    if (word == "TX") != (block is None):
        raise InputError(where, f"'{word} .' occurs {'inside' if block is not None else 'outside'} a transaction", _HINT)
    if word == "TC":
        _apply_steps(changes, block or [])
    return [] if word == "TX" else None


def _apply_steps(changes: dict[str, _Change], steps: Iterable[_Step]) -> None:
    for operation, statement, line in steps:
        before = changes.get(statement)
        if before is not None and before.last == operation:
            raise _mismatch(operation, statement, line)
        changes[statement] = replace(before, last=operation) if before else _Change(operation, line, operation)


def _mismatch(operation: str, statement: str, line: int) -> InputError:
    what = "deletes a statement that does not exist" if operation == DELETE else "adds a statement that already exists"
    return InputError(f"patch, line {line}", f"{what}: {statement[:200]}", _HINT)
