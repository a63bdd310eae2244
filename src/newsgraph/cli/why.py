"""The command `why`: it shows the evidence for what a built graph states."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load


@click.command(short_help="Show the evidence for what a graph states.")
@OUTPUT
@click.argument("a", metavar="NAME")
@click.argument("b", metavar="[OTHER]", required=False)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Maximum number of articles listed only because they name both.",
)
@click.option(
    "--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print the evidence."
)
@AS_OF
def why(output: Path, a: str, b: str | None, limit: int, layout: str, as_of: datetime | None) -> None:
    """Show every statement about NAME, or between NAME and OTHER, with the sentence, source, rule and confidence of each.

    NAME and OTHER are names, aliases, tickers, headlines, links or IRIs, in upper or lower case.
    """
    from newsgraph.provenance.explanation import why as statements_of

    statements = statements_of(load(output, as_of), a, b, limit=limit)
    if layout == "json":
        click.echo(terminal.as_json([asdict(statement) for statement in statements]))
        return
    terminal.statements(statements)
    if not statements:
        terminal.say(f"the graph has no statement between {a} and {b}" if b else f"the graph has no statement about {a}")
