"""Bursts: what is in the news more often lately than the time before lets expect."""

from __future__ import annotations

from datetime import date

import polars as pl

from newsgraph.analytics.appearances import KINDS
from newsgraph.analytics.count_tests import benjamini_hochberg, binomial_tail
from newsgraph.analytics.time_periods import days_before
from newsgraph.core.graph_tables import GraphTables

_LEVEL = 0.05  # share of false bursts among those found
_TWICE = 2.0  # least ratio of a burst
_LEAST = 3  # happenings


def emerging(graph: GraphTables, named: pl.DataFrame, kind: str, end: date, days: int, baseline: int) -> pl.DataFrame:
    """Return the bursts of the `days` up to `end`; see `Analytics.emerging`."""
    start = days_before(end, days)
    before = days_before(start, baseline)
    day = pl.col("published").dt.date()
    recent, earlier = (day > start) & (day <= end), (day > before) & (day <= start)
    happenings = graph["articles"].select(pl.coalesce("story", "copy_group").alias("happening"), "published")
    new, old = (happenings.filter(window)["happening"].n_unique() for window in (recent, earlier))
    if not new or not old:
        named = named.clear()
    rows = named.group_by("iri").agg(
        pl.col("happening").filter(recent).n_unique().cast(pl.Int64).alias("happenings"),
        pl.col("happening").filter(earlier).n_unique().cast(pl.Int64).alias("earlier"),
        pl.col("origin").filter(recent).n_unique().cast(pl.Int64).alias("origins"),
        (pl.col("published").min().dt.date() > start).alias("is_new"),
        pl.col("published").filter(recent).min().alias("first"),
    )
    rows = rows.filter(pl.col("happenings") > 0).sort("iri")
    expected = pl.col("earlier") * new / max(old, 1)
    # half a happening more on both sides, so that something new has a ratio too
    ratio = (pl.col("happenings") + 0.5) / ((pl.col("earlier") + 0.5) * new / max(old, 1))
    rows = rows.with_columns(expected.round(4).alias("expected"), ratio.round(4).alias("ratio"))
    share = new / (new + old) if new else 0.0
    chances = [binomial_tail(count, count + past, share) for count, past in rows.select("happenings", "earlier").iter_rows()]
    rows = rows.with_columns(pl.Series("p_value", chances, pl.Float64), pl.Series("q_value", benjamini_hochberg(chances), pl.Float64))
    rows = rows.filter((pl.col("q_value") <= _LEVEL) & (pl.col("ratio") >= _TWICE) & (pl.col("happenings") >= _LEAST))
    order = ("iri", "name", "happenings", "expected", "ratio", "p_value", "q_value", "origins", "is_new", "first")
    joined = rows.join(graph[KINDS[kind]].select("iri", "name"), on="iri").select(order)
    return joined.sort(["p_value", "happenings", "iri"], descending=[False, True, False])
