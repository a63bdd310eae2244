"""Turtle files that take over from an earlier one the statements of articles of which nothing has changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.article_keys import KEYS, article_keys
from newsgraph.rdf.article_statements import SECTION
from newsgraph.rdf.graph_partition import some_articles
from newsgraph.rdf.graph_statements import VOCABULARY, article_texts, dataset, parts, replaced_texts
from newsgraph.rdf.serializer import TextSerializer
from newsgraph.rdf.statement_file import write_part, write_text, write_texts
from newsgraph.rdf.text_spans import SCHEMA, TextSpans
from newsgraph.rdf.turtle_layout import TurtleSerializer, header

_MOST_CHANGED = 0.5
"""Share of the articles that are new or changed above which the file is written as a whole, with several processes."""
_PIECE = 1 << 20  # bytes that are copied at a time
INDEX = {**SCHEMA, **dict.fromkeys(KEYS, pl.UInt64())}
"""Columns of the index of a file: its spans, and the keys of the articles."""


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """A Turtle file and the index of what is where in it."""

    path: Path
    index: pl.DataFrame


def write_turtle_file(graph: GraphTables, path: Path, workers: int = 1, earlier: TurtleFile | None = None) -> TurtleFile:
    """Write a graph as Turtle.

    `workers` is the number of processes for a large graph. `earlier` is a file of this program for a graph with the same base and run: the
    bytes are the same with and without it.
    """
    base = dataset(graph)["base"]
    serializer, keys = TurtleSerializer(base), article_keys(graph)
    spans = _write_changed(graph, serializer, path, keys, earlier) if earlier else None
    spans = spans or write_text(graph, serializer, path, header(base), workers)
    return TurtleFile(path, spans.frame().join(keys, on="article", how="left", maintain_order="left"))


def _write_changed(graph: GraphTables, serializer: TextSerializer, path: Path, keys: pl.DataFrame, earlier: TurtleFile) -> TextSpans | None:
    """Serialize what articles do not have to themselves and those that have changed, and copy the others; None if too many have changed."""
    known = earlier.index.with_columns(start=pl.col("bytes").cum_sum() - pl.col("bytes")).filter(pl.col("key").is_not_null())
    found = keys.join(known, on=["article", *KEYS], how="left", maintain_order="left")
    changed = found.filter(pl.col("start").is_null())["article"]
    if changed.len() > _MOST_CHANGED * keys.height:
        return None
    with path.open("wb") as file, earlier.path.open("rb") as old:
        spans = TextSpans()
        spans.add(file.write(header(dataset(graph)["base"]).encode()))
        spans.extend(write_part(graph, serializer, parts(graph)[0], file))
        if keys.height:
            spans.add(file.write(serializer.heading(SECTION).encode()))
        texts = article_texts(some_articles(graph, changed), serializer) if changed.len() else iter(())
        copier = _Copier(old, file)
        for article, start, length, count, named_graph in found.select("article", "start", "bytes", "statements", "graph").iter_rows():
            if start is None:
                copier.flush()
                spans.extend(write_texts(islice(texts, 1), serializer, file, [article], SECTION))
            else:
                copier.copy(start, length)
                spans.add(length, named_graph, count, article)
        copier.flush()
        spans.extend(write_texts(replaced_texts(graph, serializer), serializer, file))
        vocabulary = earlier.index.row(-1, named=True)
        spans.add(file.write(serializer.heading(VOCABULARY).encode()))
        copier.copy(earlier.path.stat().st_size - vocabulary["bytes"], vocabulary["bytes"])
        spans.add(vocabulary["bytes"], vocabulary["graph"], vocabulary["statements"])
        copier.flush()
    return spans


class _Copier:
    """Copies ranges of one file to the end of another, those that follow each other at once."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._start = self._end = 0

    def copy(self, start: int, length: int) -> None:
        """Copy a range, now or later."""
        if start != self._end:
            self.flush()
            self._start = start
        self._end = start + length

    def flush(self) -> None:
        """Copy what is left."""
        self._source.seek(self._start)
        while self._start < self._end:
            read = self._source.read(min(self._end - self._start, _PIECE))
            if not read:
                raise EOFError(self._source.name)
            self._target.write(read)
            self._start += len(read)
        self._start = self._end = 0
