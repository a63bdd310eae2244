"""A brief as a bulletin: new events, changed events, new companies and stories, and what else is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from html import unescape

from newsgraph.brief.brief_sources import BriefSources, brief_sources
from newsgraph.brief.changes_since import changes_since
from newsgraph.brief.watchlist import Watched
from newsgraph.bulletin.bulletin import Bulletin, Entry, Section
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.shown_values import counted
from newsgraph.history.build_records import BuildRecord
from newsgraph.history.graph_changes import ChangedField, NodeChange

_Lines = Callable[[NodeChange, BriefSources], tuple[str, ...]]


def news_brief(
    graph: GraphTables, records: Sequence[BuildRecord], since: date | str, watch: Watched | None = None, most: int | None = None
) -> Bulletin:  # fmt: skip
    """Return what is new since a day, `yesterday` or `last-build`; with `watch`, only what concerns what is watched.

    `records` is the history of the graph's folder. A section lists at most `most` entries.
    """
    found = changes_since(graph, records, since)
    sources = brief_sources(graph, found.changes)
    changes = [change for change in found.changes if watch is None or sources.concerns(change, watch.iris)]
    sections = [_section(heading, chosen, lines, sources, most) for heading, chosen, lines in _chosen(changes, sources)]
    notes = [f"Found by {found.basis}."] + ([f"Up to {found.day}."] if found.day else [])
    if found.omitted:
        notes.append(f"{found.omitted:,} more changes were too many for the history.")
    if not any(section.entries for section in sections):
        notes.append("Nothing is new.")
    base = graph["dataset"]["base"].item()
    title = f"News since {since}" if isinstance(since, date) or since != "last-build" else "News of the last build"
    return Bulletin(
        iri=f"{base}brief", title=title, notes=(*notes, *(watch.notes if watch else ())),
        sections=tuple(section for section in sections if section.entries), day=found.day,
    )  # fmt: skip


def _chosen(changes: Sequence[NodeChange], sources: BriefSources) -> Iterator[tuple[str, list[NodeChange], _Lines]]:
    """Yield the headings with their changes; articles come last, and only those that nothing above them is based on."""

    def of(kind: str, what: str) -> list[NodeChange]:
        return [change for change in changes if (change.kind, change.what) == (kind, what)]

    events = of("events", "new")
    news = [change for change in events if not sources.is_background(change.iri)]
    yield "New events", news, _event_lines
    yield "Changed events", of("events", "changed"), _field_lines
    yield "Events that are gone", of("events", "gone"), _no_lines
    yield "Events known from before, mentioned now", [change for change in events if change not in news], _event_lines
    yield "New companies", of("companies", "new"), _company_lines
    stories = [change for change in of("stories", "changed") if sources.grew(change)]
    yield "New stories", of("stories", "new"), _story_lines
    yield "Stories with more articles", stories, _field_lines
    above = {article for change in (*events, *of("stories", "new"), *stories) for article in sources.new_articles(change)}
    yield "Other new articles", [change for change in of("articles", "new") if change.iri not in above], _no_lines


def _section(heading: str, changes: Iterable[NodeChange], lines: _Lines, sources: BriefSources, most: int | None) -> Section:
    entries = [Entry(change.iri, unescape(change.label), lines(change, sources), *sources.of(change)) for change in changes]
    entries.sort(key=lambda entry: (entry.updated is None, -entry.updated.timestamp() if entry.updated else 0.0, entry.iri))
    return Section(heading, tuple(entries[:most]), max(0, len(entries) - most) if most is not None else 0)


def _event_lines(change: NodeChange, sources: BriefSources) -> tuple[str, ...]:
    return tuple(filter(None, (sources.event_facts(change.iri),)))


def _company_lines(change: NodeChange, sources: BriefSources) -> tuple[str, ...]:
    return tuple(filter(None, (sources.company_facts(change.iri),)))


def _story_lines(change: NodeChange, sources: BriefSources) -> tuple[str, ...]:
    return (counted(sources.sizes.get(change.iri, 0), "article"),)


def _field_lines(change: NodeChange, _sources: BriefSources) -> tuple[str, ...]:
    return tuple(_field_line(field) for field in change.fields)


def _no_lines(_change: NodeChange, _sources: BriefSources) -> tuple[str, ...]:
    return ()


def _field_line(change: ChangedField) -> str:
    name = {"size": "articles", "when": "time"}.get(change.field, change.field)
    return f"{name}: {_value(change.old)} → {_value(change.new)}"


def _value(value: str | float | None) -> str:
    if value is None:
        return "none"
    return value if isinstance(value, str) else f"{value:,.0f}" if value.is_integer() else f"{value:,g}"
