"""What changed since a day: by the history of the builds, or, where that does not reach back so far, by the days of the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.shown_values import counted
from newsgraph.history.build_records import BuildRecord
from newsgraph.history.combined_changes import combined
from newsgraph.history.graph_changes import NodeChange, changes_between
from newsgraph.query.point_in_time import as_of

LAST_BUILD, YESTERDAY = "last-build", "yesterday"


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """The changes, and in words what they were found by; `day` is the day that the graph is of."""

    changes: tuple[NodeChange, ...]
    basis: str
    day: date | None
    omitted: int = 0


def changes_since(graph: GraphTables, records: Sequence[BuildRecord], since: date | str) -> ChangesSince:
    """Return what changed on a day or later, up to the latest build of the folder.

    `since` is a day, `yesterday` or `last-build`. The graph is of the day of its last build, which need not be today: yesterday is the day
    before that one. Without a record from before the day, the graph is compared with what was known from articles at the end of the day before.
    """
    day = _day(graph, records)
    if since == LAST_BUILD:
        if not records or records[-1].is_first:
            return ChangesSince((), "the first build of this folder, so nothing can be compared with it", day)
        return ChangesSince(combined(records[-1:]), "the last build that changed the graph", day, records[-1].omitted)
    start = _start(since, day)
    if start is None:
        return ChangesSince((), "no article with a date, so no day to begin with", day)
    later = [at for at, record in enumerate(records) if record.day is not None and record.day >= start]
    first = later[0] if later else len(records)
    if first > 0:
        chosen = records[first:]
        builds = f"{counted(len(chosen), 'build')} of this folder since {start}"
        return ChangesSince(combined(chosen), builds, day, sum(record.omitted for record in chosen))
    known = as_of(graph, start - timedelta(days=1))
    undated = graph["articles"]["published"].null_count()
    without = (
        f"; {counted(undated, 'article')} without a date, and what only {'it tells' if undated == 1 else 'they tell'}, left out"
        if undated
        else ""
    )
    return ChangesSince(_dated(changes_between(known, graph), graph), f"articles published since {start}{without}", day)


def _start(since: date | str, day: date | None) -> date | None:
    if isinstance(since, date):
        return since
    return day - timedelta(days=1) if day else None


def _day(graph: GraphTables, records: Sequence[BuildRecord]) -> date | None:
    if records and records[-1].day:
        return records[-1].day
    last = graph["articles"]["published"].max()
    return last.date() if isinstance(last, datetime) else None


def _dated(changes: Sequence[NodeChange], graph: GraphTables) -> tuple[NodeChange, ...]:
    """Leave out articles without a day, and events that only these report: nobody knows when they became known."""
    undated = set(graph["articles"].filter(graph["articles"]["published"].is_null())["iri"])
    undated |= set(graph["events"].filter(graph["events"]["first"].is_null())["iri"])
    return tuple(change for change in changes if change.iri not in undated)
