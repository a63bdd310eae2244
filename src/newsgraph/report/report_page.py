"""The report as one HTML page, which needs no other file, no network and no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.display_text import display_text
from newsgraph.report.graph_figures import figures
from newsgraph.report.report_figure import ReportFigure

ROWS = 60
"""Rows of a table; what is left out is counted below it."""


def report_page(graph: GraphTables) -> str:
    """Return the page of a graph. Equal graphs have equal pages."""
    described = graph["dataset"].row(0, named=True) if graph["dataset"].height else {}
    shown = figures(graph)
    style = _resource("report.css")
    known = f", as known on {described['as_of']:%Y-%m-%d}" if described.get("as_of") else ""
    return Template(_resource("report.html")).substitute(
        title=escape(display_text(described.get("title")) or "newsgraph"),
        known=known,
        program=escape(f"{described.get('program', 'newsgraph')} {described.get('program_version', '')}".strip()),
        style=style,
        style_hash=f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'",
        contents="".join(f'<li><a href="#{figure.name}">{escape(figure.title)}</a></li>' for figure in shown),
        figures="\n".join(_section(figure) for figure in shown),
    )


def _section(figure: ReportFigure) -> str:
    words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in figure.words)
    name = escape(figure.title)
    picture = f'<figure class="wide" tabindex="0" aria-label="Picture: {name}">{figure.picture}</figure>' if figure.picture else ""
    table = _table(figure) if figure.table.height else ""
    return f'<section id="{figure.name}"><h2>{name}</h2>{words}{picture}{table}</section>'


def _table(figure: ReportFigure) -> str:
    data, sides = figure.table.head(ROWS), [_side(kind) for kind in figure.table.dtypes]
    heads = "".join(f'<th scope="col"{side}>{escape(name)}</th>' for name, side in zip(data.columns, sides, strict=True))
    rows = "\n".join(f"<tr>{''.join(_cells(row, sides))}</tr>" for row in data.iter_rows())
    left = figure.table.height - data.height
    note = f"{left:,} more rows; all of them: " if left else "In Python: "
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="Table: {escape(figure.title)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
        f"<p><small>{note}<code>{escape(figure.source)}</code></small></p>"
    )


def _cells(row: tuple[object, ...], sides: list[str]) -> Iterator[str]:
    for place, (value, side) in enumerate(zip(row, sides, strict=True)):
        text = f"<bdi>{escape(cell_text(value))}</bdi>"
        yield f'<th scope="row">{text}</th>' if place == 0 else f"<td{side}>{text}</td>"


def cell_text(value: object) -> str:
    """Return a value as it is shown in a table: numbers with separators, a dash for what is unknown."""
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    return display_text(str(value))


def _side(kind: pl.DataType) -> str:
    return ' class="number"' if kind.is_numeric() else ' class="date"' if kind.is_temporal() else ""


def _resource(name: str) -> str:
    return files("newsgraph").joinpath(f"data/report/{name}").read_text("utf-8")
