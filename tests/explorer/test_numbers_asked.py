"""Questions of how many: each answer has as many rows as the tables say, under other filters as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from chromium import open_browser
from explorer_page import open_graph, watched
from filtered_counts import FilteredCounts, PageFilters
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    return build([ROOT / "examples" / "news"], BuildOptions(extractor="rules"))


@pytest.fixture(scope="module")
def page(graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser() as browser, watched(browser, reduced_motion="reduce") as opened:
        open_graph(opened, graph, tmp_path_factory.mktemp("numbers"))
        yield opened


def _ask(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Search", exact=True).fill(text)
    first = page.get_by_role("listbox", name="Search: results").get_by_role("option").first
    expect(first).to_contain_text("Question")
    first.click()


def _many(page: Page, expected: int, word: str, plural: str) -> None:
    expect(page.locator(".ng-t-tally")).to_have_text(re.compile(rf"^{expected:,} {word if expected == 1 else plural}\b"))


@pytest.mark.parametrize(
    ("kind", "table", "plural"), [("company", "companies", "companies"), ("story", "stories", "stories"), ("event", "events", "events")]
)
def test_things_with_so_many_articles(page: Page, graph: GraphTables, kind: str, table: str, plural: str) -> None:
    articles = graph[table]["size" if kind == "story" else "articles"].sort()
    many = articles[2 * len(articles) // 3]
    _ask(page, f"{plural} with more than {many} articles")
    _many(page, articles.filter(articles > many).len(), kind, plural)
    expect(page.locator(".ng-asked")).to_contain_text(f"{plural} with at least {many + 1} articles")
    _ask(page, f"{plural} with at most {many} articles")
    _many(page, articles.filter(articles <= many).len(), kind, plural)


def test_companies_in_so_many_outlets_and_sources(page: Page, graph: GraphTables) -> None:
    for what, words in (("outlets", "outlets"), ("origins", "independent sources")):
        _ask(page, f"companies with at least two {words}")
        _many(page, graph["companies"].filter(pl.col(what) >= 2).height, "company", "companies")


def test_only_articles_about_the_topic_count(page: Page, graph: GraphTables) -> None:
    topic, name = graph["topics"].sort("articles", "iri", descending=[True, False]).select("iri", "name").row(0)
    telling = FilteredCounts(graph, PageFilters()).telling
    about = telling.filter(thing=topic).select("article")
    named = telling.join(about, on="article").filter(pl.col("thing").is_in(graph["companies"]["iri"].to_list())).group_by("thing").len()
    _ask(page, f"companies with at least 2 articles about {name}")
    _many(page, named.filter(pl.col("len") >= 2).height, "company", "companies")


@pytest.mark.parametrize(("kind", "other"), [("company", "story"), ("story", "company"), ("topic", "company"), ("organisation", "story")])
def test_things_with_so_many_of_another_kind(page: Page, graph: GraphTables, kind: str, other: str) -> None:
    plurals = {"company": "companies", "story": "stories", "topic": "topics", "organisation": "organisations"}
    telling = FilteredCounts(graph, PageFilters()).telling
    things, others = (telling.filter(pl.col("thing").is_in(graph[plurals[one]]["iri"].to_list())) for one in (kind, other))
    counts = things.join(others, on="article", suffix="_other").group_by("thing").agg(pl.col("thing_other").n_unique().alias("many"))
    all_counts = graph[plurals[kind]].select("iri").join(counts, left_on="iri", right_on="thing", how="left")["many"].fill_null(0)
    least = int(all_counts.max())  # type: ignore[arg-type]
    assert least
    for words, expected in (
        (f"at least {least}", all_counts >= least),
        (f"fewer than {least}", all_counts < least),
        ("no", all_counts == 0),
    ):
        _ask(page, f"{plurals[kind]} with {words} {plurals[other]}")
        if expected.any():
            _many(page, int(expected.sum()), kind, plurals[kind])
        else:
            expect(page.locator(".ng-t-tally")).to_have_text(re.compile(rf"^0 {plurals[kind]}\b"))


@pytest.mark.parametrize(
    "text", ["companies with more articles than events", "deals with at least 3 parties", "companies with more than 2 countries"]
)
def test_what_is_not_understood_says_so(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Search", exact=True).fill(text)
    expect(page.locator(".ng-header .ng-results-more")).to_contain_text("This is not understood as a question.")
    assert "Question" not in "".join(page.get_by_role("listbox", name="Search: results").get_by_role("option").all_inner_texts())


def test_the_bound_can_be_taken_out_again(page: Page, graph: GraphTables) -> None:
    _ask(page, "companies with more than 1 article")
    page.get_by_role("button", name="Without: companies with at least 2 articles").click()
    _many(page, graph["companies"].height, "company", "companies")
