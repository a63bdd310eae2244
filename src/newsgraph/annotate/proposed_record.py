"""What an extractor read, as a gold record for a person to correct."""

from __future__ import annotations

from typing import Any

from newsgraph.core.model import ACCEPTED, Article, Facts, Report, Status
from newsgraph.score.gold_records import OTHER, Record
from newsgraph.score.party_names import key

FIELDS = ("companies", "organizations", "people", "places", "products")
"""The lists of entities in a gold record."""

_FIELD_OF = {
    "company": "companies", "organisation": "organizations", "person": "people", "place": "places", "product": "products",
}  # fmt: skip
_UNSURE = frozenset({Status.RUMOURED, Status.DENIED})


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
    record["events"] = _distinct([_event(article, report, names) for report in facts.reports if _has_parties(report, names)])
    return record


def _has_parties(report: Report, names: dict[str, str]) -> bool:
    return all(side is None or side in names for side in (report.subject, report.object))


def _event(article: Article, report: Report, names: dict[str, str]) -> dict[str, Any]:
    money = report.money
    return {
        "type": OTHER if report.status in _UNSURE else report.type,
        "subject": names[report.subject] if report.subject else None,
        "object": names[report.object] if report.object else None,
        "amount": money.amount if money else None,
        "currency": money.currency if money else None,
        "evidence": max(article.text[report.start : report.end].split("\n"), key=len).strip(),
    }


def _distinct(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first of equal events, or the first that names an amount."""
    distinct: dict[tuple[object, ...], dict[str, Any]] = {}
    for event in events:
        place = (event["type"], event["subject"], event["object"])
        if place not in distinct or distinct[place]["amount"] is None:
            distinct[place] = event
    return list(distinct.values())
