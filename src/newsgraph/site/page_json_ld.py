"""Things as JSON-LD with the terms of schema.org, for search engines and other readers of pages."""

from __future__ import annotations

from collections.abc import Mapping

from newsgraph.core.vocabulary import EVENT_TYPES, PREFIXES
from newsgraph.site.graph_lookup import GraphLookup, Row

_MOST = 100
_TYPES = {
    "company": "Organization", "organisation": "Organization", "provider": "NewsMediaOrganization", "person": "Person", "place": "Place",
    "product": "Product", "topic": "DefinedTerm", "story": "CreativeWork", "event": "Event", "article": "NewsArticle",
}  # fmt: skip


def linked_data(lookup: GraphLookup, iri: str) -> dict[str, object]:
    """Return what the graph says about a thing itself, as one object; values that are missing are left out."""
    row, kind = lookup.rows[iri], lookup.kinds[iri]
    data: dict[str, object] = {"@context": {"@vocab": "https://schema.org/", "ng": PREFIXES["ng"]}, "@id": iri, "@type": _TYPES[kind]}
    data |= {"headline": lookup.labels[iri]} if kind == "article" else {"name": lookup.labels[iri]}
    more = {"company": _company, "event": _event, "article": _article, "story": _story, "provider": _provider, "product": _product}.get(
        kind
    )
    values = more(lookup, row) if more else {"alternateName": list(row.get("aliases") or ())}
    return data | {name: value for name, value in values.items() if value not in (None, "", [])}


def _company(_lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    wikidata = [f"http://www.wikidata.org/entity/{row['wikidata']}"] if row["wikidata"] else []
    return {
        "alternateName": list(row["aliases"] or ()), "legalName": row["legal_name"], "tickerSymbol": list(row["tickers"] or ()), "leiCode": row["lei"],
        "sameAs": wikidata, "url": f"https://{row['domain']}/" if row["domain"] else "", "parentOrganization": _one(row["parent"]),
    }  # fmt: skip


def _event(lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    roles = [role for role in lookup.roles_of.get(row["iri"], ()) if role["party"]]
    return {
        "additionalType": f"{PREFIXES['ng']}{EVENT_TYPES[row['type']].cls.removeprefix('ng:')}", "startDate": row["when"],
        "location": [_named(lookup, role["party"]) for role in roles if role["kind"] == "place"],
        "ng:status": row["status"], "subjectOf": [_one(article) for article in lookup.articles_of.get(row["iri"], ())[:_MOST]],
    } | _by_role(lookup, roles)  # fmt: skip


def _by_role(lookup: GraphLookup, roles: list[Row]) -> dict[str, object]:
    """Return who takes each role, by the property of the role."""
    found: dict[str, list[object]] = {}
    for role in roles:
        found.setdefault(role["role"], []).append(_named(lookup, role["party"]))
    return dict(found)


def _article(lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    published = row["published"].isoformat().replace("+00:00", "Z") if row["published"] else ""
    return {
        "url": row["url"], "datePublished": published, "publisher": _named(lookup, row["provider"]) if row["provider"] else None,
        "inLanguage": row["language"], "isPartOf": _one(row["story"]), "keywords": [lookup.labels[topic] for topic in lookup.topics_of.get(row["iri"], ())],
        "mentions": [_named(lookup, iri) for iri in lookup.named_in.get(row["iri"], ())[:_MOST]],
    }  # fmt: skip


def _story(lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    return {"hasPart": [_one(article) for article in lookup.articles_of.get(row["iri"], ())[:_MOST]]}


def _provider(_lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    return {"url": row["url"]}


def _product(lookup: GraphLookup, row: Row) -> Mapping[str, object]:
    return {"manufacturer": _named(lookup, row["maker"]) if row["maker"] else None}


def _one(iri: str | None) -> dict[str, str] | None:
    return {"@id": iri} if iri else None


def _named(lookup: GraphLookup, iri: str) -> dict[str, str]:
    return {"@id": iri, "@type": _TYPES[lookup.kinds[iri]], "name": lookup.labels[iri]} if iri in lookup.kinds else {"@id": iri}
