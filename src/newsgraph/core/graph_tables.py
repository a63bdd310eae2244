"""The graph as typed tables: nodes, the links between them, and the evidence for both; independent of any file format.

Every table is a polars frame with the columns of `SCHEMAS`, sorted by its columns from left to right, so that equal graphs give equal
bytes in every export. IRIs are full, never prefixed. Times are in UTC. Offsets (`start`, `end`) are code points of `articles.text`,
and `end` is exclusive. A missing value is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from newsgraph.core.column_descriptions import column_descriptions
from newsgraph.core.share_words import is_share
from newsgraph.core.vocabulary import EVENT_TYPES, FACT_STATUSES, shortcut_edge

STR, INT, NUM, BOOL = pl.String(), pl.Int64(), pl.Float64(), pl.Boolean()
TIME, DAY = pl.Datetime("us", "UTC"), pl.Date()
NAMES = pl.List(pl.String())

SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    # one row: how the graph was made. No clock, no machine, no run time.
    "dataset": {"title": STR, "base": STR, "program": STR, "program_version": STR, "lexicon_version": STR, "model_version": STR, "run": STR, "as_of": DAY},
    "sources": {"iri": STR, "source": STR, "sha256": STR},
    "providers": {"iri": STR, "name": STR, "domain": STR, "url": STR, "company": STR, "articles": INT},
    "topics": {"iri": STR, "name": STR, "broader": STR, "rule": STR, "articles": INT},
    "articles": {
        "iri": STR, "url": STR, "title": STR, "excerpt": STR, "text": STR, "published": TIME, "provider": STR, "story": STR,
        "copy_group": STR, "type": STR, "category": STR, "quality": NUM, "heat": NUM, "featured": STR, "extra": STR,
        "language": STR, "source": STR, "part": STR,
    },
    # the words of spans of texts that the graph leaves out; empty if it has the texts
    "excerpts": {"article": STR, "start": INT, "end": INT, "text": STR},
    "versions": {"article": STR, "source": STR, "part": STR, "title": STR, "excerpt": STR, "quality": NUM, "heat": NUM},
    "aliases": {"article": STR, "kind": STR, "url": STR},
    "images": {"article": STR, "number": INT, "url": STR, "width": INT, "height": INT},
    "article_topics": {"article": STR, "topic": STR},
    "article_sources": {"article": STR, "source": STR},
    "relations": {"article": STR, "related": STR},
    "copies": {"article": STR, "copy": STR},
    # an article's copy group names its first seen member: the origin; a correction stands for an earlier article of its group
    "corrections": {"article": STR, "superseded": STR, "rule": STR, "words": STR},
    # articles, outlets and origins count what stands behind a statement, copies of one text as one origin
    "companies": {
        "iri": STR, "name": STR, "aliases": NAMES, "tickers": NAMES, "legal_name": STR, "lei": STR, "wikidata": STR, "domain": STR,
        "parent": STR, "isins": NAMES, "cik": STR, "country": STR, "places": NAMES, "sectors": NAMES, "id_rule": STR, "id_source": STR,
        "articles": INT, "outlets": INT, "origins": INT, "mentions": INT, "confidence": NUM, "rule": STR,
    },
    # records of a linking pack that a company may be, and why none was chosen
    "id_candidates": {
        "company": STR, "name": STR, "lei": STR, "tickers": NAMES, "cik": STR, "wikidata": STR, "country": STR, "source": STR, "reason": STR,
    },
    "organisations": {"iri": STR, "name": STR, "aliases": NAMES, "articles": INT, "outlets": INT, "origins": INT, "mentions": INT, "confidence": NUM, "rule": STR},
    "products": {"iri": STR, "name": STR, "maker": STR, "articles": INT, "outlets": INT, "origins": INT, "mentions": INT, "confidence": NUM, "rule": STR},
    "people": {"iri": STR, "name": STR, "aliases": NAMES, "articles": INT, "outlets": INT, "origins": INT, "mentions": INT, "confidence": NUM, "rule": STR},
    "places": {"iri": STR, "name": STR, "aliases": NAMES, "articles": INT, "outlets": INT, "origins": INT, "mentions": INT, "confidence": NUM, "rule": STR},
    # who works where as what, as one article tells it; employer is the IRI of a company or organisation; role or employer may be null
    "posts": {
        "article": STR, "person": STR, "role": STR, "employer": STR, "start": INT, "end": INT, "rule": STR, "confidence": NUM,
        "extractor": STR,
    },
    # relations that last, as one article states each; subject and object are IRIs of companies, organisations or products
    "lasting_relations": {
        "article": STR, "relation": STR, "kind": STR, "subject": STR, "object": STR, "percent": NUM, "since": STR, "until": STR,
        "start": INT, "end": INT, "rule": STR, "confidence": NUM, "extractor": STR,
    },
    # the same over all articles: one row for each kind, subject and object
    "merged_relations": {
        "iri": STR, "kind": STR, "subject": STR, "object": STR, "percent": NUM, "since": STR, "until": STR, "articles": INT,
        "outlets": INT, "origins": INT, "confidence": NUM, "rule": STR, "first": TIME,
    },
    # weight: what the company is in the article, the same for all its mentions there, see `model.Weight`
    "mentions": {
        "article": STR, "company": STR, "start": INT, "end": INT, "text": STR, "weight": STR, "rule": STR, "confidence": NUM,
        "extractor": STR,
    },
    # mentions of anything else: kind is organisation, product, person or place (entity: IRI), money, percent, date, ticker (entity: null)
    "other_mentions": {"article": STR, "kind": STR, "entity": STR, "name": STR, "start": INT, "end": INT, "text": STR, "weight": STR, "rule": STR, "confidence": NUM, "extractor": STR},
    "events": {
        "iri": STR, "type": STR, "label": STR, "date": DAY, "when": STR, "date_source": STR, "amount": NUM, "currency": STR, "amount_of": STR,
        "percent": NUM, "count": INT, "part": STR, "status": STR, "background": BOOL, "confidence": NUM, "rule": STR, "articles": INT,
        "outlets": INT, "origins": INT, "first": TIME,
    },
    # role is a prefixed name such as ng:investor; party is the IRI of what takes it, null where only words of a text do
    "event_roles": {"event": STR, "role": STR, "party": STR, "name": STR, "kind": STR},
    "event_parts": {"event": STR, "part": STR},
    # one row for each event as one article reports it; subject and object are the names of its main parties, null where none
    "reports": {
        "article": STR, "event": STR, "type": STR, "subject": STR, "object": STR, "amount": NUM, "currency": STR, "amount_of": STR,
        "date": DAY, "when": STR, "date_source": STR, "status": STR, "background": BOOL, "percent": NUM, "count": INT, "part": STR,
        "start": INT, "end": INT, "rule": STR, "confidence": NUM, "subject_iri": STR, "object_iri": STR, "extractor": STR,
    },
    # who takes which role in a report, and its amounts; article, event, start and end are those of the report
    "report_roles": {"article": STR, "event": STR, "start": INT, "end": INT, "role": STR, "party": STR, "name": STR, "kind": STR},
    "report_amounts": {"article": STR, "event": STR, "start": INT, "end": INT, "number": INT, "amount": NUM, "currency": STR, "of": STR},
    "totals": {"article": STR, "event": STR, "amount": NUM, "currency": STR, "status": STR, "start": INT, "end": INT, "rule": STR, "confidence": NUM},
    # every value told of an event, side by side: field is amount, date, roles or status; see `resolve.ledger` for relations
    "ledger": {
        "event": STR, "field": STR, "relation": STR, "value": STR, "amount": NUM, "currency": STR, "note": STR, "articles": INT,
        "outlets": INT, "origins": INT, "first": TIME, "tellers": NAMES,
    },
    "stories": {"iri": STR, "name": STR, "lead": STR, "size": INT, "outlets": INT, "origins": INT, "first": TIME, "last": TIME, "rule": STR},
    "story_events": {"story": STR, "event": STR},
    # which two articles were joined into one story by which rule: the links of a story connect all its articles, without circles
    "story_links": {"story": STR, "article": STR, "other": STR, "rule": STR},
    # why a name was taken for a company; start and end cut the words out of the article, null where no article shows it
    "merges": {"entity": STR, "name": STR, "rule": STR, "article": STR, "start": INT, "end": INT, "note": STR},
    # what may or may not be one company, for people to decide
    "doubts": {"verb": STR, "one": STR, "other": STR, "rule": STR, "note": STR, "articles": INT},
    # what people decided; outcome is applied, unused, ambiguous or contradicted
    "decisions": {"verb": STR, "decision": STR, "outcome": STR, "who": STR, "when": STR, "why": STR},
    # IRIs that lead to others now, and what names each company, event and story in a file of kept IRIs
    "replaced": {"old": STR, "new": STR, "kind": STR, "rule": STR},
    "members": {"kind": STR, "iri": STR, "member": STR},
    "problems": {"source": STR, "field": STR, "what": STR, "hint": STR, "severity": STR},
}  # fmt: skip

NODE_TABLES: dict[str, str] = {
    "providers": "provider",
    "topics": "topic",
    "articles": "article",
    "companies": "company",
    "organisations": "organisation",
    "products": "product",
    "people": "person",
    "places": "place",
    "events": "event",
    "stories": "story",
}
"""Tables that hold nodes, and the node kind of each."""

_LABELS = {"articles": "title", "events": "label"}


@dataclass(frozen=True)
class GraphTables:
    """All tables of one graph by name, as polars data frames with the columns of `SCHEMAS`.

    >>> kg.tables["articles"].height
    8
    """

    tables: Mapping[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return one table."""
        return self.tables[name]

    def describe(self, name: str) -> pl.DataFrame:
        """Describe the columns of one table: column, type, unit, null (when it is null; empty if never), meaning."""
        described = [(column, str(kind), column_descriptions()[name, column]) for column, kind in SCHEMAS[name].items()]
        rows = [(column, kind, text.unit, text.null, text.meaning) for column, kind, text in described]
        return pl.DataFrame(rows, schema=["column", "type", "unit", "null", "meaning"], orient="row")


def make_tables(rows: Mapping[str, pl.DataFrame]) -> GraphTables:
    """Cast frames to their schemas and sort them; tables that are missing become empty ones."""
    return GraphTables(MappingProxyType({name: _shape_frame(rows.get(name), name) for name in SCHEMAS}))


def _shape_frame(frame: pl.DataFrame | None, name: str) -> pl.DataFrame:
    schema = pl.Schema(SCHEMAS[name])
    if frame is None:
        return pl.DataFrame(schema=schema)
    shaped = frame.select(pl.col(column).cast(kind) for column, kind in schema.items())
    plain = [column for column, kind in schema.items() if kind != NAMES]
    return shaped.sort(plain, nulls_last=True, maintain_order=True)


def frame(name: str, rows: Iterable[Mapping[str, object]] | Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """Make one table from rows (maps from column to value), or from a map of its columns; what a row lacks is null."""
    if isinstance(rows, Mapping):
        return pl.DataFrame({column: rows[column] for column in SCHEMAS[name]}, schema=pl.Schema(SCHEMAS[name]))
    if isinstance(rows, list):
        return pl.DataFrame({column: [row.get(column) for row in rows] for column in SCHEMAS[name]}, schema=pl.Schema(SCHEMAS[name]))
    # Column by column: a list of all rows would be the largest object in the memory of a build.
    columns: dict[str, list[object]] = {column: [] for column in SCHEMAS[name]}
    for row in rows:
        for column, values in columns.items():
            values.append(row.get(column))
    return pl.DataFrame(columns, schema=pl.Schema(SCHEMAS[name]))


def nodes(graph: GraphTables, *kinds: str) -> pl.DataFrame:
    """Return the nodes of some kinds, or all nodes, with the columns iri, kind, label and articles.

    `articles` counts the articles that name or report the node, or those of a story; it is null for articles.
    """
    parts = []
    for table, kind in NODE_TABLES.items():
        if kinds and kind not in kinds:
            continue
        data = graph[table]
        count = pl.col("articles") if "articles" in data.columns else pl.col("size") if "size" in data.columns else pl.lit(None, INT)
        label = pl.col(_LABELS.get(table, "name"))
        parts.append(data.select("iri", pl.lit(kind).alias("kind"), label.alias("label"), count.alias("articles")))
    return pl.concat(parts).sort("kind", "iri")


def edges(graph: GraphTables) -> pl.DataFrame:
    """Return all edges, with the columns source, target, kind, role, weight, confidence and event.

    `role` is the prefixed name of an actor's role, as in `event_roles`. `weight` counts the mentions, reports or articles that an edge
    is based on, and is 1 for declared edges. `confidence` is null for declared edges. `event` is the event of a shortcut edge.
    """
    articles, events = graph["articles"], graph["events"]
    single = pl.lit(1, INT)
    missing = pl.lit(None, STR)

    def edges_of(data: pl.DataFrame, source: str, target: str, kind: str, **more: pl.Expr) -> pl.DataFrame:
        return data.filter(pl.col(source).is_not_null() & pl.col(target).is_not_null()).select(
            pl.col(source).alias("source"), pl.col(target).alias("target"), pl.lit(kind).alias("kind"),
            more.get("role", missing).cast(STR).alias("role"), more.get("weight", single).cast(INT).alias("weight"),
            more.get("confidence", pl.lit(None)).cast(NUM).alias("confidence"), more.get("event", missing).cast(STR).alias("event"),
        )  # fmt: skip

    mentioned = graph["mentions"].group_by("article", "company").agg(pl.len(), pl.col("confidence").max())
    entity_mentions = graph["other_mentions"].filter(pl.col("entity").is_not_null())
    others = entity_mentions.group_by("article", "entity").agg(pl.len(), pl.col("confidence").max())
    employed = graph["posts"].group_by("person", "employer").agg(pl.len(), pl.col("confidence").max())
    reported = pl.concat([graph[table].select("article", "event", "confidence") for table in ("reports", "totals")])
    reported = reported.group_by("article", "event").agg(pl.len(), pl.col("confidence").max())
    weight, confidence = pl.col("len"), pl.col("confidence")
    parts = [
        edges_of(articles, "iri", "provider", "published_by"),
        edges_of(graph["article_topics"], "article", "topic", "has_topic"),
        edges_of(graph["relations"], "article", "related", "related"),
        edges_of(mentioned, "article", "company", "mentions", weight=weight, confidence=confidence),
        edges_of(others, "article", "entity", "mentions", weight=weight, confidence=confidence),
        edges_of(reported, "article", "event", "tells", weight=weight, confidence=confidence),
        edges_of(articles, "iri", "story", "part_of_story"),
        edges_of(graph["copies"], "article", "copy", "near_duplicate"),
        edges_of(graph["topics"], "iri", "broader", "broader"),
        edges_of(graph["products"], "iri", "maker", "made_by", confidence=confidence),
        edges_of(employed, "person", "employer", "works_for", weight=weight, confidence=confidence),
        edges_of(graph["companies"], "iri", "parent", "parent"),
        edges_of(graph["event_parts"], "event", "part", "part_event"),
        edges_of(graph["event_roles"].join(events.select("iri", "confidence"), left_on="event", right_on="iri"),
                 "event", "party", "actor", role=pl.col("role"), confidence=confidence),
        shortcuts(graph),
        *(edges_of(data, "subject", "object", str(kind), weight=pl.col("articles"), confidence=confidence)
          for (kind,), data in holding_relations(graph).partition_by("kind", as_dict=True).items()),
    ]  # fmt: skip
    return pl.concat(parts).sort("kind", "source", "target", "role", "event", nulls_last=True)


def holding_relations(graph: GraphTables) -> pl.DataFrame:
    """Return the merged relations that last without those whose end is known."""
    return graph["merged_relations"].filter(pl.col("until").is_null())


def shortcuts(graph: GraphTables) -> pl.DataFrame:
    """Return the direct edges between the parties of events that were announced or completed, with the columns of `edges`.

    An event of a symmetric type gives one edge for each pair, from the smaller IRI to the larger. Whoever buys a part of a company has not
    acquired the company: that edge is `bought_part_of`. Companies that merge parts of them have not merged.
    """
    rows: list[dict[str, object]] = []
    parties: dict[str, dict[str, list[str]]] = {}
    for event, role, party in graph["event_roles"].select("event", "role", "party").drop_nulls().iter_rows():
        parties.setdefault(event, {}).setdefault(role, []).append(party)
    columns = ("iri", "type", "status", "part", "confidence", "articles")
    for iri, type_name, status, part, confidence, count in graph["events"].select(columns).iter_rows():
        if status in FACT_STATUSES:
            rows += [
                {"source": s, "target": o, "kind": kind, "role": None, "weight": count, "confidence": confidence, "event": iri}
                for kind, s, o in sorted(_shortcuts_of(type_name, part or "", parties.get(iri, {})))
            ]
    schema = {"source": STR, "target": STR, "kind": STR, "role": STR, "weight": INT, "confidence": NUM, "event": STR}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _shortcuts_of(type_name: str, part: str, roles: Mapping[str, list[str]]) -> set[tuple[str, str, str]]:
    """Return the shortcut edges of one event: kind, source, target."""
    kind, event_type = shortcut_edge(type_name), EVENT_TYPES[type_name]
    subjects, objects = roles.get(event_type.subject_role, []), roles.get(event_type.object_role, [])
    if type_name == "funding_round":
        lenders = [*roles.get("ng:lead", []), *objects]
        return {("invested_in", lender, company) for lender in lenders for company in subjects if lender != company}
    if not kind or (type_name == "merger" and part):
        return set()
    sellers = roles.get("ng:seller", [])
    if type_name == "acquisition" and part and (is_share(part) or not sellers):
        return {("bought_part_of", s, o) for s in subjects for o in objects if s != o}
    edges_of_event = {(kind, s, o) for s in subjects for o in objects if (s < o if event_type.symmetric else s != o)}
    if type_name == "acquisition" and part:
        edges_of_event |= {("bought_part_of", s, seller) for s in subjects for seller in sellers if s != seller}
    return edges_of_event
