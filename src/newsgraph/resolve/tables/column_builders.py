"""The largest tables of the graph, written column by column: a mapping a row would be the largest thing in a build's memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from newsgraph.core.model import Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import CompanyNode
from newsgraph.resolve.entity_nodes import Entities
from newsgraph.resolve.events.event_nodes import EventNode

Columns = Mapping[str, Sequence[object]]
"""The columns of a table by name, all of one length."""


def article_columns(
    nodes: Sequence[ArticleNode], providers: Sequence[str | None], stories: Mapping[str, str], origins: Mapping[str, str]
) -> Columns:
    """Write articles; `providers` are IRIs, `stories` and `origins` give each article's."""
    chosen = [node.chosen.article for node in nodes]
    iris = [node.iri for node in nodes]
    columns: dict[str, Sequence[object]] = {"iri": iris, "published": [node.published for node in nodes], "provider": providers}
    columns |= {"story": [stories[iri] for iri in iris], "copy_group": [origins[iri] for iri in iris]}
    columns |= {"text": [one.text for one in chosen], "excerpt": [one.excerpt or None for one in chosen]}
    columns |= {"extra": [one.extra or None for one in chosen]}
    return columns | _fields(chosen, "url", "title", "type", "category", "quality", "heat", "featured", "source", "part")


def version_columns(nodes: Sequence[ArticleNode]) -> Columns:
    """Write the records of articles."""
    columns: dict[str, Sequence[object]] = {"article": [node.iri for node in nodes for _ in node.records]}
    records = list(chain.from_iterable(node.records for node in nodes))
    return columns | _fields(records, "source", "part", "title", "excerpt", "quality", "heat")


def mention_columns(nodes: Sequence[CompanyNode], articles: Iterable[ArticleNode]) -> Columns:
    """Write the mentions of companies."""
    read = {node.iri: node.chosen for node in articles}
    places = list(chain.from_iterable(node.mentions for node in nodes))
    texts, iri, text = [], "", ""
    for article, mention in places:
        if article != iri:
            iri, text = article, read[article].article.text
        texts.append(text[mention.start : mention.end])
    columns: dict[str, Sequence[object]] = {
        "article": [article for article, _ in places],
        "company": [node.iri for node in nodes for _ in node.mentions],
        "text": texts,
        "extractor": [read[article].facts.extractor for article, _ in places],
    }
    return columns | _spans([mention for _, mention in places])


def other_columns(articles: Sequence[ArticleNode], entities: Entities) -> Columns:
    """Write the mentions of anything else."""
    found: list[Mention] = []
    iris: list[str] = []
    texts: list[str] = []
    extractors: list[str] = []
    for article in articles:
        others = [mention for mention in article.chosen.facts.mentions if mention.kind is not Kind.COMPANY]
        if others:
            text = article.chosen.article.text
            found += others
            iris += [article.iri] * len(others)
            texts += [text[mention.start : mention.end] for mention in others]
            extractors += [article.chosen.facts.extractor] * len(others)
    columns: dict[str, Sequence[object]] = {
        "article": iris,
        "kind": [mention.kind.value for mention in found],
        "entity": [entities.iri(mention.kind, mention.name) for mention in found],
        "name": [mention.name or None for mention in found],
        "text": texts,
        "extractor": extractors,
    }
    return columns | _spans(found)


def report_columns(events: Iterable[EventNode], names: Mapping[str, str]) -> Columns:
    """Write what articles tell of events; `names` gives the name of every party's IRI."""
    pairs = [(event, telling) for event in events for telling in event.tellings]
    tellings = [telling for _, telling in pairs]
    reports = [telling.report for telling in tellings]
    columns: dict[str, Sequence[object]] = {
        "article": [telling.article.iri for telling in tellings],
        "event": [event.iri for event, _ in pairs],
        "subject": [names.get(telling.subject or "") for telling in tellings],
        "object": [names.get(telling.object or "") for telling in tellings],
        "amount": [report.money.amount if report.money else None for report in reports],
        "currency": [report.money.currency if report.money else None for report in reports],
        "date_source": [report.date_source or None for report in reports],
        "status": [report.status.value for report in reports],
        "extractor": [telling.article.chosen.facts.extractor for telling in tellings],
        "subject_iri": [telling.subject for telling in tellings],
        "object_iri": [telling.object for telling in tellings],
    }
    return columns | _fields(reports, "type", "date", "start", "end", "rule", "confidence", "object_part")


def _spans(mentions: Sequence[Mention]) -> dict[str, Sequence[object]]:
    return _fields(mentions, "start", "end", "rule", "confidence")


def _fields(things: Sequence[object], *names: str) -> dict[str, Sequence[object]]:
    return {name: list(map(attrgetter(name), things)) for name in names}
