"""The RDF statements about events and the stories that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.rdf.ledger_statements import conflicting_values
from newsgraph.rdf.sorted_rows import Cells, Row, Rows
from newsgraph.rdf.terms import Block, Pair, boolean, concept, decimal, integer, iri, iso_time, make_pairs, name, number, text, words

AGENTS = frozenset(role.property for role in ROLES.values() if role.agent)
LITERALS = frozenset(role.property for role in ROLES.values() if role.literal)


def event_articles(graph: GraphTables) -> pl.DataFrame:
    """Return which article reports which event, each pair once: columns event and article, sorted."""
    pairs = pl.concat([graph["reports"].select("event", "article"), graph["totals"].select("event", "article")])
    return pairs.drop_nulls().unique().sort("event", "article")


def events(graph: GraphTables, home: str, run: str) -> Iterator[Block]:
    """Describe the events, each with its roles, amount, status, counts and the articles that report it."""
    roles, parts = Rows(graph["event_roles"], "event", "role", "party", "name"), Rows(graph["event_parts"], "event", "part")
    articles, values = Rows(event_articles(graph), "event", "article"), Rows(conflicting_values(graph), "event", "node")
    for row in graph["events"].iter_rows(named=True):
        key = row["iri"]
        parties = roles.take(key)
        yield Block("Events", home, iri(key).value, _event(row, parties, parts.take(key), articles.take(key), values.take(key), run))
        if row["amount"] is not None:
            yield Block("Events", home, iri(f"{key}#amount").value, _amount(row))
        if row["part"]:
            yield Block("Events", home, iri(f"{key}#part").value, _part(row, parties))


def _event(row: Row, roles: list[Cells], parts: list[Cells], articles: list[Cells], values: list[Cells], run: str) -> tuple[Pair, ...]:
    named = [(role, iri(party)) for _, role, party, _ in roles if party]
    described = [(role if role in LITERALS else "ng:unnamed", words(text_of_role)) for _, role, party, text_of_role in roles if not party]
    return make_pairs(
        ("rdf:type", (name(EVENT_TYPES[row["type"]].cls), name("ng:Event"), name("sem:Event"))),
        ("rdfs:label", words(row["label"], "en")),
        *named,
        *described,
        ("sem:hasActor", sorted({party for role, party in named if role in AGENTS})),
        ("sem:hasPlace", [place for role, place in named if role == "ng:place"]),
        ("sem:hasTimeStamp", iso_time(row["when"])),
        ("ng:dateSource", text(row["date_source"]) if row["when"] and row["date_source"] else None),
        ("ng:status", concept("status", row["status"])),
        ("ng:background", boolean(row["background"])),
        ("ng:amount", iri(f"{row['iri']}#amount") if row["amount"] is not None else None),
        ("ng:percent", decimal(row["percent"])),
        ("ng:count", integer(row["count"])),
        ("ng:part", iri(f"{row['iri']}#part") if row["part"] else None),
        ("sem:hasSubEvent", [iri(part) for _, part in parts]),
        ("ng:told", [iri(node) for _, node in values]),
        ("ng:articleCount", integer(row["articles"])),
        ("ng:outletCount", integer(row["outlets"])),
        ("ng:originCount", integer(row["origins"])),
        ("ng:rule", text(row["rule"])),
        ("ng:confidence", decimal(row["confidence"])),
        ("prov:wasDerivedFrom", [iri(article) for _, article in articles]),
        ("prov:wasGeneratedBy", iri(run)),
    )


def _part(row: Row, roles: list[Cells]) -> tuple[Pair, ...]:
    """Describe the unit, brand, plant or stake that changes hands, and whose it is."""
    by_role = {role: party for _, role, party, _ in reversed(roles) if party}
    owner = by_role.get("ng:seller") or by_role.get("ng:target") or by_role.get("ng:company")
    return make_pairs(
        ("rdf:type", name("ng:BusinessPart")),
        ("schema:name", words(row["part"])),
        ("ng:partOf", iri(owner) if owner else None),
    )


def _amount(row: Row) -> tuple[Pair, ...]:
    return make_pairs(
        ("rdf:type", name("schema:MonetaryAmount")),
        ("schema:value", number(row["amount"])),
        ("schema:currency", text(row["currency"])),
        ("ng:amountOf", concept("amount", row["amount_of"])),
    )


def stories(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the stories: name, size, lead article and events."""
    story_events = Rows(graph["story_events"], "story", "event")
    for row in graph["stories"].iter_rows(named=True):
        pairs = make_pairs(
            ("rdf:type", name("ng:Story")),
            ("schema:name", words(row["name"])),
            ("schema:collectionSize", integer(row["size"])),
            ("ng:outletCount", integer(row["outlets"])),
            ("ng:originCount", integer(row["origins"])),
            ("schema:mainEntity", iri(row["lead"]) if row["lead"] else None),
            ("schema:about", [iri(event) for _, event in story_events.take(row["iri"])]),
            ("ng:rule", text(row["rule"])),
        )
        yield Block("Stories", home, iri(row["iri"]).value, pairs)
