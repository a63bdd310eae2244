"""More tasks of analysts, journalists and data scientists, each in three steps or fewer, by mouse and by keyboard, against the tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import open_graph, watched
from filtered_counts import FilteredCounts, PageFilters
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build
from page_reader import Reader, new_reader

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
MOST = 3


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    return build([ROOT / "examples" / "news"], BuildOptions(extractor="rules"))


@pytest.fixture(scope="module")
def opened(graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser() as browser:
        yield from _opened(browser, graph, tmp_path_factory.mktemp("tasks"))


def _opened(browser: Browser, graph: GraphTables, folder: Path) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce") as page:
        open_graph(page, graph, folder)
        yield page


@pytest.fixture(params=["keyboard", "mouse"])
def reader(request: pytest.FixtureRequest, opened: Page) -> Iterator[Reader]:
    """Open the page anew; at the end no more than three steps may have been taken."""
    with new_reader(opened, by_mouse=request.param == "mouse", most=MOST) as one:
        yield one


@pytest.fixture(scope="module")
def told(graph: GraphTables) -> pl.DataFrame:
    """Which article is linked to which thing, with its provider and day."""
    articles = graph["articles"].select("iri", "provider", pl.col("published").dt.date().alias("day"))
    return FilteredCounts(graph, PageFilters()).telling.join(articles, left_on="article", right_on="iri")


def _names(graph: GraphTables, table: str) -> dict[str, str]:
    return dict(graph[table].select("iri", "name").iter_rows())


def _top(graph: GraphTables, table: str, place: int = 0) -> tuple[str, str]:
    """Return IRI and name of what most articles report."""
    iri, name = graph[table].sort("articles", "iri", descending=[True, False]).select("iri", "name").row(place)
    return str(iri), str(name)


def _tally(reader: Reader, many: int, word: str, plural: str = "") -> None:
    """Check how many rows the table says that it has."""
    expect(reader.page.locator(".ng-t-tally")).to_have_text(re.compile(rf"^{many:,} {word if many == 1 else plural or word + 's'}\b"))


def test_what_one_outlet_wrote_about_a_topic(reader: Reader, graph: GraphTables, told: pl.DataFrame) -> None:
    topic, name = _top(graph, "topics")
    about = told.filter(thing=topic).drop_nulls("provider")
    provider = about["provider"].mode().sort()[0]
    reader.ask(f"articles about {name} by {_names(graph, 'providers')[provider]}")
    _tally(reader, about.filter(provider=provider).height, "article")


def test_what_is_announced_and_not_done(reader: Reader, graph: GraphTables) -> None:
    status = graph["events"].filter(pl.col("status") != "completed")["status"].mode().sort()[0]
    reader.ask(f"{status} events")
    _tally(reader, graph["events"].filter(status=status).height, "event")
    expect(reader.page.locator("tbody tr").first).to_contain_text(status)


def test_companies_in_the_news_of_a_quarter(reader: Reader, graph: GraphTables) -> None:
    day = graph["articles"]["published"].dt.date().drop_nulls().sort()[0]
    quarter = (day.month - 1) // 3
    following = date(day.year + quarter // 3, (quarter * 3 + 3) % 12 + 1, 1)
    filters = PageFilters(start=date(day.year, quarter * 3 + 1, 1), until=date.fromordinal(following.toordinal() - 1))
    reader.ask(f"companies in Q{quarter + 1} {day.year}")
    _tally(reader, len(FilteredCounts(graph, filters).passing("company")), "company", "companies")


@pytest.mark.parametrize(("words", "closed"), [("of at least", "both"), ("over", "right")])
def test_deals_between_two_amounts(reader: Reader, graph: GraphTables, words: str, closed: Literal["both", "right"]) -> None:
    amounts = graph["events"].filter(pl.col("currency") == "USD")["amount"].drop_nulls().sort()
    least, most = amounts[len(amounts) // 4], amounts[3 * len(amounts) // 4]
    reader.ask(f"events {words} ${least / 1e6:g}m up to ${most / 1e6:g}m")
    _tally(reader, amounts.filter(amounts.is_between(least, most, closed=closed)).len(), "event")


def test_how_two_companies_are_connected(reader: Reader, graph: GraphTables) -> None:
    (one, first), (other, second) = _top(graph, "companies"), _top(graph, "companies", 1)
    reader.ask(f"{first} and {second}")
    reader.click("Path between them")
    expect(reader.page.locator(".ng-focus")).to_contain_text(second)
    base = graph["dataset"]["base"][0]
    assert f"#{one.removeprefix(base)}?" in reader.page.url
    assert f"to={other.removeprefix(base)}" in reader.page.url


def test_statements_about_two_companies_with_their_sources(reader: Reader, graph: GraphTables) -> None:
    (_, first), (_, second) = _top(graph, "companies"), _top(graph, "companies", 1)
    reader.ask(f"{first} and {second}")
    _, content = reader.download(lambda: reader.click("CSV with sources"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) > 2
    assert {first, second} <= {value for row in rows for value in row}


def test_who_was_first_with_a_story(reader: Reader, graph: GraphTables, told: pl.DataFrame) -> None:
    story, name = graph["stories"].sort("size", "name", descending=[True, False]).select("iri", "name").row(0)
    reader.press(reader.page.locator(".ng-details").get_by_role("button", name=name, exact=True).first, name)
    earliest = told.filter(thing=story).filter(pl.col("day") == pl.col("day").min())["provider"].to_list()
    listed = reader.page.locator(".ng-d-section", has=reader.page.get_by_role("heading", name=re.compile("^Articles by time")))
    expect(listed.locator("li").first).to_contain_text(re.compile("|".join(re.escape(_names(graph, "providers")[one]) for one in earliest)))


def test_when_a_topic_was_in_the_news(reader: Reader, graph: GraphTables, told: pl.DataFrame) -> None:
    topic, name = _top(graph, "topics")
    reader.ask(f"articles about {name} by month")
    months = told.filter(thing=topic)["day"].dt.truncate("1mo").value_counts().sort("day").iter_rows()
    expected = ", ".join(f"{first:%b %Y} {many}".replace("Sep ", "Sept ") for first, many in months)
    expect(reader.page.get_by_role("img", name=expected, exact=True)).to_be_visible()


def test_events_in_which_two_companies_take_part(reader: Reader, graph: GraphTables) -> None:
    roles = graph["event_roles"].filter(pl.col("kind") == "company").select("event", "party").unique()
    pairs = roles.join(roles, on="event").filter(pl.col("party") < pl.col("party_right"))
    one, other = (
        pairs.group_by("party", "party_right").len().sort("len", "party", descending=[True, False]).select("party", "party_right").row(0)
    )
    names = _names(graph, "companies")
    reader.ask(f"events with {names[one]} and {names[other]}")
    _tally(reader, pairs.filter(party=one, party_right=other).height, "event")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_what_was_written_on_a_day(reader: Reader, graph: GraphTables) -> None:
    days = graph["articles"]["published"].dt.date().drop_nulls()
    day = days.mode().sort()[0]
    reader.ask(f"articles on {_day(day)}")
    _tally(reader, (days == day).sum(), "article")


def test_what_was_written_of_a_company_in_a_month(reader: Reader, graph: GraphTables, told: pl.DataFrame) -> None:
    company, name = _top(graph, "companies")
    about = told.filter(thing=company).drop_nulls("day")
    month = about["day"].dt.truncate("1mo").mode().sort()[0]
    reader.ask(f"{name} in {month:%B %Y}")
    _tally(reader, about.filter(pl.col("day").dt.truncate("1mo") == month)["article"].n_unique(), "article")


def test_what_happened_since_a_day_and_who_says_so(reader: Reader, graph: GraphTables) -> None:
    days = graph["articles"]["published"].dt.date().drop_nulls().sort()
    day = days[len(days) // 2]
    filters = PageFilters(start=day)
    reader.ask(f"what happened since {_day(day)}")
    _tally(reader, len(FilteredCounts(graph, filters).passing("event")), "event")
    event = reader.page.locator("tbody th .ng-thing").first
    reader.press(event, "the first event")
    expect(reader.page.locator(".ng-details blockquote").first).to_contain_text(re.compile(r"\w+ \w+"))


def test_who_wrote_about_a_company(reader: Reader, graph: GraphTables, told: pl.DataFrame) -> None:
    company, name = _top(graph, "companies", 1)
    reader.ask(f"who wrote about {name}?")
    _tally(reader, told.filter(thing=company).drop_nulls("provider")["provider"].n_unique(), "provider")


def test_what_a_company_buys(reader: Reader, graph: GraphTables) -> None:
    roles = graph["event_roles"].join(graph["events"].filter(type="acquisition").select("iri"), left_on="event", right_on="iri")
    buyer = roles.filter(role="ng:acquirer").sort("name")["party"][0]
    reader.ask(f"what did {_names(graph, 'companies')[buyer]} buy?")
    _tally(reader, roles.filter(party=buyer, role="ng:acquirer")["event"].n_unique(), "event")
