"""The main facts of one thing as schema.org JSON-LD, for the programs that read web pages."""

from __future__ import annotations

from typing import Any

from newsgraph.core.vocabulary import NODE_KINDS, PREFIXES, ROLES, expand
from newsgraph.server.graph_view import GraphView

_SIMPLE = {
    "legal_name": "schema:legalName", "lei": "schema:leiCode", "excerpt": "schema:abstract", "language": "schema:inLanguage",
    "status": "schema:eventStatus",
}  # fmt: skip
_LISTS = {"aliases": "schema:alternateName", "tickers": "schema:tickerSymbol"}
_TIMES = {"published": "schema:datePublished", "first": "schema:startDate", "last": "schema:endDate", "when": "schema:startDate"}
_LINKS = {
    "provider": "schema:publisher", "story": "schema:isPartOf", "maker": "schema:manufacturer", "parent": "schema:parentOrganization",
    "broader": "skos:broader",
}  # fmt: skip
_MOST = 100  # parties of an event, mentions of an article


def node_data(view: GraphView, iri: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON-LD of a thing: its type, names, times, links, and the parties of an event or what an article mentions."""
    kind = view.names.kinds[iri]
    data: dict[str, Any] = {
        "@context": {prefix: PREFIXES[prefix] for prefix in ("ng", "schema", "skos")},
        "@id": iri,
        "@type": [name if name.partition(":")[0] in {"ng", "schema", "skos"} else expand(name) for name in NODE_KINDS[kind].classes],
        "schema:headline" if kind == "article" else "schema:name": view.names.labels[iri],
    }
    data |= {name: row[column] for column, name in _SIMPLE.items() if row.get(column)}
    data |= {name: row[column] for column, name in _LISTS.items() if row.get(column)}
    data |= {name: _iso(row[column]) for column, name in _TIMES.items() if row.get(column)}
    data |= {name: {"@id": row[column]} for column, name in _LINKS.items() if row.get(column)}
    if row.get("url"):
        data["schema:url"] = row["url"]
    if kind == "event":
        data |= _parties(view, iri)
    if kind == "article":
        named = sorted({company for (company,) in view.lookup.values("mentions", {"article": [iri]}, "company") if company})[:_MOST]
        data["schema:mentions"] = [{"@id": company, "schema:name": view.names.labels.get(company, "")} for company in named]
    return data


def _parties(view: GraphView, event: str) -> dict[str, Any]:
    parties: dict[str, list[dict[str, str]]] = {}
    for role, party, name in view.lookup.values("event_roles", {"event": [event]}, "role", "party", "name")[:_MOST]:
        if role.partition(":")[2] in ROLES:
            parties.setdefault(role, []).append({"schema:name": name or ""} | ({"@id": party} if party else {}))
    return dict(parties)


def _iso(value: Any) -> str:  # noqa: ANN401 - a day, a time or a text
    return value if isinstance(value, str) else str(value.isoformat())
