"""How much a graph holds."""

from __future__ import annotations

from datetime import UTC, datetime

from newsgraph.core.graph_tables import make_tables
from newsgraph.query.graph_statistics import stats
from sample import sample_graph


def test_things_are_counted() -> None:
    counts = dict(stats(sample_graph()).counts)
    assert (counts["sources"], counts["articles"], counts["companies"], counts["events"], counts["mentions"]) == (2, 3, 4, 4, 6)


def test_events_are_counted_by_type() -> None:
    assert dict(stats(sample_graph()).events) == {"Investment": 1, "Acquisition": 1, "Partnership": 1, "Deal": 1}


def test_companies_come_with_those_first_that_most_articles_name() -> None:
    assert stats(sample_graph()).top == (("Acme", 2), ("Bolt", 2), ("Cane & Co", 1), ("Dune", 1))


def test_the_time_spans_from_the_first_to_the_last_publication() -> None:
    figures = stats(sample_graph())
    assert figures.first == datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
    assert figures.last == datetime(2024, 5, 1, 7, 0, 0, 500000, tzinfo=UTC)


def test_problems_are_counted_by_what_they_cost() -> None:
    assert stats(sample_graph()).problems == (("field", 1),)


def test_an_empty_graph_has_figures_too() -> None:
    figures = stats(make_tables({}))
    assert (figures.first, figures.top, figures.events) == (None, (), ())
    assert ("holds", "articles", "0") in figures.rows()
