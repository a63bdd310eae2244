"""The command `query`: it answers a question about a built graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load
from newsgraph.cli.terminal import FILE, LAYOUTS, SECONDS
from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file

TABLES = tuple(LAYOUTS.choices)
TEXTS = ("sparql-json", "sparql-xml", "sparql-csv", "sparql-tsv", "turtle", "ntriples", "rdfxml", "jsonld")
"""Formats that need the engine, as in `query.sparql.FORMATS`, which is too heavy to import for `--help`."""


@click.command(short_help="Answer a question about a graph.")
@OUTPUT
@click.argument("sparql", required=False)
@click.option("--file", type=FILE, help="File with the question in SPARQL.")
@click.option("--name", help="Name of a ready-made question; see --list.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Value of a parameter of a ready-made question.")
@click.option(
    "--output-format",
    "layout",
    type=click.Choice([*TABLES, *TEXTS]),
    default="table",
    show_default=True,
    help="How to print the answer: sparql-... is for SELECT and ASK, turtle, ntriples, jsonld and rdfxml for CONSTRUCT and DESCRIBE.",
)
@click.option("--timeout", type=SECONDS, metavar="SECONDS", help="Longest time for an answer. [default: 30]")
@click.option("--max-rows", type=click.IntRange(1), metavar="N", help="Most rows of an answer. [default: 1000000]")
@click.option("--list", "is_list", is_flag=True, help="List the ready-made questions.")
@AS_OF
def query(
    *, output: Path, sparql: str | None, file: Path | None, name: str | None, values: tuple[str, ...], layout: str, is_list: bool,
    as_of: datetime | None, timeout: float | None, max_rows: int | None,
) -> None:  # fmt: skip
    """Answer a question about the graph in the folder OUTPUT.

    The question is written in SPARQL ("-" reads it from standard input) or is a ready-made one, called by its name. The prefixes of the
    vocabulary need no declaration. Questions only read: updates are refused.
    """
    from newsgraph.core.redirects import follow_redirects, redirects
    from newsgraph.query.named_questions import questions
    from newsgraph.query.query_limits import limits_of
    from newsgraph.query.sparql import QueryStore
    from newsgraph.query.unknown_terms import unknown_terms
    from newsgraph.storage.derived_cache import table_origin

    if is_list:
        rows = [(question.name, question.question, ", ".join(question.parameters)) for question in questions().values()]
        terminal.table(("name", "question", "parameters"), rows)
        return
    sparql, name = _question(sparql, file, name)
    if values and name is None:
        message = "--set is only for ready-made questions: add --name."
        raise click.UsageError(message)
    read_from = table_origin(output) if as_of is None and output.exists() else None
    graph = load(output, as_of)
    store, limits = QueryStore(graph, read_from), limits_of(timeout, max_rows)
    if name is None:
        question, followed = follow_redirects(sparql or "", redirects(graph))
        for old, new in followed.items():
            terminal.say(f"note: {old} is now {new}", err=True)
        for term in unknown_terms(question):
            terminal.say(f"warning: {term.line()}", err=True)
    else:
        question = store.sparql_of(name, _parameters(values))
    if layout in TEXTS:
        terminal.text(store.ask_text(question, layout, limits))
    else:
        terminal.frame(store.ask(question, limits), layout, base=graph["dataset"]["base"][0])


def _question(sparql: str | None, file: Path | None, name: str | None) -> tuple[str | None, str | None]:
    """Return the question in SPARQL or the name of a ready-made one."""
    from newsgraph.query.named_questions import is_name

    if sum(source is not None for source in (sparql, file, name)) != 1:
        message = "Ask one question: in SPARQL, with --file or with --name. --list shows the ready-made questions."
        raise click.UsageError(message)
    if file is not None:
        return _read(file), None
    if sparql == "-":
        return sys.stdin.read(), None
    return (None, sparql) if sparql is not None and is_name(sparql) else (sparql, name)


def _read(file: Path) -> str:
    check_given_file(file, read_once=True)
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        where, hint = str(file), "Save the question as UTF-8 text."
        raise InputError(where, "is not UTF-8", hint) from error


def _parameters(values: Sequence[str]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if not all(mark and name for name, mark, _ in pairs):
        message = "--set needs NAME=VALUE, for example --set company=Sanofi."
        raise click.UsageError(message)
    return {name: value for name, _, value in pairs}
