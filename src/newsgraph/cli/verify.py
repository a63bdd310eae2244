"""The command that repeats a build: `verify`."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.query import OUTPUT
from newsgraph.cli.terminal import WORKERS, counted


@click.command(short_help="Repeat a build from nothing and compare every byte.")
@OUTPUT
@WORKERS
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what differs.")
@click.pass_context
def verify(ctx: click.Context, *, output: Path, workers: int | None, quiet: bool) -> None:
    """Repeat the build of an output folder from nothing, in another place, and compare every file byte for byte.

    Documents, decisions and lists are taken as they are now, kept IRIs as they were given then. Exit code: 0 all files are equal,
    1 some differ, 2 the build cannot be repeated.
    """
    from newsgraph.executor import processor_count
    from newsgraph.pipeline.verification import verify as compared

    with terminal.progress(quiet=quiet) as progress:
        verdict = compared(output, workers or processor_count(), progress)
    for line in (*verdict.unequal, *verdict.reasons):
        terminal.say(line, err=True)
    if not quiet:
        equal = counted(verdict.equal, "file")
        differing = f"; {counted(len(verdict.unequal), 'file')} not" if verdict.unequal else ""
        terminal.say(f"{equal} as a build from nothing writes {'it' if verdict.equal == 1 else 'them'}, byte for byte{differing}")
    ctx.exit(1 if verdict.unequal else 0)
