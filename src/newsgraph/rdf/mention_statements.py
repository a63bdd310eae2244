"""The RDF statements about mentions: the places in an article's text where something is named or reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.serializer import Column, Line, Output, Serializer, without_missing
from newsgraph.rdf.sorted_rows import Cells, Rows
from newsgraph.rdf.terms import concept, decimal, fragment, integer, iri, iso_time, name, number, text, words

INDEX = "xsd:nonNegativeInteger"
CLASSES = {
    "organisation": "ng:OrganisationMention", "product": "ng:ProductMention", "person": "ng:PersonMention", "place": "ng:PlaceMention",
}  # fmt: skip

_PLACE = ("start", "end", "rule", "confidence")
_Sortable = tuple[int, int, str, float, str, int, str, str, str | None, str | None, float | None, tuple[Any, ...]]
"""Start, end, suffix of the IRI, negative confidence, rule or "", position, class, entity, text, rule, confidence, further lines."""


class Mentions(Generic[Line, Output]):
    """The mentions of a graph, read article by article in ascending order of the articles' IRIs."""

    def __init__(self, graph: GraphTables, serializer: Serializer[Line, Output]) -> None:
        """Start before the first article."""
        others = graph["other_mentions"].filter(pl.col("entity").is_not_null() & pl.col("kind").is_in(list(CLASSES)))
        has_event = pl.col("event").is_not_null()
        columns = ("event", *_PLACE, "status", "amount", "currency")
        self._companies = Rows(graph["mentions"], "article", "company", *_PLACE, "text", "weight")
        self._others = Rows(others, "article", "entity", *_PLACE, "text", "weight", "kind")
        self._posts = Rows(graph["posts"], "article", "person", *_PLACE, "role", "employer")
        self._relations = Rows(graph["lasting_relations"], "article", "relation", *_PLACE, "percent", "since", "until")
        self._reports = Rows(graph["reports"].filter(has_event), "article", *columns, "when")
        self._totals = Rows(graph["totals"].filter(has_event), "article", *columns)
        self._serializer = serializer
        self._classes = Column(serializer, "rdf:type", name)
        self._begins = Column(serializer, "nif:beginIndex", partial(integer, datatype=INDEX))
        self._ends = Column(serializer, "nif:endIndex", partial(integer, datatype=INDEX))
        self._anchors = Column(serializer, "nif:anchorOf", text)
        self._entities = Column(serializer, "itsrdf:taIdentRef", iri)
        self._weights = Column(serializer, "ng:mentionRole", partial(concept, "weight"))
        self._confidences = Column(serializer, "itsrdf:taConfidence", decimal)
        self._rules = Column(serializer, "ng:rule", text)
        self._roles = Column(serializer, "ng:role", words)
        self._employers = Column(serializer, "ng:postAt", lambda value: iri(value) if value else None)
        self._percents = Column(serializer, "ng:share", decimal)
        self._begun = Column(serializer, "ng:since", iso_time)
        self._ended = Column(serializer, "ng:until", iso_time)
        self._statuses = Column(serializer, "ng:status", partial(concept, "status"))
        self._days = Column(serializer, "ng:statedDate", iso_time)
        self._amounts = Column(serializer, "ng:statedValue", number)
        self._currencies = Column(serializer, "ng:statedCurrency", text)

    def of_entities(self, article: str) -> tuple[list[Cells], list[Cells]]:
        """Return the mentions of companies and of others in an article: article, entity, start, end, rule, confidence, text, weight, kind."""
        return self._companies.take(article), self._others.take(article)

    def blocks(self, article: str, words_at: Callable[[int, int], str], section: str, graph: str, stem: tuple[str, str]) -> list[Output]:
        """Describe the mentions of an article by position.

        `words_at` returns the words from start to end; `stem` is the result of `Serializer.stem` for the article.

        The IRI of a mention depends on its position and kind alone, never on other mentions. Of two mentions with one IRI, the one with the
        higher confidence is described, then the one whose rule comes first in the alphabet.
        """
        serializer, (head, tail) = self._serializer, stem
        context = serializer.reference("nif:referenceContext", f"{head}text{tail}")
        outputs, last = [], None
        for start, end, suffix, _, _, _, kind, entity, anchor, rule, confidence, more in sorted(self._all(article)):
            if (start, end, suffix) == last:
                continue
            last = start, end, suffix
            lines = (
                self._classes[kind],
                self._classes["nif:Phrase"],
                context,
                self._begins[start],
                self._ends[end],
                self._anchors.uncached(words_at(start, end)) if anchor is None else self._anchors[anchor],
                self._entities[entity],
                self._confidences[confidence],
                self._rules[rule],
                *more,
            )
            outputs.append(serializer.block(section, graph, f"{head}char={start},{end}{suffix}{tail}", without_missing(lines)))
        return outputs

    def _role(self, weight: str | None) -> tuple[Line | None, ...]:
        return (self._weights[weight],) if weight else ()

    def _all(self, article: str) -> list[_Sortable]:
        """List the mentions of an article as tuples that sort by position, IRI and confidence; no two are equal."""
        companies, others = self.of_entities(article)
        mentions: list[_Sortable] = [
            (
                start,
                end,
                "",
                -(confidence or 0),
                rule or "",
                position,
                "ng:CompanyMention",
                company,
                anchor,
                rule,
                confidence,
                self._role(weight),
            )
            for position, (_, company, start, end, rule, confidence, anchor, weight) in enumerate(companies)
        ]
        for _, entity, start, end, rule, confidence, anchor, weight, kind in others:
            more: tuple[Line | None, ...] = self._role(weight)
            mentions.append(
                (
                    start,
                    end,
                    f";{kind}",
                    -(confidence or 0),
                    rule or "",
                    len(mentions),
                    CLASSES[kind],
                    entity,
                    anchor,
                    rule,
                    confidence,
                    more,
                )
            )
        for _, person, start, end, rule, confidence, role, employer in self._posts.take(article):
            more = (self._roles[role], self._employers[employer])
            suffix = f";post={fragment(person.rpartition('/')[2])}"
            mentions.append(
                (start, end, suffix, -(confidence or 0), rule or "", len(mentions), "ng:PostMention", person, None, rule, confidence, more)
            )
        for _, relation, start, end, rule, confidence, percent, since, until in self._relations.take(article):
            more = (self._percents[percent], self._begun[since], self._ended[until])
            suffix = f";relation={fragment(relation.partition('/relation/')[2])}"
            mentions.append(
                (
                    start,
                    end,
                    suffix,
                    -(confidence or 0),
                    rule or "",
                    len(mentions),
                    "ng:RelationMention",
                    relation,
                    None,
                    rule,
                    confidence,
                    more,
                )
            )
        for _, event, start, end, rule, confidence, status, amount, currency, *dates in (
            *self._reports.take(article),
            *self._totals.take(article),
        ):
            more = (
                self._statuses[status],
                *(self._days[date] for date in dates),
                self._amounts[amount],
                self._currencies[currency],
            )
            suffix = f";event={fragment(event.rpartition('/')[2])}"
            mentions.append(
                (start, end, suffix, -(confidence or 0), rule or "", len(mentions), "ng:EventMention", event, None, rule, confidence, more)
            )
        return mentions
