"""What a page must count under its filters, asked of the graph's tables: the same rules as docs/page.md, by other means than the page's."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import quote

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES, GraphTables, edges

INFERRED = ("company", "event", "story", "organisation", "person", "product", "place")


@dataclass(frozen=True)
class PageFilters:
    """The filters of a page: topics and providers are full IRIs, days inclusive."""

    topics: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    background: bool = True
    confidence: int = 0
    eventconfidence: int = 0
    origins: int = 0
    start: date | None = None
    until: date | None = None

    def fragment(self, base: str) -> str:
        """Return the filters as the page's address has them."""
        parts = {
            "topics": ",".join(quote(iri.removeprefix(base)) for iri in self.topics),
            "providers": ",".join(quote(iri.removeprefix(base)) for iri in self.providers),
            "types": ",".join(self.types),
            "statuses": ",".join(self.statuses),
            "background": "" if self.background else "0",
            **{name: str(getattr(self, name) or "") for name in ("confidence", "eventconfidence", "origins")},
            "from": self.start.isoformat() if self.start else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return "&".join(f"{name}={value}" for name, value in parts.items() if value)


class FilteredCounts:
    """The numbers of one graph under some filters."""

    def __init__(self, graph: GraphTables, filters: PageFilters) -> None:
        """Take a graph and the filters of its page."""
        self.graph, self.filters = graph, filters

    @cached_property
    def telling(self) -> pl.DataFrame:
        """Which article is linked to which thing: columns article, thing."""
        found = edges(self.graph).select("source", "target")
        articles = self.graph["articles"]["iri"].implode()
        out = found.filter(pl.col("source").is_in(articles) & ~pl.col("target").is_in(articles))
        return out.rename({"source": "article", "target": "thing"}).unique()

    @cached_property
    def by_source(self) -> pl.DataFrame:
        """The articles with one of the topics and by one of the providers asked."""
        articles, asked = self.graph["articles"], self.filters
        if asked.topics:
            about = self.graph["article_topics"].filter(pl.col("topic").is_in(asked.topics))
            articles = articles.join(about, left_on="iri", right_on="article", how="semi")
        return articles.filter(pl.col("provider").is_in(asked.providers)) if asked.providers else articles

    @cached_property
    def by_day(self) -> pl.DataFrame:
        """Of these the articles of the days asked."""
        asked, day = self.filters, pl.col("published").dt.date()
        if asked.start is None and asked.until is None:
            return self.by_source
        return self.by_source.filter(day >= (asked.start or date.min), day <= (asked.until or date.max))

    @cached_property
    def events(self) -> pl.DataFrame:
        """The events that pass."""
        asked, found = self.filters, self.graph["events"]
        if asked.start is not None or asked.until is not None:
            spans = {when: _days(when) for when in found["when"].drop_nulls()}
            fits = [
                when for when, (first, last) in spans.items() if last >= (asked.start or date.min) and first <= (asked.until or date.max)
            ]
            found = found.filter(pl.col("when").is_in(fits))
        if asked.topics or asked.providers:
            told = self.telling.join(self.by_source, left_on="article", right_on="iri", how="semi")
            found = found.join(told, left_on="iri", right_on="thing", how="semi")
        if asked.types:
            found = found.filter(pl.col("type").is_in(asked.types))
        if asked.statuses:
            found = found.filter(pl.col("status").is_in(asked.statuses))
        if not asked.background:
            found = found.filter(~pl.col("background").fill_null(value=False))
        return self._sure(found, max(asked.confidence, asked.eventconfidence), self.by_day)

    @property
    def vague_events(self) -> int:
        """How many of these are known only by a year or month that is not all of the days asked."""
        asked = self.filters
        spans = (_days(when) for when in self.events["when"].drop_nulls())
        return sum(first < (asked.start or date.min) or last > (asked.until or date.max) for first, last in spans)

    @cached_property
    def articles(self) -> pl.DataFrame:
        """The articles that everything is counted over."""
        if not self.filters.types and not self.filters.statuses:
            return self.by_day
        told = self.telling.join(self.events, left_on="thing", right_on="iri", how="semi")
        return self.by_day.join(told, left_on="iri", right_on="article", how="semi")

    def _sure(self, nodes: pl.DataFrame, least: int, articles: pl.DataFrame) -> pl.DataFrame:
        if least and "confidence" in nodes.columns:
            nodes = nodes.filter((pl.col("confidence") * 100).round().fill_null(100) >= least)
        if self.filters.origins > 1:
            told = self.telling.join(articles.select("iri", "copy_group"), left_on="article", right_on="iri")
            enough = told.group_by("thing").agg(pl.col("copy_group").n_unique().alias("n")).filter(pl.col("n") >= self.filters.origins)
            nodes = nodes.join(enough, left_on="iri", right_on="thing", how="semi")
        return nodes

    def passing(self, kind: str) -> set[str]:
        """Return the IRIs of the nodes of a kind that pass."""
        if kind == "article":
            return set(self.articles["iri"])
        if kind == "event":
            return set(self.events["iri"])
        asked = self.filters
        nodes = self.graph[next(table for table, name in NODE_TABLES.items() if name == kind)]
        if chosen := {"topic": asked.topics, "provider": asked.providers}.get(kind):
            return set(nodes.filter(pl.col("iri").is_in(chosen))["iri"])
        narrowed = any((asked.topics, asked.providers, asked.types, asked.statuses, asked.start, asked.until))
        if kind == "company" and (asked.types or asked.statuses):
            parties = self.graph["event_roles"].join(self.events, left_on="event", right_on="iri", how="semi")
            nodes = nodes.join(parties, left_on="iri", right_on="party", how="semi")
        elif narrowed:
            told = self.telling.join(self.articles, left_on="article", right_on="iri", how="semi")
            nodes = nodes.join(told, left_on="iri", right_on="thing", how="semi")
        return set((self._sure(nodes, asked.confidence, self.articles) if kind in INFERRED else nodes)["iri"])

    @cached_property
    def numbers(self) -> dict[str, dict[str, object]]:
        """Of each thing that has such an article: articles, origins, outlets, first and last day."""
        columns = self.articles.select("iri", "copy_group", "provider", pl.col("published").dt.date().alias("day"))
        told = self.telling.join(columns, left_on="article", right_on="iri")
        made = told.group_by("thing").agg(
            pl.len().alias("articles"),
            pl.col("copy_group").n_unique().alias("origins"),
            pl.col("provider").drop_nulls().n_unique().alias("outlets"),
            pl.col("day").min().alias("first"),
            pl.col("day").max().alias("last"),
        )
        return {str(row["thing"]): row for row in made.iter_rows(named=True)}

    def number(self, iri: str, name: str) -> int:
        """Return one of the numbers of a thing: 0 where no article is left."""
        value = self.numbers.get(iri, {}).get(name, 0)
        assert isinstance(value, int)
        return value

    @cached_property
    def events_of(self) -> dict[str, int]:
        """How many of the events that pass a thing takes part in."""
        parties = self.graph["event_roles"].drop_nulls("party").join(self.events, left_on="event", right_on="iri", how="semi")
        return dict(parties.select("event", "party").unique().group_by("party").len().iter_rows())

    def without(self, *names: str) -> FilteredCounts:
        """Return the same without some of the filters."""
        kept = {one.name: getattr(self.filters, one.name) for one in fields(PageFilters) if one.name not in names}
        return FilteredCounts(self.graph, PageFilters(**kept))


def _days(when: str) -> tuple[date, date]:
    """Return the first and the last day of an ISO day, month or year."""
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    first = date(year, month or 1, 1)
    following = date(year + 1, 1, 1) if month in {None, 12} else date(year, (month or 0) + 1, 1)
    return first, following - timedelta(days=1)


def random_filters(graph: GraphTables, seed: int) -> PageFilters:
    """Return filters drawn by chance, most with one to three of them on."""
    draw = random.Random(seed)  # noqa: S311 - of a test
    days = sorted(graph["articles"]["published"].dt.date().drop_nulls())
    on = set(
        draw.sample(
            ("days", "topics", "providers", "types", "statuses", "background", "confidence", "events", "origins"), draw.randint(1, 3)
        )
    )

    def some(table: str, column: str, most: int) -> tuple[str, ...]:
        values = sorted(set(graph[table][column].drop_nulls()))
        return tuple(sorted(draw.sample(values, min(len(values), draw.randint(1, most)))))

    ends = sorted((draw.choice(days), draw.choice(days))) if days else [None, None]
    return PageFilters(
        topics=some("topics", "iri", 2) if "topics" in on else (),
        providers=some("providers", "iri", 4) if "providers" in on else (),
        types=some("events", "type", 3) if "types" in on else (),
        statuses=some("events", "status", 2) if "statuses" in on else (),
        background="background" not in on,
        confidence=draw.randrange(50, 100, 5) if "confidence" in on else 0,
        eventconfidence=draw.randrange(50, 100, 5) if "events" in on else 0,
        origins=draw.randint(2, 4) if "origins" in on else 0,
        start=ends[0] if "days" in on and draw.random() < 0.8 else None,
        until=ends[1] if "days" in on and draw.random() < 0.8 else None,
    )
