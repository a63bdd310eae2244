"""The facts and articles of what a brief is about, looked up once in the tables of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import polars as pl

from newsgraph.bulletin.bulletin import Source
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.shown_values import counted
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.history.graph_changes import NodeChange

_SHOWN = 3  # articles of an entry
_Groups = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class BriefSources:
    """What the entries of a brief say: for each changed node its articles and what it concerns, all by IRI."""

    articles: _Groups  # of an event, company, story or article
    related: _Groups  # parties, topics, events and stories
    texts: dict[str, Source]
    fresh: frozenset[str]  # new articles
    facts: dict[str, str]
    background: frozenset[str]
    sizes: dict[str, int]

    def concerns(self, change: NodeChange, iris: frozenset[str]) -> bool:
        """Return whether a change is about one of some nodes, or about what one of its articles has as topic, party or story."""
        return change.iri in iris or change.old_iri in iris or not iris.isdisjoint(self.related.get(change.iri, ()))

    def is_background(self, event: str) -> bool:
        """Return whether all reports tell an event as known from before."""
        return event in self.background

    def grew(self, change: NodeChange) -> bool:
        """Return whether a story has more articles than before."""
        sizes = [(field.old, field.new) for field in change.fields if field.field == "size"]
        return any(float(new or 0) > float(old or 0) for old, new in sizes)

    def new_articles(self, change: NodeChange) -> tuple[str, ...]:
        """Return the new articles of a node."""
        return tuple(article for article in self.articles.get(change.iri, ()) if article in self.fresh)

    def of(self, change: NodeChange) -> tuple[tuple[Source, ...], datetime | None]:
        """Return the articles to show for a node, new ones first and then the latest, and the time of the latest of these."""
        chosen = self.new_articles(change) or self.articles.get(change.iri, ())
        sources = [self.texts[article] for article in chosen if article in self.texts]
        sources.sort(key=lambda source: (-source.published.timestamp() if source.published else 0.0, source.title, source.url))
        times = [source.published for source in sources if source.published]
        return tuple(sources[:_SHOWN]), max(times, default=None)

    def event_facts(self, event: str) -> str:
        """Return the type, time, status and figures of an event in one line."""
        return self.facts.get(event, "")

    def company_facts(self, company: str) -> str:
        """Return in how many articles a company is named."""
        return self.facts.get(company, "")


def brief_sources(graph: GraphTables, changes: Sequence[NodeChange]) -> BriefSources:
    """Look up what a brief says of the nodes that changed."""
    iris = {change.iri for change in changes}
    events = graph["events"].filter(pl.col("iri").is_in(iris))
    stories = graph["stories"].filter(pl.col("iri").is_in(iris))
    companies = graph["companies"].filter(pl.col("iri").is_in(iris))
    own = ((change.iri, change.iri) for change in changes if change.kind == "articles")
    articles = _grouped([
        *_pairs(graph["reports"], "event", "article", iris), *_pairs(graph["totals"], "event", "article", iris),
        *_pairs(graph["mentions"], "company", "article", iris), *_pairs(graph["articles"], "story", "iri", iris), *own,
    ])  # fmt: skip
    wanted = {article for group in articles.values() for article in group}
    return BriefSources(
        articles=articles,
        related=_related(graph, articles, iris),
        texts=_texts(graph, wanted),
        fresh=frozenset(change.iri for change in changes if (change.kind, change.what) == ("articles", "new")),
        facts={row["iri"]: _event_facts(row) for row in events.iter_rows(named=True)}
        | {iri: f"named in {counted(count, 'article')}" for iri, count in companies.select("iri", "articles").iter_rows()},
        background=frozenset(events.filter(pl.col("background"))["iri"]),
        sizes=dict(stories.select("iri", "size").iter_rows()),
    )


def _related(graph: GraphTables, articles: _Groups, iris: set[str]) -> _Groups:
    """Return the parties of events; of articles, and of the events and stories that they tell, the topics, companies and others named."""
    wanted = {article for group in articles.values() for article in group}
    of_article = _grouped([
        *_pairs(graph["mentions"], "article", "company", wanted), *_pairs(graph["other_mentions"], "article", "entity", wanted),
        *_pairs(graph["article_topics"], "article", "topic", wanted), *_pairs(graph["articles"], "iri", "story", wanted),
        *_pairs(graph["reports"], "article", "event", wanted), *_pairs(graph["articles"], "iri", "provider", wanted),
    ])  # fmt: skip
    parties = _grouped(_pairs(graph["event_roles"], "event", "party", iris))
    topics = _grouped([*_pairs(graph["article_topics"], "article", "topic", wanted), *_pairs(graph["articles"], "iri", "story", wanted)])
    entities = set(graph["companies"]["iri"]) & iris
    related: _Groups = {}
    for iri, group in articles.items():
        # an event concerns its parties, not everyone whom its articles name; a company concerns itself
        named = topics if iri in parties else {} if iri in entities else of_article
        related[iri] = (*parties.get(iri, ()), *group, *(other for article in group for other in named.get(article, ())))
    return related


def _pairs(table: pl.DataFrame, key: str, value: str, keys: set[str]) -> Iterable[tuple[str, str]]:
    rows = table.filter(pl.col(key).is_in(keys), pl.col(value).is_not_null()).select(key, value).unique(maintain_order=True)
    return ((str(one), str(other)) for one, other in rows.iter_rows())


def _grouped(pairs: Iterable[tuple[str, str]]) -> _Groups:
    groups: dict[str, dict[str, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _texts(graph: GraphTables, wanted: set[str]) -> dict[str, Source]:
    providers = dict(graph["providers"].select("iri", "name").iter_rows())
    rows = graph["articles"].filter(pl.col("iri").is_in(wanted)).select("iri", "title", "url", "provider", "published")
    return {
        iri: Source(unescape(title), url or "", providers.get(provider, ""), published)
        for iri, title, url, provider, published in rows.iter_rows()
    }


def _event_facts(row: dict[str, object]) -> str:
    amount = f"{row['amount']:,.0f} {row['currency']}" if row["amount"] is not None else ""
    percent = f"{row['percent']:g} %" if row["percent"] is not None else ""
    count = f"{row['count']:,}" if row["count"] is not None else ""
    facts = (EVENT_TYPES[str(row["type"])].label, row["when"], row["status"], amount, percent, count)
    return ", ".join(str(fact) for fact in facts if fact)
