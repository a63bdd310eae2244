"""The command `brief`: what is new in a graph, as a text to read, a page or a feed."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT
from newsgraph.cli.terminal import FILE

_WORDS = ("yesterday", "last-build")


def _since(_: click.Context, __: click.Parameter, value: str) -> date | str:
    if value in _WORDS:
        return value
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        message = f"{value} is neither a day such as 2025-11-05 nor {' nor '.join(_WORDS)}."
        raise click.BadParameter(message) from None


@click.command(short_help="Tell what is new in a graph.")
@OUTPUT
@click.option(
    "--since",
    metavar="DAY",
    default="yesterday",
    show_default=True,
    callback=_since,
    help="A day (2025-11-05), yesterday (the day before that of the last build), or last-build.",
)
@click.option("--watch", type=FILE, help="Text file of names, topics and SPARQL questions, one on each line: only what concerns these.")
@click.option("--most", type=click.IntRange(min=1), metavar="N", help="Entries of a section, at most. Default: all.")
@click.option(
    "--output-format",
    type=click.Choice(["markdown", "html", "json", "atom"]),
    default="markdown",
    show_default=True,
    help="How to print the brief.",
)
def brief(output: Path, *, since: date | str, watch: Path | None, most: int | None, output_format: str) -> None:
    """Print what is new in the graph in the folder OUTPUT: new and changed events, new companies, new stories and those with more articles.

    Every build into a folder that changes its graph is recorded there with its day: that of --day, else the last day on which an article was
    published. A brief of days before the first record goes by the days of the articles.
    """
    from newsgraph.brief.news_brief import news_brief
    from newsgraph.brief.watchlist import read_watchlist, watched
    from newsgraph.bulletin.atom_feed import atom_feed
    from newsgraph.bulletin.html_page import html_page
    from newsgraph.bulletin.markdown_text import markdown
    from newsgraph.export.parquet import read_tables
    from newsgraph.history.build_records import read_records
    from newsgraph.storage.derived_cache import table_origin

    origin = table_origin(output)
    graph = read_tables(output)
    watching = None if watch is None else watched(read_watchlist(watch), graph, origin)
    bulletin = news_brief(graph, read_records(output), since, watching, most)
    if output_format == "json":
        click.echo(terminal.as_json(asdict(bulletin)))
    else:
        click.echo({"markdown": markdown, "html": html_page, "atom": atom_feed}[output_format](bulletin), nl=False)
