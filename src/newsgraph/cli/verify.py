"""The command `verify`: it repeats a build and compares the result."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT
from newsgraph.cli.terminal import WORKERS, counted


@click.command(short_help="Rebuild a graph from scratch and compare every byte.")
@OUTPUT
@WORKERS
@click.option("-q", "--quiet", is_flag=True, help="Print only what differs.")
@click.pass_context
def verify(ctx: click.Context, *, output: Path, workers: int | None, quiet: bool) -> None:
    """Repeat the build of the folder OUTPUT from scratch, in another place, and compare every file byte for byte.

    Documents, decisions and lists are used as they are now; kept IRIs as they were at the time. Exit code: 0 if all files are equal, 1 if
    some differ, 2 if the build cannot be repeated.
    """
    from newsgraph.executor import processor_count
    from newsgraph.pipeline.verification import verify as compared

    with terminal.progress(quiet=quiet) as progress:
        verdict = compared(output, workers or processor_count(), progress)
    for line in (*verdict.unequal, *verdict.reasons):
        terminal.say(line, err=True)
    if not quiet:
        same = f"{counted(verdict.equal, 'file')} identical to a build from scratch"
        differing = f"; {counted(len(verdict.unequal), 'file')} not" if verdict.unequal else ""
        terminal.say(same + differing)
    ctx.exit(1 if verdict.unequal else 0)
