"""What RDF says of articles: what their documents declare, their text, and the mentions in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from newsgraph.export.rdf_events import told
from newsgraph.export.rdf_rows import Row, Rows
from newsgraph.export.rdf_terms import Block, Iri, Pair, day, decimal, integer, iri, link, name, number, said, text, time, words
from newsgraph.graph import GraphTables
from newsgraph.story_links import joined_by

SECTION = "Articles, their text and mentions"
INDEX = "xsd:nonNegativeInteger"
_CLASSES = {
    "organisation": "ng:OrganisationMention", "product": "ng:ProductMention", "person": "ng:PersonMention", "place": "ng:PlaceMention",
}  # fmt: skip
# apart from schema:mentions, so that who is named together with whom needs no look at what each of them is
_APART = {"product": "ng:mentionsProduct", "person": "ng:mentionsPerson", "place": "ng:mentionsPlace"}


@dataclass(frozen=True)
class _Tables:
    """What hangs on articles, each table read along with the articles in one pass."""

    topics: Rows
    relations: Rows
    copies: Rows
    corrections: Rows
    joined: Mapping[str, str]
    aliases: Rows
    images: Rows
    companies: Rows
    others: Rows
    posts: Rows
    reports: Rows
    totals: Rows
    events: Rows


def _tables(graph: GraphTables) -> _Tables:
    copies = graph["copies"]
    both = pl.concat([copies, copies.select(pl.col("copy").alias("article"), pl.col("article").alias("copy"))])
    others = graph["other_mentions"].filter(pl.col("entity").is_not_null() & pl.col("kind").is_in(list(_CLASSES)))
    return _Tables(
        topics=Rows(graph["article_topics"], "article"),
        relations=Rows(graph["relations"], "article"),
        copies=Rows(both.filter(pl.col("article") != pl.col("copy")).unique().sort("article", "copy"), "article"),
        corrections=Rows(graph["corrections"], "article"),
        joined=joined_by(graph),
        aliases=Rows(graph["aliases"], "article"),
        images=Rows(graph["images"], "article"),
        companies=Rows(graph["mentions"], "article"),
        others=Rows(others, "article"),
        posts=Rows(graph["posts"], "article"),
        reports=Rows(graph["reports"].filter(pl.col("event").is_not_null()), "article"),
        totals=Rows(graph["totals"].filter(pl.col("event").is_not_null()), "article"),
        events=Rows(told(graph).sort("article", "event"), "article"),
    )


def articles(graph: GraphTables, sources: Mapping[str, str], home: str, run: str) -> Iterator[Block]:
    """Describe the articles, each in the graph of the document that its text is from.

    `sources` maps a document's path to its IRI; an article of an unknown document goes to the graph `home`.
    """
    tables = _tables(graph)
    for row in graph["articles"].iter_rows(named=True):
        key = row["iri"]
        source = sources.get(row["source"])
        where = iri(f"{source}#graph").value if source else home
        images, companies, others = tables.images.take(key), tables.companies.take(key), tables.others.take(key)
        corrected = tables.corrections.take(key)
        pairs = said(
            *_declared(row, tables),
            ("schema:image", [iri(f"{key}#image-{image['number']}") for image in images if link(image["url"])]),
            ("dcterms:replaces", [iri(old["superseded"]) for old in corrected]),
            ("ng:correctionRule", [text(old["rule"]) for old in corrected]),
            ("ng:correctionWords", [text(old["words"]) for old in corrected]),
            ("ng:nearDuplicateOf", [iri(copy["copy"]) for copy in tables.copies.take(key)]),
            *_mentioned(companies, others),
            ("schema:about", [iri(event["event"]) for event in tables.events.take(key)]),
            ("schema:isPartOf", iri(row["story"]) if row["story"] else None),
            ("ng:storyRule", text(tables.joined.get(key)) if row["story"] else None),
            ("dcterms:source", iri(source) if source else None),
            ("prov:wasGeneratedBy", iri(run)),
        )
        yield Block(SECTION, where, iri(key).value, pairs)
        yield from _images(key, images, where)
        yield Block(SECTION, where, iri(f"{key}#text").value, _context(row))
        told = [*tables.posts.take(key), *tables.reports.take(key), *tables.totals.take(key)]
        yield from _mentions(row, [*companies, *others, *told], where)


def _mentioned(companies: list[Row], others: list[Row]) -> tuple[Pair, ...]:
    named: dict[str, set[str]] = {"schema:mentions": {mention["company"] for mention in companies}}
    for mention in others:
        named.setdefault(_APART.get(mention["kind"], "schema:mentions"), set()).add(mention["entity"])
    return said(*((prop, [iri(value) for value in sorted(named.get(prop, ()))]) for prop in ("schema:mentions", *_APART.values())))


def _declared(row: Row, tables: _Tables) -> tuple[Pair, ...]:
    key = row["iri"]
    return said(
        ("rdf:type", name("schema:NewsArticle")),
        ("schema:headline", words(row["title"])),
        ("schema:abstract", words(row["excerpt"])),
        ("schema:datePublished", time(row["published"])),
        ("schema:url", link(row["url"])),
        ("schema:publisher", iri(row["provider"]) if row["provider"] else None),
        ("schema:articleSection", words(row["category"])),
        ("dcterms:subject", [iri(topic["topic"]) for topic in tables.topics.take(key)]),
        ("dcterms:relation", [iri(other["related"]) for other in tables.relations.take(key)]),
        ("dcterms:hasFormat", [link(alias["url"]) for alias in tables.aliases.take(key)]),
        ("ng:quality", number(row["quality"])),
        ("ng:heat", number(row["heat"])),
    )


def _images(key: str, images: list[Row], where: str) -> Iterator[Block]:
    for image in images:
        address = link(image["url"])
        if address is not None:
            pairs = said(
                ("rdf:type", name("schema:ImageObject")),
                ("schema:contentUrl", address),
                ("schema:width", integer(image["width"])),
                ("schema:height", integer(image["height"])),
            )
            yield Block(SECTION, where, iri(f"{key}#image-{image['number']}").value, pairs)


def _context(row: Row) -> tuple[Pair, ...]:
    return said(
        ("rdf:type", name("nif:Context")),
        ("nif:isString", text(row["text"])),
        ("nif:beginIndex", integer(0, INDEX)),
        ("nif:endIndex", integer(len(row["text"] or ""), INDEX)),
        ("dcterms:isPartOf", iri(row["iri"])),
    )


def _place(key: str, row: Row) -> tuple[str, str, str]:
    """Name a mention, its class and what it refers to; the name depends on the kind alone, never on what stands beside it."""
    span = f"{key}#char={row['start']},{row['end']}"
    if "company" in row:
        return span, "ng:CompanyMention", row["company"]
    if "entity" in row:
        return f"{span};{row['kind']}", _CLASSES[row["kind"]], row["entity"]
    if "person" in row:
        who = row["person"].rpartition("/")[2]
        return f"{span};post={who}", "ng:PostMention", row["person"]
    return f"{span};event={row['event'].rpartition('/')[2]}", "ng:EventMention", row["event"]


def _mentions(article: Row, rows: list[Row], where: str) -> Iterator[Block]:
    """Describe mentions by place; of two that share a name the surer one stands, then the one with the smaller rule."""
    key, body = article["iri"], article["text"] or ""
    best: dict[str, tuple[str, str, Row]] = {}
    for row in sorted(rows, key=lambda row: (row["start"], row["end"], -(row["confidence"] or 0), row["rule"] or "")):
        address, cls, about = _place(key, row)
        best.setdefault(address, (cls, about, row))
    ordered = sorted(best.items(), key=lambda item: (item[1][2]["start"], item[1][2]["end"], item[0]))
    for address, (cls, about, row) in ordered:
        yield Block(SECTION, where, iri(address).value, _mention(body, (iri(f"{key}#text"), cls, about), row))


def _mention(body: str, place: tuple[Iri, str, str], row: Row) -> tuple[Pair, ...]:
    context, cls, about = place
    return said(
        ("rdf:type", name(cls)),
        ("nif:referenceContext", context),
        ("nif:beginIndex", integer(row["start"], INDEX)),
        ("nif:endIndex", integer(row["end"], INDEX)),
        ("nif:anchorOf", text(row["text"] if "text" in row else body[row["start"] : row["end"]])),
        ("itsrdf:taIdentRef", iri(about)),
        ("itsrdf:taConfidence", decimal(row["confidence"])),
        ("ng:rule", text(row["rule"])),
        ("ng:role", words(row.get("role"))),
        ("ng:postAt", iri(row["employer"]) if row.get("employer") else None),
        ("ng:status", text(row.get("status"))),
        ("ng:statedDate", day(row.get("date"))),
        ("ng:statedValue", number(row.get("amount"))),
        ("ng:statedCurrency", text(row.get("currency"))),
    )
