"""What a build could not read: its problems, the worst first, and the documents that gave no article at all."""

from __future__ import annotations

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Problem, Severity

_WORST_FIRST = tuple(reversed(Severity))


def skipped_documents(graph: GraphTables) -> frozenset[str]:
    """Give the sources that cost more than a field and of which nothing is in the graph, whatever the reason."""
    lost = graph["problems"].filter(pl.col("severity") != Severity.FIELD.value)
    return frozenset(lost["source"]) - frozenset(graph["article_sources"]["source"])


def problems_of(graph: GraphTables) -> list[Problem]:
    """Give all problems: those of documents that are left out first, then by what they cost, then by source."""
    gone = skipped_documents(graph)
    problems = [Problem(**{**row, "severity": Severity(row["severity"])}) for row in graph["problems"].iter_rows(named=True)]
    return sorted(problems, key=lambda problem: (problem.source not in gone, _WORST_FIRST.index(problem.severity), problem))
