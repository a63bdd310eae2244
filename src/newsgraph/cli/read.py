"""The command `read`: what each article says by itself, as JSON Lines."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import SHARE


@click.command(short_help="Print what each article says: entities and events, as JSON Lines.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--extractor",
    default="",
    metavar="NAME",
    help="How texts are read: none, rules, names, reader, spacy:PIPELINE. [default: the best one installed]",
)
@click.option("--threshold", type=SHARE, metavar="X", help="Confidence, 0 to 1, that a company needs. [default: 0.5]")
@click.option("--event-threshold", type=SHARE, metavar="X", help="Confidence, 0 to 1, that an event needs. [default: 0.5]")
def read(*, inputs: tuple[Path, ...], extractor: str, threshold: float | None, event_threshold: float | None) -> None:
    """Read articles without building a graph, and print one JSON object for each article: its entities and its events.

    The form is that of annotated articles: entities have a name, a kind, their spellings and offsets in `text`; events have a type, roles,
    a status, a time, amounts and their evidence. A file of annotated articles is read like any other, so a reading can be compared with it.
    """
    from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT, Problem
    from newsgraph.pipeline.article_readings import read_articles

    problems: list[Problem] = []
    least = ACCEPTED if threshold is None else threshold
    for article in read_articles(inputs, extractor, least, problems, ACCEPTED_EVENT if event_threshold is None else event_threshold):
        click.echo(terminal.json_line(article))
    for problem in problems:
        terminal.say(problem.line(), err=True)
