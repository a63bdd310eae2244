"""Impact of an event: how attention to its parties, and what happens to them, changes when it becomes known."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from newsgraph.analytics.appearances import co_mentions, with_names
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import name_index

_SCHEMA: dict[str, pl.DataType] = {
    "company": pl.String(), "role": pl.String(), "before": pl.Int64(), "after": pl.Int64(), "expected": pl.Float64(), "ratio": pl.Float64(),
    "outlets": pl.Int64(), "new_companies": pl.List(pl.String), "follow_ups": pl.List(pl.String),
}  # fmt: skip


def impact(graph: GraphTables, named: pl.DataFrame, event: str, days: int, baseline: int) -> pl.DataFrame:
    """Return a row for each company of the event; see `Analytics.impact`."""
    if days <= 0 or baseline <= 0:
        where, hint = f"{days} days", "Use numbers of days above 0"
        problem = f"cannot be compared with {baseline} days"
        raise InputError(where, problem, hint)
    iri = name_index(graph, "event").find(event, "event")
    row = graph["events"].row(by_predicate=pl.col("iri") == iri, named=True)
    if row["first"] is None:
        problem, hint = "has no impact that can be measured, because no article that reports it has a date", "Choose another event"
        raise InputError(event, problem, hint)
    start = row["first"]
    end, past = start + timedelta(days=days), start - timedelta(days=baseline)
    texts = named.with_columns((pl.col("published") >= start).alias("is_after")).filter(
        (pl.col("published") >= past) & (pl.col("published") < end)
    )
    parties = (
        graph["event_roles"].filter((pl.col("event") == iri) & (pl.col("kind") == "company")).group_by("party").agg(pl.col("role").min())
    )
    beside = _companies_beside(named.filter(pl.col("published") < start)), _companies_beside(texts.filter("is_after"))
    rows: list[dict[str, object]] = []
    for party, role in parties.sort("party").iter_rows():
        new = _names(graph, beside[1].get(party, set()) - beside[0].get(party, set()))
        attention = _attention(graph, texts.filter(pl.col("iri") == party), days, baseline)
        follow_ups = _follow_ups(graph, iri, party, start, end)
        rows.append({"company": party, "role": role, **attention, "new_companies": new, "follow_ups": follow_ups})
    ranked = pl.DataFrame(rows, schema=_SCHEMA).sort(["after", "company"], descending=[True, False])
    return with_names(graph, ranked, "company")


def _attention(graph: GraphTables, mine: pl.DataFrame, days: int, baseline: int) -> dict[str, object]:
    """Compare the origins about a company before and after; `mine` are its articles of both."""
    before, after = (int(mine.filter(pl.col("is_after") == side)["origin"].n_unique()) for side in (False, True))
    expected = before * days / baseline
    articles = mine.filter("is_after")["article"]
    outlets = graph["articles"].filter(pl.col("iri").is_in(articles.implode())).select(pl.coalesce("provider", "iri"))
    return {
        "before": before, "after": after, "expected": round(expected, 4), "ratio": round((after + 0.5) / (expected + 0.5), 4),
        "outlets": outlets.n_unique() if outlets.height else 0,
    }  # fmt: skip


def _companies_beside(texts: pl.DataFrame) -> dict[str, set[str]]:
    """Return for each company those that some of its articles are about as well."""
    beside: dict[str, set[str]] = {}
    for one, other in co_mentions(texts).select("one", "other").iter_rows():
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return beside


def _names(graph: GraphTables, companies: set[str]) -> list[str]:
    return graph["companies"].filter(pl.col("iri").is_in(sorted(companies)))["name"].sort().to_list()


def _follow_ups(graph: GraphTables, event: str, party: str, start: datetime, end: datetime) -> list[str]:
    """Return the labels of other events of a company that become known in the time, in this order."""
    mine = graph["event_roles"].filter((pl.col("party") == party) & (pl.col("event") != event))["event"].unique()
    events = graph["events"].filter(pl.col("iri").is_in(mine.implode()) & ~pl.col("background"))
    return events.filter((pl.col("first") >= start) & (pl.col("first") < end)).sort("first", "iri")["label"].to_list()
