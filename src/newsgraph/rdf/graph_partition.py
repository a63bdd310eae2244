"""A part of a graph: some of its articles with all that hangs on them, so that a writer need not hold more."""

from __future__ import annotations

from types import MappingProxyType

import polars as pl

from newsgraph.core.graph_tables import GraphTables

_HANGING = (
    "article_topics", "relations", "corrections", "aliases", "images", "mentions", "other_mentions", "posts", "reports", "totals",
)  # fmt: skip
_PAIRS = (("copies", "article", "copy"), ("story_links", "article", "other"))


def article_range(graph: GraphTables, start: int, stop: int) -> GraphTables:
    """Give a graph with the articles of some rows only; tables of other things are whole, or hold what these articles name."""
    articles = graph["articles"].slice(start, stop - start)
    first, last = pl.lit(articles["iri"][0]), pl.lit(articles["iri"][-1])
    tables = {name: graph[name].filter(pl.col("article").is_between(first, last)) for name in _HANGING}
    for name, one, other in _PAIRS:
        tables[name] = graph[name].filter(pl.col(one).is_between(first, last) | pl.col(other).is_between(first, last))
    tables["sources"] = graph["sources"].filter(pl.col("source").is_in(articles["source"].unique().implode()))
    tables["stories"] = graph["stories"].filter(pl.col("iri").is_in(articles["story"].unique().implode()))
    return GraphTables(MappingProxyType({**graph.tables, **tables, "articles": articles}))
