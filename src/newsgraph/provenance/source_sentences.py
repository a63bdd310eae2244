"""The sentences of an article on which a statement is based, and a check that every inferred statement has such sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables, shortcuts
from newsgraph.core.sentences import sentence_at, sentences, sentences_holding
from newsgraph.provenance.nearby_rows import ArticleTexts, NearbyRows

Span = tuple[int, int]
_WITH_ALIASES = ("companies", "organisations", "people", "places")


@dataclass(frozen=True, slots=True)
class Quote:
    """What one article says: the sentence around a span and, if it does not name all parties, the sentences that do.

    `start` and `end` cut the span out of `sentence`; `missing` has the IRIs of parties that the article never names.
    """

    article: str
    sentence: str
    start: int
    end: int
    context: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceOrigin:
    """Where an article comes from; `published` is UTC, `source` the path of its document below the input."""

    headline: str
    url: str
    provider: str
    published: datetime | None
    source: str


@dataclass(frozen=True)
class Evidence:
    """The articles of a graph by IRI, the spans of mentions by article and entity, and the names of entities.

    `text` returns the text of an article, empty if it is left out.
    """

    text: ArticleTexts = field(repr=False, compare=False)
    origins: dict[str, SourceOrigin]
    spans: dict[tuple[str, str], tuple[Span, ...]]
    names: dict[str, tuple[str, ...]]
    excerpts: dict[tuple[str, int, int], str] = field(default_factory=dict)  # words of spans, of articles whose text is left out
    divided: dict[str, tuple[Span, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )  # the sentences of articles, once asked for
    found: dict[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict, repr=False, compare=False)  # names in unmarked texts

    def quote(self, article: str, start: int, end: int, parties: Iterable[str]) -> Quote:
        """Quote an article around a span, with further sentences if needed, so that every party is named.

        Of an article whose text is left out, only the words of the span are quoted.
        """
        text = self.text(article)
        if not text and (words := self.excerpts.get((article, start, end))):
            return Quote(article, words, 0, len(words))
        main = self._sentence_at(article, start, end)
        cuts, missing = [main], []
        for party in parties:
            if any(self._names(article, party, cut) for cut in cuts):
                continue
            mentions = self.mentions(article, party)
            if not mentions:
                missing.append(party)
                continue
            cut = self._sentence_at(article, *mentions[0])
            if cut not in cuts:
                cuts.append(cut)
        return Quote(
            article=article,
            sentence=text[main[0] : main[1]],
            start=start - main[0],
            end=end - main[0],
            context=tuple(text[first:last] for first, last in sorted(cuts[1:])),
            missing=tuple(missing),
        )

    def _sentence_at(self, article: str, start: int, end: int) -> Span:
        """Return the sentence around a span; an article is divided once, however many statements quote it."""
        if article not in self.divided:
            self.divided[article] = sentences(self.text(article))
        return sentences_holding(self.divided[article], start, end)

    def names_all(self, article: str, spans: Iterable[Span], parties: Iterable[str]) -> bool:
        """Return whether the sentences around some spans, together with the title, name every party."""
        text = self.text(article)
        title = (0, len(text.partition("\n")[0]))
        cuts = [title, *(sentence_at(text, *span) for span in spans)]
        return all(any(self._names(article, party, cut) for cut in cuts) for party in parties)

    def mentions(self, article: str, entity: str) -> tuple[Span, ...]:
        """Return the spans that name an entity in an article, in the order of the text; a text is read once for an unmarked name."""
        key = article, entity
        spans = self.spans.get(key) or self.found.get(key)
        if spans is None:
            names = self.names.get(entity)
            found = _pattern(names).finditer(self.text(article)) if names else ()
            spans = self.found[key] = tuple(match.span() for match in found)
        return spans

    def missing(self, article: str, span: Span, parties: Iterable[str]) -> tuple[str, ...]:
        """Return the parties that an article never names: those that are missing in the quote of a span."""
        if (article, *span) in self.excerpts and not self.text(article):
            return ()
        return tuple(party for party in parties if not self.mentions(article, party))

    def _names(self, article: str, entity: str, cut: Span) -> bool:
        return any(cut[0] <= start and end <= cut[1] for start, end in self.mentions(article, entity))


def evidence_of(graph: GraphTables, articles: Iterable[str] | None = None) -> Evidence:
    """Collect the evidence of a graph, or of some of its articles only."""
    wanted = None if articles is None else sorted(set(articles))

    def values(table: str, column: str, *columns: str) -> list[tuple[Any, ...]]:
        data = graph[table]
        if wanted is not None and _is_of_articles(table, column):
            data = data.filter(pl.col(column).is_in(wanted))
        return data.select(column, *columns).rows()

    texts = ArticleTexts(lambda _: values("articles", "iri", "text"))
    texts.load(graph["articles"]["iri"])
    return _collect(texts, values)


def evidence_in(rows: NearbyRows, articles: Iterable[str]) -> Evidence:
    """Collect the evidence of some articles from the rows around nodes; their texts are read one by one, when they are quoted."""
    wanted = set(articles)

    def values(table: str, column: str, *columns: str) -> list[tuple[Any, ...]]:
        found = rows.among(table, column, wanted) if _is_of_articles(table, column) else rows[table]
        return list(map(itemgetter(column, *columns), found))

    return _collect(rows.text, values)


def _is_of_articles(table: str, column: str) -> bool:
    return table == "articles" or column == "article"


def _collect(text: ArticleTexts, values: Callable[..., list[tuple[Any, ...]]]) -> Evidence:
    """Collect evidence from the columns of tables, the first of which names the article in those that have one."""
    providers = dict(values("providers", "iri", "name"))
    origins = {
        iri: SourceOrigin(title, url or "", providers.get(provider, ""), published, source or "")
        for iri, title, url, provider, published, source in values("articles", "iri", "title", "url", "provider", "published", "source")
    }
    spans: dict[tuple[str, str], list[Span]] = {}
    for table, column in (("mentions", "company"), ("other_mentions", "entity")):
        for article, entity, start, end in values(table, "article", column, "start", "end"):
            if entity is not None:
                spans.setdefault((article, entity), []).append((start, end))
    excerpts = {(article, start, end): words for article, start, end, words in values("excerpts", "article", "start", "end", "text")}
    # names for texts in which no mention is marked
    named = (row for table in _WITH_ALIASES for row in values(table, "iri", "name", "aliases"))
    names = {iri: (name, *(aliases or ())) for iri, name, aliases in named}
    return Evidence(text, origins, {key: tuple(sorted(set(found))) for key, found in spans.items()}, names, excerpts)


def untraceable(graph: GraphTables) -> list[str]:
    """List the inferred nodes, events and edges whose names no article mentions together.

    An edge or employment needs one article whose sentences of evidence, together with the title, name both parties; a company or
    organisation in an event needs one such article that names it, because articles may report different parties of one event. Parties beyond
    the two main ones, such as the lead of a round, may be named in any sentence of an article that reports the event. A company,
    person or place needs one article that mentions it. An entry reads `company IRI`, `person IRI`, `place IRI`, `event IRI`,
    `works_for IRI IRI` or `KIND IRI IRI (event IRI)`. Parent companies are not checked: they come from the lexicon or a user's file, not
    from articles.
    """
    evidence = evidence_of(graph)
    places: dict[str, dict[str, list[Span]]] = {}
    further: dict[tuple[str, str], set[str]] = {}  # nodes by event and article
    for table in ("reports", "totals"):
        for event, article, start, end in graph[table].select("event", "article", "start", "end").iter_rows():
            places.setdefault(event, {}).setdefault(article, []).append((start, end))
    for event, article, party in _further_roles(graph):
        further.setdefault((event, article), set()).add(party)
    parties: dict[str, list[str]] = {}
    agents = graph["event_roles"].filter(pl.col("party").is_not_null(), pl.col("kind").is_in(["company", "organisation"]))
    for event, party in agents.select("event", "party").iter_rows():
        parties.setdefault(event, []).append(party)

    def is_reported(event: str, parties: list[str]) -> bool:
        for article, spans in places.get(event, {}).items():
            named_elsewhere = further.get((event, article), set())
            main = [party for party in parties if party not in named_elsewhere]
            if evidence.names_all(article, spans, main) and all(
                evidence.mentions(article, party) for party in named_elsewhere & set(parties)
            ):
                return True
        return False

    mentioned = {entity for _, entity in evidence.spans}
    tables = (("company", "companies"), ("person", "people"), ("place", "places"))
    lost = [f"{kind} {iri}" for kind, table in tables for iri in graph[table]["iri"] if iri not in mentioned]
    lost += [f"event {iri}" for iri in graph["events"]["iri"] if not all(is_reported(iri, [party]) for party in parties.get(iri, []))]
    edges = shortcuts(graph).select("kind", "source", "target", "event").iter_rows()
    lost += [f"{kind} {a} {b} (event {event})" for kind, a, b, event in edges if not is_reported(event, [a, b])]
    return lost + _untraceable_employments(graph, evidence)


def _further_roles(graph: GraphTables) -> Iterator[tuple[str, str, str]]:
    """Yield event, article and node of the roles in reports beyond the two main parties: other sentences of the article may name these."""
    key = ("event", "article", "start", "end")
    rows = graph["report_roles"].filter(pl.col("party").is_not_null()).join(
        graph["reports"].select(*key, "subject_iri", "object_iri"), on=key, how="left"
    )  # fmt: skip
    others = rows.filter(~pl.any_horizontal(pl.col("party").eq_missing("subject_iri"), pl.col("party").eq_missing("object_iri")))
    yield from others.select("event", "article", "party").iter_rows()


def _untraceable_employments(graph: GraphTables, evidence: Evidence) -> list[str]:
    """List the employments for which no sentence, with the title, names both parties; a role alone needs only the person's name."""
    traceable: dict[tuple[str, str], bool] = {}
    for article, person, employer, start, end in graph["posts"].select("article", "person", "employer", "start", "end").iter_rows():
        parties = [person, employer] if employer else [person]
        key = person, employer or ""
        traceable[key] = evidence.names_all(article, [(start, end)], parties) or traceable.get(key, False)
    return [f"works_for {person} {employer}".rstrip() for (person, employer), is_traceable in traceable.items() if not is_traceable]


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Compile the pattern of some names as whole words, the longest first."""
    longest = sorted(set(names), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
