"""Graphs without the texts of their articles, for those who may not pass these on.

Bodies are left out, and what is quoted has at most 25 words. Offsets keep their meaning: they count in the text that was read, which the
reader may have from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from newsgraph.core.graph_tables import GraphTables, frame, make_tables

MOST_WORDS = 25
"""Words of a quotation, at most."""

ELLIPSIS = "…"
_CUT = re.compile(rf"\s*(?:\S+\s+){{{MOST_WORDS - 1}}}\S+(?=\s+\S)")

# Columns whose values are, or may be, words of articles; quotations in other columns are made of them.
_QUOTING: dict[str, tuple[str, ...]] = {
    "articles": ("title", "excerpt"), "versions": ("title", "excerpt"), "corrections": ("words",), "posts": ("role",), "mentions": ("text",),
    "other_mentions": ("name", "text"), "events": ("part",), "event_roles": ("name",), "reports": ("part",), "report_roles": ("name",),
    "stories": ("name",), "merges": ("name", "note"), "ledger": ("value", "note"), "problems": ("what", "hint"),
}  # fmt: skip
_SPANS = ("reports", "totals", "posts")


def shortened(text: str) -> str:
    """Return a text of at most 25 words: the first 25 and an ellipsis if it has more.

    >>> shortened("one two"), len(shortened("word " * 30).split())
    ('one two', 25)
    """
    cut = _CUT.match(text)
    return f"{cut.group().rstrip()}{ELLIPSIS}" if cut else text


def without_texts(graph: GraphTables) -> GraphTables:
    """Return the graph without bodies, unknown fields and quotations of more than 25 words.

    `articles.text` is null; table `excerpts` has the words, cut to 25, of each span of an article that a statement rests on.
    """
    tables = dict(graph.tables)
    tables["excerpts"] = frame("excerpts", list(_excerpts(graph)))
    for name, columns in _QUOTING.items():
        tables[name] = tables[name].with_columns(
            pl.col(column).map_elements(shortened, return_dtype=pl.String, skip_nulls=True) for column in columns
        )
    nothing = pl.lit(None, pl.String())
    tables["articles"] = tables["articles"].with_columns(nothing.alias("text"), nothing.alias("extra"), nothing.alias("featured"))
    return make_tables(tables)


def _excerpts(graph: GraphTables) -> Iterator[dict[str, object]]:
    """Yield the words of each span, each once; the span of a whole text keeps its length known."""
    earlier = graph["excerpts"]
    yield from earlier.iter_rows(named=True)
    columns = ("article", "start", "end")
    spans = pl.concat([graph[name].select(columns) for name in _SPANS]).unique().sort(columns)
    texts = dict(graph["articles"].select("iri", "text").drop_nulls().iter_rows())
    for article, text in texts.items():
        yield {"article": article, "start": 0, "end": len(text), "text": shortened(text)}
    for article, start, end in spans.iter_rows():
        if article in texts and (start, end) != (0, len(texts[article])):
            yield {"article": article, "start": start, "end": end, "text": shortened(texts[article][start:end])}
