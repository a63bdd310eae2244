"""What a build could not read, told from its tables."""

from __future__ import annotations

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.pipeline.skipped import problems_of, skipped_documents

ROWS = [("feed.json", "article"), ("gone.md", "document"), ("lost.yaml", "article"), ("pipe.md", "field"), ("feed.json", "field")]


def _graph() -> GraphTables:
    problems = [{"source": source, "field": "x", "what": "is wrong", "hint": "Mend it", "severity": cost} for source, cost in ROWS]
    read = [{"article": "https://a.example/", "source": "feed.json"}]
    return make_tables({"problems": frame("problems", problems), "article_sources": frame("article_sources", read)})


def test_a_document_is_left_out_where_it_cost_articles_and_gave_none() -> None:
    assert skipped_documents(_graph()) == {"gone.md", "lost.yaml"}


def test_problems_of_documents_that_are_left_out_come_first() -> None:
    assert [(one.source, one.severity) for one in problems_of(_graph())] == [
        ("gone.md", "document"), ("lost.yaml", "article"), ("feed.json", "article"), ("feed.json", "field"), ("pipe.md", "field"),
    ]  # fmt: skip


def test_a_graph_without_problems_left_nothing_out() -> None:
    assert (skipped_documents(make_tables({})), problems_of(make_tables({}))) == (frozenset(), [])
