"""Keys, titles and words that hold in the whole page: '/' and Escape wherever the focus is, what the tab is called, where a fact is from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import open_graph, watched
from newsgraph.cli.app import main
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.provenance.explanation import why

LISTED = "from newsgraph's list of companies"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def shown(browser: Browser, seed_graph: GraphTables, tmp_path: Path) -> Iterator[Page]:
    with watched(browser) as page:
        open_graph(page, seed_graph, tmp_path)
        yield page


def _go(page: Page, fragment: str) -> None:
    page.evaluate("(fragment) => { location.hash = fragment; }", fragment)


def test_slash_opens_the_search_as_soon_as_the_page_is_there_and_after_a_click_on_plain_text(shown: Page) -> None:
    assert shown.evaluate("document.activeElement === document.body")
    shown.keyboard.press("/")
    assert shown.evaluate("document.activeElement.getAttribute('aria-label')") == "Search"
    shown.keyboard.press("Escape")
    shown.locator(".ng-footer").click()
    shown.keyboard.press("/")
    assert shown.evaluate("document.activeElement.getAttribute('aria-label')") == "Search"


def test_escape_goes_back_from_a_link_to_its_thing_and_then_to_everything(shown: Page) -> None:
    _go(shown, "#company/sanofi?edge=company/owkin")
    expect(shown.locator(".ng-details h2")).to_have_text("Sanofi and Owkin")
    shown.locator(".ng-footer").click()
    shown.keyboard.press("Escape")
    expect(shown.locator(".ng-details h2")).to_have_text("Sanofi")
    shown.locator(".ng-footer").click()
    shown.keyboard.press("Escape")
    expect(shown.locator(".ng-details h2")).to_have_text("At a glance")


@pytest.mark.parametrize(
    ("fragment", "title"),
    [
        ("#company/sanofi", "Sanofi – newsgraph"),
        ("#company/sanofi?view=timeline", "Sanofi – Timeline – newsgraph"),
        ("#company/sanofi?edge=company/owkin", "Sanofi and Owkin – newsgraph"),
        ("#?view=table&from=2021-11-01&until=2021-11-30", "November 2021 – Table – newsgraph"),
    ],
)
def test_the_title_says_what_is_shown(shown: Page, fragment: str, title: str) -> None:
    _go(shown, fragment)
    expect(shown).to_have_title(title)


def test_a_corpus_has_the_name_that_its_build_gives_it(browser: Browser, tmp_path: Path) -> None:
    graph = build([Path("seeds")], BuildOptions(extractor="rules", title="Pharma & AI"))
    with watched(browser) as page:
        open_graph(page, graph, tmp_path)
        expect(page).to_have_title("Pharma & AI")
        expect(page.locator("h1")).to_have_text("Pharma & AI")
        assert page.locator(".ng-details h2").inner_text() == "Pharma & AI"


def test_the_command_names_the_corpus_and_verify_repeats_it(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["build", "seeds", "-o", str(tmp_path / "out"), "--title", "Deals", "--extractor", "rules", "-f", "turtle", "-q"]
    )
    assert done.exit_code == 0, done.output
    assert "Deals" in (tmp_path / "out" / "graph.ttl").read_text("utf-8")
    assert CliRunner().invoke(main, ["verify", str(tmp_path / "out")]).exit_code == 0


def test_a_month_can_be_typed_and_is_a_month_in_words(shown: Page) -> None:
    shown.get_by_label("First day shown").fill("Nov 2021")
    shown.get_by_label("First day shown").blur()
    shown.get_by_label("Last day shown").fill("17.11.2021")
    shown.get_by_label("Last day shown").blur()
    expect(shown.locator(".ng-details h2")).to_contain_text("Nov 2021")
    assert "until=2021-11-17" in shown.url
    shown.get_by_label("Last day shown").fill("soon")
    shown.get_by_label("Last day shown").blur()
    assert "until=2021-11-17" in shown.url, "what is no date changes nothing"
    expect(shown.get_by_label("Last day shown")).to_have_value("2021-11-17")


def test_playing_moves_through_the_days_until_it_is_stopped(shown: Page) -> None:
    _go(shown, "#?view=timeline")
    shown.get_by_role("button", name="Play").click()
    shown.wait_for_url("**from=*")
    first = shown.url
    shown.wait_for_url(lambda url: url != first)
    shown.get_by_role("button", name="Stop").click()
    expect(shown.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> GraphTables:
    """Return a graph with a company that the shipped list knows as another's, which its article does not say."""
    folder = tmp_path_factory.mktemp("owned")
    for number, title in enumerate(("Google Cloud opens a region in Norway", "Google hires in Oslo")):
        document = {
            "title": title,
            "excerpt": title,
            "publishedDateTime": f"2024-05-0{number + 1}T08:00:00Z",
            "originalUrl": f"https://news.example/{number}",
        }
        (folder / f"{number}.json").write_text(json.dumps(document), "utf-8")
    return build([folder], BuildOptions(extractor="rules"))


def test_what_the_shipped_list_says_is_said_to_be_from_the_list_in_panel_path_and_why(
    browser: Browser, owned: GraphTables, tmp_path: Path
) -> None:
    (statement,) = [one for one in why(owned, "Google Cloud", "Google") if one.kind == "parent"]
    assert (statement.rule, statement.sentence) == ("listed", "")
    with watched(browser) as page:
        open_graph(page, owned, tmp_path)
        _go(page, "#company/google?edge=company/google-cloud")
        expect(page.locator(".ng-d-body")).to_contain_text(LISTED[1:])
        assert "article" not in page.locator(".ng-d-body").inner_text().lower()
        _go(page, "#company/google?view=focus&to=company/google-cloud")
        expect(page.locator(".ng-cited")).to_have_text(LISTED.capitalize())


def test_rules_are_named_on_request_only(shown: Page) -> None:
    _go(shown, "#company/sanofi?edge=company/owkin")
    reading = shown.locator(".ng-reading").first
    expect(reading).to_contain_text(re.compile(r"\d+\s%\ssure, by the words"))
    assert "Rule" not in reading.inner_text()
    reading.locator("summary").click()
    assert re.search(r"Rule \w+, read by rules, version 1", reading.inner_text())
