"""TriG files: one named graph for each source document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_statements import dataset, pieces
from newsgraph.rdf.serializer import StatementText
from newsgraph.rdf.statement_file import sections
from newsgraph.rdf.turtle_layout import TurtleSerializer, address, header

_Places = dict[str, list[tuple[str, int, int]]]
"""Where the pieces of each named graph lie: section, first byte and one past the last."""


def write_trig_file(graph: GraphTables, path: Path, most: int | None = None) -> int:
    """Write a TriG file and count its statements; of more than `most` nothing is written but the prefixes.

    Statements come article by article and are wanted document by document: they are put aside in a file, so that only their
    places are held in memory.
    """
    base = dataset(graph)["base"]
    pen = TurtleSerializer(base, "  ")
    with path.open("w", encoding="utf-8", newline="\n") as file, TemporaryFile(dir=path.parent) as aside:
        places: _Places = {}
        for piece in pieces(graph, pen):
            if most is None or pen.count <= most:
                _put(piece, aside, places)
        file.write(header(base))
        if most is not None and pen.count > most:
            return pen.count
        for name, held in sorted(places.items()):
            file.write(f"\n{address(name, base)} {{\n")
            file.writelines(sections(_taken(aside, name, held), pen))
            file.write("}\n")
    return pen.count


def _put(piece: StatementText[str], aside: IO[bytes], places: _Places) -> None:
    start = aside.tell()
    aside.write("".join(piece.blocks).encode())
    held = places.setdefault(piece.graph, [])
    if held and held[-1][0] == piece.section and held[-1][2] == start:
        start = held.pop()[1]
    held.append((piece.section, start, aside.tell()))


def _taken(aside: IO[bytes], name: str, held: list[tuple[str, int, int]]) -> Iterator[StatementText[str]]:
    for section, group in groupby(held, key=itemgetter(0)):
        for _, start, end in group:
            aside.seek(start)
            yield StatementText(section, name, (aside.read(end - start).decode(),))
