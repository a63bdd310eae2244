"""RDF Patch: what to delete and what to add so that one graph becomes another, as N-Quads statements, one a line.

The text format is that of RDF Delta and Jena: `TX .`, rows `D <s> <p> <o> <g> .`, rows `A <s> <p> <o> <g> .`, `TC .`; other
stores apply it as it is. Equal graphs give a transaction without rows. Statements are compared as newsgraph writes them.
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
_HINT = "Give a patch as 'newsgraph diff --patch' writes it, and the graph that it was made from"


def write_patch(old: GraphTables, new: GraphTables, path: Path) -> tuple[int, int]:
    """Write the patch that makes `new` of `old`; give how many statements it deletes and adds.

    First come all deletions, then all additions, each sorted by code points. The file appears when it is whole. Memory
    does not grow with the graphs; room for both as N-Quads is needed beside the file.
    Raises InputError where the file cannot be written, or where a statement holds a blank node, which no patch could name.
    """
    try:
        with TemporaryDirectory(prefix=".partial-", dir=path.parent) as name:
            folder = Path(name)
            whole, additions = folder / "patch", folder / "additions"
            with ExitStack() as files:
                target, added = (files.enter_context(one.open("w+", encoding="utf-8", newline="\n")) for one in (whole, additions))
                counts = {DELETE: 0, ADD: 0}
                target.write("TX .\n")
                for operation, line in _differences(_sorted(old, folder / "old"), _sorted(new, folder / "new")):
                    counts[operation] += 1
                    (target if operation == DELETE else added).write(f"{operation} {_checked(line, path)}\n")
                added.seek(0)
                target.writelines(added)
                target.write("TC .\n")
            whole.replace(path)
    except OSError as error:
        hint = "Choose a file in a folder that can be written, with enough room"
        raise InputError(str(path), f"cannot be written ({error.strerror or error})", hint) from error
    return counts[DELETE], counts[ADD]


def _checked(line: str, path: Path) -> str:
    return _statement(line, str(path), "Please report this: newsgraph writes no such statement")


def _sorted(graph: GraphTables, folder: Path) -> Iterator[str]:
    """Give the N-Quads of a graph sorted and each once; what lies in memory is one chunk."""
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
    """Walk over two sorted lists and give what only one of them holds, as `D` or `A` and the line."""
    gone, come = next(old, None), next(new, None)
    while gone is not None or come is not None:
        if gone == come:
            gone, come = next(old, None), next(new, None)
        elif come is None or (gone is not None and gone < come):
            yield DELETE, gone or ""
            gone = next(old, None)
        else:
            yield ADD, come
            come = next(new, None)


def _statement(text: str, where: str, hint: str) -> str:
    """Read one statement and write it with single blanks; a graph name may be missing."""
    text = text.strip(" \t\r\n")
    found = _STATEMENT.fullmatch(text)
    if found is None:
        problem = "holds a blank node, which means nothing outside its file" if _BLANK.match(text) else "is no statement of N-Quads"
        raise InputError(where, f"{text[:200]!r} {problem}", hint)
    return f"{' '.join(filter(None, found.groups()))} ."


_Step = tuple[str, str, int]  # operation, statement, line of the patch


@dataclass(frozen=True, slots=True)
class _Change:
    """What a patch does with one statement: its first operation with its line, and the last one, which decides."""

    first: str
    line: int
    last: str


def apply_patch(quads: Iterable[str], patch: Iterable[str]) -> Iterator[str]:
    """Apply a patch to the lines of an N-Quads file and give the lines of the patched one, each with its line end.

    Strict, where the format leaves it open: a deletion of a statement that is not there is an error, and so is the addition
    of one that is. Statements that stay come in their order, then the added ones in that of the patch. Aborted transactions
    (`TA`) change nothing; rows on prefixes are skipped, as N-Quads have none.

    Raises InputError for the patch at once, and while lines are taken for what does not fit: only when the last line was
    given, all is well, so write to a file that is put in place afterwards.
    """
    return _applied(quads, _changes(patch))


def _applied(quads: Iterable[str], changes: dict[str, _Change]) -> Iterator[str]:
    met: set[str] = set()
    for number, line in enumerate(quads, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        statement = _statement(line, f"N-Quads, line {number}", "Give N-Quads as newsgraph writes them")
        change = changes.get(statement)
        if change is None:
            yield f"{statement}\n"
            continue
        if change.first == ADD:
            raise _unfit(ADD, statement, change.line)
        if change.last == ADD and statement not in met:
            yield f"{statement}\n"
        met.add(statement)
    for statement, change in changes.items():
        if change.first == DELETE and statement not in met:
            raise _unfit(DELETE, statement, change.line)
        if change.first == change.last == ADD:
            yield f"{statement}\n"


def _changes(patch: Iterable[str]) -> dict[str, _Change]:
    """Read a patch into what becomes of each statement."""
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
                _take(changes, [step])
            else:
                block.append(step)
            continue
        found = _NO_STATEMENT.fullmatch(row)
        if found is None:
            raise InputError(where, f"{row[:200]!r} is no row of a patch", _HINT)
        block = _turn(found[3], changes, block, where)
    if block is not None:
        where, hint = f"patch, line {number}", "It was cut off: fetch it again"
        raise InputError(where, "the patch ends within a transaction (no 'TC .')", hint)
    return changes


def _turn(word: str | None, changes: dict[str, _Change], block: list[_Step] | None, where: str) -> list[_Step] | None:
    """Begin or end a transaction; other rows leave things as they are."""
    if word is None:
        return block
    if (word == "TX") != (block is None):
        raise InputError(where, f"'{word} .' stands {'inside' if block is not None else 'outside'} a transaction", _HINT)
    if word == "TC":
        _take(changes, block or [])
    return [] if word == "TX" else None


def _take(changes: dict[str, _Change], steps: Iterable[_Step]) -> None:
    for operation, statement, line in steps:
        before = changes.get(statement)
        if before is not None and before.last == operation:
            raise _unfit(operation, statement, line)
        changes[statement] = replace(before, last=operation) if before else _Change(operation, line, operation)


def _unfit(operation: str, statement: str, line: int) -> InputError:
    what = "deletes a statement that is not there" if operation == DELETE else "adds a statement that is there already"
    return InputError(f"patch, line {line}", f"{what}: {statement[:200]}", _HINT)
