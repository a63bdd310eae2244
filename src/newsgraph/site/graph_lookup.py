"""The tables of a graph as a site reads them: rows by IRI, and groups of rows by the thing that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import NODE_TABLES, GraphTables, nodes
from newsgraph.core.sentences import sentence_at
from newsgraph.core.used_names import used_name
from newsgraph.core.withheld_text import shortened
from newsgraph.site.thing_page import Reference

Row = Mapping[str, Any]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class GraphLookup:
    """One graph, looked up by IRI."""

    base: str
    labels: dict[str, str]
    kinds: dict[str, str]
    rows: dict[str, Row]  # rows of the tables of nodes
    articles_of: dict[str, tuple[str, ...]]  # of companies and others, events, stories, topics and providers; the latest first
    events_of: dict[str, tuple[str, ...]]  # of parties, stories and articles; the latest first
    stories_of: dict[str, tuple[str, ...]]
    named_in: dict[str, tuple[str, ...]]  # companies and others that an article names
    roles_of: dict[str, tuple[Row, ...]]  # of events
    reports_of: dict[str, tuple[Row, ...]]  # of events, the latest first
    ledger_of: dict[str, tuple[Row, ...]]
    relations_of: dict[str, tuple[Row, ...]]
    posts_of: dict[str, tuple[Row, ...]]  # of people and employers
    topics_of: dict[str, tuple[str, ...]]
    texts: dict[str, str]
    excerpts: dict[tuple[str, int, int], str]
    used_names: dict[tuple[str, str], str]  # the name that an article has for a thing, where that is another than its label

    def reference(self, iri: str | None, label: str = "") -> Reference:
        """Return a reference to a thing by its label."""
        return Reference(label or self.labels.get(iri or "", iri or ""), iri or "")

    def published(self, article: str) -> datetime:
        """Return when an article was published, the earliest time if that is not known."""
        return self.rows[article]["published"] or _NEVER

    def quote(self, article: str, start: int, end: int) -> str:
        """Return the sentence around a span of an article, at most 25 words of it."""
        whole = self.texts.get(article)
        if whole:
            first, last = sentence_at(whole, start, end)
            return unescape(shortened(whole[first:last]))
        return unescape(self.excerpts.get((article, start, end), ""))

    def called(self, article: str, iri: str) -> tuple[str, ...]:
        """Return in words what an article calls a thing, none if that is its label or a form of it."""
        used = self.used_names.get((article, iri))
        return (f"here called {used}",) if used else ()

    def source(self, article: str) -> Reference:
        """Return a reference to an article: its provider and day."""
        row = self.rows[article]
        provider = self.labels.get(row["provider"] or "", "")
        day = f"{row['published']:%Y-%m-%d}" if row["published"] else ""
        return Reference(", ".join(filter(None, (provider, day))) or self.labels[article], article)


def graph_lookup(graph: GraphTables) -> GraphLookup:
    """Look up a graph once, for all pages."""
    labels = {iri: unescape(label or iri) for iri, label in nodes(graph).select("iri", "label").iter_rows()}
    rows: dict[str, Row] = {
        row["iri"]: row for table in NODE_TABLES for row in graph[table].drop("text", strict=False).iter_rows(named=True)
    }
    published = {iri: rows[iri]["published"] or _NEVER for iri in graph["articles"]["iri"]}
    happened = {row["iri"]: (row["when"] or "", row["iri"]) for row in graph["events"].iter_rows(named=True)}
    reports = graph["reports"].rows(named=True)
    parties = _pairs(graph["event_roles"], "party", "event")
    told = [*_pairs(graph["reports"], "event", "article"), *_pairs(graph["totals"], "event", "article")]
    named = [*_pairs(graph["mentions"], "article", "company"), *_pairs(graph["other_mentions"], "article", "entity")]
    story = _pairs(graph["articles"], "story", "iri")
    topics = _pairs(graph["article_topics"], "article", "topic")
    articles = [*told, *_turned(named), *story, *_turned(topics), *_pairs(graph["articles"], "provider", "iri")]
    events = [*parties, *_pairs(graph["story_events"], "story", "event"), *_turned(told)]
    in_story = {article: iri for iri, article in story}
    in_stories = [(iri, in_story[article]) for iri, article in articles if article in in_story]
    size = {iri: (rows[iri]["last"] or _NEVER, iri) for iri in graph["stories"]["iri"]}
    relations = graph["merged_relations"].rows(named=True)
    posts = graph["posts"].rows(named=True)
    return GraphLookup(
        base=graph["dataset"]["base"].item(), labels=labels, kinds=dict(nodes(graph).select("iri", "kind").iter_rows()), rows=rows,
        articles_of=_latest(articles, lambda iri: (published[iri], iri)), events_of=_latest(events, happened.__getitem__),
        stories_of=_latest(in_stories, size.__getitem__), named_in=_grouped(named), roles_of=_rows_by(graph["event_roles"].rows(named=True), "event"),
        reports_of={event: tuple(sorted(group, key=lambda row: (published[row["article"]], row["article"], row["start"]), reverse=True))
                    for event, group in _rows_by(reports, "event").items()},
        ledger_of=_rows_by(graph["ledger"].rows(named=True), "event"), relations_of=_rows_by(relations, "subject", "object"),
        posts_of=_rows_by(posts, "person", "employer"), topics_of=_grouped(topics),
        texts=dict(graph["articles"].select("iri", "text").drop_nulls().iter_rows()),
        excerpts={(article, start, end): words for article, start, end, words in graph["excerpts"].iter_rows()},
        used_names=_used_names(graph, labels),
    )  # fmt: skip


def _used_names(graph: GraphTables, labels: Mapping[str, str]) -> dict[tuple[str, str], str]:
    mentions: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for table, column in (("mentions", "company"), ("other_mentions", "entity")):
        for article, iri, text in graph[table].select("article", column, "text").drop_nulls(column).iter_rows():
            mentions[article, iri].append(text)
    used = {(article, iri): used_name(labels.get(iri, ""), texts) for (article, iri), texts in mentions.items()}
    return {key: name for key, name in used.items() if name}


def _pairs(table: pl.DataFrame, key: str, value: str) -> list[tuple[str, str]]:
    return table.select(key, value).drop_nulls().unique(maintain_order=True).rows()


def _turned(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, key) for key, value in pairs]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _latest(pairs: Iterable[tuple[str, str]], order: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a key of sorting
    return {key: tuple(sorted(values, key=order, reverse=True)) for key, values in _grouped(pairs).items()}


def _rows_by(rows: Iterable[Row], *columns: str) -> dict[str, tuple[Row, ...]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in dict.fromkeys(row[column] for column in columns):
            if key is not None:
                groups[key].append(row)
    return {key: tuple(group) for key, group in groups.items()}
