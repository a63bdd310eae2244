"""Writing statements into a file: part by part, or several parts at a time in worker processes; the bytes are the same."""

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
from newsgraph.rdf.graph_statements import Part, part_texts, parts
from newsgraph.rdf.serializer import StatementText, TextSerializer

MANY = 20_000
"""The number of articles from which several processes pay off; each takes a third of a second to start."""


def sections(texts: Iterable[StatementText[str]], serializer: TextSerializer, previous: str = "") -> Iterator[str]:
    """Yield texts under the headings of their sections; there is no heading while the section is the `previous` one."""
    for section, group in groupby(texts, key=attrgetter("section")):
        if section != previous:
            yield serializer.heading(section)
        for text in group:
            yield "".join(text.blocks)


def write_text(graph: GraphTables, serializer: TextSerializer, path: Path, head: str = "", workers: int = 1) -> None:
    """Write all statements of a graph into a file, after `head`; `workers` is the number of processes for a large graph."""
    with path.open("wb") as file:
        file.write(head.encode())
        if workers > 1 and graph["articles"].height >= MANY:
            with TemporaryDirectory(dir=path.parent, prefix=".parts-") as folder:
                _write_parts(graph, serializer, Path(folder), file, workers)
        else:
            for part in parts(graph):
                _write_part(graph, serializer, part, file)


def _write_part(graph: GraphTables, serializer: TextSerializer, part: Part, file: IO[bytes]) -> None:
    previous = SECTION if part.start > 0 else ""
    with gc_paused():
        file.writelines(text.encode() for text in sections(part_texts(graph, serializer, part), serializer, previous))


def _write_parts(graph: GraphTables, serializer: TextSerializer, folder: Path, file: IO[bytes], workers: int) -> None:
    """Write the parts into files in worker processes, and concatenate these in order as soon as they are complete."""
    for name in SCHEMAS:
        graph[name].write_ipc(folder / f"{name}.arrow")
    numbered = list(enumerate(parts(graph)))
    due, ready = 0, set[int]()
    for (number, _), result in open_executor(workers).run(partial(_write_part_file, folder, serializer), numbered):
        if result is None:
            message = "a worker process died while it was writing. Is the machine short of memory? Try again with --workers 1."
            raise NewsgraphError(message)
        ready.add(number)
        while due in ready:
            part_file = folder / str(due)
            with part_file.open("rb") as part:
                shutil.copyfileobj(part, file)
            part_file.unlink()
            due += 1


def _write_part_file(folder: Path, serializer: TextSerializer, numbered: tuple[int, Part]) -> int:
    """Write a part into its own file, in a worker process; return its number."""
    number, part = numbered
    with (folder / str(number)).open("wb") as file:
        _write_part(_read_once(folder), serializer, part, file)
    return number


@lru_cache(maxsize=1)
def _read_once(folder: Path) -> GraphTables:
    return GraphTables(MappingProxyType({name: pl.read_ipc(folder / f"{name}.arrow") for name in SCHEMAS}))
