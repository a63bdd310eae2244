"""Articles with so many things that the page of a large graph does not count all of them as mentioned together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES
from newsgraph.core.limits import ARTICLE_LINKS, PAGE_NODES
from newsgraph.core.model import Problem

_THINGS = {"article_topics": "topic", "mentions": "company", "other_mentions": "entity", "reports": "event"}


def crowded_articles(tables: Mapping[str, pl.DataFrame]) -> Iterator[Problem]:
    """Yield a problem for each article with more than `limits.ARTICLE_LINKS` things, if the graph has more than `limits.PAGE_NODES` nodes."""
    if sum(tables[name].height for name in NODE_TABLES if name in tables) <= PAGE_NODES:
        return
    links = [tables[name].select("article", pl.col(column).alias("thing")).drop_nulls() for name, column in _THINGS.items()]
    counts = pl.concat(links).unique().group_by("article").len("things").filter(pl.col("things") > ARTICLE_LINKS)
    crowded = counts.join(tables["articles"].select("iri", "source", "part"), left_on="article", right_on="iri")
    for source, part, things in crowded.select("source", "part", "things").iter_rows():
        what = f"names {things:,} things, of which pages count the {ARTICLE_LINKS} in most articles as mentioned together"
        yield Problem(source, part, what, "Split the document, if it holds more than one article.")
