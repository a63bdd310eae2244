"""The largest tables of the graph, built column by column: one mapping for each row would dominate a build's memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from newsgraph.core.article_roles import Weight
from newsgraph.core.model import Kind, Mention, Status
from newsgraph.core.vocabulary import ROLES
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import CompanyNode
from newsgraph.resolve.events.event_roles import EventNode
from newsgraph.resolve.events.event_values import main_amount
from newsgraph.resolve.events.resolved_reports import ResolvedReport
from newsgraph.resolve.mention_lookup import MentionLookup

_VALUES = [weight.value for weight in Weight]
_KINDS = {kind: kind.value for kind in Kind}
_STATUSES = {status: status.value for status in Status}
_ELSEWHERE = frozenset({Kind.COMPANY, Kind.OUTLET})
_ORDER = {weight: place for place, weight in enumerate(Weight)}
Columns = Mapping[str, Sequence[object]]
"""The columns of a table by name, all of one length."""


def article_columns(
    nodes: Sequence[ArticleNode], providers: Sequence[str | None], stories: Mapping[str, str], origins: Mapping[str, str]
) -> Columns:
    """Build the columns of articles; `providers` are IRIs, `stories` and `origins` have those of each article (IRI)."""
    chosen = [node.chosen.article for node in nodes]
    iris = [node.iri for node in nodes]
    columns: dict[str, Sequence[object]] = {"iri": iris, "published": [node.published for node in nodes], "provider": providers}
    columns |= {"story": [stories.get(iri) for iri in iris], "copy_group": [origins[iri] for iri in iris]}
    columns |= {"text": [article.text for article in chosen], "excerpt": [article.excerpt or None for article in chosen]}
    columns |= {"extra": [article.extra or None for article in chosen], "language": [article.language or None for article in chosen]}
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
        "weight": _weights([(article, node.iri, mention) for node in nodes for article, mention in node.mentions]),
        "extractor": [chosen[article].facts.extractor for article, _ in mentions],
    }
    return columns | _spans([mention for _, mention in mentions])


def other_mention_columns(articles: Sequence[ArticleNode], lookup: MentionLookup) -> Columns:
    """Build the columns of all other mentions; credited news outlets are left to `newsgraph read`."""
    mentions: list[Mention] = []
    iris: list[str] = []
    texts: list[str] = []
    extractors: list[str] = []
    for article in articles:
        others = [mention for mention in article.chosen.facts.mentions if mention.kind not in _ELSEWHERE]
        if others:
            text = article.chosen.article.text
            mentions += others
            iris += [article.iri] * len(others)
            texts += [text[mention.start : mention.end] for mention in others]
            extractors += [article.chosen.facts.extractor] * len(others)
    entities = [lookup.entity(mention.kind, mention.name) for mention in mentions]
    columns: dict[str, Sequence[object]] = {
        "article": iris,
        "kind": [_KINDS[mention.kind] for mention in mentions],
        "entity": entities,
        "weight": _weights(list(zip(iris, entities, mentions, strict=True))),
        "name": [mention.name or None for mention in mentions],
        "text": texts,
        "extractor": extractors,
    }
    return columns | _spans(mentions)


def _weights(mentions: Sequence[tuple[str, str | None, Mention]]) -> list[str | None]:
    """Return the weight of each mention: the strongest that its thing has in its article, by whichever of its names."""
    strongest: dict[tuple[str, str | None], int] = {}
    for article, thing, mention in mentions:
        if mention.weight:
            place = _ORDER[mention.weight]
            strongest[article, thing] = min(strongest.get((article, thing), place), place)
    return [_VALUES[strongest[article, thing]] if mention.weight else None for article, thing, mention in mentions]


def report_columns(events: Iterable[EventNode], names: Mapping[str, str]) -> Columns:
    """Build the columns of the reports of events; `names` maps the IRI of every party to its name."""
    pairs = [(event, resolved) for event in events for resolved in event.reports]
    resolved_reports = [resolved for _, resolved in pairs]
    reports = [resolved.report for resolved in resolved_reports]
    amounts = [main_amount(report) for report in reports]
    columns: dict[str, Sequence[object]] = {
        "article": [resolved.article.iri for resolved in resolved_reports],
        "event": [event.iri for event, _ in pairs],
        "subject": [names.get(resolved.pair[0]) for resolved in resolved_reports],
        "object": [names.get(resolved.pair[1]) for resolved in resolved_reports],
        "amount": [amount.money.amount if amount else None for amount in amounts],
        "currency": [amount.money.currency if amount else None for amount in amounts],
        "amount_of": [amount.of if amount else None for amount in amounts],
        "when": [report.when or None for report in reports],
        "date_source": [report.when_source or None for report in reports],
        "status": [_STATUSES[report.status] for report in reports],
        "extractor": [resolved.article.chosen.facts.extractor for resolved in resolved_reports],
        "subject_iri": [resolved.pair[0] or None for resolved in resolved_reports],
        "object_iri": [resolved.pair[1] or None for resolved in resolved_reports],
    }
    return columns | _fields(reports, "type", "date", "background", "percent", "count", "part", "start", "end", "rule", "confidence")


def report_role_columns(events: Iterable[EventNode]) -> Columns:
    """Build the columns of who takes which role in each report."""
    rows: list[tuple[Any, ...]] = [(*key, filler) for *key, resolved in _keyed(events) for filler in resolved.fillers]
    columns = _key_columns(rows)
    fillers = [row[-1] for row in rows]
    columns["role"] = [ROLES[filler.role].property for filler in fillers]
    columns |= {"party": [filler.iri for filler in fillers], "name": [filler.name for filler in fillers]}
    return columns | {"kind": [filler.kind for filler in fillers]}


def report_amount_columns(events: Iterable[EventNode]) -> Columns:
    """Build the columns of the amounts of each report, numbered from 1."""
    rows: list[tuple[Any, ...]] = [
        (*key, number, amount) for *key, resolved in _keyed(events) for number, amount in enumerate(resolved.report.amounts, start=1)
    ]
    columns = _key_columns(rows)
    columns |= {"number": [row[-2] for row in rows], "amount": [row[-1].money.amount for row in rows]}
    return columns | {"currency": [row[-1].money.currency for row in rows], "of": [row[-1].of for row in rows]}


def _keyed(events: Iterable[EventNode]) -> Iterator[tuple[str, str, int, int, ResolvedReport]]:
    """Yield each report after what identifies it: article, event, start and end."""
    for event in events:
        for resolved in event.reports:
            yield resolved.article.iri, event.iri, resolved.report.start, resolved.report.end, resolved


def _key_columns(rows: Sequence[Sequence[object]]) -> dict[str, Sequence[object]]:
    return {name: [row[at] for row in rows] for at, name in enumerate(("article", "event", "start", "end"))}


def _spans(mentions: Sequence[Mention]) -> dict[str, Sequence[object]]:
    return _fields(mentions, "start", "end", "rule", "confidence")


def _fields(values: Sequence[object], *names: str) -> dict[str, Sequence[object]]:
    return {name: list(map(attrgetter(name), values)) for name in names}
