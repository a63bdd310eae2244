"""The command `storyline`: it follows a company or topic through time."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load
from newsgraph.cli.terminal import LAYOUTS


@click.command(short_help="List the events and stories of a company or topic by date.")
@OUTPUT
@click.argument("name")
@click.option("--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print the storyline.")
@AS_OF
def storyline(output: Path, name: str, layout: str, as_of: datetime | None) -> None:
    """Show the events and stories of a company, organisation, person, product, place or topic in order of time.

    NAME is a name, an alias, a ticker or an IRI, in upper or lower case. Each story is followed by its events, each event with the statuses
    that were reported and when.
    """
    from newsgraph.query.storyline_steps import storyline as steps_of
    from newsgraph.query.storyline_steps import storyline_frame

    graph = load(output, as_of)
    steps = storyline_frame(steps_of(graph, name))
    shown = steps.drop("date") if layout == "table" else steps  # people read the time in `when`
    terminal.frame(shown, layout, base=graph["dataset"]["base"][0])
