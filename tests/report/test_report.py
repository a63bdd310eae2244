"""The report: its figures are those of the tables, and it is a page that anyone can open, read and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from conftest import ROOT
from newsgraph.api import NewsGraph, build
from newsgraph.cli.app import main
from newsgraph.core.graph_tables import make_tables
from newsgraph.report.bar_charts import bar_chart, column_chart
from newsgraph.report.graph_figures import figures
from newsgraph.report.report_page import ROWS, cell_text, report_page
from planted_graph import planted_graph
from sample import sample_graph


class Page(HTMLParser):
    """The rows of each section's table, the elements, and what they refer to."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self._section, self._is_cell = "", False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, a section, a row or a cell."""
        values = dict(attrs)
        self.tags.append(tag)
        self.addresses += [str(values[name]) for name in ("href", "src", "action") if name in values]
        if tag == "section":
            self._section = str(values["id"])
        elif tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        elif tag in {"td", "th"}:
            self.tables[self._section][-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        """Leave a cell."""
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        """Add to a cell."""
        if self._is_cell:
            self.tables[self._section][-1][-1] += data


@pytest.fixture(scope="module", params=["sample", "examples", "planted"])
def kg(request: pytest.FixtureRequest) -> NewsGraph:
    """Return a graph of each kind."""
    if request.param == "sample":
        return NewsGraph(sample_graph())
    return planted_graph()[0] if request.param == "planted" else build(ROOT / "examples" / "news", extractor="rules")


def test_every_table_of_the_page_has_the_rows_of_its_frame(kg: NewsGraph) -> None:
    page = Page(report_page(kg.tables))
    for figure in figures(kg.tables):
        expected = [figure.table.columns, *([cell_text(value) for value in row] for row in figure.table.head(ROWS).rows())]
        assert page.tables.get(figure.name, [figure.table.columns]) == expected


def test_counts_are_those_of_the_graph(kg: NewsGraph) -> None:
    tables = {figure.name: figure.table for figure in figures(kg.tables)}
    assert tables["articles"]["Articles"].sum() == kg.articles.height
    assert tables["deal-flow"]["Deals"].sum() == kg.analytics.deal_flow()["deals"].sum()
    assert tables["outlets"]["Articles"].to_list() == kg.analytics.coverage()["articles"].head(15).to_list()
    assert tables["stories"]["Articles"].to_list() == kg.stories["size"].sort(descending=True).head(15).to_list()
    main_companies = kg.query("main-companies")
    articles = dict(zip(main_companies["company"], main_companies["articles"], strict=True))
    assert all(articles[name] == count for name, count in tables["companies"].select("Company", "Articles").rows())


def test_planted_groups_and_bursts_are_in_the_report() -> None:
    kg, planted = planted_graph()
    tables = {figure.name: figure.table for figure in figures(kg.tables)}
    assert tables["communities"].height == len(planted.communities)
    assert tables["bursts"]["Company"].to_list() == [planted.burst]


def test_where_nothing_is_found_the_words_say_so() -> None:
    quiet = {figure.name: figure for figure in figures(planted_graph(plain=True)[0].tables)}
    assert quiet["communities"].words[0].startswith("No groups")
    assert quiet["bursts"].words[0].startswith("No company")
    assert quiet["bursts"].picture == quiet["communities"].picture == ""


def test_a_graph_of_nothing_has_a_report() -> None:
    page = Page(report_page(make_tables({})))
    assert page.tables == {}
    assert page.tags.count("section") == len(figures(make_tables({})))


def test_texts_of_the_news_never_become_markup() -> None:
    page = Page(report_page(sample_graph()))
    assert "script" not in page.tags
    assert [address for address in page.addresses if not address.startswith("#")] == []
    assert any("</script>" in row[0] for row in page.tables["stories"])


def test_equal_graphs_have_equal_pages() -> None:
    assert report_page(sample_graph()) == report_page(sample_graph())


def numbers(svg: str) -> list[float]:
    """Return the figures that a picture prints behind its bars."""
    return [float(text.replace(",", "")) for text in re.findall(r'<text x="[\d.]+" y="[\d.]+">([\d,.]+)</text>', svg)]


def test_bars_print_and_draw_their_figures() -> None:
    svg = bar_chart("Bars", ["one", "two"], {"Articles": [1234, 617]})
    wide = [float(text) for text in re.findall(r'width="([\d.]+)"', svg)]
    assert numbers(svg) == [1234, 617]
    assert wide[0] == pytest.approx(2 * wide[1], abs=0.2)


def test_columns_are_as_high_as_their_counts() -> None:
    svg = column_chart("Columns", ["2021-01", "2021-02"], {"a": [4, 0], "b": [2, 3]})
    high = [float(text) for text in re.findall(r'height="([\d.]+)"/>', svg)][-3:]
    assert high == pytest.approx([2 * high[1], high[1], 1.5 * high[1]], abs=0.2)
    assert svg.count('<text class="middle"') == 2


def test_many_years_of_news_are_counted_by_year_and_no_year_is_left_out() -> None:
    dates = ["2001-05-01", "2001-06-01", "2015-01-01"]
    articles = pl.DataFrame({"iri": ["a", "b", "c"], "title": ["a", "b", "c"], "copy_group": ["a", "b", "c"], "published": dates})
    articles = articles.with_columns(pl.col("published").str.to_datetime("%Y-%m-%d", time_zone="UTC"))
    base = sample_graph()["articles"].clear()
    graph = make_tables({"articles": pl.concat([base, articles], how="diagonal_relaxed")})
    first = figures(graph)[0]
    assert first.table.rows() == [("2001", 2, 2), ("2015", 1, 1)]
    assert "2008" in first.picture or "2009" in first.picture


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    NewsGraph(sample_graph()).write(tmp_path / "out", formats=["parquet"])
    result = CliRunner().invoke(main, ["report", str(tmp_path / "out"), str(tmp_path / "report.html")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == report_page(sample_graph())


def test_a_page_that_cannot_be_written_is_an_error_in_one_line(tmp_path: Path) -> None:
    NewsGraph(sample_graph()).write(tmp_path / "out", formats=["parquet"])
    result = CliRunner().invoke(main, ["report", str(tmp_path / "out"), str(tmp_path / "missing" / "report.html")])
    assert result.exit_code == 2
    assert "cannot be written to" in result.output
    assert len(list(_lines(result.output))) == 1


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())
