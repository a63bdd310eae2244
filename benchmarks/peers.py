"""newsgraph's writers and readers beside well-known ones, on the same machine and the same data.

Usage: python benchmarks/peers.py [--documents 300]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from generate import documents, write
from machine import machine
from newsgraph.api import build
from newsgraph.ingest import parse_document

Job = Callable[[], object]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=300)
    count = parser.parse_args().documents
    print(machine())
    texts = list(documents(count))
    with tempfile.TemporaryDirectory() as name:
        write(Path(name) / "in", count)
        graph = build(Path(name) / "in")
        rdf = graph.to_rdflib()
        print(f"{count} documents, {graph.articles.height:,} articles, {len(rdf):,} triples")
        jobs: dict[str, Job] = {
            "read: PyYAML safe_load": lambda: [yaml.safe_load(text.split("---")[1]) for _, text in texts],
            "read: newsgraph, checked": lambda: [parse_document(text.encode(), source) for source, text in texts],
            "Turtle: rdflib": lambda: rdf.serialize(format="turtle"),
            "Turtle and tables: newsgraph": lambda: graph.write(Path(name) / "out", formats=["turtle"]),
            "N-Triples: rdflib": lambda: rdf.serialize(format="nt"),
            "N-Triples, tables: newsgraph": lambda: graph.write(Path(name) / "out", formats=["ntriples"]),
        }
        for label, job in jobs.items():
            print(f"{label:<28} {min(_seconds(job) for _ in range(3)):>8.3f} s")


def _seconds(job: Job) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


if __name__ == "__main__":
    main()
