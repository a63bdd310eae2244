"""The page that answers questions: the graph's statements, the named questions and a SPARQL engine in one file without network access."""

from __future__ import annotations

import base64
import csv
import html
import json
from importlib.resources import files
from io import StringIO
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from newsgraph.core.content_policy import policy_hash
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import name_index
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.explorer_page import resource
from newsgraph.explorer.page_compression import compressed
from newsgraph.query.named_questions import looked_up, questions
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.named_graphs import trig_of
from newsgraph.rdf.turtle_file import TurtleFile, write_turtle_file

_LEVEL = 7  # of compression: the statements are most of what a build compresses
LIMIT = 2_000_000
"""The most statements that a page contains: measured, a browser needs nine seconds and 1.1 GB to load so many."""


def question_page(graph: GraphTables, seen: str = "graph.html", turtle: TurtleFile | None = None) -> str:
    """Return the page; `seen` is the address of the page that shows the graph, which rows link to; `turtle` is the graph's file, if there is one.

    With more than `LIMIT` statements, the page contains only the questions and explains how to ask them on the command line.
    """
    count, statements = _statements(graph, turtle)
    complete = count <= LIMIT
    complete = count <= LIMIT
    engine = _base64(files("newsgraph").joinpath("data/explorer/oxigraph.wasm.gz").read_bytes()) if complete else ""
    return _page(_settings(graph, count, seen), f"{count:,} statements", engine=engine, statements=_base64(statements))


def remote_question_page(graph: GraphTables, endpoint: str = "/sparql", seen: str = "graph.html") -> str:
    """Return the page for a server: it asks the SPARQL endpoint at an address of the same site, so it holds no statements and has no limit."""
    return _page(_settings(graph, 0, seen) | {"whole": True, "endpoint": endpoint}, "a graph", connect=" connect-src 'self';")


def _page(settings: dict[str, object], summary: str, *, engine: str = "", statements: str = "", connect: str = "") -> str:
    style, script = resource("ask.css"), resource("ask.js")
    return Template(resource("ask.html")).substitute(
        title=html.escape(str(settings["title"])),
        summary=summary,
        connect=connect,
        style=style,
        style_hash=policy_hash(style),
        script=script,
        script_hash=policy_hash(script),
        payload=_base64(compressed(json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode())),
        engine=engine,
        statements=statements,
    )


def _settings(graph: GraphTables, count: int, seen: str) -> dict[str, object]:
    """Return the page's data apart from the statements: questions, prefixes, names, and what replaced IRIs lead to."""
    described = dataset(graph)
    return {
        "title": display_text(described["title"]) or "newsgraph",
        "base": described["base"],
        "program": f"{described['program']} {described['program_version']}",
        "asOf": described["as_of"].isoformat() if described["as_of"] else None,
        "seen": seen,
        "count": count,
        "limit": LIMIT,
        "whole": count <= LIMIT,
        "endpoint": "",
        "prefixes": PREFIXES,
        "groups": _groups(),
        "names": _names(graph),
        "replaced": sorted(redirects(graph).items()),
    }


def _groups() -> list[dict[str, object]]:
    """Return the named questions in the groups of the menu; `kinds` are the kinds of nodes that a parameter may name."""
    known, groups = questions(), dict[str, list[dict[str, object]]]()
    for row in csv.DictReader(StringIO(files("newsgraph").joinpath("data/queries/groups.csv").read_text("utf-8"))):
        question = known[row["question"]]
        parameters = [{"name": name, "about": about, "kinds": looked_up(name)} for name, about in question.parameters.items()]
        groups.setdefault(row["group"], []).append(
            {"name": question.name, "question": question.question, "sparql": question.sparql, "parameters": parameters}
        )
    return [{"label": label, "questions": group} for label, group in groups.items()]


def _names(graph: GraphTables) -> dict[str, object]:
    """Return the names of nodes, but not those of articles: they are many, and the page finds them among its statements."""
    names = name_index(graph)
    numbers = {iri: number for number, iri in enumerate(iri for iri, kind in names.kinds.items() if kind != "article")}

    def numbered(names_of: dict[str, tuple[str, ...]]) -> list[tuple[str, list[int]]]:
        pairs = ((name, [numbers[iri] for iri in iris if iri in numbers]) for name, iris in names_of.items() if "://" not in name)
        return [(name, nodes) for name, nodes in pairs if nodes]

    return {
        "iri": list(numbers),
        "kind": [names.kinds[iri] for iri in numbers],
        "label": [names.labels[iri] for iri in numbers],
        "strong": numbered(names.strong),
        "weak": numbered(names.weak),
    }


def _statements(graph: GraphTables, turtle: TurtleFile | None) -> tuple[int, bytes]:
    """Return the number of statements, and the statements as gzipped TriG (empty if there are too many).

    TriG is half the size of N-Quads and contains the same: each statement with its named graph.
    """
    if turtle is None:
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            return _statements(graph, write_turtle_file(graph, Path(folder) / "graph.ttl"))
    count = int(turtle.index["statements"].sum())
    return count, compressed(trig_of(turtle, dataset(graph)["base"]), _LEVEL) if count <= LIMIT else b""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
