"""What a build could not read: its problems, the worst first, and the documents of which nothing is in the graph."""

from __future__ import annotations

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Problem, Severity

_WORST_FIRST = tuple(reversed(Severity))


def skipped_documents(graph: GraphTables) -> frozenset[str]:
    """Return the sources with a problem worse than a bad field, and of which nothing is in the graph."""
    with_problems = graph["problems"].filter(pl.col("severity") != Severity.FIELD.value)
    return frozenset(with_problems["source"]) - frozenset(graph["article_sources"]["source"])


def problems_of(graph: GraphTables) -> list[Problem]:
    """Return all problems: those of skipped documents first, then by severity, then by source."""
    skipped = skipped_documents(graph)
    problems = [Problem(**{**row, "severity": Severity(row["severity"])}) for row in graph["problems"].iter_rows(named=True)]
    return sorted(problems, key=lambda problem: (problem.source not in skipped, _WORST_FIRST.index(problem.severity), problem))
