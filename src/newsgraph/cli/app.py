"""The program `newsgraph`: a group of commands. Errors of ours are printed as one line; bugs keep their traceback."""

from __future__ import annotations

import os

import click

from newsgraph import __version__
from newsgraph.cli import terminal
from newsgraph.cli.annotate import annotate
from newsgraph.cli.build import build
from newsgraph.cli.check import check
from newsgraph.cli.diff import diff
from newsgraph.cli.inspect import inspect
from newsgraph.cli.pack import pack
from newsgraph.cli.query import query
from newsgraph.cli.read import read
from newsgraph.cli.review import review
from newsgraph.cli.score import score
from newsgraph.cli.stats import stats
from newsgraph.cli.storyline import storyline
from newsgraph.cli.verify import verify
from newsgraph.cli.why import why
from newsgraph.core.errors import NewsgraphError


class _CommandGroup(click.Group):
    """Commands that print our own errors as one line and exit with 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NewsgraphError as error:
            terminal.say(f"error: {error}", err=True)
            ctx.exit(2)


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="newsgraph", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Turn a folder of news documents into a knowledge graph, offline, and answer questions about it."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


for _command in (build, inspect, read, query, why, storyline, check, stats, diff, review, score, annotate, pack, verify):
    main.add_command(_command)
