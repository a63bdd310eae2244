"""The graph as it may be passed on: no bodies, no abstracts, no quotation beyond 25 words, and nothing of the work on it."""

from __future__ import annotations

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.iris import DEFAULT_BASE
from newsgraph.core.withheld_text import ELLIPSIS, shortened, without_texts

INTERNAL = ("decisions", "doubts", "id_candidates", "problems")
"""Tables of the work on a graph, which are left out: who decided what, open questions, and what was wrong with documents."""


def shared_graph(graph: GraphTables) -> GraphTables:
    """Return what of a graph a pack has. An article's excerpt is its headline; a sentence of more than 25 words is left out, its link remains.

    Raises InputError for a graph with the example base, whose IRIs are nobody's.
    """
    base = graph["dataset"]["base"].item()
    if base.startswith(DEFAULT_BASE):
        hint = "Build it again with --base and an address of your own, such as https://data.your-domain.org/id/"
        raise InputError(base, "is the example base, whose IRIs nobody can publish", hint)
    tables = dict(without_texts(graph).tables)
    nothing = pl.lit(None, pl.String())
    tables["articles"] = tables["articles"].with_columns(nothing.alias("excerpt"))
    tables["versions"] = tables["versions"].with_columns(pl.lit("").alias("excerpt"))
    tables["excerpts"] = _excerpts(tables["excerpts"], dict(graph["articles"].select("iri", "title").iter_rows()))
    for name in INTERNAL:
        tables[name] = frame(name, [])
    return make_tables(tables)


def _excerpts(excerpts: pl.DataFrame, titles: dict[str, str]) -> pl.DataFrame:
    """Keep whole quotations, and of a whole text the headline alone: its first 25 words reach into the abstract."""
    rows = []
    for row in excerpts.iter_rows(named=True):
        whole = row["start"] == 0
        if whole:
            rows.append(row | {"text": shortened(titles[row["article"]])})
        elif not row["text"].endswith(ELLIPSIS):
            rows.append(row)
    return frame("excerpts", rows)
