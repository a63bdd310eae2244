"""The command `report`: it writes one static page with figures of a built graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load
from newsgraph.core.errors import UnwritableError


@click.command(short_help="Write a page with figures of a graph.")
@OUTPUT
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
@AS_OF
def report(output: Path, page: Path, as_of: datetime | None) -> None:
    """Write figures of the graph in the folder OUTPUT into PAGE, one HTML file: deals, outlets, companies, stories, communities, bursts.

    Each figure has its table, and words. The page needs no other file, no network and no script, and prints well.
    """
    from newsgraph.report.report_page import report_page

    text = report_page(load(output, as_of))
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableError(page, error) from error
    terminal.say(f"{page}: {len(text.encode()):,} bytes")
