"""A part of a graph: some of its articles with everything that belongs to them, so that a writer needs no more in memory."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

from newsgraph.core.graph_tables import GraphTables

_ARTICLE_TABLES = (
    "article_topics", "relations", "corrections", "aliases", "images", "excerpts", "mentions", "other_mentions", "posts",
    "lasting_relations", "reports", "totals",
)  # fmt: skip
_PAIRS = (("copies", "article", "copy"), ("story_links", "article", "other"))


def article_range(graph: GraphTables, start: int, stop: int) -> GraphTables:
    """Return a graph with the articles in rows `start` to `stop` only; other tables are whole, or reduced to what these refer to."""
    articles = graph["articles"].slice(start, stop - start)
    first, last = pl.lit(articles["iri"][0]), pl.lit(articles["iri"][-1])
    tables = {name: graph[name].filter(pl.col("article").is_between(first, last)) for name in _ARTICLE_TABLES}
    for name, left, right in _PAIRS:
        tables[name] = graph[name].filter(pl.col(left).is_between(first, last) | pl.col(right).is_between(first, last))
    tables["sources"] = graph["sources"].filter(pl.col("source").is_in(articles["source"].unique().implode()))
    tables["stories"] = graph["stories"].filter(pl.col("iri").is_in(articles["story"].unique().implode()))
    return GraphTables(MappingProxyType({**graph.tables, **tables, "articles": articles}))
