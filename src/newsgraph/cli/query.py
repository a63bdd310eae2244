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
from newsgraph.cli.terminal import FILE, LAYOUTS
from newsgraph.core.errors import InputError


@click.command(short_help="Answer a question about a graph.")
@OUTPUT
@click.argument("sparql", required=False)
@click.option("--file", type=FILE, help="File with the question in SPARQL.")
@click.option("--name", help="Name of a ready-made question; see --list.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Value of a parameter of a ready-made question.")
@click.option("--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print the answer.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Longest time for an answer. [default: 30]")
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
    from newsgraph.query.named_questions import is_name, questions
    from newsgraph.query.query_limits import limits_of
    from newsgraph.query.sparql import QueryStore
    from newsgraph.storage.derived_cache import table_origin

    if is_list:
        rows = [(question.name, question.question, ", ".join(question.parameters)) for question in questions().values()]
        terminal.table(("name", "question", "parameters"), rows)
        return
    if sum(source is not None for source in (sparql, file, name)) != 1:
        message = "Ask one question: in SPARQL, with --file or with --name. --list shows the ready-made questions."
        raise click.UsageError(message)
    if file is not None:
        sparql = _read(file)
    elif sparql == "-":
        sparql = sys.stdin.read()
    elif sparql is not None and is_name(sparql):
        name = sparql
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
        answer = store.ask(question, limits)
    else:
        answer = store.ask_named(name, _parameters(values), limits)
    terminal.frame(answer, layout, base=graph["dataset"]["base"][0])


def _read(file: Path) -> str:
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
