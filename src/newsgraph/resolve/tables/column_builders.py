"""The largest tables of the graph, built column by column: one mapping for each row would dominate a build's memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from newsgraph.core.model import Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import CompanyNode
from newsgraph.resolve.events.event_nodes import EventNode
from newsgraph.resolve.mention_lookup import MentionLookup

Columns = Mapping[str, Sequence[object]]
"""The columns of a table by name, all of one length."""


def article_columns(
    nodes: Sequence[ArticleNode], providers: Sequence[str | None], stories: Mapping[str, str], origins: Mapping[str, str]
) -> Columns:
    """Build the columns of articles; `providers` are IRIs, `stories` and `origins` have those of each article (IRI)."""
    chosen = [node.chosen.article for node in nodes]
    iris = [node.iri for node in nodes]
    columns: dict[str, Sequence[object]] = {"iri": iris, "published": [node.published for node in nodes], "provider": providers}
    columns |= {"story": [stories[iri] for iri in iris], "copy_group": [origins[iri] for iri in iris]}
    columns |= {"text": [article.text for article in chosen], "excerpt": [article.excerpt or None for article in chosen]}
    columns |= {"extra": [article.extra or None for article in chosen]}
    return columns | _fields(chosen, "url", "title", "type", "category", "quality", "heat", "featured", "source", "part")


def version_columns(nodes: Sequence[ArticleNode]) -> Columns:
    """Build the columns of the records of articles."""
    columns: dict[str, Sequence[object]] = {"article": [node.iri for node in nodes for _ in node.records]}
    records = list(chain.from_iterable(node.records for node in nodes))
    return columns | _fields(records, "source", "part", "title", "excerpt", "quality", "heat")


def mention_columns(nodes: Sequence[CompanyNode], articles: Iterable[ArticleNode]) -> Columns:
    """Build the columns of the mentions of companies."""
    chosen = {node.iri: node.chosen for node in articles}
    mentions = list(chain.from_iterable(node.mentions for node in nodes))
    texts, iri, text = [], "", ""
    for article, mention in mentions:
        if article != iri:
            iri, text = article, chosen[article].article.text
        texts.append(text[mention.start : mention.end])
    columns: dict[str, Sequence[object]] = {
        "article": [article for article, _ in mentions],
        "company": [node.iri for node in nodes for _ in node.mentions],
        "text": texts,
        "extractor": [chosen[article].facts.extractor for article, _ in mentions],
    }
    return columns | _spans([mention for _, mention in mentions])


def other_mention_columns(articles: Sequence[ArticleNode], lookup: MentionLookup) -> Columns:
    """Build the columns of all other mentions."""
    mentions: list[Mention] = []
    iris: list[str] = []
    texts: list[str] = []
    extractors: list[str] = []
    for article in articles:
        others = [mention for mention in article.chosen.facts.mentions if mention.kind is not Kind.COMPANY]
        if others:
            text = article.chosen.article.text
            mentions += others
            iris += [article.iri] * len(others)
            texts += [text[mention.start : mention.end] for mention in others]
            extractors += [article.chosen.facts.extractor] * len(others)
    columns: dict[str, Sequence[object]] = {
        "article": iris,
        "kind": [mention.kind.value for mention in mentions],
        "entity": [lookup.entity(mention.kind, mention.name) for mention in mentions],
        "name": [mention.name or None for mention in mentions],
        "text": texts,
        "extractor": extractors,
    }
    return columns | _spans(mentions)


def report_columns(events: Iterable[EventNode], names: Mapping[str, str]) -> Columns:
    """Build the columns of the reports of events; `names` maps the IRI of every party to its name."""
    pairs = [(event, resolved) for event in events for resolved in event.reports]
    resolved_reports = [resolved for _, resolved in pairs]
    reports = [resolved.report for resolved in resolved_reports]
    columns: dict[str, Sequence[object]] = {
        "article": [resolved.article.iri for resolved in resolved_reports],
        "event": [event.iri for event, _ in pairs],
        "subject": [names.get(resolved.subject or "") for resolved in resolved_reports],
        "object": [names.get(resolved.object or "") for resolved in resolved_reports],
        "amount": [report.money.amount if report.money else None for report in reports],
        "currency": [report.money.currency if report.money else None for report in reports],
        "date_source": [report.date_source or None for report in reports],
        "status": [report.status.value for report in reports],
        "extractor": [resolved.article.chosen.facts.extractor for resolved in resolved_reports],
        "subject_iri": [resolved.subject for resolved in resolved_reports],
        "object_iri": [resolved.object for resolved in resolved_reports],
    }
    return columns | _fields(reports, "type", "date", "start", "end", "rule", "confidence", "object_part")


def _spans(mentions: Sequence[Mention]) -> dict[str, Sequence[object]]:
    return _fields(mentions, "start", "end", "rule", "confidence")


def _fields(values: Sequence[object], *names: str) -> dict[str, Sequence[object]]:
    return {name: list(map(attrgetter(name), values)) for name in names}
