"""The command `pack`: it makes a pack of company identifiers, which links the companies of a graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import FILE, counted

if TYPE_CHECKING:
    from newsgraph.identifiers import PackReport


@click.command(short_help="Make a pack of company identifiers.")
@click.argument("output", metavar="OUTPUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--gleif", multiple=True, type=FILE, help="Golden copy of GLEIF, level 1: a CSV file, or the ZIP file that contains it.")
@click.option("--sec", multiple=True, type=FILE, help="company_tickers.json or company_tickers_exchange.json of the SEC.")
@click.option("--wikidata", multiple=True, type=FILE, help="Result of a Wikidata query: CSV, TSV or JSON.")
@click.option("--own", multiple=True, type=FILE, help="Your own list with the columns of a pack, or another pack.")
def pack(output: Path, gleif: tuple[Path, ...], sec: tuple[Path, ...], wikidata: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Make a pack of company identifiers (OUTPUT, .parquet or .csv) from files of GLEIF, the SEC and Wikidata.

    Every option may be repeated. Records with the same LEI, CIK or Wikidata id are merged; a name never merges two.
    """
    from newsgraph.identifiers import make_pack

    _print(make_pack(output, gleif, sec, wikidata, own), output)


def _print(report: PackReport, output: Path) -> None:
    terminal.say(f"{'records':<9} {report.records:>11,}  in {output}")
    for source in report.sources:
        terminal.say(f"{source.source:<9} {source.kept:>11,}  of {counted(source.rows, 'row')}")
    apart = f"; {counted(report.apart, 'record')} with contradictory ids not merged" if report.apart else ""
    terminal.say(f"{'merged':<9} {report.folded:>11,}  into a record with the same id{apart}")
    total = sum(count for _, count in report.dropped)
    columns = ", ".join(f"{count:,} {column}" for column, count in report.dropped)
    terminal.say(f"{'dropped':<9} {total:>11,}  invalid values{f': {columns}' if columns else ''}")
