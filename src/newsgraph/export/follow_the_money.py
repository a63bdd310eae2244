"""FollowTheMoney: entities.ftm.json, JSON lines for Aleph, OpenAleph, nomenklatura and the `ftm` program (https://followthemoney.tech/)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables, shortcuts
from newsgraph.core.vocabulary import EDGE_KINDS, EVENT_TYPES, RELATION_KINDS

Row = Mapping[str, object]
Entity = dict[str, object]

_OWNING = frozenset({"acquired", "invested_in", "owns", "bought_part_of"})  # the source owns the target, or a share of it
_COUNTRY = len("FI")


def write_ftm(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `entities.ftm.json` and return its path: one entity a line, sorted by id.

    Companies, organisations and people are `Company`, `Organization` and `Person`; articles are `Article`, without their texts; events are
    `Event`, with their articles as `proof`. Edges that are facts are `Ownership`, `Employment` or `UnknownLink`; who is named in an article
    is a `Documentation`. The id is the kind and a hash of the IRI, which is the entity's `sourceUrl`.
    """
    path = folder / "entities.ftm.json"
    lines = sorted(json.dumps(entity, ensure_ascii=False) for entity in _entities(graph))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return (path,)


def _entities(graph: GraphTables) -> Iterator[Entity]:
    schemas: dict[str, str] = {}
    yield from _actors(graph, schemas)
    yield from _articles(graph)
    yield from _events(graph, schemas)
    yield from _edges(graph, schemas)
    yield from _employments(graph, schemas)
    yield from _documentation(graph, schemas)


def _actors(graph: GraphTables, schemas: dict[str, str]) -> Iterator[Entity]:
    """Yield companies, organisations and people, and note their schemas."""
    for table, schema in (("companies", "Company"), ("organisations", "Organization"), ("people", "Person")):
        schemas.update(dict.fromkeys(graph[table]["iri"], schema))
    for row in graph["companies"].iter_rows(named=True):
        yield _entity(
            "Company", row["iri"], name=row["name"], alias=[*(row["aliases"] or ()), row["legal_name"]], sourceUrl=row["iri"],
            ticker=row["tickers"], isinCode=row["isins"], leiCode=row["lei"], cikCode=row["cik"], wikidataId=row["wikidata"],
            website=row["domain"] and f"https://{row['domain']}/", sector=row["sectors"], parent=row["parent"] and _id(row["parent"]),
            country=[place.lower() for place in (row["country"], *(row["places"] or ())) if place and len(place) == _COUNTRY],
        )  # fmt: skip
    for table in ("organisations", "people"):
        for row in graph[table].iter_rows(named=True):
            yield _entity(schemas[row["iri"]], row["iri"], name=row["name"], alias=row["aliases"], sourceUrl=row["iri"])


def _articles(graph: GraphTables) -> Iterator[Entity]:
    providers = {iri: (name, url) for iri, name, url in graph["providers"].select("iri", "name", "url").iter_rows()}
    for row in graph["articles"].iter_rows(named=True):
        name, url = providers.get(row["provider"], (None, None))
        yield _entity(
            "Article", row["iri"], title=row["title"], fileName=row["title"], publishedAt=row["published"], publisher=name, publisherUrl=url,
            sourceUrl=row["url"] or row["iri"],
        )  # fmt: skip


def _events(graph: GraphTables, schemas: Mapping[str, str]) -> Iterator[Entity]:
    roles, proofs = _grouped(graph["event_roles"].iter_rows(named=True), "event"), _proofs(graph, "reports", "event")
    for row in graph["events"].iter_rows(named=True):
        taken = roles.get(row["iri"], [])
        amount = f"{row['amount']:,.0f} {row['currency']}" if row["amount"] is not None else ""
        yield _entity(
            "Event", row["iri"], name=row["label"], date=row["when"], keywords=EVENT_TYPES[row["type"]].label, proof=proofs.get(row["iri"]),
            involved=[_id(str(role["party"])) for role in taken if role["party"] in schemas],
            location=[role["name"] for role in taken if role["kind"] == "place"],
            summary=", ".join(filter(None, (row["status"], amount))), sourceUrl=row["iri"],
        )  # fmt: skip


def _edges(graph: GraphTables, schemas: Mapping[str, str]) -> Iterator[Entity]:
    """Yield the edges between companies and organisations: those of events that are facts, and relations that last."""
    proofs, days = _proofs(graph, "reports", "event"), dict(graph["events"].select("iri", "when").iter_rows())
    for row in shortcuts(graph).iter_rows(named=True):
        edge = {"startDate": days[row["event"]], "proof": proofs.get(row["event"])}
        yield from _edge(row["kind"], row["source"], row["target"], row["event"], edge, schemas)
    proofs = _proofs(graph, "lasting_relations", "relation")
    for row in graph["merged_relations"].iter_rows(named=True):
        share = None if row["percent"] is None else f"{row['percent']:g}"
        edge = {"startDate": row["since"], "endDate": row["until"], "percentage": share, "proof": proofs.get(row["iri"])}
        yield from _edge(row["kind"], row["subject"], row["object"], row["iri"], edge, schemas)


def _edge(kind: str, source: str, target: str, key: str, edge: Mapping[str, object], schemas: Mapping[str, str]) -> Iterator[Entity]:
    if source not in schemas or target not in schemas:
        return
    role = EDGE_KINDS[kind].label if kind in EDGE_KINDS or kind in RELATION_KINDS else kind
    name = f"{key} {kind} {source} {target}"
    owner, asset = (target, source) if kind == "subsidiary_of" else (source, target)
    if kind in _OWNING | {"subsidiary_of"} and schemas[asset] == "Company":
        yield _entity("Ownership", name, owner=_id(owner), asset=_id(asset), role=role, **edge)
    else:
        rest = {column: value for column, value in edge.items() if column != "percentage"}
        yield _entity("UnknownLink", name, subject=_id(source), object=_id(target), role=role, **rest)


def _employments(graph: GraphTables, schemas: Mapping[str, str]) -> Iterator[Entity]:
    for (person, employer), posts in _pairs(graph["posts"].iter_rows(named=True), "person", "employer"):
        if schemas.get(employer) in {"Company", "Organization"}:
            roles, articles = [post["role"] for post in posts], [_id(str(post["article"])) for post in posts]
            ends = {"employee": _id(person), "employer": _id(employer)}
            yield _entity("Employment", f"{person} works for {employer}", **ends, role=roles, proof=articles)


def _documentation(graph: GraphTables, schemas: Mapping[str, str]) -> Iterator[Entity]:
    for table, column in (("mentions", "company"), ("other_mentions", "entity")):
        for (article, entity), rows in _pairs(graph[table].iter_rows(named=True), "article", column):
            if entity in schemas:
                ends = {"document": _id(article), "entity": _id(entity)}
                yield _entity("Documentation", f"{article} names {entity}", **ends, role=[row["weight"] for row in rows])


def _entity(schema: str, key: str, **properties: object) -> Entity:
    """Return one entity; values that are missing are left out, and several are sorted."""
    values = {name: _values(value) for name, value in properties.items()}
    return {"id": _id(key, schema), "schema": schema, "properties": {name: found for name, found in values.items() if found}}


def _values(value: object) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return sorted({_text(part) for part in parts if part not in (None, "")})


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "")
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _id(key: str, schema: str = "") -> str:
    """Return the id of a thing by its IRI; other keys are those of edges, whose schema begins the id."""
    parts = key.rsplit("/", 2)
    kind = parts[-2] if len(parts) > 1 and " " not in key else schema.lower()
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def _proofs(graph: GraphTables, table: str, column: str) -> dict[str, list[object]]:
    """Return the ids of the articles that state each event or relation."""
    proofs: dict[str, list[object]] = {}
    for key, article in graph[table].select(column, "article").iter_rows():
        proofs.setdefault(key, []).append(_id(article))
    return proofs


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[column]), []).append(row)
    return groups


def _pairs(rows: Iterable[Row], one: str, other: str) -> Iterable[tuple[tuple[str, str], list[Row]]]:
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row[one] is not None and row[other] is not None:
            pairs.setdefault((str(row[one]), str(row[other])), []).append(row)
    return pairs.items()
