"""The second block of a page: the texts that are shown when a node is opened. Its structure is `TextsPayload` in `payload.ts`."""

from __future__ import annotations

import polars as pl

from newsgraph.core.edge_origins import edge_origins
from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.map_payload import seconds
from newsgraph.explorer.node_details import node_details
from newsgraph.explorer.node_numbers import NodeNumbers
from newsgraph.explorer.quoted_sentences import quoted_sentences
from newsgraph.explorer.rule_words import RELATION_WORDS, RULE_WORDS

EXCERPT = 600  # letters of an excerpt that are shown; a link leads to the whole article
_RULED = (("topics", "broader"), ("products", "made_by"))


def texts_block(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame) -> dict[str, object]:
    """Return the block; `edges` are those of `map_payload.page_edges`."""
    first, past = numbering.range("article")
    iris = numbering.frame["iri"][first:past].to_list()
    rows = pl.DataFrame({"iri": iris}, schema={"iri": pl.String}).join(graph["articles"], on="iri", how="left", maintain_order="left")
    base = (graph["dataset"]["base"].to_list() or [""])[0] or ""
    evidence = _evidence(graph, numbering, edges, first)
    sentences, spans = quoted_sentences(rows["text"].to_list(), evidence, _excerpts(graph, iris))
    evidence = evidence.join(spans, on=["at", "start", "end"], how="left", maintain_order="left")
    reasons = _reasons(graph, edges)
    rules = pl.concat([evidence["rule"], reasons["rule"]]).unique().sort()
    extractors = evidence["extractor"].unique().sort()
    return {
        "articles": {
            "excerpt": [_short(display_text(text)) for text in rows["excerpt"]],
            "url": [url or "" for url in rows["url"]],
            "iri": [iri.removeprefix(base) for iri in iris],
            "time": [seconds(value) for value in rows["published"]],
        },
        "sentences": {"article": sentences["at"].to_list(), "text": sentences["text"].to_list()},
        "rules": rules.to_list(),
        "ruleWords": RULE_WORDS,
        "relationWords": RELATION_WORDS,
        "extractors": extractors.to_list(),
        "evidence": {
            "edge": evidence["edge"].diff().fill_null(evidence["edge"]).to_list(),
            "sentence": evidence["sentence"].to_list(),
            "marks": evidence["marks"].to_list(),
            "rule": _places_in(rules, evidence["rule"]),
            "extractor": _places_in(extractors, evidence["extractor"]),
            "confidence": [None if value is None else round(value * 100) for value in evidence["confidence"]],
        },
        "reasons": {"edge": reasons["edge"].to_list(), "rule": _places_in(rules, reasons["rule"])},
        "details": {str(number): details for number, details in sorted(node_details(graph, numbering).items())},
    }


def _excerpts(graph: GraphTables, iris: list[str]) -> dict[tuple[int, int, int], str]:
    """Return the words of spans of articles whose text is left out, by number of the article, start and end."""
    numbers = {iri: number for number, iri in enumerate(iris)}
    rows = [graph[name].select("article", "start", "end", "text") for name in ("mentions", "other_mentions", "excerpts")]
    if graph["excerpts"].is_empty():
        return {}
    return {(numbers[iri], start, end): words for iri, start, end, words in pl.concat(rows).iter_rows() if iri in numbers}


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(maxsplit=1)[0] + "…"


def _places_in(names: pl.Series, values: pl.Series) -> list[int]:
    """Return the position of each value in a list of names."""
    return values.cast(pl.Enum(names)).to_physical().to_list()


def _evidence(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame, first: int) -> pl.DataFrame:
    """Return all text spans that support an edge, in the order of the edges: edge, at, start, end, rule, extractor, confidence.

    `at` is the number of an article among those of the page, the first of which is the node `first`.
    """
    numbered = (
        edges.with_row_index("edge")
        .select("kind", "source", "target", pl.col("edge").cast(pl.Int64))
        .unique(["kind", "source", "target"], keep="first", maintain_order=True)
    )
    articles = numbering.frame.select(pl.col("iri").alias("article"), pl.int_range(pl.len(), dtype=pl.Int64).alias("at") - first)
    return (
        pl.concat(_spans(graph))
        .with_row_index("row")
        .join(numbered, on=["kind", "source", "target"])
        .join(articles, on="article")
        .with_columns(pl.col("rule", "extractor").fill_null(""))
        .sort("edge", "at", "start", "end", "rule", "extractor", "row")
        .select("edge", "at", "start", "end", "rule", "extractor", "confidence")
    )


def _spans(graph: GraphTables) -> list[pl.DataFrame]:
    totals = graph["totals"].with_columns(pl.lit("").alias("extractor"))
    relations = graph["lasting_relations"].partition_by("kind", as_dict=True)
    sources = (
        ("mentions", "article", "company", graph["mentions"]),
        ("mentions", "article", "entity", graph["other_mentions"]),
        ("tells", "article", "event", graph["reports"]),
        ("tells", "article", "event", totals),
        ("works_for", "person", "employer", graph["posts"]),
        *((kind, "subject", "object", data) for (kind,), data in sorted(relations.items())),
    )
    return [
        data.select(
            pl.lit(kind).alias("kind"), pl.col(source).alias("source"), pl.col(target).alias("target"), pl.col("article").alias("article_"),
            "start", "end", "rule", "extractor", "confidence",
        ).rename({"article_": "article"})
        for kind, source, target, data in sources
    ]  # fmt: skip


def _reasons(graph: GraphTables, edges: pl.DataFrame) -> pl.DataFrame:
    """Return the rules of edges that no sentence supports: the number of the edge, and the rule, or in its place what the edge is from."""
    links = graph["story_links"].with_row_index("row")
    owned = graph["companies"].filter(pl.col("parent").is_not_null())
    ruled = [
        owned.select(pl.lit("parent").alias("kind"), pl.col("iri").alias("source"), pl.lit("listed").alias("rule")),
        *(graph[table].select(pl.lit(kind).alias("kind"), pl.col("iri").alias("source"), "rule") for table, kind in _RULED),
        *(links.select(pl.lit("part_of_story").alias("kind"), pl.col(end).alias("source"), "rule", "row") for end in ("article", "other")),
    ]
    rules = (
        pl.concat(ruled, how="diagonal")
        .filter(pl.col("rule") != "")
        .sort("row", maintain_order=True, nulls_last=True)
        .unique(["kind", "source"], keep="first", maintain_order=True)
    )
    numbered = edges.select("kind", "source").with_row_index("edge")
    words = pl.DataFrame([(*key, text) for key, text in edge_origins().items()], schema=["kind", "rule", "words"], orient="row")
    found = numbered.join(rules, on=["kind", "source"], maintain_order="left").join(
        words, on=["kind", "rule"], how="left", maintain_order="left"
    )
    return found.select("edge", pl.coalesce("words", "rule").alias("rule"))
