"""The command by which something is followed through time: `storyline`."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.query import AS_OF, OUTPUT, load
from newsgraph.cli.terminal import LAYOUTS


@click.command(short_help="Tell the events and stories of a company or topic in order of time.")
@OUTPUT
@click.argument("name")
@click.option("--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print it.")
@AS_OF
def storyline(output: Path, name: str, layout: str, as_of: datetime | None) -> None:
    """Tell the events and stories of a company, organisation, person, product, place or topic in order of time.

    NAME is a name, an alias, a ticker or an IRI, in upper or lower case. The events of a story stand below it, each with the
    statuses that were told of it and when.
    """
    from newsgraph.query.storyline_steps import storyline as steps_of
    from newsgraph.query.storyline_steps import storyline_frame

    graph = load(output, as_of)
    terminal.frame(storyline_frame(steps_of(graph, name)), layout, base=graph["dataset"]["base"][0])
