"""Who and what appears in which article, with the origin and the happening that the article belongs to."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from newsgraph.core.article_roles import MAIN_WEIGHTS, Weight
from newsgraph.core.errors import UnknownNameError
from newsgraph.core.graph_tables import GraphTables

KINDS = {
    "company": "companies", "organisation": "organisations", "person": "people", "product": "products", "place": "places", "topic": "topics",
}  # fmt: skip
"""Kinds of nodes that appear in articles, and their tables."""
MAIN = tuple(sorted(weight.value for weight in MAIN_WEIGHTS))
"""Weights of what an article is about: its subjects, and the parties of its news."""
_WEIGHTED = frozenset({"company", "organisation"})


def appearances(graph: GraphTables, kind: str = "company", weights: Iterable[str] | None = MAIN) -> pl.DataFrame:
    """Return a row for each article and each thing in it: article, iri, origin, happening and published, sorted by article and iri.

    `origin` is the copy group, so that copies of one text have the same; `happening` is the story, or the origin of an article in no
    story. Only companies and organisations have weights; `weights` None takes all, adviser, analyst and passing too. Raises
    UnknownNameError for an unknown kind or weight.
    """
    what = "kind of things"
    if kind not in KINDS:
        raise UnknownNameError(what, kind, KINDS, "")
    happening = pl.coalesce("story", "copy_group").alias("happening")
    articles = graph["articles"].select(pl.col("iri").alias("article"), pl.col("copy_group").alias("origin"), happening, "published")
    named = _named(graph, kind, _checked(weights)).unique()
    return named.join(articles, on="article").select("article", "iri", "origin", "happening", "published").sort("article", "iri")


def _checked(weights: Iterable[str] | None) -> list[str] | None:
    if weights is None:
        return None
    what, known = "weight of a mention", [weight.value for weight in Weight]
    chosen = [weights] if isinstance(weights, str) else sorted(set(weights))
    for weight in chosen:
        if weight not in known:
            raise UnknownNameError(what, weight, known, "")
    return chosen


def _named(graph: GraphTables, kind: str, weights: list[str] | None) -> pl.DataFrame:
    if kind == "topic":
        return graph["article_topics"].select("article", pl.col("topic").alias("iri"))
    if kind == "company":
        rows, thing = graph["mentions"], "company"
    else:
        rows, thing = graph["other_mentions"].filter(kind=kind), "entity"
    if weights is not None and kind in _WEIGHTED:
        rows = rows.filter(pl.col("weight").is_in(weights))
    return rows.select("article", pl.col(thing).alias("iri")).drop_nulls()


def pairs(named: pl.DataFrame, group: str, *keys: str) -> pl.DataFrame:
    """Count the groups that two things share: the keys, one, other, shared; `one` is the smaller IRI. Sorted by keys, one and other."""
    joined = _joined(named.select(*keys, group, "iri"), group, *keys)
    counted = joined.group_by(*keys, "one", "other").agg(pl.len().cast(pl.Int64).alias("shared"))
    return counted.sort(*keys, "one", "other", nulls_last=True)


def co_mentions(named: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Count the happenings, origins and articles with an article that names both things: the keys, one, other and the counts.

    `one` is the smaller IRI. Sorted by keys, one and other.
    """
    counts = ("happening", "origin", "article")
    joined = _joined(named.select(*keys, *counts, "iri"), "article", *keys)
    counted = joined.group_by(*keys, "one", "other").agg(pl.col(name).n_unique().cast(pl.Int64).alias(f"{name}s") for name in counts)
    return counted.sort(*keys, "one", "other", nulls_last=True)


def _joined(rows: pl.DataFrame, group: str, *keys: str) -> pl.DataFrame:
    """Join everything of a group with everything behind it in the order of IRIs."""
    rows = rows.drop_nulls(group).unique().rename({"iri": "one"})
    others = rows.select(*keys, group, pl.col("one").alias("other"))
    return rows.join(others, on=[*keys, group], nulls_equal=True).filter(pl.col("one") < pl.col("other"))


def with_names(graph: GraphTables, data: pl.DataFrame, *columns: str, kind: str = "company") -> pl.DataFrame:
    """Add `COLUMN_name` behind each column of IRIs."""
    for column in columns:
        named = graph[KINDS[kind]].select(pl.col("iri").alias(column), pl.col("name").alias(f"{column}_name"))
        place = data.columns.index(column) + 1
        data = data.join(named, on=column, how="left", maintain_order="left")
        *others, added = data.columns
        data = data.select(*others[:place], added, *others[place:])
    return data
