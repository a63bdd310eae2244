"""Suggest things whose names hold what was typed so far, for the reconciliation service; the search is in `text_search`."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from newsgraph.core.name_lookup import fold_name

_MOST = 1_000  # results of one search
_SORTED = 5_000  # names that are put in order at most
_SCORES = {"exact": 1.0, "start": 0.8, "word": 0.6, "inside": 0.4}


@dataclass(frozen=True, slots=True)
class FoundName:
    """A thing that a search found: IRI, kind, label, the name that matched, its articles (None for an article), and a score from 0 to 1."""

    iri: str
    kind: str
    label: str
    name: str
    articles: int | None
    score: float


def search_names(spellings: pl.DataFrame, query: str, most: int = _MOST) -> list[FoundName]:
    """Return the things whose names contain a text; case does not count.

    `spellings` are those of `GraphView.spellings`. A name that is the text comes first, then names that begin with it, then those in which
    a word does; of equal ones, the thing that more articles name.
    """
    folded = fold_name(query)
    if not folded:
        return []
    name = pl.col("folded")
    matching = spellings.filter(name.str.contains(folded, literal=True))
    grade = (
        pl.when(name == folded).then(_SCORES["exact"])
        .when(name.str.starts_with(folded)).then(_SCORES["start"])
        .when(name.str.contains(f" {folded}", literal=True)).then(_SCORES["word"])
        .otherwise(_SCORES["inside"])
    )  # fmt: skip
    order = ["score", "is_label", "weight", "label", "iri"]
    graded = matching.with_columns(grade.alias("score"), pl.col("articles").fill_null(0).alias("weight"))
    if graded.height > _SORTED:  # a letter or two are in most names: only the best are put in order
        graded = graded.top_k(_SORTED, by=["score", "is_label", "weight"])
    best = graded.sort(order, descending=[True, True, True, False, False], nulls_last=True)
    rows = best.unique("iri", keep="first", maintain_order=True).head(most).select("iri", "kind", "label", "folded", "articles", "score")
    return [FoundName(*row) for row in rows.iter_rows()]
