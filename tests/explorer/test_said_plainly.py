"""What the page says where it has nothing, knows something in part only, or leaves something out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import open_graph, wait_for_view, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LAMPS = {
    "Lamp Post": ("2025-03-04", "Palefield buys Drummock for $40m", "Palefield Inc. said that it acquired Drummock Ltd. for $40 million. Palefield Inc. makes lamps."),
    "Night Courier": (
        "2025-03-04T09:30:00Z", "Lamp maker Palefield acquires Drummock in $40m deal",
        "Palefield Inc. has acquired Drummock Ltd. for $40 million, the lamp maker told its shareholders. Drummock Ltd. has two plants.",
    ),
}  # fmt: skip
"""Day or time, headline and text of two articles on one sale, by outlet."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    return build([ROOT / "examples" / "news"], BuildOptions(extractor="rules"))


@pytest.fixture
def page(browser: Browser, graph: GraphTables, tmp_path: Path) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce") as opened:
        open_graph(opened, graph, tmp_path)
        yield opened


def _ask(page: Page, text: str) -> str:
    """Ask, and return what the page understood."""
    page.get_by_role("combobox", name="Search", exact=True).fill(text)
    first = page.get_by_role("listbox", name="Search: results").get_by_role("option").first
    expect(first).to_contain_text("Question")
    understood = first.inner_text()
    first.click()
    return understood


def test_a_relation_of_which_nothing_is_known_is_named(page: Page, graph: GraphTables) -> None:
    known = {*graph["merged_relations"]["subject"], *graph["merged_relations"]["object"]}
    name = next(name for iri, name in graph["companies"].select("iri", "name").iter_rows() if iri not in known)
    _ask(page, f"competitors of {name}")
    expect(page.locator(".ng-t-empty")).to_have_text(f"The graph knows no competitors of {name}.")


def test_a_type_that_does_not_occur_has_its_own_name(page: Page, graph: GraphTables) -> None:
    assert "ipo" not in graph["events"]["type"].to_list()
    assert "Initial public offering" in _ask(page, "IPOs in 2025")


def test_what_no_longer_fits_into_the_set_is_counted_for_all_to_see(page: Page, graph: GraphTables) -> None:
    full = ",".join(f"company/made-up-{number}" for number in range(498))
    companies = graph["companies"].height
    page.goto(page.url.partition("#")[0] + f"#?view=table&set={full}")
    wait_for_view(page)
    page.get_by_role("button", name="Add to set", exact=True).click()
    told = page.get_by_role("status").filter(has_text="were added")
    expect(told).to_have_text(f"2 of {companies} were added: the set holds 500 things at most.")
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 200
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(told).to_have_count(0)
    page.get_by_role("button", name="Add to set", exact=True).click()
    expect(page.locator(".ng-tray-count")).to_have_text(f"Set: {companies}")  # the whole list, however long


def test_lanes_that_are_left_out_are_counted(page: Page, graph: GraphTables) -> None:
    page.goto(page.url.partition("#")[0] + "#?view=timeline")
    wait_for_view(page)
    expect(page.locator(".ng-remark")).to_contain_text(f"No lane here for {graph['companies'].height - 12} more: the table lists all.")


def test_a_story_is_saved_with_its_companies_and_events(page: Page, graph: GraphTables, tmp_path: Path) -> None:
    story = graph["story_events"]["story"][0]
    events = graph["story_events"].filter(story=story)["event"].n_unique()
    page.goto(f"{page.url.partition('#')[0]}#{story.removeprefix(graph['dataset']['base'][0])}")
    page.locator(".ng-details summary", has_text="Save part").click()
    with page.expect_download() as waiting:
        page.locator(".ng-details").get_by_role("button", name="HTML page").click()
    part = tmp_path / "part.html"
    waiting.value.save_as(part)
    page.goto(part.as_uri())
    wait_for_view(page)
    expect(page.locator(".ng-filters")).to_contain_text(re.compile(rf"Companies\s*[1-9].*Events\s*{events}(?!\d)", re.DOTALL))
    expect(page.locator(".ng-details")).not_to_contain_text("No company was found")


@pytest.fixture
def lamps(tmp_path: Path) -> GraphTables:
    folder = tmp_path / "lamps"
    folder.mkdir()
    for outlet, (day, title, text) in LAMPS.items():
        article = {
            "title": title,
            "excerpt": text,
            "publishedDateTime": day,
            "provider": {"name": outlet, "domain": f"{outlet.split()[0].lower()}.example"},
        }
        (folder / f"{outlet}.json").write_text(json.dumps(article), encoding="utf-8")
    return build([folder], BuildOptions(extractor="rules"))


def test_the_button_for_communities_says_that_there_is_only_one(browser: Browser, lamps: GraphTables, tmp_path: Path) -> None:
    with watched(browser, reduced_motion="reduce") as opened:
        open_graph(opened, lamps, tmp_path)
        button = opened.get_by_role("button", name="Communities: there is only one here")
        expect(button).to_have_attribute("aria-disabled", "true")
        button.click(force=True)
        opened.get_by_role("button", name="Zoom in").click()
        assert "communities" not in opened.url


def test_nobody_is_first_with_a_story_where_the_hour_is_not_known(browser: Browser, lamps: GraphTables, tmp_path: Path) -> None:
    story = lamps["stories"]["iri"][0].removeprefix(lamps["dataset"]["base"][0])
    with watched(browser, reduced_motion="reduce") as opened:
        open_graph(opened, lamps, tmp_path, f"#{story}?view=timeline")
        expect(opened.locator(".ng-d-section", has_text="Articles by time")).to_contain_text("at 09:30 UTC")
        expect(opened.locator(".ng-timeline .ng-lane").filter(has_text="Lamp Post")).to_be_visible()
        expect(opened.locator(".ng-timeline")).not_to_contain_text("First:")
