"""What RDF says of articles: what their documents declare, their text, and the mentions in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Generic

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.provenance.story_links import joined_by
from newsgraph.rdf.event_statements import told
from newsgraph.rdf.mention_statements import INDEX, Mentions
from newsgraph.rdf.serializer import Column, Line, Made, Serializer, StatementText, said
from newsgraph.rdf.sorted_rows import Cells, Rows
from newsgraph.rdf.terms import Iri, integer, iri, link, name, number, text, time, words

SECTION = "Articles, their text and mentions"
# apart from schema:mentions, so that who is named together with whom needs no look at what each of them is
_APART = {"product": "ng:mentionsProduct", "person": "ng:mentionsPerson", "place": "ng:mentionsPlace"}
_COLUMNS = ("iri", "title", "excerpt", "text", "published", "url", "provider", "category", "quality", "heat", "story", "source")


def articles(
    graph: GraphTables, pen: Serializer[Line, Made], sources: Mapping[str, str], home: str, run: str
) -> Iterator[StatementText[Made]]:
    """Describe the articles, each in the graph of the document that its text is from.

    `sources` maps a document's path to its IRI; an article of an unknown document goes to the graph `home`.
    """
    writer = _Articles(graph, pen, run)
    for row in graph["articles"].select(_COLUMNS).iter_rows():
        source = sources.get(row[-1])
        where = iri(f"{source}#graph").value if source else home
        yield StatementText(SECTION, where, writer.blocks(row, source, where))


class _Articles(Generic[Line, Made]):
    """Writes articles in ascending order of their IRIs; what hangs on them is read along with them in one pass."""

    def __init__(self, graph: GraphTables, pen: Serializer[Line, Made], run: str) -> None:
        """Start before the first article."""
        copies = graph["copies"]
        both = pl.concat([copies, copies.select(pl.col("copy").alias("article"), pl.col("article").alias("copy"))])
        self._pen = pen
        self._mentions = Mentions(graph, pen)
        self._joined = joined_by(graph)
        self._images = Rows(graph["images"], "article", "number", "url", "width", "height")
        self._corrections = Rows(graph["corrections"], "article", "superseded", "rule", "words")
        self._told = Rows(told(graph).sort("article", "event"), "article", "event")
        self._topics = Rows(graph["article_topics"], "article", "topic")
        self._relations = Rows(graph["relations"], "article", "related")
        self._aliases = Rows(graph["aliases"], "article", "url")
        self._copies = Rows(both.filter(pl.col("article") != pl.col("copy")).unique().sort("article", "copy"), "article", "copy")
        self._classes = Column(pen, "rdf:type", name)
        self._titles, self._excerpts = Column(pen, "schema:headline", words), Column(pen, "schema:abstract", words)
        self._times, self._links = Column(pen, "schema:datePublished", time), Column(pen, "schema:url", link)
        self._publishers = Column(pen, "schema:publisher", _iri)
        self._categories = Column(pen, "schema:articleSection", words)
        self._subjects = Column(pen, "dcterms:subject", iri)
        self._related = Column(pen, "dcterms:relation", iri)
        self._formats = Column(pen, "dcterms:hasFormat", link)
        self._qualities, self._heats = Column(pen, "ng:quality", number), Column(pen, "ng:heat", number)
        self._replaced = Column(pen, "dcterms:replaces", iri)
        self._correction_rules = Column(pen, "ng:correctionRule", text)
        self._correction_words = Column(pen, "ng:correctionWords", text)
        self._near = Column(pen, "ng:nearDuplicateOf", iri)
        self._named = {prop: Column(pen, prop, iri) for prop in ("schema:mentions", *_APART.values())}
        self._about = Column(pen, "schema:about", iri)
        self._stories, self._story_rules = Column(pen, "schema:isPartOf", _iri), Column(pen, "ng:storyRule", text)
        self._sources = Column(pen, "dcterms:source", _iri)
        self._made = pen.said("prov:wasGeneratedBy", (iri(run),))
        self._contents = Column(pen, "schema:contentUrl", link)
        self._widths, self._heights = Column(pen, "schema:width", integer), Column(pen, "schema:height", integer)
        self._strings = Column(pen, "nif:isString", text)
        self._begins = Column(pen, "nif:beginIndex", partial(integer, datatype=INDEX))
        self._ends = Column(pen, "nif:endIndex", partial(integer, datatype=INDEX))

    def blocks(self, row: Cells, source: str | None, where: str) -> list[Made]:
        """Describe one article, its images, its text and the mentions in it."""
        key, body = row[0], row[3] or ""
        full = iri(key).value
        address, stem = self._pen.address(full), self._pen.stem(f"{full}#" if "#" not in key else iri(f"{key}#").value)
        images = [image for image in self._images.take(key) if link(image[2])]
        made = [self._block(where, address, self._article(row, source, images))]
        for _, number_, url, width, height in images:
            lines = [self._classes["schema:ImageObject"], self._contents.once(url), self._widths[width], self._heights[height]]
            made.append(self._block(where, f"{stem[0]}image-{number_}{stem[1]}", lines))
        lines = [
            self._classes["nif:Context"],
            self._strings.once(row[3]),
            self._begins[0],
            self._ends[len(body)],
            self._pen.leads("dcterms:isPartOf", address),
        ]
        made.append(self._block(where, f"{stem[0]}text{stem[1]}", lines))
        made += self._mentions.blocks(key, body, SECTION, where, stem)
        return made

    def _block(self, where: str, address: str, lines: list[Line | None]) -> Made:
        return self._pen.block(SECTION, where, address, said(lines))

    def _article(self, row: Cells, source: str | None, images: list[Cells]) -> list[Line | None]:
        key, title, excerpt, _, published, url, provider, category, quality, heat, story, _ = row
        corrected = self._corrections.take(key)
        return [
            self._classes["schema:NewsArticle"],
            self._titles.once(title),
            self._excerpts.once(excerpt),
            self._times[published],
            self._links.once(url),
            self._publishers[provider],
            self._categories[category],
            *self._subjects.all(_second(self._topics.take(key))),
            *self._related.all(_second(self._relations.take(key))),
            *self._formats.all(_second(self._aliases.take(key))),
            self._qualities[quality],
            self._heats[heat],
            *(self._pen.said("schema:image", [Iri(iri(f"{key}#image-{image[1]}").value) for image in images]) if images else ()),
            *self._replaced.all(_second(corrected)),
            *self._correction_rules.all([old[2] for old in corrected]),
            *self._correction_words.all([old[3] for old in corrected]),
            *self._near.all(_second(self._copies.take(key))),
            *self._mentioned(key),
            *self._about.all(_second(self._told.take(key))),
            self._stories[story],
            self._story_rules[self._joined.get(key)] if story else None,
            self._sources[source],
            *self._made,
        ]

    def _mentioned(self, key: str) -> Iterator[Line]:
        companies, others = self._mentions.named(key)
        named: dict[str, set[str]] = {"schema:mentions": {mention[1] for mention in companies}}
        for mention in others:
            named.setdefault(_APART.get(mention[-1], "schema:mentions"), set()).add(mention[1])
        for prop, column in self._named.items():
            if prop in named:
                yield from column.all(sorted(named[prop]))


def _iri(value: str | None) -> Iri | None:
    return iri(value) if value else None


def _second(rows: list[Cells]) -> list[str]:
    return [row[1] for row in rows]
