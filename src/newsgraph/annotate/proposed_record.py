"""What an extractor read, as a gold record for a person to correct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsgraph.core.model import ACCEPTED, Article, Facts, Report
from newsgraph.score.event_pairs import OFF, pairs_of, party_names
from newsgraph.score.gold_records import OTHER, Record
from newsgraph.score.party_names import key

FIELDS = ("companies", "organizations", "people", "places", "products")
"""The lists of entities in a gold record."""

_FIELD_OF = {
    "company": "companies", "organisation": "organizations", "person": "people", "place": "places", "product": "products",
}  # fmt: skip


def proposed_record(article: Article, facts: Facts) -> Record:
    """Turn the facts of an article into a gold record: names with their surfaces, and events whose parties are named."""
    record: Record = {"doc": article.source, "part": article.part, "title": article.title, "excerpt": article.excerpt}
    record |= {field: [] for field in FIELDS}
    same = {key(naming.name): key(naming.same_as) for naming in facts.namings}
    entities: dict[tuple[str, str], dict[str, Any]] = {}
    names: dict[str, str] = {}
    for mention in sorted(facts.mentions, key=lambda mention: (mention.start, mention.end)):
        field = _FIELD_OF.get(mention.kind.value)
        surface = article.text[mention.start : mention.end]
        if field and "\n" not in surface and (field != "companies" or mention.confidence >= ACCEPTED):
            own = key(mention.known or mention.name)
            entity = entities.setdefault((field, same.get(own, own)), {"name": mention.known or mention.name, "surfaces": []})
            if surface not in entity["surfaces"]:
                entity["surfaces"].append(surface)
            names.setdefault(mention.name, entity["name"])
    for (field, _), entity in entities.items():
        record[field].append(entity)
    record["events"] = _distinct([event for report in facts.reports for event in _events(article, report, names)])
    return record


def _events(article: Article, report: Report, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    fillers = party_names(report)
    if any(name not in names for _, name in fillers):
        return
    evidence = max(article.text[report.start : report.end].split("\n"), key=len).strip()
    for type_name, subject, target, with_amount in pairs_of(report.type, fillers):
        money = report.money if with_amount else None
        yield {
            "type": OTHER if report.status.value in OFF else type_name,
            "subject": names[str(subject)] if subject else None,
            "object": names[str(target)] if target else None,
            "amount": money.amount if money else None,
            "currency": money.currency if money else None,
            "evidence": evidence,
        }


def _distinct(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first of equal events, or the first that names an amount."""
    distinct: dict[tuple[object, ...], dict[str, Any]] = {}
    for event in events:
        place = (event["type"], event["subject"], event["object"])
        if place not in distinct or distinct[place]["amount"] is None:
            distinct[place] = event
    return list(distinct.values())
