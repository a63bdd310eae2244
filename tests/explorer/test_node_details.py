"""The panel beside the view tells what is chosen, with the sentences that say so; everything in it is reached by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chromium import open_browser
from explorer_page import axe, open_graph, watched
from sample import sample_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser) as page:
        open_graph(page, sample_graph(), tmp_path_factory.mktemp("details"), "#?view=table")
        yield page


@pytest.fixture
def panel(shown: Page) -> Locator:
    """Open the page anew at nothing chosen, beside the table, which is the quickest view."""
    _go(shown, "")
    panel = shown.get_by_role("complementary", name="Details")
    panel.get_by_role("heading", level=2).wait_for()  # the page unpacks its data before it shows anything
    return panel


def _go(page: Page, fragment: str) -> None:
    # through another page: a change of the fragment alone would load nothing
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(f"{address}{fragment or '#'}{'&' if '?' in fragment else '?'}view=table")


def _open(panel: Locator, fragment: str) -> None:
    _go(panel.page, fragment)


def _heading(panel: Locator) -> Locator:
    return panel.get_by_role("heading", level=2)


def _section(panel: Locator, title: str) -> Locator:
    return panel.locator(".ng-d-section").filter(
        has=panel.page.get_by_role("heading", name=re.compile(rf"^{re.escape(title)}( \d+)?$"), level=3)
    )


def _tab_to(panel: Locator, name: str) -> None:
    """Press Tab until a button of the panel that begins with a name is reached."""
    for _ in range(60):
        panel.page.keyboard.press("Tab")
        if str(panel.page.evaluate("document.activeElement.textContent")).startswith(name):
            return
    pytest.fail(f"{name} cannot be reached with Tab")


def test_the_first_panel_tells_what_the_graph_holds_and_what_is_largest(panel: Locator) -> None:
    expect(panel).to_contain_text("3 articles from 2 providers, published on 1 May 2024, cover 2 stories, 4 companies and 4 events.")
    expect(_section(panel, "Largest stories").locator("li").first).to_contain_text("2 articles from 2 outlets, 1 of them independent")
    expect(_section(panel, "Largest deals").locator("li").first).to_contain_text("$2M")


def test_a_companys_investment_and_its_sentence_are_found_by_keyboard(panel: Locator) -> None:
    panel.get_by_role("button", name="Acme", exact=True).focus()
    panel.page.keyboard.press("Enter")
    expect(_heading(panel)).to_have_text("Acme")
    expect(_heading(panel)).to_be_focused()
    expect(_section(panel, "Events")).to_contain_text("$1.5M")
    _tab_to(panel, "Acme invests $1.5M in Bolt")
    panel.page.keyboard.press("Enter")
    expect(_heading(panel)).to_have_text("Acme invests $1.5M in Bolt")
    quote = _section(panel, "Reported by").locator("blockquote").first
    expect(quote).to_have_text("Acme invests $1.5m in Bolt & both partner")
    expect(quote.locator("mark")).to_have_text(["Acme", "Bolt"])


def test_escape_returns_to_where_the_choice_was_made(panel: Locator) -> None:
    row = panel.page.locator("main").get_by_role("button", name="Bolt", exact=True)
    row.focus()
    panel.page.keyboard.press("Enter")
    expect(_heading(panel)).to_be_focused()
    panel.page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_a_ledger_tells_every_value_in_words_with_its_tellers(panel: Locator) -> None:
    _open(panel, "#event/d10000000000")
    ledger = _section(panel, "What the sources say")
    expect(ledger).to_contain_text("main value")
    expect(ledger).to_contain_text("reported differently")
    expect(ledger.get_by_text("The sources disagree.")).to_be_visible()
    ledger.locator("summary").first.click()
    expect(ledger.locator("details").first.get_by_role("button")).to_be_visible()


def test_a_link_between_two_companies_leads_to_its_sentence(panel: Locator) -> None:
    _open(panel, "#company/acme?edge=company/bolt")
    expect(_heading(panel)).to_have_text("Acme and Bolt")
    invested = _section(panel, "Invested in")
    expect(invested).to_contain_text("Acme invested in Bolt")
    expect(invested.locator("mark").first).to_have_text("Acme")
    expect(invested).to_contain_text("90 % sure, by the words “Acme invests $1.5m in Bolt”")


def test_things_without_an_edge_show_the_article_that_names_both(panel: Locator) -> None:
    _open(panel, "#company/cane?edge=organisation/high-court")
    together = _section(panel, "In the same articles")
    expect(together.locator("mark")).to_have_text(["Cane", "High Court"])


def test_a_story_puts_copies_of_one_text_together(panel: Locator) -> None:
    _open(panel, "#story/0a0a0a0a0a0a")
    expect(_section(panel, "Articles by time")).to_contain_text("2 copies of one text")


def test_articles_have_the_time_of_day_where_it_is_known(panel: Locator) -> None:
    _open(panel, "#story/0a0a0a0a0a0a")
    expect(_section(panel, "Articles by time").locator(".ng-line")).to_contain_text(["1 May 2024 at 06:30 UTC", "1 May 2024 at 07:00 UTC"])


def test_a_topic_can_be_made_a_filter(panel: Locator) -> None:
    _open(panel, "#topic/space")
    button = panel.get_by_role("button", name="Filter by this")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert "topics=" in panel.page.url
    button.click()
    assert "topics=" not in panel.page.url


def test_countries_are_written_out(panel: Locator, browser: Browser, tmp_path: Path) -> None:
    _open(panel, "#company/acme")
    expect(panel.locator(".ng-sentence").filter(has_text="country")).to_have_text("Its country is the United States.")
    graph = sample_graph()
    described = pl.when(pl.col("name") == "Bolt").then(pl.lit(["NO", "FR"])).otherwise("places")
    tables = {**graph.tables, "companies": graph["companies"].with_columns(places=described)}
    with watched(browser) as page:
        open_graph(page, replace(graph, tables=MappingProxyType(tables)), tmp_path, "#company/bolt?view=table")
        expect(page.locator(".ng-sentence").filter(has_text="place")).to_have_text("Articles place it in Norway and France.")


@pytest.mark.parametrize(
    ("fragment", "sentence"),
    [
        ("#person/jane-roe", "Jane Roe works for Bolt."),
        ("#person/jane-roe", "Articles call this person CEO of Bolt."),
        ("#company/bolt", "Bolt employs Jane Roe."),
        ("#company/acme", "Its legal name is Acme Inc."),
    ],
)
def test_what_a_thing_is_to_others_is_a_sentence(panel: Locator, fragment: str, sentence: str) -> None:
    _open(panel, fragment)
    expect(panel.locator(".ng-sentence").filter(has_text=sentence)).to_have_count(1)


def test_the_texts_stay_packed_until_something_is_opened(browser: Browser, tmp_path: Path) -> None:
    with watched(browser) as page:
        page.add_init_script("""
            window.unpacked = 0;
            const Native = DecompressionStream;
            window.DecompressionStream = function (format) { window.unpacked++; return new Native(format); };
        """)
        open_graph(page, sample_graph(), tmp_path)
        page.wait_for_timeout(2500)  # longer than the page ever waited before it read them
        assert page.evaluate("unpacked") == 1
        page.locator(".ng-details .ng-thing").first.click()
        page.locator(".ng-details .ng-d-section").first.wait_for()
        assert page.evaluate("unpacked") == 2


def test_the_latest_choice_is_shown_when_two_are_made_at_once(panel: Locator) -> None:
    panel.page.evaluate("""() => {
        const [one, other] = ["Acme", "Bolt"].map((name) => [...document.querySelectorAll(".ng-details .ng-thing")].find((button) => button.textContent === name));
        one.click(); other.click();
    }""")
    expect(_heading(panel)).to_have_text("Bolt")
    expect(_section(panel, "Partners")).to_contain_text("Acme")


def test_hostile_titles_are_text(panel: Locator) -> None:
    _open(panel, "#article/0c0c0c0c0c0c")
    expect(_heading(panel)).to_contain_text('</script><script>alert("x")</script>')
    assert panel.locator("script").count() == 0
    assert panel.locator("a[href^='javascript']").count() == 0


def test_what_the_graph_does_not_hold_is_told(panel: Locator) -> None:
    _open(panel, "#company/nobody")
    expect(panel).to_contain_text("Nothing in this graph is named company/nobody.")


@pytest.mark.parametrize(
    "fragment",
    ["", "#company/acme", "#event/d10000000000", "#story/0a0a0a0a0a0a", "#article/0a0a0a0a0a0a", "#topic/space", "#person/jane-roe", "#company/acme?edge=company/bolt"],
)  # fmt: skip
def test_axe_finds_nothing_wrong_in_the_panel(panel: Locator, fragment: str) -> None:
    _open(panel, fragment)
    expect(panel.locator(".ng-d-wait")).to_have_count(0)
    panel.evaluate("(panel) => panel.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert axe(panel.page) == []


def test_an_address_can_lead_straight_to_an_article(shown: Page, tmp_path: Path) -> None:
    address = open_graph(shown, sample_graph(), tmp_path, "#article/0b0b0b0b0b0b?view=table")
    panel = shown.get_by_role("complementary", name="Details")
    expect(_heading(panel)).to_have_text("Acme invests $1.5m in Bolt & both partner")
    expect(panel.get_by_role("link", name="Read it at blog.example")).to_have_attribute("rel", "noopener noreferrer")
    assert shown.url.startswith(address)
