"""What articles tell of together, for a page that has no room for the articles themselves."""

from __future__ import annotations

import polars as pl

from newsgraph.explorer.node_numbers import NodeNumbers

_TOLD = ("mentions", "tells", "has_topic", "part_of_story")
_KEPT = 12  # pairs of a node, those of most articles; another node may keep more of its own with it


def co_occurrences(edges: pl.DataFrame, numbering: NodeNumbers) -> dict[str, list[int]]:
    """Count the articles that tell of two things of the page, for each thing with those it shares most articles with.

    `edges` are those of `graph.edges`. Gives columns: `source` (delta coded), `target` and `count`, by source and target.
    """
    numbers = pl.DataFrame(
        {"target": numbering.frame["iri"], "n": range(numbering.frame.height)}, schema={"target": pl.String, "n": pl.Int64}
    )
    told = edges.filter(pl.col("kind").is_in(_TOLD)).join(numbers, on="target").select("source", "n").unique()
    both = told.join(told, on="source").filter(pl.col("n") < pl.col("n_right"))
    pairs = both.group_by(pl.col("n").alias("low"), pl.col("n_right").alias("high")).len("articles")
    ends = pl.concat(
        [pairs.with_columns(pl.col(one).alias("end"), pl.col(other).alias("far")) for one, other in (("low", "high"), ("high", "low"))]
    )
    best = ends.sort("end", "articles", "far", descending=[False, True, False]).filter(pl.int_range(pl.len()).over("end") < _KEPT)
    kept = best.select("low", "high", "articles").unique().sort("low", "high")
    return {
        "source": [*kept["low"].head(1), *kept["low"].diff().drop_nulls()],
        "target": kept["high"].to_list(),
        "count": kept["articles"].to_list(),
    }
