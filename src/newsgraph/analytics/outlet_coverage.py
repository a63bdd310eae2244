"""Outlets: how much each publishes, what it alone reports, and who is first with the news."""

from __future__ import annotations

import polars as pl

from newsgraph.analytics.count_tests import benjamini_hochberg, poisson_binomial_tail
from newsgraph.core.errors import UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EVENT_TYPES

_HOUR = pl.duration(hours=1)


def coverage(graph: GraphTables) -> pl.DataFrame:
    """Return a row for each provider; see `Analytics.coverage`."""
    published = (
        graph["articles"]
        .drop_nulls("provider")
        .group_by("provider")
        .agg(pl.len().cast(pl.Int64).alias("articles"), (pl.col("copy_group") == pl.col("iri")).sum().cast(pl.Int64).alias("originals"))
    )
    alone, shared = pl.col("outlets") == 1, pl.col("outlets") > 1
    is_first = shared & (pl.col("time") == pl.col("earliest"))
    lead = (pl.col("second") - pl.col("time")) / _HOUR
    lag = (pl.col("time") - pl.col("earliest")) / _HOUR
    reported = (
        _first_reports(graph)
        .group_by("outlet")
        .agg(
            pl.len().cast(pl.Int64).alias("events"),
            alone.sum().cast(pl.Int64).alias("exclusives"),
            is_first.sum().cast(pl.Int64).alias("first"),
            lead.filter(is_first).median().round(2).alias("lead_hours"),
            lag.filter(shared & (pl.col("time") > pl.col("earliest"))).median().round(2).alias("lag_hours"),
        )
    )
    rows = graph["providers"].select(pl.col("iri").alias("provider"), "name").join(published, on="provider", how="left")
    rows = rows.join(reported, left_on="provider", right_on="outlet", how="left")
    rows = rows.with_columns(pl.col("articles", "originals", "events", "exclusives", "first").fill_null(0))
    rows = rows.with_columns((pl.col("articles") / max(graph["articles"].height, 1)).round(6).alias("share"))
    order = ("provider", "name", "articles", "share", "originals", "events", "exclusives", "first", "lead_hours", "lag_hours")
    return rows.select(order).sort(["articles", "provider"], descending=[True, False])


def first_movers(graph: GraphTables, event_type: str | None) -> pl.DataFrame:
    """Return a row for each provider that shares events with others; see `Analytics.first_movers`."""
    reports = _first_reports(graph, event_type).filter((pl.col("outlets") > 1) & pl.col("time").is_not_null())
    is_first = pl.col("time") == pl.col("earliest")
    is_tied = is_first & (pl.col("second") == pl.col("earliest"))
    rows = (
        reports.sort("outlet", "event")
        .group_by("outlet", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("events"),
            (is_first & ~is_tied).sum().cast(pl.Int64).alias("first"),
            is_tied.sum().cast(pl.Int64).alias("tied"),
            (1 / pl.col("outlets")).alias("chances"),
        )
    )
    rows = graph["providers"].select(pl.col("iri").alias("provider"), "name").join(rows, left_on="provider", right_on="outlet")
    rows = rows.sort("provider").with_columns(pl.col("chances").list.sum().round(4).alias("expected"))
    tails = [poisson_binomial_tail(first, chances) for first, chances in rows.select("first", "chances").iter_rows()]
    rows = rows.with_columns(
        (pl.col("first") / pl.col("expected")).round(4).alias("ratio"),
        pl.Series("p_value", tails, pl.Float64),
        pl.Series("q_value", benjamini_hochberg(tails), pl.Float64),
    )
    order = ("provider", "name", "events", "first", "tied", "expected", "ratio", "p_value", "q_value")
    return rows.select(order).sort(["p_value", "first", "provider"], descending=[False, True, False])


def _first_reports(graph: GraphTables, event_type: str | None = None) -> pl.DataFrame:
    """Return when each outlet first reported an event as news: event, outlet, time; with outlets, earliest and second of the event.

    An article without a provider is an outlet of its own, as in the column `outlets` of the tables.
    """
    what = "type of event"
    if event_type is not None and event_type not in EVENT_TYPES:
        raise UnknownNameError(what, event_type, EVENT_TYPES, "")
    articles = graph["articles"].select(pl.col("iri").alias("article"), pl.coalesce("provider", "iri").alias("outlet"), "published")
    reports = graph["reports"].filter(~pl.col("background"))
    reports = reports if event_type is None else reports.filter(type=event_type)
    first = reports.select("event", "article").join(articles, on="article").group_by("event", "outlet")
    times = first.agg(pl.col("published").min().alias("time"))
    of_event = times.group_by("event").agg(
        pl.len().alias("outlets"),
        pl.col("time").min().alias("earliest"),
        pl.col("time").sort(nulls_last=True).get(1, null_on_oob=True).alias("second"),
    )
    return times.join(of_event, on="event").sort("event", "outlet")
