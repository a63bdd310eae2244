"""The built graph that a command reads: its argument, the day of --as-of, and loading."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import DAY

if TYPE_CHECKING:
    from newsgraph.core.graph_tables import GraphTables

OUTPUT = click.argument("output", type=click.Path(path_type=Path))
AS_OF = click.option("--as-of", type=DAY, metavar="DATE", help="Use only what was known at the end of a day (UTC).")


def load(output: Path, day: datetime | None = None) -> GraphTables:
    """Load a graph from an output folder, or what of it was known at the end of a day."""
    from newsgraph.export.parquet import is_table, read_tables
    from newsgraph.storage.object_store import local_copy

    with local_copy(output, is_table) as folder:
        graph = read_tables(folder)
    if day is None:
        return graph
    from newsgraph.query.point_in_time import as_of

    known = as_of(graph, day.date())
    if known["articles"].is_empty():
        terminal.say(f"note: {output} has no article published by {day:%Y-%m-%d}", err=True)
    return known
