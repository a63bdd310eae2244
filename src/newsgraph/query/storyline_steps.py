"""The storyline of a company or topic: its events and stories in order of time, each story followed by its events."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from html import unescape
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import DAY, INT, NUM, STR, GraphTables, make_tables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.row_lookup import RowLookup

EVENT, STORY = "event", "story"
_NAMED = ("company", "organisation", "person", "product", "place")
_TYPES: dict[str, pl.DataType] = {"date": DAY, "amount": NUM, "articles": INT, "outlets": INT, "origins": INT}


@dataclass(frozen=True, slots=True)
class Step:
    """One event or story of a storyline.

    `when` is the day, month or year of an event (ISO), empty if it is unknown; of a story it is the day (UTC) on which its first article was
    published. `date` is `when` if that is a day. `kind` is `event` or `story`; `story` is the IRI of the story that the event follows, or of the story itself; empty without a story. `history` holds the statuses of an
    event, each with the day on which it was first reported: `announced 2021-11-18, completed 2022-01-10`. `amount` is in full units of
    `currency`. `articles`, `outlets` and `origins` count the sources that support it.
    """

    date: date | None
    when: str
    kind: str
    label: str
    history: str
    amount: float | None
    currency: str
    articles: int
    outlets: int
    origins: int
    story: str
    iri: str


def storyline(graph: GraphTables, name: str) -> tuple[Step, ...]:
    """Return the events and stories of a company, organisation, person, product, place or topic, in order of time.

    For a topic these are the stories with an article about it or a narrower topic, and all their events; for anything else the events
    in which it takes a role, and the stories that name it. An event follows the first of these stories that reports it, by date; what has
    no date comes last, and a year or a month before its days. Raises `UnknownNameError`, and `InputError` if several things have that name.
    """
    names = name_index(graph)
    return storyline_of(graph, names, find_node(names, name))


def find_node(names: NameIndex, name: str) -> str:
    """Return the IRI of what has a storyline and that name. Raises as `storyline` does."""
    return names.find(name, *_NAMED, "topic")


def storyline_rows(lookup: RowLookup, node: str) -> GraphTables:
    """Return the rows of a graph from which the storyline of a node (IRI) is made: it is the same as over the whole graph."""
    tables = {"topics": lookup.graph["topics"], "event_roles": lookup.rows("event_roles", {"party": [node]})}
    tables |= {name: lookup.rows(name, {column: [node]}) for name, column in (("mentions", "company"), ("other_mentions", "entity"))}
    topics = below = {node}
    while below:
        below = set(lookup.rows("topics", {"broader": below})["iri"]) - topics
        topics = topics | below
    tables["article_topics"] = lookup.rows("article_topics", {"topic": topics})
    articles = {iri for name in ("mentions", "other_mentions", "article_topics") for iri in tables[name]["article"]}
    tables["articles"] = lookup.rows("articles", {"iri": articles})
    stories = tables["articles"]["story"].drop_nulls().unique().to_list()
    tables["stories"], tables["story_events"] = lookup.rows("stories", {"iri": stories}), lookup.rows("story_events", {"story": stories})
    events = {*tables["event_roles"]["event"], *tables["story_events"]["event"]}
    tables["events"], tables["ledger"] = lookup.rows("events", {"iri": events}), lookup.rows("ledger", {"event": events})
    return make_tables(tables)


def storyline_of(graph: GraphTables, names: NameIndex, node: str) -> tuple[Step, ...]:
    """Return what `storyline` returns, for a node that is already looked up (IRI)."""
    stories = _stories(graph, _articles(graph, node, is_topic=names.kinds[node] == "topic"))
    if names.kinds[node] == "topic":
        events_of = graph["story_events"].filter(pl.col("story").is_in(list(stories)))["event"]
    else:
        events_of = graph["event_roles"].filter(pl.col("party") == node)["event"]
    story_of = _first_stories(graph, stories)
    histories = _histories(graph)
    events = [_event(row, story_of.get(row["iri"], ""), histories) for row in _rows(graph, "events", events_of)]
    groups: dict[str, list[Step]] = {iri: [step] for iri, step in stories.items()}
    for event in sorted(events, key=_order):
        groups.setdefault(event.story or event.iri, []).append(event)
    return tuple(step for steps in sorted(groups.values(), key=lambda steps: _order(steps[0])) for step in steps)


def storyline_frame(steps: tuple[Step, ...]) -> pl.DataFrame:
    """Return a storyline as a frame with a column for each field of `Step`."""
    schema = {field.name: _TYPES.get(field.name, STR) for field in fields(Step)}
    return pl.DataFrame([asdict(step) for step in steps], schema=schema)


def _articles(graph: GraphTables, node: str, *, is_topic: bool) -> pl.Series:
    """Return the articles that name a node, or that have a topic or a narrower one."""
    if not is_topic:
        named = (graph["mentions"].rename({"company": "entity"}), graph["other_mentions"])
        return pl.concat([table.filter(pl.col("entity") == node)["article"] for table in named]).unique()
    topics = below = {node}
    while below:
        below = set(graph["topics"].filter(pl.col("broader").is_in(sorted(below)))["iri"]) - topics
        topics = topics | below
    return graph["article_topics"].filter(pl.col("topic").is_in(sorted(topics)))["article"].unique()


def _rows(graph: GraphTables, table: str, iris: pl.Series) -> list[dict[str, Any]]:
    return graph[table].filter(pl.col("iri").is_in(iris.drop_nulls().unique().to_list())).sort("iri").to_dicts()


def _stories(graph: GraphTables, articles: pl.Series) -> dict[str, Step]:
    """Return the stories of some articles, in order of time, by IRI."""
    iris = graph["articles"].filter(pl.col("iri").is_in(articles.to_list()))["story"]
    steps = [
        Step(
            _day(row["first"]), _iso(row["first"]), STORY, unescape(row["name"] or ""), "", None, "", row["size"] or 0, row["outlets"] or 0, row["origins"] or 0,
            row["iri"], row["iri"],
        )
        for row in _rows(graph, "stories", iris)
    ]  # fmt: skip
    return {step.iri: step for step in sorted(steps, key=_order)}


def _first_stories(graph: GraphTables, stories: dict[str, Step]) -> dict[str, str]:
    """Return for each event the first of some stories that reports it."""
    first: dict[str, str] = {}
    for story, event in graph["story_events"].filter(pl.col("story").is_in(list(stories))).select("story", "event").iter_rows():
        if event not in first or _order(stories[story]) < _order(stories[first[event]]):
            first[event] = story
    return first


def _histories(graph: GraphTables) -> dict[str, str]:
    """Return the history of each event: its statuses, each with the day on which it was first reported."""
    histories: dict[str, list[str]] = {}
    statuses = graph["ledger"].filter(pl.col("field") == "status").sort("event", "first", "value", nulls_last=True)
    for event, value, first in statuses.select("event", "value", "first").iter_rows():
        histories.setdefault(event, []).append(f"{value} {first:%Y-%m-%d}" if first else value)
    return {event: ", ".join(values) for event, values in histories.items()}


def _event(row: dict[str, Any], story: str, histories: dict[str, str]) -> Step:
    first = _day(row["first"])
    only_status = f"{row['status'] or ''} {first or ''}".strip()
    return Step(
        row["date"], row["when"] or "", EVENT, unescape(row["label"] or ""), histories.get(row["iri"], only_status), row["amount"], row["currency"] or "",
        row["articles"] or 0, row["outlets"] or 0, row["origins"] or 0, story, row["iri"],
    )  # fmt: skip


def _day(time: datetime | None) -> date | None:
    return time.date() if time else None


def _iso(time: datetime | None) -> str:
    return time.date().isoformat() if time else ""


def _order(step: Step) -> tuple[str, str, str]:
    return (step.when or "~", step.kind, step.iri)
