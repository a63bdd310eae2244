"""The second block of a page: what is read when a thing is opened. Its shape is `TextsPayload` of the viewer's `payload.ts`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from newsgraph.explorer.core import seconds
from newsgraph.explorer.details import details
from newsgraph.explorer.numbering import Numbering
from newsgraph.explorer.quotes import Quotes
from newsgraph.explorer.shown import shown
from newsgraph.graph import GraphTables

EXCERPT = 600  # letters of an excerpt that are shown; the article itself is a link away

_Row = tuple[str, str, str, int, int, str, str, float | None]
"""Kind of edge, source, target, start, end, rule, extractor, confidence."""


def texts_block(graph: GraphTables, numbering: Numbering, edges: pl.DataFrame) -> dict[str, object]:
    """Make the block; `edges` are those of `core.page_edges`."""
    first, past = numbering.range("article")
    iris = numbering.frame["iri"][first:past].to_list()
    rows = pl.DataFrame({"iri": iris}, schema={"iri": pl.String}).join(graph["articles"], on="iri", how="left", maintain_order="left")
    base = (graph["dataset"]["base"].to_list() or [""])[0] or ""
    quotes = Quotes([text or "" for text in rows["text"]])
    evidence = _evidence(graph, numbering, edges, quotes, first)
    reasons = _reasons(graph, edges)
    names = sorted({row[3] or "" for row in evidence} | {rule for _, rule in reasons})
    extractors = sorted({row[4] or "" for row in evidence})
    rules = {rule: number for number, rule in enumerate(names)}
    read_by = {name: number for number, name in enumerate(extractors)}
    numbers = [row[0] for row in evidence]
    return {
        "articles": {
            "excerpt": [_short(shown(text)) for text in rows["excerpt"]],
            "url": [url or "" for url in rows["url"]],
            "iri": [iri.removeprefix(base) for iri in iris],
            "time": [seconds(value) for value in rows["published"]],
        },
        "sentences": {"article": quotes.article, "text": quotes.text},
        "rules": names,
        "extractors": extractors,
        "evidence": {
            "edge": [one - before for before, one in pairwise([0, *numbers])],
            "sentence": [row[1] for row in evidence],
            "marks": [row[2] for row in evidence],
            "rule": [rules[row[3] or ""] for row in evidence],
            "extractor": [read_by[row[4] or ""] for row in evidence],
            "confidence": [None if row[5] is None else round(row[5] * 100) for row in evidence],
        },
        "reasons": {"edge": [edge for edge, _ in reasons], "rule": [rules[rule] for _, rule in reasons]},
        "details": {str(number): about for number, about in sorted(details(graph, numbering).items())},
    }


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(maxsplit=1)[0] + "…"


def _evidence(
    graph: GraphTables, numbering: Numbering, edges: pl.DataFrame, quotes: Quotes, first: int
) -> list[tuple[int, int, str, str, str, float | None]]:
    """Give edge, sentence, marks, rule, extractor and confidence of every place that says something, in the order of the edges."""
    counted = (
        edges.with_row_index("edge")
        .select("kind", "source", "target", "edge")
        .unique(["kind", "source", "target"], keep="first", maintain_order=True)
    )
    numbered = {(kind, source, target): edge for kind, source, target, edge in counted.iter_rows()}
    found = []
    for kind, source, target, article, start, end, rule, extractor, confidence in _places(graph):
        edge, at = numbered.get((kind, source, target)), numbering.numbers.get(article)
        if edge is not None and at is not None:
            found.append((edge, at - first, start, end, rule, extractor, confidence))
    found.sort(key=lambda row: row[:6])
    return [
        (edge, *quotes.quote(at, start, end), rule, extractor, confidence) for edge, at, start, end, rule, extractor, confidence in found
    ]


def _places(graph: GraphTables) -> Iterator[tuple[str, str, str, str, int, int, str, str, float | None]]:
    columns = ("start", "end", "rule", "extractor", "confidence")
    for article, company, *rest in graph["mentions"].select("article", "company", *columns).iter_rows():
        yield "mentions", article, company, article, *rest
    others = graph["other_mentions"].filter(pl.col("entity").is_not_null())
    for article, entity, *rest in others.select("article", "entity", *columns).iter_rows():
        yield "mentions", article, entity, article, *rest
    for article, event, *rest in graph["reports"].filter(pl.col("event").is_not_null()).select("article", "event", *columns).iter_rows():
        yield "tells", article, event, article, *rest
    for article, event, start, end, rule, confidence in (
        graph["totals"].select("article", "event", "start", "end", "rule", "confidence").drop_nulls("event").iter_rows()
    ):
        yield "tells", article, event, article, start, end, rule, "", confidence
    employed = graph["posts"].filter(pl.col("employer").is_not_null())
    for article, person, employer, *rest in employed.select("article", "person", "employer", *columns).iter_rows():
        yield "works_for", person, employer, article, *rest


def _reasons(graph: GraphTables, edges: pl.DataFrame) -> list[tuple[int, str]]:
    """Give the rule of every edge that no sentence shows, by the number of the edge."""
    rules: dict[tuple[str, str], str] = {}
    for table, kind in (("topics", "broader"), ("products", "made_by")):
        rules.update({(kind, iri): rule for iri, rule in graph[table].select("iri", "rule").drop_nulls().iter_rows()})
    joined: dict[str, str] = {}
    for article, other, rule in graph["story_links"].select("article", "other", "rule").iter_rows():
        joined.setdefault(article, rule)
        joined.setdefault(other, rule)
    found = []
    for edge, (kind, source) in enumerate(edges.select("kind", "source").iter_rows()):
        rule = rules.get((kind, source)) or (joined.get(source) if kind == "part_of_story" else None)
        if rule:
            found.append((edge, rule))
    return found
