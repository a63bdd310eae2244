"""A key for each article, of everything that its statements are made of: with equal keys, the statements are equal.

A key is the sum of hashes of rows, 128 bits wide, so that it is computed for all articles at once.
"""

from __future__ import annotations

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_partition import ARTICLE_TABLES, PAIRS

KEYS = ("key", "other_key")


def article_keys(graph: GraphTables) -> pl.DataFrame:
    """Return the keys of all articles, sorted by IRI: columns article, key and other_key."""
    sources = graph["sources"].group_by("source").agg(pl.col("iri").max().alias("source_iri"))
    stories = graph["stories"].select(pl.col("iri").alias("story"), pl.col("rule").alias("story_rule"))
    articles = graph["articles"].join(sources, on="source", how="left").join(stories, on="story", how="left")
    hashed = [_hashes(articles.select(pl.col("iri").alias("article"), pl.exclude("iri")), 0)]
    hashed += [_hashes(graph[name], number) for number, name in enumerate(ARTICLE_TABLES, 1)]
    for number, (name, left, right) in enumerate(PAIRS, len(hashed)):
        table = graph[name].select(left, right, pl.exclude(left, right))
        turned = table.select(pl.col(right).alias(left), pl.col(left).alias(right), pl.exclude(left, right))
        hashed += [_hashes(both.rename({left: "article"}), number) for both in (table, turned)]
    sums = pl.concat(hashed).group_by("article").agg(pl.col(KEYS).sum())
    return graph["articles"].select(pl.col("iri").alias("article")).join(sums, on="article", how="left", maintain_order="left")


def _hashes(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return the hashes of the rows of a table, by article; the number of the table is part of them."""
    hashes = (rows.hash_rows(seed=2 * number + which).alias(name) for which, name in enumerate(KEYS))
    return pl.DataFrame([rows["article"], *hashes])
