"""The program `newsgraph`: a group of commands. Errors of ours are printed as one line; bugs keep their traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

from newsgraph import __version__
from newsgraph.cli import last_resort, terminal
from newsgraph.cli.annotate import annotate
from newsgraph.cli.brief import brief
from newsgraph.cli.build import build
from newsgraph.cli.check import check
from newsgraph.cli.context import context, search
from newsgraph.cli.diff import diff
from newsgraph.cli.export import export
from newsgraph.cli.inspect import inspect
from newsgraph.cli.mcp import mcp
from newsgraph.cli.pack import pack
from newsgraph.cli.query import query
from newsgraph.cli.read import read
from newsgraph.cli.report import report
from newsgraph.cli.review import review
from newsgraph.cli.score import score
from newsgraph.cli.serve import serve
from newsgraph.cli.share import share
from newsgraph.cli.site import site
from newsgraph.cli.stats import stats
from newsgraph.cli.storyline import storyline
from newsgraph.cli.verify import verify
from newsgraph.cli.why import why
from newsgraph.core.blas_threads import use_one_blas_thread
from newsgraph.core.errors import NewsgraphError


class _CommandGroup(click.Group):
    """Commands that print our own errors, impossible paths, and the end of memory or of room for results, as one line and exit with 2."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run a command."""
        try:
            if reason := last_resort.too_little_memory() or last_resort.lost_folder():
                _fail(reason)
            try:
                return super().main(*args, **extra)
            finally:
                sys.stdout.flush()
        except MemoryError:
            _fail(last_resort.out_of_memory())
        except OSError as error:
            if path := last_resort.path_failure(error):
                _fail(path)
            reason = last_resort.stream_failure(error)
            if reason is None:
                raise
            last_resort.abandon_output()
            _fail(reason)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NewsgraphError as error:
            terminal.say(f"error: {error}", err=True)
            ctx.exit(2)


def _fail(reason: str) -> NoReturn:
    with suppress(OSError):
        terminal.say(f"error: {reason}", err=True)
    sys.exit(2)


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="newsgraph", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Turn a folder of news documents into a knowledge graph, offline, and answer questions about it."""
    use_one_blas_thread()
    if os.environ.get("NO_COLOR"):
        ctx.color = False


for _command in (
    build,
    inspect,
    read,
    query,
    search,
    context,
    why,
    storyline,
    brief,
    check,
    stats,
    report,
    diff,
    review,
    score,
    annotate,
    pack,
    export,
    share,
    site,
    serve,
    mcp,
    verify,
):
    main.add_command(_command)
