"""What N-Triples, N-Quads and TriG cost by our own writers and by pyoxigraph, and whether the bytes are the same.

Usage: python benchmarks/rdf_writers.py OUTPUT

OUTPUT is the output folder of a build. Each writer runs in a process of its own: first a small graph, so that modules are loaded, then the graph of
OUTPUT. `CPU` is the processor time of that second run, `peak` the most memory of the process, the tables included. pyoxigraph is
given the statements as its own terms, of which those that many subjects have in common are made once; for TriG they are sorted by named graph in
memory. The last column compares pyoxigraph's file with ours.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from machine import machine, peak
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.vocabulary import PREFIXES, expand
from newsgraph.export import EXPORTERS, FORMAT_FILES
from newsgraph.export.parquet import read_tables
from newsgraph.rdf.graph_statements import dataset, statement_texts
from newsgraph.rdf.serializer import Serializer, StatementText
from newsgraph.rdf.terms import Iri, Term

FORMATS = {"ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
WRITERS = ("newsgraph", "pyoxigraph")
Node = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Node]
Statements = tuple[ox.NamedNode, Sequence[Pair]]
"""A subject with its predicates and objects."""


def main() -> None:
    """Measure each writer of each format in a process of its own, and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--measure", nargs=3, metavar=("FORMAT", "WRITER", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        name, writer, folder = options.measure
        print(*measure(options.output, name, writer, Path(folder)))
        return
    print(f"{machine()}; pyoxigraph {ox.__version__}")
    print(f"{'format':<9} {'writer':<11} {'CPU, s':>7} {'peak, MB':>11} {'file, MB':>9}  compared")
    with TemporaryDirectory(prefix="newsgraph-") as place:
        for name, form in FORMATS.items():
            paths: list[Path] = []
            for writer in WRITERS:
                folder = Path(place) / f"{name}-{writer}"
                folder.mkdir()
                command = [sys.executable, __file__, str(options.output), "--measure", name, writer, str(folder)]
                seconds, megabytes = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
                paths.append(folder / FORMAT_FILES[name][0])
                compared = comparison(paths[0], paths[1], form) if len(paths) > 1 else ""
                size = paths[-1].stat().st_size / 1e6
                print(f"{name:<9} {writer:<11} {seconds:>7.2f} {megabytes:>11.0f} {size:>9.1f}  {compared}", flush=True)


def measure(output: Path, name: str, writer: str, folder: Path) -> tuple[float, float]:
    """Write a graph; return the processor time in seconds and the most memory in megabytes."""
    graph = read_tables(output)
    write(make_tables({"dataset": graph["dataset"]}), name, writer, folder)
    start = time.process_time()
    write(graph, name, writer, folder)
    return time.process_time() - start, peak()


def write(graph: GraphTables, name: str, writer: str, folder: Path) -> None:
    """Write a graph in a format by one of the writers."""
    if writer == WRITERS[0]:
        EXPORTERS[name](graph, folder)
        return
    path, form, base = folder / FORMAT_FILES[name][0], FORMATS[name], dataset(graph)["base"]
    if form == ox.RdfFormat.N_TRIPLES:
        ox.serialize(triples(graph), path, form)
    elif form == ox.RdfFormat.N_QUADS:
        ox.serialize(quads(statement_texts(graph, TermSerializer())), path, form)
    else:
        ox.serialize(
            quads(sorted(statement_texts(graph, TermSerializer()), key=attrgetter("graph"))), path, form, prefixes=PREFIXES, base_iri=base
        )


class TermSerializer(Serializer[Pair, Statements]):
    """Makes pyoxigraph's terms, so that what many subjects have in common is made once: see `serializer.Column`."""

    def address(self, value: str) -> str:
        """See `Serializer.address`."""
        return value

    def stem(self, value: str) -> tuple[str, str]:
        """See `Serializer.stem`."""
        return value, ""

    def lines(self, predicate: str, objects: Sequence[Term]) -> list[Pair]:
        """See `Serializer.lines`."""
        return [(node(predicate), term_node(value)) for value in objects]

    def reference(self, predicate: str, address: str) -> Pair:
        """See `Serializer.reference`."""
        return node(predicate), ox.NamedNode(address)

    def block(self, section: str, graph: str, subject: str, lines: Sequence[Pair]) -> Statements:  # noqa: ARG002 - no headings
        """See `Serializer.block`."""
        return ox.NamedNode(subject), lines


def triples(graph: GraphTables) -> Iterator[ox.Triple]:
    """Yield the statements of a graph as pyoxigraph's triples."""
    for text in statement_texts(graph, TermSerializer()):
        for subject, lines in text.blocks:
            for predicate, value in lines:
                yield ox.Triple(subject, predicate, value)


def quads(described: Iterable[StatementText[Statements]]) -> Iterator[ox.Quad]:
    """Yield statements as pyoxigraph's quads."""
    for text in described:
        name = ox.NamedNode(text.graph)
        for subject, lines in text.blocks:
            for predicate, value in lines:
                yield ox.Quad(subject, predicate, value, name)


@lru_cache(maxsize=1024)
def node(prefixed: str) -> ox.NamedNode:
    """Return the node of a prefixed name."""
    return ox.NamedNode(expand(prefixed))


def term_node(value: Term) -> Node:
    """Return a term as pyoxigraph's."""
    if isinstance(value, Iri):
        return ox.NamedNode(value.value)
    if value.language:
        return ox.Literal(value.text, language=value.language)
    return ox.Literal(value.text, datatype=node(value.datatype)) if value.datatype else ox.Literal(value.text)


def comparison(ours: Path, theirs: Path, form: ox.RdfFormat) -> str:
    """Return how two files differ."""
    digests = [hashlib.sha256(path.read_bytes()).digest() for path in (ours, theirs)]
    if digests[0] == digests[1]:
        return "the same bytes"
    statements = [[str(quad) for quad in ox.parse(path=str(path), format=form)] for path in (ours, theirs)]
    if statements[0] == statements[1]:
        return "other bytes, the same statements in the same order"
    same = sorted(set(statements[0])) == sorted(set(statements[1]))
    return "other bytes, the same statements in another order" if same else "other statements"


if __name__ == "__main__":
    main()
