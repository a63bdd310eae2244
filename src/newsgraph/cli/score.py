"""The command `score`: it measures a built graph, or extractors, against annotated texts."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import FILE, LAYOUTS, counted

if TYPE_CHECKING:
    from newsgraph.score import ScoreReport

LINES = "-"
PAGES = (".html", ".htm")


@click.command(short_help="Score a graph or extractors against annotated texts.")
@click.argument("output", required=False, type=click.Path(path_type=Path))
@click.argument("gold", required=False, type=FILE)
@click.option("--texts", multiple=True, type=FILE, help="Annotated texts for extractors to read, without a graph; repeat for more files.")
@click.option("--articles", multiple=True, type=FILE, help="Annotated whole articles, without a graph; repeat for more files.")
@click.option(
    "--found", type=FILE, help="With --articles: what was found in them, as `newsgraph read` prints it, instead of reading them now."
)
@click.option(
    "--extractor", "extractors", multiple=True, metavar="NAME", help="Extractor to read --texts or --articles; repeat to compare."
)
@click.option(
    "--threshold", type=float, metavar="X", help="With --texts or --articles: confidence, 0 to 1, that a company needs, as in a build."
)
@click.option(
    "--errors", is_flag=False, flag_value=LINES, metavar="[FILE.html]", help="List what was missed or wrong, or write a page that shows it."
)
@click.option(
    "--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print the scores.",
)  # fmt: skip
def score(
    *, output: Path | None, gold: Path | None, texts: tuple[Path, ...], articles: tuple[Path, ...], found: Path | None,
    extractors: tuple[str, ...], threshold: float | None, errors: str | None, layout: str,
) -> None:  # fmt: skip
    """Score the graph in the folder OUTPUT against annotated texts (GOLD), or compare extractors on the same --texts or --articles.

    Prints precision, recall and F1 with 95 % intervals, for all texts, for those held out, and for each source. A quarter of the texts is
    held out: it is measured, but its errors are never shown. With --articles, events are compared with all of their roles and fields.
    """
    if articles or found:
        if output or texts or errors:
            message = "--articles goes with --found, --extractor and --threshold alone."
            raise click.UsageError(message)
        _score_articles(articles, found, extractors, threshold, layout)
        return
    from newsgraph.score import write_errors

    page = _page(errors)
    report = _report(output, gold, texts, extractors, threshold)
    if layout == "table":
        _print(report)
    else:
        terminal.frame(report.table(), layout, base="")
    for place in report.card(report.readers[0], "all").not_built:
        terminal.say(f"not in this graph: {place}", err=layout != "table")
    if errors == LINES:
        for reader in report.readers:
            for line in report.card(reader, "all").errors:
                terminal.say(line if len(report.readers) == 1 else f"{reader.name}: {line}", err=layout != "table")
    elif page:
        count = write_errors(report, page)
        terminal.say(f"{counted(count, 'text')} with errors written to {page}", err=True)


def _score_articles(paths: tuple[Path, ...], found: Path | None, extractors: Sequence[str], threshold: float | None, layout: str) -> None:
    """Print the figures of each extractor over annotated articles, or of what a file says was found in them."""
    from newsgraph.core.model import ACCEPTED
    from newsgraph.pipeline.article_readings import read_articles
    from newsgraph.score import read_whole_articles, score_articles, whole_article

    if not paths or (found and (extractors or threshold is not None)):
        message = "Name the annotated articles with --articles, and either --found or --extractor."
        raise click.UsageError(message)
    gold = read_whole_articles(paths)
    least = ACCEPTED if threshold is None else threshold
    for number, name in enumerate([""] if found else extractors or [""]):
        rows = read_whole_articles([found]) if found else [whole_article(row) for row in read_articles(paths, name, least)]
        result = score_articles(gold, rows)
        if layout == "table":
            if number:
                click.echo()
            terminal.say(f"{f'{name}: ' if name else ''}{counted(result.articles, 'article')}, {counted(result.events, 'event')}")
        terminal.frame(result.table(), layout, base="")
        for identifier in result.unread:
            terminal.say(f"nothing found for: {identifier}", err=True)


def _page(errors: str | None) -> Path | None:
    """Return the page to write. A file of another type was probably meant to be read."""
    if errors in {None, LINES}:
        return None
    if not str(errors).lower().endswith(PAGES):
        message = f"{errors} is not an .html file. Put --errors last to list errors here, or add a FILE.html to write a page."
        raise click.UsageError(message)
    return Path(str(errors))


def _report(
    output: Path | None, gold: Path | None, texts: Sequence[Path], extractors: Sequence[str], threshold: float | None
) -> ScoreReport:
    from newsgraph.core.model import ACCEPTED
    from newsgraph.export.parquet import read_tables
    from newsgraph.extract import default_extractor
    from newsgraph.score import read_annotated, report_of_extractors, report_of_graph

    if texts and output is None:
        return report_of_extractors(
            extractors or (default_extractor(),), read_annotated(texts), ACCEPTED if threshold is None else threshold
        )
    if texts or extractors or threshold is not None or output is None or gold is None:
        message = "Name OUTPUT and GOLD to score a graph, or use --texts with one or more --extractor to score extractors."
        raise click.UsageError(message)
    return report_of_graph(read_tables(output), read_annotated([gold]))


def _print(report: ScoreReport) -> None:
    """Print the figures of every part, then the smaller tables."""
    for part in report.parts:
        cards = [report.card(reader, part) for reader in report.readers]
        missing = f", {len(cards[0].not_built):,} not in this graph" if cards[0].not_built else ""
        terminal.say(f"{part}: {counted(cards[0].records, 'text')}{missing}")
        _table(report.figures(part))
        click.echo()
    for title, rows in _further(report):
        if rows:
            terminal.say(title)
            _table(rows)
            click.echo()


def _further(report: ScoreReport) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the smaller tables, each with its title."""
    shares = [(part, reader, report.false_events(reader, part)) for part in report.parts for reader in report.readers]
    yield "false events: share of the texts that name two companies, report no event between them, and are read as if they did", [
        {"part": part, "extractor": reader.name, "share": s.share, "low": s.low, "high": s.high, "texts": s.counted, "of": s.texts}
        for part, reader, s in shares if s.texts
    ]  # fmt: skip
    counts = [(part, reader, report.nodes(reader, part)) for part in report.parts for reader in report.readers]
    yield "nodes per company: nodes of the companies that were found, by the companies that they represent", [
        {"part": part, "extractor": reader.name, "nodes": n.nodes, "companies": n.companies, "ratio": n.ratio}
        for part, reader, n in counts if n and n.companies
    ]  # fmt: skip
    calibrated = [(reader, report.calibration(reader)) for reader in report.readers]
    errors = ", ".join(f"{calibration.error:.3f} ({reader.name})" for reader, calibration in calibrated)
    yield f"calibration: confidence of company mentions against the share that is right; expected calibration error {errors}", [
        {"extractor": reader.name, "from": b.low, "to": b.high, "mentions": b.mentions, "confidence": b.confidence, "right": b.right}
        for reader, calibration in calibrated for b in calibration.bins
    ]  # fmt: skip
    yield "cost: seconds to open, articles per second of CPU time and of wall time, peak memory in MiB", [
        {
            "extractor": reader.name, "open s": round(reader.cost.opening, 2), "per CPU s": round(reader.cost.per_core),
            "per second": round(reader.cost.per_second), "MiB": reader.cost.memory and round(reader.cost.memory),
        }
        for reader in report.readers if reader.cost
    ]  # fmt: skip


def _table(rows: Sequence[dict[str, object]] | Sequence[dict[str, str | float | int]]) -> None:
    terminal.table(tuple(rows[0]), [tuple(round(v, 3) if isinstance(v, float) else v for v in row.values()) for row in rows])
