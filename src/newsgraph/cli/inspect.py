"""The command `inspect`: how files are read, field by field and from where, without building."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import FILE, counted

if TYPE_CHECKING:
    from newsgraph.pipeline.file_inspection import FileInspection

_LONGEST = 100  # characters of a value


@click.command(short_help="Show how files are read: every field and where it comes from.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--map", "field_map", type=FILE, help="YAML file of the names that fields have in your documents, as in build.")
@click.option("--items", type=click.IntRange(min=0), default=5, show_default=True, metavar="N", help="Articles of a file that are shown.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each file, with whole values.")
@click.pass_context
def inspect(ctx: click.Context, *, inputs: tuple[Path, ...], field_map: Path | None, items: int, as_json: bool) -> None:
    """Show how files are read, without building: the form of each file, each field of its articles, and the place that it came from.

    A folder or an archive is shown file by file, with the files that are passed over; "-" is the standard input. The exit code is 1 if a
    file gave no article.
    """
    from newsgraph.pipeline.file_inspection import inspect_files

    lost = False
    for file in inspect_files(inputs, field_map, items):
        lost = lost or not (file.articles or file.reason)
        for line in [terminal.json_line(_row(file))] if as_json else _lines(file):
            terminal.say(line)
    ctx.exit(1 if lost else 0)


def _lines(file: FileInspection) -> Iterator[str]:
    if file.reason:
        yield f"{file.source}: passed over: {file.reason}"
        return
    yield f"{file.source}: {file.dialect or 'not read'}, {counted(file.articles, 'article')}"
    for item in file.items:
        yield f"  {item.part}"
        width = max(len(one.field) for one in item.fields)
        for one in item.fields:
            value = " ".join(one.value.split())
            shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]} … ({len(one.value):,} characters)"
            yield f"    {one.field:<{width}}  {f'{shown}  ' if shown else ''}[{one.origin}]"
    if file.articles > len(file.items) > 0:
        yield f"  and more: --items {file.articles} shows all"
    for problem in file.problems:
        yield f"  problem: {problem.field}: {problem.what}. {problem.hint}"


def _row(file: FileInspection) -> dict[str, object]:
    return {
        "file": file.source,
        "dialect": file.dialect or None,
        "articles": file.articles,
        "items": [{"part": item.part, "fields": [one._asdict() for one in item.fields]} for item in file.items],
        "problems": [{"field": problem.field, "what": problem.what, "hint": problem.hint} for problem in file.problems],
        "passed_over": file.reason or None,
    }
