"""What RDF says of the places in an article's text where something is named or told."""

from __future__ import annotations

from functools import partial
from typing import Any, Generic

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.serializer import Column, Line, Made, Serializer, said
from newsgraph.rdf.sorted_rows import Cells, Rows
from newsgraph.rdf.terms import day, decimal, fragment, integer, iri, name, number, text, words

INDEX = "xsd:nonNegativeInteger"
CLASSES = {
    "organisation": "ng:OrganisationMention", "product": "ng:ProductMention", "person": "ng:PersonMention", "place": "ng:PlaceMention",
}  # fmt: skip

_PLACE = ("start", "end", "rule", "confidence")
_Sorted = tuple[int, int, str, float, str, int, str, str, str | None, str | None, float | None, tuple[Any, ...]]
"""Start, end, what tells the name from others at this place, the surest first, rule, order, class, about, words, rule, confidence, more."""


class Mentions(Generic[Line, Made]):
    """The mentions of a graph, taken article by article in ascending order of their IRIs."""

    def __init__(self, graph: GraphTables, pen: Serializer[Line, Made]) -> None:
        """Start before the first article."""
        others = graph["other_mentions"].filter(pl.col("entity").is_not_null() & pl.col("kind").is_in(list(CLASSES)))
        told = pl.col("event").is_not_null()
        stated = ("event", *_PLACE, "status", "amount", "currency")
        self._companies = Rows(graph["mentions"], "article", "company", *_PLACE, "text")
        self._others = Rows(others, "article", "entity", *_PLACE, "text", "kind")
        self._posts = Rows(graph["posts"], "article", "person", *_PLACE, "role", "employer")
        self._reports = Rows(graph["reports"].filter(told), "article", *stated, "date")
        self._totals = Rows(graph["totals"].filter(told), "article", *stated)
        self._pen = pen
        self._classes = Column(pen, "rdf:type", name)
        self._begins = Column(pen, "nif:beginIndex", partial(integer, datatype=INDEX))
        self._ends = Column(pen, "nif:endIndex", partial(integer, datatype=INDEX))
        self._anchors = Column(pen, "nif:anchorOf", text)
        self._abouts = Column(pen, "itsrdf:taIdentRef", iri)
        self._sure = Column(pen, "itsrdf:taConfidence", decimal)
        self._rules = Column(pen, "ng:rule", text)
        self._roles = Column(pen, "ng:role", words)
        self._employers = Column(pen, "ng:postAt", lambda value: iri(value) if value else None)
        self._states = Column(pen, "ng:status", text)
        self._days = Column(pen, "ng:statedDate", day)
        self._amounts = Column(pen, "ng:statedValue", number)
        self._currencies = Column(pen, "ng:statedCurrency", text)

    def named(self, article: str) -> tuple[list[Cells], list[Cells]]:
        """Give the mentions of companies and of other things in an article: article, what, start, end, rule, confidence, text, kind."""
        return self._companies.take(article), self._others.take(article)

    def blocks(self, article: str, body: str, section: str, graph: str, stem: tuple[str, str]) -> list[Made]:
        """Describe the mentions of an article by place; `stem` is what `Pen.stem` gives for it.

        The name of a mention depends on its place and kind alone, never on what stands beside it. Of two that share a name the
        surer one stands, then the one with the smaller rule.
        """
        pen, (head, tail) = self._pen, stem
        context = pen.leads("nif:referenceContext", f"{head}text{tail}")
        made, last = [], None
        for start, end, mark, _, _, _, kind, about, anchor, rule, confidence, more in sorted(self._all(article)):
            if (start, end, mark) == last:
                continue
            last = start, end, mark
            lines = (
                self._classes[kind],
                context,
                self._begins[start],
                self._ends[end],
                self._anchors.once(body[start:end]) if anchor is None else self._anchors[anchor],
                self._abouts[about],
                self._sure[confidence],
                self._rules[rule],
                *more,
            )
            made.append(pen.block(section, graph, f"{head}char={start},{end}{mark}{tail}", said(lines)))
        return made

    def _all(self, article: str) -> list[_Sorted]:
        """List the mentions of an article so that they sort by place, name and sureness; no two are alike."""
        companies, others = self.named(article)
        found: list[_Sorted] = [
            (start, end, "", -(sure or 0), rule or "", number, "ng:CompanyMention", what, anchor, rule, sure, ())
            for number, (_, what, start, end, rule, sure, anchor) in enumerate(companies)
        ]
        for _, what, start, end, rule, sure, anchor, kind in others:
            found.append((start, end, f";{kind}", -(sure or 0), rule or "", len(found), CLASSES[kind], what, anchor, rule, sure, ()))
        for _, who, start, end, rule, sure, role, employer in self._posts.take(article):
            more: tuple[Line | None, ...] = (self._roles[role], self._employers[employer])
            mark = f";post={fragment(who.rpartition('/')[2])}"
            found.append((start, end, mark, -(sure or 0), rule or "", len(found), "ng:PostMention", who, None, rule, sure, more))
        for _, event, start, end, rule, sure, status, amount, currency, *dates in (
            *self._reports.take(article),
            *self._totals.take(article),
        ):
            more = (
                self._states[status],
                *(self._days[date] for date in dates),
                self._amounts[amount],
                self._currencies[currency],
            )
            mark = f";event={fragment(event.rpartition('/')[2])}"
            found.append((start, end, mark, -(sure or 0), rule or "", len(found), "ng:EventMention", event, None, rule, sure, more))
        return found
