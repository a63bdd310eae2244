"""The commands that ask a built graph: `query`, `check`, `why` and `stats`."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import DAY, FILE, LAYOUTS, counted
from newsgraph.core.errors import InputError

if TYPE_CHECKING:
    from newsgraph.core.graph_tables import GraphTables

OUTPUT = click.argument("output", type=click.Path(path_type=Path))
AS_OF = click.option("--as-of", type=DAY, metavar="DATE", help="Answer by what could be known at the end of a day (UTC).")


def load(output: Path, day: datetime | None = None) -> GraphTables:
    """Read a graph, or what of it could be known at the end of a day."""
    from newsgraph.export.parquet import is_table, read_tables
    from newsgraph.storage.object_store import local_copy

    with local_copy(output, is_table) as folder:
        graph = read_tables(folder)
    if day is None:
        return graph
    from newsgraph.query.point_in_time import as_of

    known = as_of(graph, day.date())
    if known["articles"].is_empty():
        terminal.say(f"note: {output} holds no article that was published by {day:%Y-%m-%d}", err=True)
    return known


@click.command(short_help="Ask a built graph a question.")
@OUTPUT
@click.argument("sparql", required=False)
@click.option("--file", type=FILE, help="File that holds the question.")
@click.option("--name", help="Name of a question that newsgraph knows; see --list.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Value of a parameter of a named question.")
@click.option("--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print the answer.")
@click.option("--list", "listed", is_flag=True, help="List the named questions.")
@AS_OF
def query(
    *, output: Path, sparql: str | None, file: Path | None, name: str | None, values: tuple[str, ...], layout: str, listed: bool,
    as_of: datetime | None,
) -> None:  # fmt: skip
    """Ask a built graph a question in SPARQL ("-" reads it from standard input), or one that has a name.

    The prefixes of the vocabulary are declared. Questions only read: updates are refused.
    """
    from newsgraph.core.redirects import follow_redirects, redirects
    from newsgraph.query.named_questions import is_name, questions
    from newsgraph.query.sparql import QueryStore
    from newsgraph.storage.derived_cache import table_origin

    if listed:
        rows = [(one.name, one.question, ", ".join(one.parameters)) for one in questions().values()]
        terminal.table(("name", "question", "parameters"), rows)
        return
    if sum(given is not None for given in (sparql, file, name)) != 1:
        message = "Give one question: SPARQL, --file or --name. --list shows the questions that have names."
        raise click.UsageError(message)
    if file is not None:
        sparql = _read(file)
    elif sparql == "-":
        sparql = sys.stdin.read()
    elif sparql is not None and is_name(sparql):
        name = sparql
    if values and name is None:
        message = "--set belongs to a named question: give --name too."
        raise click.UsageError(message)
    read_from = table_origin(output) if as_of is None and output.exists() else None
    graph = load(output, as_of)
    store = QueryStore(graph, read_from)
    if name is None:
        question, met = follow_redirects(sparql or "", redirects(graph))
        for old, new in met.items():
            terminal.say(f"note: {old} is {new} now", err=True)
        answer = store.ask(question)
    else:
        answer = store.ask_named(name, _parameters(values))
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
        message = "--set needs NAME=VALUE, such as --set company=Sanofi."
        raise click.UsageError(message)
    return {name: value for name, _, value in pairs}


@click.command(short_help="Check a built graph against its shapes.")
@OUTPUT
@click.option("--reference", is_flag=True, help="Let pySHACL judge the whole graph, which is slow and finds the same.")
@click.pass_context
def check(ctx: click.Context, output: Path, *, reference: bool) -> None:
    """Check a built graph against its shapes (SHACL); exit code 1 where something is found."""
    from newsgraph.shacl.prefilter import unknown_rules
    from newsgraph.shacl.shapes import shapes
    from newsgraph.shacl.validation import check as check_tables

    for rule in () if reference else unknown_rules(shapes()):
        terminal.say(f"note: rule {rule} is none of those that are checked fast; pySHACL checks it", err=True)
    findings = check_tables(load(output), reference=reference)
    for finding in findings:
        terminal.say(finding.line())
    if findings:
        terminal.say(counted(len(findings), "finding"), err=True)
        ctx.exit(1)
    terminal.say("the graph keeps all its shapes")


@click.command(short_help="Show the evidence between two things, or of one.")
@OUTPUT
@click.argument("a", metavar="NAME")
@click.argument("b", metavar="[OTHER]", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most articles for being named together.")
@click.option(
    "--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print the answer."
)
@AS_OF
def why(output: Path, a: str, b: str | None, limit: int, layout: str, as_of: datetime | None) -> None:
    """Show every statement between two things, or of one, with the sentence, source, rule and confidence of each.

    NAME and OTHER are names, aliases, tickers, headlines, links or IRIs, in upper or lower case.
    """
    from newsgraph.provenance.explanation import why as statements_of

    found = statements_of(load(output, as_of), a, b, limit=limit)
    if layout == "json":
        click.echo(terminal.as_json([asdict(one) for one in found]))
        return
    terminal.statements(found)
    if not found:
        terminal.say(f"the graph says nothing between {a} and {b}" if b else f"the graph says nothing of {a}")


@click.command(short_help="Count what a built graph holds.")
@OUTPUT
@AS_OF
def stats(output: Path, as_of: datetime | None) -> None:
    """Count what a built graph holds."""
    from newsgraph.query.graph_statistics import stats as stats_of

    terminal.table(("group", "name", "value"), stats_of(load(output, as_of)).rows())
