"""Which bytes of a file of statements are what: an article, other statements of one named graph, or a heading."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

SCHEMA = {"article": pl.String(), "graph": pl.String(), "bytes": pl.Int64(), "statements": pl.Int64()}


@dataclass(slots=True)
class TextSpans:
    """The spans of a file, in order, without gaps: the IRI of the article and that of the named graph, number of bytes and of statements.

    An article has one span. Other statements of one graph that follow each other are one span without an article; a heading has no graph.
    """

    articles: list[str] = field(default_factory=list)
    graphs: list[str] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def add(self, length: int, graph: str = "", count: int = 0, article: str = "") -> None:
        """Add the bytes that follow."""
        if self.graphs and not article and not self.articles[-1] and graph == self.graphs[-1]:
            self.lengths[-1] += length
            self.counts[-1] += count
            return
        self.articles.append(article)
        self.graphs.append(graph)
        self.lengths.append(length)
        self.counts.append(count)

    def extend(self, following: TextSpans) -> None:
        """Add the spans of what follows."""
        for values in zip(following.lengths, following.graphs, following.counts, following.articles, strict=True):
            self.add(*values)

    def frame(self) -> pl.DataFrame:
        """Return the spans as rows, with the columns of `SCHEMA`."""
        columns = dict(zip(SCHEMA, (self.articles, self.graphs, self.lengths, self.counts), strict=True))
        return pl.DataFrame(columns, schema=SCHEMA)
