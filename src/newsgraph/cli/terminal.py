r"""What the command line prints: plain text where output is piped, coloured and fitted on a terminal, always harmless.

Texts of documents may contain anything: control characters are shown as `\\x1b` and the like, and nothing is read as markup.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsgraph.core.edge_origins import edge_origins
from newsgraph.core.markdown_marks import pieces_without_marks, without_marks
from newsgraph.core.progress import Progress
from newsgraph.core.shown_values import counted, shown
from newsgraph.core.vocabulary import FACT_STATUSES
from newsgraph.query.query_limits import LONGEST

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from newsgraph.provenance.explanation import Statement

__all__ = ["counted", "shown"]  # commands take these from here, beside what is defined below

_FORMATTING = (
    *range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, *range(0xD800, 0xE000),
)  # fmt: skip
_HARMLESS = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _FORMATTING}  # noqa: PLR2004 - one byte
_ONE_LINE = _HARMLESS | {ord(mark): " " for mark in "\t\n\r\u2028\u2029"}
_ESCAPED = {code: f"\\u{code:04x}" for code in _FORMATTING if code > 0x7E}  # noqa: PLR2004 - json escapes those below

_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}

_WHOLE = 32
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>\"{}|\\^`]+")


class _Number(click.FloatRange):
    """A number in a range; the ranges of click let "nan" through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        """Return the number."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


# Options and types that several commands use.
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Number of processes. Default: one per processor, at most 8."
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
SHARE = _Number(0, 1)
SECONDS = _Number(0, LONGEST, min_open=True)
LAYOUTS = click.Choice(["table", "csv", "json"])


def web_address(_: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Check an option whose value is an address of the web; return it, empty if there is none."""
    if value and not value.startswith(("http://", "https://")):
        message = f"{value} is not an address that begins with https:// or http://."
        raise click.BadParameter(message, param=parameter)
    if value and not _ADDRESS.fullmatch(value):
        message = f"{value} has a character that no address has, such as a blank or a quotation mark. Write it as %20, %22 and so on."
        raise click.BadParameter(message, param=parameter)
    return value or ""


def harmless(text: str) -> str:
    """Return a text on one line, with control characters and marks of writing direction made visible."""
    return text.translate(_ONE_LINE)


def say(text: str, *, err: bool = False) -> None:
    """Print one line."""
    click.echo(harmless(text), err=err)


@cache
def console(*, err: bool = False) -> Console:
    """Return the rich console for the terminal; it respects NO_COLOR and the width of the terminal."""
    from rich.console import Console  # noqa: PLC0415 - rich is loaded when something is drawn

    return Console(stderr=err, highlight=False, markup=False, emoji=False)


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: fitted to a terminal with folded cells, or in plain columns of full width where output is piped."""
    cells = [[harmless(shown(value)) for value in row] for row in rows]
    right = [bool(rows) and all(row[i] is None or _is_number(row[i]) for row in rows) for i in range(len(headers))]
    if console().is_terminal:
        _drawn(headers, cells, right)
        return
    lines = [list(headers), *cells]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headers))]
    for line in lines:
        padded = (text.rjust(width) if is_right else text.ljust(width) for text, width, is_right in zip(line, widths, right, strict=True))
        click.echo("  ".join(padded).rstrip())


def _drawn(headers: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich import box  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for i, header in enumerate(headers):
        # names without blanks are not folded, so that they can be copied
        whole = all(len(row[i]) <= _WHOLE and " " not in row[i] for row in cells)
        drawn.add_column(Text(header), justify="right" if right[i] else "left", overflow="fold", no_wrap=whole)
    for row in cells:
        drawn.add_row(*map(Text, row))
    console().print(drawn)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def frame(data: pl.DataFrame, layout: str, base: str) -> None:
    """Print a frame as a table, CSV or JSON (a list of objects).

    A table on a terminal shows the IRIs of the graph without `base`; `newsgraph why` accepts them like that.
    """
    if layout == "csv":
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows([data.columns, *(map(_cell, row) for row in data.rows())])
        click.echo(lines.getvalue(), nl=False)
    elif layout == "json":
        click.echo(as_json(data.to_dicts()))
    else:
        rows = data.rows()
        if console().is_terminal:
            rows = [tuple(cell.removeprefix(base) if isinstance(cell, str) else cell for cell in row) for row in rows]
        table(data.columns, rows)
        say(counted(data.height, "row"), err=True)


def text(body: str) -> None:
    """Print a text in a format for programs, as it is; control characters are escaped by its format."""
    click.echo(body, nl=not body.endswith("\n"))


def as_json(value: Sequence[Mapping[str, object]] | Mapping[str, object]) -> str:
    """Return rows or one object as JSON, with dates and times (UTC) in ISO 8601 and control characters as escapes."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_iso).translate(_ESCAPED)


def json_line(value: Mapping[str, object]) -> str:
    """Return one object as JSON on one line, for whatever breaks lines; control characters are escapes."""
    return json.dumps(value, ensure_ascii=False, default=_iso).translate(_ESCAPED | _BREAKS)


def _cell(value: object) -> object:
    """Return a value for CSV: booleans as in JSON, times in ISO 8601."""
    if isinstance(value, bool):
        return str(value).lower()
    return _iso(value) if isinstance(value, date) else value


def _iso(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def statements(to_print: Sequence[Statement]) -> None:
    """Print statements: who does what to whom, once, and then for every article that states it the words and where they are from."""
    last = ""
    for statement in to_print:
        head = _head(statement)
        if head != last:
            click.echo(("\n" if last else "") + click.style(harmless(head), bold=True))
            last = head
        _reason(statement)


def _head(statement: Statement) -> str:
    amount = f"{shown(statement.amount)} {statement.currency}".strip() if statement.amount is not None else ""
    firm = statement.status in FACT_STATUSES
    facts = ", ".join(part for part in (amount, statement.status if firm else "") if part)
    # what is only rumoured or denied must not read as a fact
    doubt = f"{statement.status}: " if statement.status and not firm else ""
    return f"{doubt}{statement.subject} {statement.predicate} {statement.object}{f' ({facts})' if facts else ''}"


def _reason(statement: Statement) -> None:
    if statement.sentence:
        cuts = pieces_without_marks(statement.sentence, (0, statement.start, statement.end, len(statement.sentence)))
        before, words, after = (harmless(unescape(cut)) for cut in cuts)
        click.echo(f"  “{before}{click.style(words, fg='cyan')}{after}”")
    for sentence in statement.context:
        say(f"    with “{unescape(without_marks(sentence))}”")
    if statement.article:
        where = ", ".join(part for part in (statement.provider, f"{shown(statement.published)} UTC" if statement.published else "") if part)
        say(f"    {unescape(where) or 'no provider'}: {unescape(without_marks(statement.headline))}")
        say(f"    {statement.url or statement.article}")
    day = f", dated {statement.when} by the {statement.date_source or 'text'}" if statement.when else ""
    confidence = "" if statement.confidence is None else f", confidence {shown(statement.confidence)}"
    note = f" ({statement.note})" if statement.note else ""
    reader = f", read by {statement.extractor}" if statement.extractor else ""
    if not (statement.rule or statement.source or note):
        return
    origin = "" if statement.sentence else edge_origins().get((statement.kind, statement.rule), "")
    if origin:
        say(f"    {origin} (rule {statement.rule})")
        return
    say(f"    {f'{statement.source}: ' if statement.source else ''}rule {statement.rule or 'none'}{confidence}{reader}{day}{note}")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress | None]:
    """Show a progress bar on a terminal, and yield the function that moves it, with task, steps done and steps in all (or None)."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above
    from rich.progress import Progress as Bar  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console(err=True), transient=True) as bar:

        def move(what: str, done: int, total: int | None) -> None:
            shown = [task for task in bar.tasks if task.description == what]
            for task in bar.tasks:
                if task not in shown:
                    bar.remove_task(task.id)
            bar.update(shown[0].id if shown else bar.add_task(what, total=total), completed=done, total=total)

        yield move
