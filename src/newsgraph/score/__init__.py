"""Measure a graph, or the extractor alone, against annotated texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.score.annotated_texts import Annotated, read_annotated
from newsgraph.score.error_page import write_errors
from newsgraph.score.gold_records import Record, kept_aside, read_gold, truth
from newsgraph.score.marked_texts import article_of, read_texts, text_kept_aside
from newsgraph.score.metrics import Figure, NodesPerCompany, Scorecard, make_card
from newsgraph.score.predictions import Predictions, predictions_of_facts, predictions_of_graph
from newsgraph.score.resolution_score import measure_resolution
from newsgraph.score.score_report import ALL, ASIDE, OPEN, ScoreReport, report_of_extractors, report_of_graph
from newsgraph.score.text_comparison import Comparison, Tally, compare

__all__ = [
    "Annotated", "Figure", "NodesPerCompany", "ScoreReport", "Scorecard", "Tally", "read_annotated", "read_gold", "read_texts",
    "report_of_extractors", "report_of_graph", "score", "score_split", "score_texts", "text_kept_aside", "write_errors",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """One record, what was found in its text, and whether it is kept aside."""

    record: Mapping[str, Any]
    found: Predictions | None
    aside: bool


def score(graph: GraphTables, records: Sequence[Record]) -> Scorecard:
    """Measure a built graph against gold records (see `read_gold`).

    Records whose text the graph has no facts of are not measured but named in `Scorecard.not_built`.
    """
    return score_split(graph, records)[ALL]


def score_split(graph: GraphTables, records: Sequence[Record]) -> dict[str, Scorecard]:
    """Measure a graph over `all` records, over the `open` ones and over those `kept aside`."""
    parts = zip(records, predictions_of_graph(graph, records), kept_aside(records), strict=True)
    return _split([_Case(record, found, aside) for record, found, aside in parts])


def score_texts(
    records: Sequence[Record], extract: Callable[[Article], Facts], aside: Callable[[Record], bool] = text_kept_aside,
    accept: float = ACCEPTED,
) -> dict[str, Scorecard]:  # fmt: skip
    """Measure the extractor alone over texts (see `read_texts`), as `score_split` does.

    `accept` is the least confidence of a mention or report; `aside` tells which records are kept aside.
    """
    return _split([_Case(record, predictions_of_facts(extract(article_of(record)), accept), aside(record)) for record in records])


def _split(cases: Sequence[_Case]) -> dict[str, Scorecard]:
    open_cases = [case for case in cases if not case.aside]
    return {ALL: _card(cases), OPEN: _card(open_cases), ASIDE: _card([case for case in cases if case.aside])}


def _card(cases: Sequence[_Case]) -> Scorecard:
    comparisons: list[Comparison] = []
    errors: list[str] = []
    for case in cases:
        if case.found is not None:
            comparison = compare(truth(case.record), case.found)
            comparisons.append(comparison)
            errors += [f"{_place(case)}: {note}" for note in comparison.notes if not case.aside]
    resolution = measure_resolution([(truth(case.record), case.found, case.aside) for case in cases if case.found is not None])
    return make_card(comparisons, errors, [_place(case) for case in cases if case.found is None], resolution)


def _place(case: _Case) -> str:
    return f"{case.record['doc']}, {case.record['part']}"
