"""Scores: how well a graph, or an extractor alone, agrees with annotated texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.score.annotated_texts import Annotated, read_annotated
from newsgraph.score.article_score import ArticleScore, score_articles
from newsgraph.score.error_page import write_errors
from newsgraph.score.gold_records import Record, held_out, read_gold, truth
from newsgraph.score.marked_texts import article_of, read_texts, text_held_out
from newsgraph.score.metrics import Figure, NodesPerCompany, Scorecard, make_card
from newsgraph.score.predictions import Predictions, predictions_of_facts, predictions_of_graph
from newsgraph.score.resolution_score import measure_resolution
from newsgraph.score.score_report import ALL, HELD_OUT, OPEN, ScoreReport, report_of_extractors, report_of_graph
from newsgraph.score.text_comparison import Comparison, Tally, compare
from newsgraph.score.whole_articles import AnnotatedArticle, read_whole_articles, whole_article

__all__ = [
    "Annotated", "AnnotatedArticle", "ArticleScore", "Figure", "NodesPerCompany", "ScoreReport", "Scorecard", "Tally", "read_annotated", "read_gold", "read_texts", "read_whole_articles",
    "report_of_extractors", "report_of_graph", "score", "score_articles", "score_split", "score_texts", "text_held_out", "whole_article", "write_errors",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """One record, what was found in its text, and whether it is held out."""

    record: Mapping[str, Any]
    predictions: Predictions | None
    is_held_out: bool


def score(graph: GraphTables, records: Sequence[Record]) -> Scorecard:
    """Measure a built graph against gold records (see `read_gold`).

    Records whose text is not in the graph are not measured; `Scorecard.not_built` lists them.
    """
    return score_split(graph, records)[ALL]


def score_split(graph: GraphTables, records: Sequence[Record]) -> dict[str, Scorecard]:
    """Measure a graph over `all` records, over the `open` ones and over those `held out`."""
    parts = zip(records, predictions_of_graph(graph, records), held_out(records), strict=True)
    return _split([_Case(record, predictions, is_held_out) for record, predictions, is_held_out in parts])


def score_texts(
    records: Sequence[Record], extract: Callable[[Article], Facts], is_held_out: Callable[[Record], bool] = text_held_out,
    accept: float = ACCEPTED,
) -> dict[str, Scorecard]:  # fmt: skip
    """Measure the extractor alone over texts (see `read_texts`), as `score_split` does.

    `accept` is the least confidence of a company mention; `is_held_out` returns whether a record is held out.
    """
    return _split([_Case(record, predictions_of_facts(extract(article_of(record)), accept), is_held_out(record)) for record in records])


def _split(cases: Sequence[_Case]) -> dict[str, Scorecard]:
    open_cases, held_out_cases = ([case for case in cases if case.is_held_out is held_out] for held_out in (False, True))
    return {ALL: _card(cases), OPEN: _card(open_cases), HELD_OUT: _card(held_out_cases)}


def _card(cases: Sequence[_Case]) -> Scorecard:
    comparisons: list[Comparison] = []
    errors: list[str] = []
    for case in cases:
        if case.predictions is not None:
            comparison = compare(truth(case.record), case.predictions)
            comparisons.append(comparison)
            errors += [f"{_place(case)}: {note}" for note in comparison.notes if not case.is_held_out]
    found = [(truth(case.record), case.predictions, case.is_held_out) for case in cases if case.predictions is not None]
    return make_card(comparisons, errors, [_place(case) for case in cases if case.predictions is None], measure_resolution(found))


def _place(case: _Case) -> str:
    return f"{case.record['doc']}, {case.record['part']}"
