"""The command that makes a pack of company identifiers, to link the companies of a graph."""
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
@click.option("--gleif", multiple=True, type=FILE, help="Golden copy of GLEIF, level 1: CSV, or the ZIP file that holds it.")
@click.option("--sec", multiple=True, type=FILE, help="company_tickers.json or company_tickers_exchange.json of the SEC.")
@click.option("--wikidata", multiple=True, type=FILE, help="Answer of a Wikidata query: CSV, TSV or JSON.")
@click.option("--own", multiple=True, type=FILE, help="List of your own with the columns of a pack, or another pack.")
def pack(output: Path, gleif: tuple[Path, ...], sec: tuple[Path, ...], wikidata: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Make a pack of company identifiers (OUTPUT, .parquet or .csv) out of files that you got from GLEIF, the SEC and Wikidata.

    Every option may be repeated. Records that carry the same LEI, CIK or Wikidata id become one; a name never joins two.
    """
    from newsgraph.identifiers import make_pack

    _say(make_pack(output, gleif, sec, wikidata, own), output)


def _say(report: PackReport, output: Path) -> None:
    terminal.say(f"{'records':<9} {report.records:>11,}  in {output}")
    for one in report.sources:
        terminal.say(f"{one.source:<9} {one.kept:>11,}  of {counted(one.rows, 'row')}")
    apart = f"; {counted(report.apart, 'record')} with contradictory ids stay apart" if report.apart else ""
    terminal.say(f"{'folded':<9} {report.folded:>11,}  into a record with the same id{apart}")
    total = sum(count for _, count in report.dropped)
    columns = ", ".join(f"{count:,} {column}" for column, count in report.dropped)
    terminal.say(f"{'dropped':<9} {total:>11,}  values that are none of their kind{f': {columns}' if columns else ''}")
