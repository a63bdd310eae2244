"""The figures of a graph: articles and deals over time, outlets, companies, stories, communities and bursts."""

from __future__ import annotations

from datetime import datetime
from html import unescape

import polars as pl

from newsgraph.analytics.appearances import appearances
from newsgraph.analytics.graph_analytics import Analytics
from newsgraph.analytics.time_periods import period_of
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.report.bar_charts import bar_chart, column_chart
from newsgraph.report.report_figure import ReportFigure

SHOWN = 15
"""Bars of a picture, and of most tables."""
_MONTHS = 48  # with more, columns are years


def figures(graph: GraphTables) -> tuple[ReportFigure, ...]:
    """Return all figures of a graph, in the order of the page."""
    analytics = Analytics(graph)
    return (
        _articles(graph), _deals(analytics), _outlets(analytics), _companies(graph), _stories(graph), _communities(analytics),
        _bursts(analytics),
    )  # fmt: skip


def _articles(graph: GraphTables) -> ReportFigure:
    by = _period(graph["articles"]["published"].dt.strftime("%Y-%m"))
    rows = graph["articles"].select(period_of(pl.col("published"), by).alias("period"), "iri", "copy_group")
    counted = rows.group_by("period").agg(pl.len().alias("articles"), (pl.col("iri") == pl.col("copy_group")).sum().alias("originals"))
    counted = counted.sort("period", nulls_last=True)
    dated = counted.drop_nulls("period")
    undated = graph["articles"]["published"].null_count()
    copies = graph["articles"].height - int(counted["originals"].sum())
    words = [
        f"The graph has {_number(graph['articles'].height, 'article')} of {_number(graph['providers'].height, 'provider')}{_span(graph)}."
    ]
    words.append(
        f"{_number(copies, 'of them is', 'of them are')} copies or near-copies of an earlier one."
        if copies
        else "None of them is a copy of another."
    )
    if undated:
        words.append(f"{_number(undated, 'article has', 'articles have')} no date.")
    return ReportFigure(
        "articles", f"Articles by {by}", (" ".join(words),), _columns(f"Articles by {by}", dated, by, {"Articles": "articles"}),
        counted.rename({"period": by.capitalize(), "articles": "Articles", "originals": "Without copies"}), "kg.articles",
    )  # fmt: skip


def _deals(analytics: Analytics) -> ReportFigure:
    by = _period(analytics.deal_flow()["period"])
    flow = analytics.deal_flow(by)
    total = int(flow["deals"].sum())
    words = [
        f"{_number(total, 'deal was', 'deals were')} announced or completed: acquisitions, mergers, investments, funding rounds and offerings."
    ]
    for currency, amount in (
        flow.drop_nulls("currency").group_by("currency").agg(pl.col("amount").sum()).sort("amount", descending=True).rows()[:3]
    ):
        words.append(f"Those with an amount in {currency} add up to {_money(amount)} {currency}.")
    counted = (
        flow.drop_nulls("period")
        .group_by("period", "type")
        .agg(pl.col("deals").sum())
        .pivot("type", index="period", values="deals")
        .fill_null(0)
    )
    types = {EVENT_TYPES[name].label: name for name in sorted(counted.columns) if name != "period"}
    table = flow.with_columns(pl.col("type").replace({name: event.label for name, event in EVENT_TYPES.items()}))
    table = table.select("period", "type", "currency", "deals", "amount", "largest")
    heads = {"period": by.capitalize(), "type": "Type", "currency": "Currency", "deals": "Deals", "amount": "Amount", "largest": "Largest"}
    return ReportFigure(
        "deal-flow", f"Deal flow by {by}", (" ".join(words),), _columns(f"Deals by {by} and type", counted, by, types) if total else "",
        table.rename(heads), f'kg.analytics.deal_flow("{by}")',
    )  # fmt: skip


def _outlets(analytics: Analytics) -> ReportFigure:
    rows = analytics.coverage()
    top = rows.head(SHOWN)
    words = "How much each outlet publishes, how many events it alone reports, and how often it is the first of several."
    if rows.height:
        earliest = rows.filter(pl.col("first") == pl.col("first").max())
        best = (
            f" First with most shared events, {earliest['first'][0]:,}, is {unescape(earliest['name'][0])}." if earliest.height == 1 else ""
        )
        words += f" The most articles, {rows['articles'][0]:,}, are by {unescape(rows['name'][0])}.{best}"
    heads = {
        "name": "Outlet",
        "articles": "Articles",
        "originals": "Without copies",
        "events": "Events",
        "exclusives": "Reported alone",
        "first": "Reported first",
    }
    return ReportFigure("outlets", "Outlets", (words,), _bars("Articles by outlet", top, "name", {"Articles": "articles"}), top.select(list(heads)).rename(heads),
                  "kg.analytics.coverage()")  # fmt: skip


def _companies(graph: GraphTables) -> ReportFigure:
    named = appearances(graph)
    counts = ("happening", "origin", "article")
    rows = named.group_by("iri").agg(pl.col(name).n_unique().alias(f"{name}s") for name in counts)
    rows = rows.join(graph["companies"].select("iri", "name"), on="iri").sort(
        ["happenings", "articles", "iri"], descending=[True, True, False]
    )
    top = rows.head(SHOWN)
    words = (
        f"{_number(rows.height, 'company is', 'companies are')} the subject of an article or a party of its news, of {graph['companies'].height:,} that are named. "
        "A story counts once, however many articles it has."
    )
    heads = {"name": "Company", "happenings": "Happenings", "origins": "Without copies", "articles": "Articles"}
    return ReportFigure("companies", "Companies in the news", (words,), _bars("Happenings by company", top, "name", {"Happenings": "happenings"}),
                  top.select(list(heads)).rename(heads), 'kg.query("main-companies")')  # fmt: skip


def _stories(graph: GraphTables) -> ReportFigure:
    rows = graph["stories"].sort(["size", "origins", "iri"], descending=[True, True, False])
    top = rows.head(SHOWN)
    words = f"{_number(rows.height, 'story has', 'stories have')} two articles or more. The largest are these."
    table = top.select(pl.col("name").alias("Story"), pl.col("size").alias("Articles"), pl.col("outlets").alias("Outlets"),
                       pl.col("first").dt.date().alias("First"), pl.col("last").dt.date().alias("Last"))  # fmt: skip
    return ReportFigure(
        "stories",
        "Stories",
        (words,),
        _bars("Articles by story", top, "name", {"Articles": "size", "Outlets": "outlets"}),
        table,
        "kg.stories",
    )


def _communities(analytics: Analytics) -> ReportFigure:
    rows = analytics.communities()
    counted = rows.group_by("community", "community_name", maintain_order=True).agg(
        pl.len().alias("companies"), pl.col("company_name").str.join(", ").alias("members")
    )
    words = (
        f"{_number(counted.height, 'group of companies is', 'groups of companies are')} in the news together more than chance would have it."
        if counted.height
        else "No groups of companies are in the news together more than chance would have it."
    )
    table = counted.select(
        pl.col("community_name").alias("Community"), pl.col("companies").alias("Companies"), pl.col("members").alias("Members")
    )
    return ReportFigure("communities", "Communities", (words,), _bars("Companies by community", counted.head(SHOWN), "community_name", {"Companies": "companies"}),
                  table, "kg.analytics.communities()")  # fmt: skip


def _bursts(analytics: Analytics) -> ReportFigure:
    rows = analytics.emerging()
    words = (
        f"{_number(rows.height, 'company is', 'companies are')} in at least twice as many happenings of the last 30 days as the 180 days before would suggest."
        if rows.height
        else "No company is in clearly more happenings of the last 30 days than the 180 days before would suggest."
    )
    heads = {"name": "Company", "happenings": "Happenings", "expected": "Expected", "ratio": "Ratio"}
    top = rows.head(SHOWN)
    picture = _bars("Happenings of the last 30 days, and expected ones", top, "name", {"Happenings": "happenings", "Expected": "expected"})
    return ReportFigure("bursts", "Bursts", (words,), picture, top.select(list(heads)).rename(heads), "kg.analytics.emerging()")


def _columns(title: str, counted: pl.DataFrame, by: str, series: dict[str, str]) -> str:
    """Draw counts by period, those without any between the first and the last too; `series` maps a name to its column."""
    if counted.is_empty():
        return ""
    first, last = counted["period"].min(), counted["period"].max()
    periods = _between(str(first), str(last), by)
    filled = pl.DataFrame({"period": periods}).join(counted, on="period", how="left").sort("period").fill_null(0)
    return column_chart(title, periods, {name: filled[column].to_list() for name, column in series.items()})


def _bars(title: str, rows: pl.DataFrame, name: str, series: dict[str, str]) -> str:
    return (
        bar_chart(title, rows[name].to_list(), {label: rows[column].to_list() for label, column in series.items()}) if rows.height else ""
    )


def _between(first: str, last: str, by: str) -> list[str]:
    if by == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _period(months: pl.Series) -> str:
    """Return `month`, or `year` where months (`2021-11`) would be too many columns."""
    known = months.drop_nulls()
    return "year" if len(known) and len(_between(str(known.min()), str(known.max()), "month")) > _MONTHS else "month"


def _span(graph: GraphTables) -> str:
    first, last = graph["articles"]["published"].min(), graph["articles"]["published"].max()
    return f", from {first:%Y-%m-%d} to {last:%Y-%m-%d}" if isinstance(first, datetime) and isinstance(last, datetime) else ""


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _money(amount: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= size:
            return f"{amount / size:,.4g} {word}"
    return f"{amount:,.0f}"
