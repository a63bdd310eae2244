"""The page that answers questions: the graph's statements, the named questions and an engine in one file, closed to the network."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import json
from importlib.resources import files
from io import StringIO
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import name_index
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.explorer_page import policy_hash, resource
from newsgraph.query.named_questions import looked_up, questions
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.trig_file import write_trig_file

LIMIT = 2_000_000
"""Most statements that a page holds: measured, a browser needs nine seconds of computing and 1.1 GB for so many."""


def question_page(graph: GraphTables, seen: str = "graph.html") -> str:
    """Make the page; `seen` is the address of the page that shows the graph, where rows lead to.

    Above `LIMIT` statements the page holds the questions alone, and tells how to ask on the command line.
    """
    count, statements = _statements(graph)
    whole = count <= LIMIT
    told = _told(graph, count, seen)
    style, script = resource("ask.css"), resource("ask.js")
    return Template(resource("ask.html")).substitute(
        title=html.escape(str(told["title"])),
        summary=f"{count:,} statements",
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        payload=_base64(gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=9, mtime=0)),
        engine=_base64(files("newsgraph").joinpath("data/explorer/oxigraph.wasm.gz").read_bytes()) if whole else "",
        statements=_base64(statements),
    )


def _told(graph: GraphTables, count: int, seen: str) -> dict[str, object]:
    """Tell what the page knows beside the statements: questions, prefixes, names, and where replaced IRIs lead."""
    made = dataset(graph)
    return {
        "title": display_text(made["title"]) or "newsgraph",
        "base": made["base"],
        "program": f"{made['program']} {made['program_version']}",
        "asOf": made["as_of"].isoformat() if made["as_of"] else None,
        "seen": seen,
        "count": count,
        "limit": LIMIT,
        "whole": count <= LIMIT,
        "prefixes": PREFIXES,
        "groups": _groups(),
        "names": _names(graph),
        "replaced": sorted(redirects(graph).items()),
    }


def _groups() -> list[dict[str, object]]:
    """List the named questions as the menu shows them; `kinds` tells which kinds of things a parameter may name."""
    known, groups = questions(), dict[str, list[dict[str, object]]]()
    for row in csv.DictReader(StringIO(files("newsgraph").joinpath("data/queries/groups.csv").read_text("utf-8"))):
        question = known[row["question"]]
        parameters = [{"name": name, "about": about, "kinds": looked_up(name)} for name, about in question.parameters.items()]
        groups.setdefault(row["group"], []).append(
            {"name": question.name, "question": question.question, "sparql": question.sparql, "parameters": parameters}
        )
    return [{"label": label, "questions": found} for label, found in groups.items()]


def _names(graph: GraphTables) -> dict[str, object]:
    """Give what things are called, articles left out: theirs are many, and the page finds them among its statements."""
    names = name_index(graph)
    numbers = {iri: number for number, iri in enumerate(iri for iri, kind in names.kinds.items() if kind != "article")}

    def called(found: dict[str, tuple[str, ...]]) -> list[tuple[str, list[int]]]:
        pairs = ((name, [numbers[iri] for iri in iris if iri in numbers]) for name, iris in found.items() if "://" not in name)
        return [(name, held) for name, held in pairs if held]

    return {
        "iri": list(numbers),
        "kind": [names.kinds[iri] for iri in numbers],
        "label": [names.labels[iri] for iri in numbers],
        "strong": called(names.strong),
        "weak": called(names.weak),
    }


def _statements(graph: GraphTables) -> tuple[int, bytes]:
    """Count all statements, and give them as gzipped TriG (nothing where they are too many).

    TriG is half the size of N-Quads, and says the same: each statement stands in its named graph.
    """
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        path = Path(folder) / "graph.trig"
        count = write_trig_file(graph, path, LIMIT)
        return count, gzip.compress(path.read_bytes(), compresslevel=9, mtime=0) if count <= LIMIT else b""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
