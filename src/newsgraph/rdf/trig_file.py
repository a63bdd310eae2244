"""TriG files, with one named graph for each source document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_statements import dataset, statement_texts
from newsgraph.rdf.serializer import StatementText
from newsgraph.rdf.statement_file import sections
from newsgraph.rdf.turtle_layout import TurtleSerializer, address, header

_Spans = dict[str, list[tuple[str, int, int]]]
"""The parts of a buffer file that belong to each named graph: section, first byte, and one past the last byte."""


def write_trig_file(graph: GraphTables, path: Path) -> None:
    """Write a TriG file.

    Statements come article by article but are written document by document: they are buffered in a temporary file, so that only their
    byte ranges are in memory.
    """
    base = dataset(graph)["base"]
    serializer = TurtleSerializer(base, "  ")
    with path.open("w", encoding="utf-8", newline="\n") as file, TemporaryFile(dir=path.parent) as buffer:
        spans: _Spans = {}
        for text in statement_texts(graph, serializer):
            _append(text, buffer, spans)
        file.write(header(base))
        for name, graph_spans in sorted(spans.items()):
            file.write(f"\n{address(name, base)} {{\n")
            file.writelines(sections(_texts(buffer, name, graph_spans), serializer))
            file.write("}\n")


def _append(text: StatementText[str], buffer: IO[bytes], spans: _Spans) -> None:
    start = buffer.tell()
    buffer.write("".join(text.blocks).encode())
    graph_spans = spans.setdefault(text.graph, [])
    if graph_spans and graph_spans[-1][0] == text.section and graph_spans[-1][2] == start:
        start = graph_spans.pop()[1]
    graph_spans.append((text.section, start, buffer.tell()))


def _texts(buffer: IO[bytes], name: str, graph_spans: list[tuple[str, int, int]]) -> Iterator[StatementText[str]]:
    for section, group in groupby(graph_spans, key=itemgetter(0)):
        for _, start, end in group:
            buffer.seek(start)
            yield StatementText(section, name, (buffer.read(end - start).decode(),))
