"""Investors who put money into the same companies."""

from __future__ import annotations

import polars as pl

from newsgraph.analytics.appearances import pairs
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import FACT_STATUSES

_INVESTORS = ("ng:investor", "ng:lead")
_BACKED = {"investment": "ng:target", "funding_round": "ng:company"}  # type of event and the role of the company that gets the money


def holdings(graph: GraphTables) -> pl.DataFrame:
    """Return who invested in whom, as announced or completed: event, iri (the investor), name, company and company_name."""
    events = graph["events"].filter(pl.col("type").is_in(list(_BACKED)) & pl.col("status").is_in(sorted(FACT_STATUSES)))
    roles = graph["event_roles"].drop_nulls("party").join(events.select(pl.col("iri").alias("event"), "type"), on="event")
    backed = roles.filter(pl.col("role") == pl.col("type").replace_strict(_BACKED, default=None))
    investors = roles.filter(pl.col("role").is_in(_INVESTORS)).select("event", pl.col("party").alias("iri"), "name").unique()
    joined = investors.join(backed.select("event", pl.col("party").alias("company"), pl.col("name").alias("company_name")), on="event")
    return joined.filter(pl.col("iri") != pl.col("company")).unique().sort("event", "iri", "company")


def co_investors(graph: GraphTables) -> pl.DataFrame:
    """Return pairs of investors; see `Analytics.co_investors`."""
    held = holdings(graph)
    shared = pairs(held, "company").rename({"shared": "companies"})
    shared = shared.join(pairs(held, "event").rename({"shared": "rounds"}), on=["one", "other"], how="left").with_columns(
        pl.col("rounds").fill_null(0)
    )
    sizes = held.select("iri", "company").unique().group_by("iri").agg(pl.len().cast(pl.Int64).alias("size"))
    names = held.group_by("iri").agg(pl.col("name").min())
    for end in ("one", "other"):
        shared = shared.join(sizes.join(names, on="iri").rename({"iri": end, "size": f"{end}_size", "name": f"{end}_name"}), on=end)
    mine = held.select("iri", "company", "company_name").unique()
    both = mine.rename({"iri": "one"}).join(mine.rename({"iri": "other"}).drop("company_name"), on="company")
    listed = both.group_by("one", "other").agg(pl.col("company_name").sort().alias("shared_companies"))
    union = pl.col("one_size") + pl.col("other_size") - pl.col("companies")
    rows = shared.join(listed, on=["one", "other"]).with_columns((pl.col("companies") / union).round(6).alias("jaccard"))
    order = ("one", "one_name", "other", "other_name", "companies", "rounds", "jaccard", "shared_companies")
    return rows.select(order).sort(["companies", "rounds", "one", "other"], descending=[True, True, False, False])
