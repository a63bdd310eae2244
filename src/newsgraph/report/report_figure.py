"""A figure of the report: a heading, words, a picture and the table that the picture is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure. `picture` is an SVG, empty if there is nothing to draw; `table` has the columns as they are headed; `source` makes it."""

    name: str  # in the address of its place: `deal-flow`
    title: str
    words: tuple[str, ...]  # paragraphs
    picture: str
    table: pl.DataFrame
    source: str  # the call in Python: `kg.analytics.deal_flow()`
