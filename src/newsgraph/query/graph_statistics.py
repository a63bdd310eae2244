"""Figures of a graph: counts, the companies named most, the time it spans, the problems of its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from newsgraph.core.article_roles import MAIN_WEIGHTS
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EVENT_TYPES

TOP = 10
_COUNTED = ("sources", "articles", "providers", "topics", "companies", "organisations", "products", "people", "places", "events", "stories")


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of one graph.

    `counts` holds the rows of tables by name, `events` the events by type, `problems` the problems by severity; `top` the companies
    named most, with the number of articles, `main` those that are most often subject or party of an article, likewise; `first` and `last` are the earliest and latest publication (UTC), None if no date is known.
    """

    counts: tuple[tuple[str, int], ...]
    events: tuple[tuple[str, int], ...]
    top: tuple[tuple[str, int], ...]
    main: tuple[tuple[str, int], ...]
    problems: tuple[tuple[str, int], ...]
    first: datetime | None
    last: datetime | None

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the figures as rows of a table: group, name and value."""
        span = [("time", name, f"{value:%Y-%m-%d %H:%M} UTC") for name, value in (("first", self.first), ("last", self.last)) if value]
        groups = (
            ("holds", self.counts),
            ("events", self.events),
            ("companies", self.top),
            ("main companies", self.main),
            ("problems", self.problems),
        )
        return [(group, name, str(value)) for group, pairs in groups for name, value in pairs] + span


def stats(graph: GraphTables) -> Stats:
    """Count what a graph holds."""
    counts = {name: graph[name].height for name in _COUNTED}
    counts["mentions"] = graph["mentions"].height
    counts["reports"] = graph["reports"].height
    published = graph["articles"]["published"]
    companies = graph["companies"].sort(["articles", "mentions", "iri"], descending=[True, True, False]).head(TOP)
    return Stats(
        counts=tuple(counts.items()),
        events=_by(graph["events"], "type", [(name, event.label) for name, event in EVENT_TYPES.items()]),
        top=tuple((name, articles or 0) for name, articles in companies.select("name", "articles").iter_rows()),
        main=_main_companies(graph),
        problems=_by(graph["problems"], "severity", [(name, name) for name in ("document", "article", "field")]),
        first=_time(published.min()),
        last=_time(published.max()),
    )


def _main_companies(graph: GraphTables) -> tuple[tuple[str, int], ...]:
    """Return the companies that are most often subject or party of an article, with the number of these articles."""
    main = graph["mentions"].filter(pl.col("weight").is_in([weight.value for weight in MAIN_WEIGHTS]))
    counts = main.group_by("company").agg(pl.col("article").n_unique()).join(graph["companies"], left_on="company", right_on="iri")
    ordered = counts.sort(["article", "company"], descending=[True, False]).head(TOP)
    return tuple((name, articles) for name, articles in ordered.select("name", "article").iter_rows())


def _by(data: pl.DataFrame, column: str, names: list[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    counts = dict(data[column].value_counts().iter_rows())
    return tuple((label, counts[name]) for name, label in names if name in counts)


def _time(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None
