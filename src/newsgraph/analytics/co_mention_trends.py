"""Co-mentions: which things are named together more often than chance gives, period by period."""

from __future__ import annotations

import polars as pl

from newsgraph.analytics.appearances import co_mentions, with_names
from newsgraph.analytics.count_tests import benjamini_hochberg, hypergeometric_tail
from newsgraph.analytics.time_periods import period_of
from newsgraph.core.graph_tables import GraphTables


def trends(graph: GraphTables, named: pl.DataFrame, kind: str, by: str | None, least: int) -> pl.DataFrame:
    """Return the pairs of each period with at least `least` common origins; see `Analytics.trends`."""
    period = period_of(pl.col("published"), by).alias("period")
    named = named.with_columns(period)
    articles = graph["articles"].select(pl.col("copy_group").alias("origin"), pl.coalesce("story", "copy_group").alias("happening"), period)
    texts = articles.group_by("period").agg(_count("origin").alias("texts"), _count("happening").alias("all"))
    single = named.group_by("period", "iri").agg(_count("origin").alias("origins"), _count("happening").alias("n"))
    rows = co_mentions(named, "period").filter(pl.col("origins") >= least).join(texts, on="period", nulls_equal=True)
    for end in ("one", "other"):
        count = single.rename({"iri": end, "origins": f"{end}_origins", "n": f"{end}_n"})
        rows = rows.join(count, on=["period", end], nulls_equal=True)
    expected = pl.col("one_origins") * pl.col("other_origins") / pl.col("texts")
    rows = rows.with_columns(expected.round(6).alias("expected"), (pl.col("origins") / expected).round(4).alias("lift")).sort(
        "period", "one", "other", nulls_last=True
    )
    counts = rows.select("happenings", "all", "one_n", "other_n").iter_rows()  # the articles of one story are not independent
    rows = rows.with_columns(pl.Series("p_value", [hypergeometric_tail(*count) for count in counts], pl.Float64))
    rows = rows.with_columns(pl.Series("q_value", benjamini_hochberg(rows["p_value"].to_list()), pl.Float64))
    order = (
        "period", "one", "other", "origins", "happenings", "one_origins", "other_origins", "texts", "expected", "lift", "p_value", "q_value",
    )  # fmt: skip
    ranked = rows.select(order).sort(
        ["period", "q_value", "lift", "one", "other"], descending=[False, False, True, False, False], nulls_last=True
    )
    return with_names(graph, ranked, "one", "other", kind=kind)


def _count(column: str) -> pl.Expr:
    return pl.col(column).n_unique().cast(pl.Int64)
