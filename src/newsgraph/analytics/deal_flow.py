"""Deal flow: how many deals for how much money, by period, type and currency."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from newsgraph.analytics.time_periods import period_of_text
from newsgraph.core.errors import UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EVENT_TYPES, FACT_STATUSES

DEAL_TYPES = ("acquisition", "funding_round", "investment", "ipo", "merger")
"""Events that move money for a share of a company. A `deal` of several parts is not among them: its parts are counted."""
PAID = ("contract", "price", "round", "stake", "total")
"""What an amount must be of to be added up; a valuation, a debt or a price per share is no money that changed hands."""


def deal_flow(graph: GraphTables, by: str, types: Iterable[str], statuses: Iterable[str] | None, *, background: bool) -> pl.DataFrame:
    """Count and add up events by period, type and currency; see `Analytics.deal_flow`."""
    chosen = sorted(set(types))
    if unknown := [name for name in chosen if name not in EVENT_TYPES]:
        what = "type of event"
        raise UnknownNameError(what, unknown[0], EVENT_TYPES, "")
    events = graph["events"].filter(pl.col("type").is_in(chosen))
    events = events.filter(pl.col("status").is_in(sorted(FACT_STATUSES if statuses is None else statuses)))
    events = events if background else events.filter(~pl.col("background"))
    paid = pl.col("amount_of").is_in(PAID)
    rows = events.select(
        period_of_text(pl.col("when"), by).alias("period"), "type", pl.when(paid).then("currency").alias("currency"),
        pl.when(paid).then("amount").alias("amount"),
    )  # fmt: skip
    counted = rows.group_by("period", "type", "currency").agg(
        pl.len().cast(pl.Int64).alias("deals"),
        # in order of size, so that a sum of floats is the same on any machine
        pl.when(pl.col("amount").count() > 0).then(pl.col("amount").sort().sum()).alias("amount"),
        pl.col("amount").median().alias("median"),
        pl.col("amount").max().alias("largest"),
    )
    return counted.sort("period", "type", "currency", nulls_last=True)
