"""The commands `search` and `context`: they find sentences, names and facts in a built graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import AS_OF, OUTPUT, load
from newsgraph.cli.terminal import LAYOUTS, SECONDS

if TYPE_CHECKING:
    from newsgraph.retrieval.sentence_index import SentenceIndex

_TIMEOUT = click.option("--timeout", type=SECONDS, metavar="SECONDS", default=30.0, help="Longest time for an answer. [default: 30]")


@click.command(short_help="Find names and sentences by words.")
@OUTPUT
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    type=click.Choice(["company", "organisation", "person", "place", "product", "topic", "provider", "sentence"]),
    default=None,
    help="Only things of this kind, or only sentences.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most results.")
@click.option("--output-format", "layout", type=LAYOUTS, default="table", show_default=True, help="How to print the results.")
@_TIMEOUT
@AS_OF
def search(output: Path, words: tuple[str, ...], kind: str | None, limit: int, layout: str, timeout: float, as_of: datetime | None) -> None:
    """Find things by their names, with typing errors forgiven, and sentences by their words.

    Things that the words name come first, then sentences, the best first.
    """
    import polars as pl

    from newsgraph.retrieval.full_text_search import search as hits_of
    from newsgraph.retrieval.full_text_search import search_frame

    with _index(output) as index:
        hits = search_frame(hits_of(index, " ".join(words), limit, timeout, as_of.date() if as_of else None, kind or ""))
    shown = (
        hits.select("kind", "text", pl.coalesce(pl.col("url").replace("", None), "iri").alias("where"), "published")
        if layout == "table"
        else hits
    )
    terminal.frame(shown, layout, base="")


@click.command(short_help="Find what a question can be answered from.")
@OUTPUT
@click.argument("question")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="Only articles about this topic, or a narrower one. Repeatable.")
@click.option(
    "--budget",
    type=click.IntRange(min=100),
    default=2000,
    show_default=True,
    help="Size of the answer in tokens of a language model, about.",
)
@click.option("--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it.")
@_TIMEOUT
@AS_OF
def context(output: Path, question: str, topics: tuple[str, ...], budget: int, layout: str, timeout: float, as_of: datetime | None) -> None:
    """Find the sentences, facts, sources and disagreements from which a question in words can be answered.

    The text is meant for a language model, or for a person to read; no model is used to find it. Sentences are quoted word for word.
    """
    from newsgraph.retrieval.answer_context import context as context_of
    from newsgraph.retrieval.context_text import context_text

    with _index(output) as index:
        found = context_of(index, question, as_of.date() if as_of else None, topics, budget, seconds=timeout)
    if layout == "json":
        click.echo(terminal.as_json(asdict(found)))
    else:
        for line in context_text(found).splitlines():
            terminal.say(line)


@contextmanager
def _index(output: Path) -> Iterator[SentenceIndex]:
    """Open the sentence index of an output; the tables are read only where the index must be made."""
    from newsgraph.retrieval.sentence_index import open_index
    from newsgraph.storage.derived_cache import table_origin

    index = open_index(lambda: load(output), table_origin(output) if output.exists() else None)
    try:
        yield index
    finally:
        index.close()
