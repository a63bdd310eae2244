"""The tasks that people bring to the page, each in three steps or fewer, by mouse and by keyboard, against the graph's tables.

By day in the graph of the example, at night in one of 49,000 things.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl
import pyoxigraph
import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build
from page_reader import Reader, new_reader
from rounds import NIGHTLY

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
MOST = 3
DOCUMENTS = 8_500  # of invented news: 35,000 articles, 49,000 things
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@dataclass(frozen=True)
class Asked:
    """What the tasks ask for in one graph, and the true answers, from its tables."""

    graph: GraphTables

    @cached_property
    def companies(self) -> list[str]:
        """Names of companies, the most reported first."""
        return self.graph["companies"].sort("articles", "iri", descending=[True, False])["name"].to_list()

    @cached_property
    def deal(self) -> tuple[str, str]:
        """A company that acquired another, and that one."""
        roles = self.graph["event_roles"].filter(pl.col("kind") == "company")
        types = self.graph["events"].filter(
            pl.col("type") == "acquisition", pl.col("status").is_in(["announced", "completed"]), pl.col("part").is_null()
        )
        sides = [
            roles.filter(pl.col("role") == f"ng:{role}").select("event", pl.col("name").alias(role)) for role in ("acquirer", "target")
        ]
        rows = (
            types.sort("articles", "iri", descending=[True, False])
            .join(sides[0], left_on="iri", right_on="event")
            .join(sides[1], left_on="iri", right_on="event")
        )
        return rows.row(0, named=True)["acquirer"], rows.row(0, named=True)["target"]

    @cached_property
    def large(self) -> tuple[str, float, str, int]:
        """A currency, an amount in it, a year, and how many acquisitions of that year are over the amount."""
        events = self.graph["events"].filter(pl.col("type") == "acquisition", pl.col("amount").is_not_null(), pl.col("when").is_not_null())
        currency = events["currency"].mode().sort()[0]
        year = events.filter(pl.col("currency") == currency)["when"].str.slice(0, 4).mode().sort()[0]
        amounts = events.filter(pl.col("currency") == currency, pl.col("when").str.starts_with(year))["amount"].sort(descending=True)
        least = amounts[min(9, len(amounts) - 1)] - 1e6
        return currency, least, year, amounts.filter(amounts > least).len()

    @cached_property
    def month(self) -> date:
        """The first day of the month with most articles."""
        months = (
            self.graph["articles"]
            .drop_nulls("published")["published"]
            .dt.date()
            .dt.truncate("1mo")
            .value_counts()
            .sort("count", "published", descending=[True, False])
        )
        return months["published"][0]  # type: ignore[no-any-return]

    def published_in(self, first: date) -> int:
        """How many articles were published in a month."""
        return self.graph["articles"].filter(pl.col("published").dt.date().dt.truncate("1mo") == first).height


def _example() -> GraphTables:
    return build([ROOT / "examples" / "news"], BuildOptions(extractor="rules"))


def _invented(folder: Path) -> GraphTables:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from generate import write  # noqa: PLC0415 - needed at night only

    write(folder / "news", DOCUMENTS, mixed=True)
    return build([folder / "news"], BuildOptions(extractor="rules"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(
    scope="module",
    params=["example", pytest.param("invented", marks=pytest.mark.skipif(not NIGHTLY, reason="at night only: builds 35,000 articles"))],
)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(_example() if request.param == "example" else _invented(tmp_path_factory.mktemp("invented")))


@pytest.fixture(scope="module")
def opened(browser: Browser, asked: Asked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]) as page:
        open_graph(page, asked.graph, tmp_path_factory.mktemp("tasks"))
        yield page


@pytest.fixture(params=["keyboard", "mouse"])
def reader(request: pytest.FixtureRequest, opened: Page) -> Iterator[Reader]:
    """Open the page anew; at the end no more than three steps may have been taken."""
    with new_reader(opened, by_mouse=request.param == "mouse", most=MOST) as one:
        yield one


def _briefed(reader: Reader, name: str) -> None:
    """Choose a thing of the start panel."""
    reader.press(reader.page.locator(".ng-details").get_by_role("button", name=name, exact=True).first, name)
    expect(reader.page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_what_a_company_acquired_and_who_says_so(reader: Reader, asked: Asked) -> None:
    acquirer, target = asked.deal
    reader.ask(acquirer)
    partner = (
        reader.page.locator(".ng-details li", has=reader.page.get_by_role("button", name=target, exact=True))
        .filter(has_text="show the evidence")
        .first
    )
    expect(partner).to_contain_text("acquired")
    reader.press(partner.get_by_role("button", name=re.compile("show the evidence")), "show the evidence")
    expect(reader.page.locator(".ng-details blockquote").first).to_contain_text(re.compile(r"\w+ \w+"))


def test_acquisitions_of_a_year_over_an_amount_with_their_sources(reader: Reader, asked: Asked) -> None:
    currency, least, year, many = asked.large
    reader.ask(f"acquisitions over {SIGNS[currency]}{least / 1e6:g}m in {year}")
    expect(reader.page.locator(".ng-t-tally")).to_contain_text(f"{many} event{'' if many == 1 else 's'} of ")
    _, content = reader.download(lambda: reader.click("Download CSV"))
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(rows) == many
    assert {(row["Type"], row["Currency"], row["When"][:4]) for row in rows} == {("Acquisition", currency, year)}
    assert all(float(row["Amount"]) >= least for row in rows)
    assert all(row["Outlets"] and row["First sentence"] and row["Address"].startswith("https://") for row in rows)


def test_what_two_companies_have_in_common(reader: Reader, asked: Asked) -> None:
    acquirer, target = asked.deal
    reader.ask(f"{acquirer} and {target}")
    expect(reader.page.get_by_role("heading", name=f"{acquirer} and {target}")).to_be_visible()
    roles = asked.graph["event_roles"]
    both = set(roles.filter(pl.col("name") == acquirer)["event"]) & set(roles.filter(pl.col("name") == target)["event"])
    row = reader.page.get_by_role("row").filter(has=reader.page.get_by_role("rowheader", name="Events"))
    expect(row.get_by_role("cell").first.get_by_role("button")).to_have_count(len(both))


def test_outlets_that_cover_a_topic_most(reader: Reader, asked: Asked) -> None:
    graph = asked.graph
    topic, name = (
        graph["topics"].filter(pl.col("name") != "AI").sort("articles", "name", descending=[True, False]).select("iri", "name").row(0)
    )
    reader.ask(f"outlets about {name}")
    told = graph["article_topics"].filter(pl.col("topic") == topic).join(graph["articles"], left_on="article", right_on="iri")
    expected = told.drop_nulls("provider").group_by("provider").len().join(graph["providers"], left_on="provider", right_on="iri")
    expect(reader.page.locator(".ng-t-tally")).to_contain_text(f"{expected.height} provider")
    rows = reader.page.get_by_role("table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    found = [(row.locator("th").inner_text().strip(), int(row.locator("td").first.inner_text().replace(",", ""))) for row in rows.all()]
    assert set(found) <= set(expected.select("name", "len").iter_rows())
    assert [many for _, many in found] == expected["len"].sort(descending=True).to_list()[: len(found)]


def test_what_changed_in_a_month(reader: Reader, asked: Asked) -> None:
    first = asked.month
    reader.click(f"{first:%B %Y}", within=".ng-months")
    expect(reader.page.locator(".ng-d-sum")).to_contain_text(f"{asked.published_in(first):,} articles from")
    expect(reader.page.get_by_role("heading", name=f"{first:%B %Y}")).to_be_visible()
    expect(reader.page.locator(".ng-details").get_by_role("heading", name="Largest deals")).to_be_visible()


def test_the_part_of_a_company_as_statements(reader: Reader, asked: Asked) -> None:
    name = asked.companies[0]
    _briefed(reader, name)
    reader.click("Save part", "menu")
    saved, content = reader.download(lambda: reader.click("Turtle"))
    assert saved.endswith(".ttl")
    iri = asked.graph["companies"].filter(pl.col("name") == name)["iri"][0]
    subjects = {str(quad.subject) for quad in pyoxigraph.parse(content, pyoxigraph.RdfFormat.TURTLE)}
    assert f"<{iri}>" in subjects
    assert len(subjects) > 10


def test_find_a_sentence(reader: Reader, asked: Asked) -> None:
    words = " ".join(asked.graph["articles"].drop_nulls("excerpt").sort("iri")["excerpt"][0].split()[:3])
    listed = reader.search(words).get_by_role("option").filter(has_text="Texts")
    expect(listed).to_be_visible()
    if reader.by_mouse:
        reader.steps.append("click the last answer")
        listed.click()
    else:
        reader.keys("ArrowUp", "Enter")
    expect(reader.page.get_by_role("columnheader", name="Sentence")).to_be_visible()
    expect(reader.page.locator(".ng-said-in").first.locator("mark").first).to_have_text(
        re.compile("|".join(map(re.escape, words.split())), re.IGNORECASE)
    )


def test_disputed_figures(reader: Reader, asked: Asked) -> None:
    disputed = asked.graph["ledger"].filter(pl.col("relation") == "disputed")["event"].n_unique()
    assert disputed
    reader.ask("disputed figures")
    expect(reader.page.get_by_role("columnheader", name=re.compile("^Disputed"))).to_have_attribute(
        "aria-sort", re.compile("ascending|descending")
    )
    rows = reader.page.get_by_role("table").locator("tbody tr")
    expect(rows.first).to_be_visible()
    shown = min(rows.count(), disputed)
    assert [("sources disagree" in text) for text in rows.all_inner_texts()][:shown] == [True] * shown


def test_compare_two_companies(reader: Reader, asked: Asked) -> None:
    one, other = asked.companies[:2]
    reader.ask(f"{one} and {other}")
    expect(reader.page.get_by_role("columnheader")).to_have_count(3)
    articles = dict(asked.graph["companies"].select("name", "articles").iter_rows())
    lanes = reader.page.get_by_role("img", name=re.compile(f"^{re.escape(one)}: {articles[one]:,} articles"))
    expect(lanes).to_be_visible()


def test_follow_a_story(reader: Reader, asked: Asked) -> None:
    story = asked.graph["stories"].sort("size", "name", descending=[True, False]).row(0, named=True)
    _briefed(reader, reader.page.locator(".ng-details .ng-d-list .ng-thing").first.inner_text())
    expect(reader.page.locator(".ng-d-sum")).to_contain_text(f"{story['size']} articles")
    reader.click("Timeline", "tab")
    expect(reader.page.locator(".ng-timeline")).to_contain_text(re.compile(r"First: \w+"))


def test_share_by_link(reader: Reader, asked: Asked) -> None:
    _briefed(reader, asked.companies[0])
    reader.click("Copy link")
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    iri = asked.graph["companies"].filter(pl.col("name") == asked.companies[0])["iri"][0].removeprefix(asked.graph["dataset"]["base"][0])
    assert reader.page.evaluate("navigator.clipboard.readText()") == f"graph.html#{iri}"


def test_print_what_is_shown(reader: Reader, asked: Asked) -> None:
    name = asked.companies[0]
    _briefed(reader, name)
    reader.steps.append("print")
    reader.page.emulate_media(media="print")
    expect(reader.page.locator(".ng-on-paper")).to_contain_text("graph.html#company/")
    expect(reader.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(reader.page.get_by_role("tab", name="Timeline")).to_be_hidden()
    reader.page.emulate_media(media="screen")


def test_events_of_one_type_by_month(reader: Reader, asked: Asked) -> None:
    dated = (
        asked.graph["events"]
        .filter(pl.col("when").str.len_chars() > len("2021"))
        .select("type", pl.col("when").str.slice(0, 7).alias("month"))
    )
    kind = dated.group_by("type").agg(pl.col("month").n_unique()).sort("month", "type", descending=[True, False])["type"][0]
    reader.ask(f"{kind.replace('_', ' ')}s by month")
    expect(reader.page.locator(".ng-q-bars figcaption")).to_have_text("Events by month")
    months = dated.filter(pl.col("type") == kind)["month"].value_counts().sort("month").iter_rows()
    named = ((date.fromisoformat(f"{month}-01"), many) for month, many in months)
    expected = ", ".join(f"{first:%b %Y} {many}".replace("Sep ", "Sept ") for first, many in named)
    expect(reader.page.get_by_role("img", name=expected, exact=True)).to_be_visible()


def test_a_picture_for_a_slide(reader: Reader) -> None:
    _, content = reader.download(lambda: reader.click("Save picture of the visible part"))
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert min(width, height) > 1000


def test_hide_a_false_company(reader: Reader, asked: Asked) -> None:
    _briefed(reader, asked.companies[1])
    reader.click("Change", "menu")
    reader.click("Not a company")
    tray = reader.page.get_by_role("region", name="Set")
    expect(tray).to_contain_text("1 hidden")
    expect(tray).to_contain_text("1 decision")
    assert "decide=not_a_company~company/" in reader.page.url
