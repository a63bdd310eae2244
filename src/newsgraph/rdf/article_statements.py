"""The RDF statements about articles: what their documents declare, their text, and the mentions in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Generic

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.provenance.story_links import joined_by
from newsgraph.rdf.event_statements import event_articles
from newsgraph.rdf.mention_statements import INDEX, Mentions
from newsgraph.rdf.serializer import Column, Line, Output, Serializer, StatementText, without_missing
from newsgraph.rdf.sorted_rows import Cells, Rows
from newsgraph.rdf.terms import Iri, integer, iri, link, name, number, text, time, words

SECTION = "Articles, their text and mentions"
# not as schema:mentions, so that a query for what is mentioned together need not check the class of each thing
_MENTION_PROPERTIES = {"product": "ng:mentionsProduct", "person": "ng:mentionsPerson", "place": "ng:mentionsPlace"}
_COLUMNS = ("iri", "title", "excerpt", "text", "published", "url", "provider", "category", "quality", "heat", "language", "story", "source")


def articles(
    graph: GraphTables, serializer: Serializer[Line, Output], sources: Mapping[str, str], home: str, run: str
) -> Iterator[StatementText[Output]]:
    """Describe the articles, each in the named graph of the document that its text is from.

    `sources` maps a document's path to its IRI; an article of an unknown document goes into the graph `home`.
    """
    writer = _Articles(graph, serializer, run)
    for row in graph["articles"].select(_COLUMNS).iter_rows():
        source = sources.get(row[-1])
        named_graph = iri(f"{source}#graph").value if source else home
        yield StatementText(SECTION, named_graph, writer.blocks(row, source, named_graph))


class _Articles(Generic[Line, Output]):
    """Writes articles in ascending order of their IRIs; the tables that belong to them are read in the same pass."""

    def __init__(self, graph: GraphTables, serializer: Serializer[Line, Output], run: str) -> None:
        """Start before the first article."""
        copies = graph["copies"]
        both_ways = pl.concat([copies, copies.select(pl.col("copy").alias("article"), pl.col("article").alias("copy"))])
        self._serializer = serializer
        self._mentions = Mentions(graph, serializer)
        self._story_reasons = joined_by(graph)
        self._images = Rows(graph["images"], "article", "number", "url", "width", "height")
        self._corrections = Rows(graph["corrections"], "article", "superseded", "rule", "words")
        self._events = Rows(event_articles(graph).sort("article", "event"), "article", "event")
        self._span_words = Rows(graph["excerpts"], "article", "start", "end", "text")
        self._topics = Rows(graph["article_topics"], "article", "topic")
        self._relations = Rows(graph["relations"], "article", "related")
        self._aliases = Rows(graph["aliases"], "article", "url")
        self._copies = Rows(both_ways.filter(pl.col("article") != pl.col("copy")).unique().sort("article", "copy"), "article", "copy")
        self._classes = Column(serializer, "rdf:type", name)
        self._titles, self._excerpts = Column(serializer, "schema:headline", words), Column(serializer, "schema:abstract", words)
        self._times, self._links = Column(serializer, "schema:datePublished", time), Column(serializer, "schema:url", link)
        self._publishers = Column(serializer, "schema:publisher", _iri)
        self._categories = Column(serializer, "schema:articleSection", words)
        self._subjects = Column(serializer, "dcterms:subject", iri)
        self._related = Column(serializer, "dcterms:relation", iri)
        self._formats = Column(serializer, "dcterms:hasFormat", link)
        self._qualities, self._heats = Column(serializer, "ng:quality", number), Column(serializer, "ng:heat", number)
        self._languages = Column(serializer, "schema:inLanguage", text)
        self._replaced = Column(serializer, "dcterms:replaces", iri)
        self._correction_rules = Column(serializer, "ng:correctionRule", text)
        self._correction_words = Column(serializer, "ng:correctionWords", text)
        self._near_copies = Column(serializer, "ng:nearDuplicateOf", iri)
        self._mentioning = {prop: Column(serializer, prop, iri) for prop in ("schema:mentions", *_MENTION_PROPERTIES.values())}
        self._about = Column(serializer, "schema:about", iri)
        self._stories, self._story_rules = Column(serializer, "schema:isPartOf", _iri), Column(serializer, "ng:storyRule", text)
        self._sources = Column(serializer, "dcterms:source", _iri)
        self._generated = serializer.lines("prov:wasGeneratedBy", (iri(run),))
        self._contents = Column(serializer, "schema:contentUrl", link)
        self._widths, self._heights = Column(serializer, "schema:width", integer), Column(serializer, "schema:height", integer)
        self._strings = Column(serializer, "nif:isString", text)
        self._begins = Column(serializer, "nif:beginIndex", partial(integer, datatype=INDEX))
        self._ends = Column(serializer, "nif:endIndex", partial(integer, datatype=INDEX))

    def blocks(self, row: Cells, source: str | None, named_graph: str) -> list[Output]:
        """Describe an article, its images, its text and the mentions in it."""
        key, words_at, length = row[0], *self._text(row)
        full = iri(key).value
        address, stem = self._serializer.address(full), self._serializer.stem(f"{full}#" if "#" not in key else iri(f"{key}#").value)
        images = [image for image in self._images.take(key) if link(image[2])]
        outputs = [self._block(named_graph, address, self._article(row, source, images))]
        for _, position, url, width, height in images:
            lines = [self._classes["schema:ImageObject"], self._contents.uncached(url), self._widths[width], self._heights[height]]
            outputs.append(self._block(named_graph, f"{stem[0]}image-{position}{stem[1]}", lines))
        lines = [
            self._classes["nif:Context"],
            self._strings.uncached(row[3]),
            self._begins[0],
            self._ends[length],
            self._serializer.reference("dcterms:isPartOf", address),
        ]
        outputs.append(self._block(named_graph, f"{stem[0]}text{stem[1]}", lines))
        outputs += self._mentions.blocks(key, words_at, SECTION, named_graph, stem)
        return outputs

    def _text(self, row: Cells) -> tuple[Callable[[int, int], str], int]:
        """Return a function from start and end to the words between them, and the length of an article's text."""
        excerpts = {(start, end): words for _, start, end, words in self._span_words.take(row[0])}
        if row[3] is None and excerpts:
            return lambda start, end: excerpts.get((start, end), ""), max(end for _, end in excerpts)
        body: str = row[3] or ""
        return lambda start, end: body[start:end], len(body)

    def _block(self, named_graph: str, address: str, lines: list[Line | None]) -> Output:
        return self._serializer.block(SECTION, named_graph, address, without_missing(lines))

    def _article(self, row: Cells, source: str | None, images: list[Cells]) -> list[Line | None]:
        key, title, excerpt, _, published, url, provider, category, quality, heat, language, story, _ = row
        corrections = self._corrections.take(key)
        return [
            self._classes["schema:NewsArticle"],
            self._titles.uncached(title),
            self._excerpts.uncached(excerpt),
            self._times[published],
            self._links.uncached(url),
            self._publishers[provider],
            self._categories[category],
            self._languages[language],
            *self._subjects.all(_second(self._topics.take(key))),
            *self._related.all(_second(self._relations.take(key))),
            *self._formats.all(_second(self._aliases.take(key))),
            self._qualities[quality],
            self._heats[heat],
            *(self._serializer.lines("schema:image", [Iri(iri(f"{key}#image-{image[1]}").value) for image in images]) if images else ()),
            *self._replaced.all(_second(corrections)),
            *self._correction_rules.all([row[2] for row in corrections]),
            *self._correction_words.all([row[3] for row in corrections]),
            *self._near_copies.all(_second(self._copies.take(key))),
            *self._mentioned(key),
            *self._about.all(_second(self._events.take(key))),
            self._stories[story],
            self._story_rules[self._story_reasons.get(key)] if story else None,
            self._sources[source],
            *self._generated,
        ]

    def _mentioned(self, key: str) -> Iterator[Line]:
        companies, others = self._mentions.of_entities(key)
        entities: dict[str, set[str]] = {"schema:mentions": {mention[1] for mention in companies}}
        for mention in others:
            entities.setdefault(_MENTION_PROPERTIES.get(mention[-1], "schema:mentions"), set()).add(mention[1])
        for prop, column in self._mentioning.items():
            if prop in entities:
                yield from column.all(sorted(entities[prop]))


def _iri(value: str | None) -> Iri | None:
    return iri(value) if value else None


def _second(rows: list[Cells]) -> list[str]:
    return [row[1] for row in rows]
