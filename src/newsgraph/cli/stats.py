"""The command `stats`: it prints figures of a built graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load


@click.command(short_help="Show figures of a graph.")
@OUTPUT
@AS_OF
def stats(output: Path, as_of: datetime | None) -> None:
    """Show what the graph in the folder OUTPUT holds: counts, events by type, the companies named most, the time it spans, problems."""
    from newsgraph.query.graph_statistics import stats as stats_of

    terminal.table(("group", "name", "value"), stats_of(load(output, as_of)).rows())
