"""Writing statements into a file: part by part, or several parts at a time in worker processes; the bytes are the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
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
from newsgraph.rdf.text_spans import TextSpans

MANY = 20_000
"""The number of articles from which several processes pay off; each takes a third of a second to start."""


def sections(texts: Iterable[StatementText[str]], serializer: TextSerializer, previous: str = "") -> Iterator[str]:
    """Yield texts under the headings of their sections; there is no heading while the section is the `previous` one."""
    for section, group in groupby(texts, key=attrgetter("section")):
        if section != previous:
            yield serializer.heading(section)
        for text in group:
            yield "".join(text.blocks)


def write_text(graph: GraphTables, serializer: TextSerializer, path: Path, head: str = "", workers: int = 1) -> TextSpans:
    """Write all statements of a graph into a file, after `head`, and return its spans.

    `workers` is the number of processes for a large graph.
    """
    spans = TextSpans()
    with path.open("wb") as file:
        spans.add(file.write(head.encode()))
        if workers > 1 and graph["articles"].height >= MANY:
            with TemporaryDirectory(dir=path.parent, prefix=".parts-") as folder:
                for part_spans in _write_parts(graph, serializer, Path(folder), file, workers):
                    spans.extend(part_spans)
        else:
            for part in parts(graph):
                spans.extend(write_part(graph, serializer, part, file))
    return spans


def write_part(graph: GraphTables, serializer: TextSerializer, part: Part, file: IO[bytes]) -> TextSpans:
    """Write the statements of a part, under the headings of their sections, and return their spans."""
    articles = graph["articles"]["iri"].slice(part.start, part.stop - part.start).to_list() if part.start >= 0 and part.stop > 0 else []
    with gc_paused():
        return write_texts(part_texts(graph, serializer, part), serializer, file, articles, SECTION if part.start > 0 else "")


def write_texts(
    texts: Iterable[StatementText[str]], serializer: TextSerializer, file: IO[bytes], articles: Sequence[str] = (), previous: str = ""
) -> TextSpans:
    """Write texts under the headings of their sections and return their spans; `articles` are the IRIs of the articles that they describe."""
    spans, remaining, counted = TextSpans(), iter(articles), serializer.count
    for text in texts:
        if text.section != previous:
            previous = text.section
            spans.add(file.write(serializer.heading(previous).encode()))
        written = file.write("".join(text.blocks).encode())
        spans.add(written, text.graph, serializer.count - counted, next(remaining, ""))
        counted = serializer.count
    return spans


def _write_parts(graph: GraphTables, serializer: TextSerializer, folder: Path, file: IO[bytes], workers: int) -> Iterator[TextSpans]:
    """Write the parts into files in worker processes, concatenate these in order as soon as they are complete, and yield their spans."""
    for name in SCHEMAS:
        graph[name].write_ipc(folder / f"{name}.arrow")
    numbered = list(enumerate(parts(graph)))
    due, ready = 0, dict[int, TextSpans]()
    for (number, _), result in open_executor(workers).run(partial(_write_part_file, folder, serializer), numbered):
        if result is None:
            message = "a worker process died while it was writing. Is the machine short of memory? Try again with --workers 1."
            raise NewsgraphError(message)
        ready[number] = result
        while due in ready:
            part_file = folder / str(due)
            with part_file.open("rb") as part:
                shutil.copyfileobj(part, file)
            part_file.unlink()
            yield ready.pop(due)
            due += 1


def _write_part_file(folder: Path, serializer: TextSerializer, numbered: tuple[int, Part]) -> TextSpans:
    """Write a part into its own file, in a worker process, and return its spans."""
    number, part = numbered
    with (folder / str(number)).open("wb") as file:
        return write_part(_read_once(folder), serializer, part, file)


@lru_cache(maxsize=1)
def _read_once(folder: Path) -> GraphTables:
    return GraphTables(MappingProxyType({name: pl.read_ipc(folder / f"{name}.arrow") for name in SCHEMAS}))
