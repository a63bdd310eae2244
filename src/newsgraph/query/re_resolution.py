"""The events, deals, stories and ledger of the articles in tables, decided again by the rules of `resolve`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Article, EventAmount, Facts, Kind, Money, Provider, Report, RoleFiller, Status, Total
from newsgraph.core.renamings import former_names_of
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.copies.near_copies import copy_groups
from newsgraph.resolve.corroboration import Witnesses, witnesses
from newsgraph.resolve.events.deals import deal_of
from newsgraph.resolve.events.event_nodes import event_of, with_distinct_labels
from newsgraph.resolve.events.event_roles import DecidedValue, EventNode
from newsgraph.resolve.events.ledger import NOTHING, ledger
from newsgraph.resolve.events.resolved_reports import TEXT, ResolvedFiller, ResolvedReport, by_day
from newsgraph.resolve.lasting_relations import StatedRelation, merge_relations
from newsgraph.resolve.stories.story_nodes import StoryNode, story_of
from newsgraph.resolve.tables.graph_rows import Row, entry_row, event_row, role_row, story_row

_KEY = ("article", "event", "start", "end")  # of a report
_Key = tuple[Any, ...]
_FEWEST = 2  # articles of a story
_NAMED = ("companies", "organisations", "products", "people", "places")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a graph by IRI, as resolving knows them, and which of them count as separate outlets and origins."""

    articles: Mapping[str, ArticleNode]
    witnesses: Witnesses


def corpus_of(graph: GraphTables) -> Corpus:
    """Read the articles of a graph, their providers, related articles, copies and corrections."""
    providers = {iri: Provider(name, domain) for iri, name, domain in graph["providers"].select("iri", "name", "domain").iter_rows()}
    related = _lists(graph["relations"].select("article", "related").iter_rows())
    nodes = {}
    columns = ("iri", "url", "title", "source", "part", "published", "provider")
    for iri, url, title, source, part, published, provider in graph["articles"].select(columns).iter_rows():
        record = Article(iri, url, title or "", "", source or "", part or "", published=published)
        reading = ExtractedArticle(record, Facts())
        nodes[iri] = ArticleNode(iri, reading, (record,), published, providers.get(provider), (), (), (), tuple(related.get(iri, ())))
    ordered = sorted(nodes.values(), key=lambda node: node.order)
    group = copy_groups([node.iri for node in ordered], graph["copies"].select("article", "copy").rows())
    return Corpus(nodes, witnesses(tuple(nodes.values()), group, graph["corrections"]["superseded"]))


def re_resolved(graph: GraphTables, corpus: Corpus) -> dict[str, Iterable[Row]]:
    """Return the rows of merged_relations, events, event_roles, event_parts, ledger, stories, story_events and story_links from reports, totals and stories.

    Which reports are one event, which articles are one story, and the IRI of each stay as in the tables; all else is decided again. An
    event without reports, a deal without two parts and a story without two articles are left out.
    """
    names = {iri: name for table in _NAMED for iri, name in graph[table].select("iri", "name").iter_rows()}
    events = list(_events(graph, corpus, names))
    events += _deals(graph, corpus, names, {event.iri: event for event in events})
    events = sorted(with_distinct_labels(events), key=lambda event: event.iri)
    stories = list(_stories(graph, corpus, events))
    times = {iri: article.published for iri, article in corpus.articles.items()}
    relations = merge_relations(_stated_relations(graph, corpus), corpus.witnesses)
    return {
        "merged_relations": [relation.row() for relation in relations],
        "events": [event_row(event, corpus.witnesses) for event in events],
        "event_roles": [role_row(event.iri, role) for event in events for role in event.roles],
        "event_parts": [{"event": event.iri, "part": part} for event in events for part in event.parts],
        "ledger": [entry_row(entry) for entry in ledger(events, names, corpus.witnesses, times)],
        "stories": [story_row(story, corpus.witnesses) for story in stories],
        "story_events": [{"story": story.iri, "event": event} for story in stories for event in story.events],
        "story_links": [
            {"story": story.iri, "article": article, "other": other, "rule": rule}
            for story in stories
            for article, other, rule in story.links
        ],
    }


def _events(graph: GraphTables, corpus: Corpus, names: Mapping[str, str]) -> Iterator[EventNode]:
    former = former_names_of(graph["merges"].select("entity", "name", "rule", "note").iter_rows())
    reports: dict[str, list[ResolvedReport]] = defaultdict(list)
    fillers: dict[_Key, list[ResolvedFiller]] = defaultdict(list)
    for *key, role, party, name, kind in graph["report_roles"].select(*_KEY, "role", "party", "name", "kind").iter_rows():
        fillers[tuple(key)].append(ResolvedFiller(role.partition(":")[2], party, name, kind))
    sums: dict[_Key, list[EventAmount]] = defaultdict(list)
    for *key, amount, currency, of in graph["report_amounts"].sort(*_KEY, "number").select(*_KEY, "amount", "currency", "of").iter_rows():
        sums[tuple(key)].append(EventAmount(Money(amount, currency), of))
    for row in graph["reports"].iter_rows(named=True):
        of_row = tuple(row[column] for column in _KEY)
        report = _report(row, fillers[of_row], sums[of_row])
        reports[row["event"]].append(ResolvedReport(corpus.articles[row["article"]], report, tuple(fillers[of_row])))
    decided = _decided_values(graph["ledger"])
    for iri in sorted(reports):
        yield replace(event_of(sorted(reports[iri], key=by_day), names, corpus.witnesses, decided.get(iri, ()), former), iri=iri)


def _stated_relations(graph: GraphTables, corpus: Corpus) -> Iterator[StatedRelation]:
    for row in graph["lasting_relations"].iter_rows(named=True):
        yield StatedRelation(
            corpus.articles[row["article"]], row["relation"], row["kind"], row["subject"], row["object"], row["percent"],
            row["since"] or "", row["until"] or "", row["start"], row["end"], row["rule"], row["confidence"],
        )  # fmt: skip


def _report(row: dict[str, Any], fillers: Sequence[ResolvedFiller], amounts: Sequence[EventAmount]) -> Report:
    roles = tuple(RoleFiller(filler.role, filler.name, None if filler.kind == TEXT else Kind(filler.kind)) for filler in fillers)
    return Report(
        row["type"], roles, row["start"], row["end"], row["rule"], row["confidence"], Status(row["status"]), tuple(amounts),
        row["when"] or "", row["date_source"] or "", bool(row["background"]), row["percent"], row["count"], row["part"],
    )  # fmt: skip


def _decided_values(ledger_of_all: pl.DataFrame) -> dict[str, list[DecidedValue]]:
    """Return the values that people decided, with their decisions in words: these hold whatever is reported."""
    decided: dict[str, list[DecidedValue]] = defaultdict(list)
    columns = ("event", "field", "value", "amount", "currency", "note")
    for event, field, value, amount, currency, note in ledger_of_all.filter(relation="decided").select(columns).iter_rows():
        text = "" if field == "amount" or value == NOTHING else value
        money = None if amount is None else Money(amount, currency)
        decided[event].append(DecidedValue(field, text, money, note or ""))
    return decided


def _deals(graph: GraphTables, corpus: Corpus, names: Mapping[str, str], events: Mapping[str, EventNode]) -> Iterator[EventNode]:
    totals: dict[str, list[tuple[ArticleNode, Total]]] = defaultdict(list)
    columns = ("event", "article", "amount", "currency", "status", "start", "end", "rule", "confidence")
    for iri, article, amount, currency, status, start, end, rule, sure in graph["totals"].select(columns).iter_rows():
        # outputs of older versions have no status of a total
        known = Status(status) if status else Status.ANNOUNCED
        totals[iri].append((corpus.articles[article], Total((), Money(amount, currency), start, end, rule, sure, known)))
    parts = _lists(graph["event_parts"].select("event", "part").iter_rows())
    parties = _lists(graph["event_roles"].select("event", "party").drop_nulls().iter_rows())
    for iri in sorted(totals):
        remaining = [events[part] for part in parts.get(iri, ()) if part in events]
        deal = deal_of(sorted(parties.get(iri, ())), totals[iri][0][1].money, totals[iri], remaining, names)
        if deal is not None:
            yield replace(deal, iri=iri)


def _stories(graph: GraphTables, corpus: Corpus, events: Sequence[EventNode]) -> Iterator[StoryNode]:
    told: dict[str, dict[str, EventNode]] = defaultdict(dict)
    for event in events:
        for article in event.articles:
            told[article][event.iri] = event
    by_article = {iri: tuple(found.values()) for iri, found in told.items()}
    base = graph["dataset"]["base"].item()
    rules = dict(graph["stories"].select("iri", "rule").iter_rows())
    links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for iri, *link in graph["story_links"].select("story", "article", "other", "rule").iter_rows():
        links[iri].append((link[0], link[1], link[2]))
    members = _lists(graph["articles"].select("story", "iri").drop_nulls().iter_rows())
    for iri in sorted(members):
        nodes = sorted((corpus.articles[member] for member in members[iri]), key=lambda node: node.order)
        if len(nodes) < _FEWEST:
            continue
        remaining = [link for link in links.get(iri, ()) if {link[0], link[1]} <= corpus.articles.keys()]
        yield replace(story_of(nodes, by_article, remaining, base), iri=iri, rule=rules[iri])


def _lists(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return lists
