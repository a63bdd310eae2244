"""The command `export`: a graph that exists, in further formats."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.build import FORMATS
from newsgraph.cli.graph_input import OUTPUT
from newsgraph.cli.terminal import WORKERS


@click.command(short_help="Write a graph that exists in further formats.")
@OUTPUT
@FORMATS
@click.option("-o", "--folder", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to. Default: OUTPUT itself.")
@click.option("--no-text", is_flag=True, help="With -o: leave out the articles' bodies and every sentence of more than 25 words.")
@WORKERS
@click.option("-q", "--quiet", is_flag=True, help="Print no paths.")
@click.pass_context
def export(
    ctx: click.Context, *, output: Path, formats: tuple[str, ...], folder: Path | None, no_text: bool, workers: int | None, quiet: bool
) -> None:  # fmt: skip
    """Write the graph in the folder OUTPUT in further formats, from its tables, without its documents.

    The files join those of OUTPUT, and later builds into it keep them up to date; or they are written to another folder, where export.json
    says which graph they describe. Exit code: 0, 1 if a format could not be written, 2 if the command was wrong.
    """
    from newsgraph.executor import processor_count
    from newsgraph.pipeline.graph_export import export_into

    with terminal.progress(quiet=quiet) as progress:
        written = export_into(output, formats, folder, text=not no_text, workers=workers or processor_count(), progress=progress)
    for path in written.files if not quiet else ():
        terminal.say(str(path))
    for failure in written.failures:
        terminal.say(f"error: {failure.line()}", err=True)
    ctx.exit(1 if written.failures else 0)
