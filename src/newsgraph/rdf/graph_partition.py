"""A part of a graph: some of its articles with everything that belongs to them, so that a writer needs no more in memory."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import polars as pl

from newsgraph.core.graph_tables import GraphTables

ARTICLE_TABLES = (
    "article_topics", "relations", "corrections", "aliases", "images", "excerpts", "mentions", "other_mentions", "posts",
    "lasting_relations", "reports", "totals",
)  # fmt: skip
PAIRS = (("copies", "article", "copy"), ("story_links", "article", "other"))


def article_range(graph: GraphTables, start: int, stop: int) -> GraphTables:
    """Return a graph with the articles in rows `start` to `stop` only; other tables are whole, or reduced to what these refer to."""
    articles = graph["articles"].slice(start, stop - start)
    first, last = pl.lit(articles["iri"][0]), pl.lit(articles["iri"][-1])
    return _part(graph, articles, lambda column: pl.col(column).is_between(first, last))


def some_articles(graph: GraphTables, iris: pl.Series) -> GraphTables:
    """Return a graph like `article_range` with the articles of some IRIs only."""
    return _part(graph, graph["articles"].filter(pl.col("iri").is_in(iris.implode())), lambda column: pl.col(column).is_in(iris.implode()))


def _part(graph: GraphTables, articles: pl.DataFrame, is_inside: Callable[[str], pl.Expr]) -> GraphTables:
    tables = {name: graph[name].filter(is_inside("article")) for name in ARTICLE_TABLES}
    for name, left, right in PAIRS:
        tables[name] = graph[name].filter(is_inside(left) | is_inside(right))
    tables["sources"] = graph["sources"].filter(pl.col("source").is_in(articles["source"].unique().implode()))
    tables["stories"] = graph["stories"].filter(pl.col("iri").is_in(articles["story"].unique().implode()))
    return GraphTables(MappingProxyType({**graph.tables, **tables, "articles": articles}))
