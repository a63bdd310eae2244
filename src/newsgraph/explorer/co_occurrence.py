"""The co-occurrence projection: things that are mentioned in the same articles, for pages too large to include the articles."""

from __future__ import annotations

import polars as pl

from newsgraph.core.limits import ARTICLE_LINKS
from newsgraph.explorer.node_numbers import NodeNumbers

_ARTICLE_EDGES = ("mentions", "tells", "has_topic", "part_of_story")
_MOST_ROWS = 5_000_000  # of pairs that are counted at once, so that memory does not grow with the number of articles
_MOST_PAIRS = 12  # pairs that each node contributes, those with most articles; a node may be in more pairs, through the other nodes


def co_occurrences(edges: pl.DataFrame, numbering: NodeNumbers) -> dict[str, list[int]]:
    """Count the articles that two nodes of the page share, for each node with those that it shares most articles with.

    `edges` are those of `graph_tables.edges`; of the things of one article those in most articles count, at most `limits.ARTICLE_LINKS`.
    Returns columns `source` (delta-coded), `target` and `count`, sorted by source and target.
    """
    numbers = pl.DataFrame(
        {"target": numbering.frame["iri"], "n": range(numbering.frame.height)}, schema={"target": pl.String, "n": pl.Int64}
    )
    reported = edges.filter(pl.col("kind").is_in(_ARTICLE_EDGES)).join(numbers, on="target").select("source", "n").unique()
    reported = reported.with_columns(pl.len().over("n").alias("articles")).sort("source", "articles", "n", descending=[False, True, False])
    reported = reported.filter(pl.int_range(pl.len()).over("source") < ARTICLE_LINKS).select("source", "n")
    pairs = _counted_pairs(reported)
    ends = pl.concat(
        [pairs.with_columns(pl.col(end).alias("end"), pl.col(far).alias("far")) for end, far in (("low", "high"), ("high", "low"))]
    )
    best = ends.sort("end", "articles", "far", descending=[False, True, False]).filter(pl.int_range(pl.len()).over("end") < _MOST_PAIRS)
    pairs = best.select("low", "high", "articles").unique().sort("low", "high")
    return {
        "source": [*pairs["low"].head(1), *pairs["low"].diff().drop_nulls()],
        "target": pairs["high"].to_list(),
        "count": pairs["articles"].to_list(),
    }


def _counted_pairs(reported: pl.DataFrame) -> pl.DataFrame:
    """Count the sources of each two numbers: columns low, high, articles. `reported` has columns source and n, sorted by source."""
    rows = pl.len().over("source").cum_sum()  # of one source k rows, each joined with k: the sum of all k^2 so far
    batches = reported.with_columns((rows // _MOST_ROWS).min().over("source").alias("batch")).partition_by("batch", include_key=False)
    counted = [
        batch.join(batch, on="source")
        .filter(pl.col("n") < pl.col("n_right"))
        .group_by(pl.col("n").alias("low"), pl.col("n_right").alias("high"))
        .len("articles")
        for batch in batches
    ]
    empty = pl.DataFrame(schema={"low": pl.Int64, "high": pl.Int64, "articles": pl.UInt32})
    return pl.concat([empty, *counted]).group_by("low", "high").agg(pl.col("articles").sum())
