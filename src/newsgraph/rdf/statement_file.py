"""Statements as a file: all parts one after the other, or by several processes at a time, in part order and with the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO

import polars as pl

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.executor import gc_paused, open_executor
from newsgraph.rdf.article_statements import SECTION
from newsgraph.rdf.graph_statements import Part, parts, pieces_of
from newsgraph.rdf.serializer import StatementText, TextSerializer

MANY = 20_000
"""Articles of a graph that is worth several processes, each of which takes a third of a second to start."""


def sections(pieces: Iterable[StatementText[str]], pen: TextSerializer, after: str = "") -> Iterator[str]:
    """Write pieces under the headings of their sections, the first of which goes on where it is that of the piece before, `after`."""
    for section, group in groupby(pieces, key=attrgetter("section")):
        if section != after:
            yield pen.heading(section)
        for piece in group:
            yield "".join(piece.blocks)


def write_text(graph: GraphTables, pen: TextSerializer, path: Path, head: str = "", workers: int = 1) -> None:
    """Write all statements of a graph into a file, behind `head`; `workers` is the number of processes for a large graph."""
    with path.open("wb") as file:
        file.write(head.encode())
        if workers > 1 and graph["articles"].height >= MANY:
            with TemporaryDirectory(dir=path.parent, prefix=".parts-") as folder:
                _write_parts(graph, pen, Path(folder), file, workers)
        else:
            for part in parts(graph):
                _write_part(graph, pen, part, file)


def _write_part(graph: GraphTables, pen: TextSerializer, part: Part, file: IO[bytes]) -> None:
    after = SECTION if part.start > 0 else ""
    with gc_paused():
        file.writelines(text.encode() for text in sections(pieces_of(graph, pen, part), pen, after))


def _write_parts(graph: GraphTables, pen: TextSerializer, folder: Path, file: IO[bytes], workers: int) -> None:
    """Let workers write the parts into files, which are put together in order as soon as may be."""
    for name in SCHEMAS:
        graph[name].write_ipc(folder / f"{name}.arrow")
    numbered = list(enumerate(parts(graph)))
    due, ready = 0, set[int]()
    for (number, _), done in open_executor(workers).run(partial(_write_here, folder, pen), numbered):
        if done is None:
            message = "worker processes die while they write. Is the machine short of memory? Try again with --workers 1."
            raise NewsgraphError(message)
        ready.add(number)
        while due in ready:
            written = folder / str(due)
            with written.open("rb") as part:
                shutil.copyfileobj(part, file)
            written.unlink()
            due += 1


def _write_here(folder: Path, pen: TextSerializer, numbered: tuple[int, Part]) -> int:
    """Write a part in a worker."""
    number, part = numbered
    with (folder / str(number)).open("wb") as file:
        _write_part(_read_once(folder), pen, part, file)
    return number


@lru_cache(maxsize=1)
def _read_once(folder: Path) -> GraphTables:
    return GraphTables(MappingProxyType({name: pl.read_ipc(folder / f"{name}.arrow") for name in SCHEMAS}))
