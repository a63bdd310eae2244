"""The focus view: one thing, what it is linked to, and the way to another thing, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from chromium import open_browser
from explorer_page import axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from sample import sample_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def seed(browser: Browser, seed_graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """Give a page of the seed, and its address."""
    with watched(browser) as page:
        yield page, open_graph(page, seed_graph, tmp_path_factory.mktemp("focus"), "#?view=focus")


@pytest.fixture
def owkin(seed: tuple[Page, str]) -> Page:
    """Give the page as a link to Owkin's neighbourhood opens it."""
    page, address = seed
    page.goto("about:blank")
    page.goto(f"{address}#company/owkin?view=focus")
    page.wait_for_selector(".ng-drawing")
    return page


def test_a_link_opens_a_thing_with_its_neighbours_by_kind(owkin: Page) -> None:
    assert owkin.locator(".ng-drawing .ng-centre").get_attribute("aria-label") == "Company: Owkin, in the middle"
    assert owkin.locator(".ng-drawing [data-kind=company]").get_attribute("aria-label") == "Company 1"
    assert owkin.get_by_role("button", name="Company: Sanofi").is_visible()


def test_articles_are_folded_until_they_are_asked_for(owkin: Page) -> None:
    articles = owkin.locator("[data-kind=article] .ng-node")
    assert articles.count() == 0
    owkin.get_by_role("button", name="Articles: Show 7 articles").click()
    assert articles.count() == 7
    assert "unfold=article" in owkin.url
    owkin.get_by_role("button", name="Articles: Show fewer").click()
    assert articles.count() == 0


def test_a_neighbour_becomes_the_middle_and_back_returns(owkin: Page) -> None:
    owkin.get_by_role("button", name="Company: Sanofi").click()
    centre = owkin.locator(".ng-centre")
    assert centre.get_attribute("aria-label") == "Company: Sanofi, in the middle"
    centre.focus()
    owkin.keyboard.press("Backspace")
    assert centre.get_attribute("aria-label") == "Company: Owkin, in the middle"
    assert owkin.evaluate("document.activeElement.getAttribute('aria-current')") == "true"


def test_arrow_keys_reach_an_edge_and_enter_opens_its_evidence(owkin: Page) -> None:
    owkin.locator(".ng-centre").focus()
    owkin.keyboard.press("ArrowLeft")
    assert "ng-edge" in (owkin.evaluate("document.activeElement.getAttribute('class')") or "")
    owkin.keyboard.press("Enter")
    owkin.wait_for_url(re.compile("edge="))
    assert owkin.locator(".ng-edge.ng-chosen").count() == 1
    owkin.keyboard.press("Escape")  # from the details back to the edge
    assert "ng-edge" in (owkin.evaluate("document.activeElement.getAttribute('class')") or "")
    owkin.keyboard.press("Escape")
    assert "edge=" not in owkin.url


def test_a_path_is_found_by_keyboard_with_the_sentence_of_each_step(owkin: Page) -> None:
    owkin.get_by_role("combobox", name="Path to").focus()
    owkin.keyboard.type("deloit")
    owkin.get_by_role("option", name="Deloitte").first.wait_for()
    owkin.keyboard.press("Enter")
    owkin.wait_for_selector(".ng-proofs q")
    assert owkin.evaluate("document.activeElement.textContent") == "Paths between Owkin and Deloitte"
    names = [re.split(r":\s+", one)[-1] for one in owkin.locator(".ng-chain").first.locator(".ng-stop").all_inner_texts()]
    assert (names[0].strip(), names[1].strip(), names[-1].strip()) == ("Owkin", "Sanofi", "Deloitte")
    owkin.keyboard.press("Escape")
    assert owkin.locator(".ng-drawing").is_visible()


def test_two_steps_show_what_the_neighbours_are_linked_to(owkin: Page) -> None:
    owkin.get_by_role("button", name="Two steps").click()
    assert owkin.locator(".ng-second").count() > 0
    assert "hops=2" in owkin.url


def test_labels_of_a_drawing_are_whole(owkin: Page, seed_graph: GraphTables) -> None:
    labels = {" ".join(one.locator(".ng-label").all_text_contents()) for one in owkin.locator(".ng-drawing .ng-node").all()}
    assert set(seed_graph["stories"]["name"]) <= labels
    assert not any("…" in label for label in labels)


def test_labels_of_a_drawing_do_not_lie_on_each_other(owkin: Page) -> None:
    owkin.get_by_role("button", name="Articles: Show 7 articles").click()
    overlaps = owkin.evaluate("""() => {
        const boxes = [...document.querySelectorAll('.ng-drawing .ng-label, .ng-drawing .ng-head, .ng-drawing .ng-name')].map((one) => one.getBoundingClientRect());
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2)).length;
    }""")
    assert overlaps == 0


def test_a_saved_drawing_is_a_file_of_its_own_without_a_script(owkin: Page) -> None:
    with owkin.expect_download() as saving:
        owkin.get_by_role("button", name="Save drawing").click()
    assert saving.value.suggested_filename == "owkin.svg"
    text = Path(saving.value.path()).read_text("utf-8")
    root = ET.fromstring(text)  # noqa: S314 - the page's own file
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert tags <= {"svg", "title", "g", "path", "rect", "text"}
    assert "var(" not in text
    assert "Sanofi" in text


def test_where_nothing_is_chosen_the_view_says_what_to_begin_with(seed: tuple[Page, str]) -> None:
    page, address = seed
    page.goto("about:blank")
    page.goto(f"{address}#?view=focus")
    page.locator(".ng-start").get_by_role("button", name="Sanofi", exact=False).first.click()
    assert page.locator(".ng-drawing").is_visible()


@pytest.mark.parametrize(
    "fragment", ["#company/owkin?view=focus&hops=2&unfold=article", "#company/owkin?view=focus&to=company/deloitte", "#?view=focus"]
)
def test_axe_finds_nothing_wrong_in_the_focus_view(seed: tuple[Page, str], fragment: str) -> None:
    page, address = seed
    page.goto("about:blank")
    page.goto(address + fragment)
    page.wait_for_selector(".ng-focus")
    assert axe(page) == []


def test_hostile_titles_are_drawn_and_saved_as_text(browser: Browser, tmp_path: Path) -> None:
    with watched(browser) as page:
        open_graph(page, sample_graph(), tmp_path, "#event/e00000000000-2?view=focus&unfold=article")
        page.wait_for_selector(".ng-drawing")
        assert page.locator(".ng-unsure").count() >= 2  # a rumour's sides
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save drawing").click()
        root = ET.fromstring(Path(saving.value.path()).read_text("utf-8"))  # noqa: S314 - the page's own file
        assert any("</script>" in (one.text or "") for one in root.iter())
        assert not any(one.tag.endswith("script") for one in root.iter())


def test_what_the_filters_hide_is_counted(seed: tuple[Page, str]) -> None:
    page, address = seed
    page.goto("about:blank")
    page.goto(f"{address}#company/owkin?view=focus&kinds=company")
    page.wait_for_selector(".ng-drawing")
    assert page.locator(".ng-drawing [data-kind]").count() == 1
    assert "hidden by the filters" in page.locator(".ng-focus .ng-remark").inner_text()


def test_where_nothing_links_two_things_the_view_says_so(browser: Browser, tmp_path: Path) -> None:
    graph = sample_graph()
    apart = GraphTables({**graph.tables, **{name: graph[name].clear() for name in ("relations", "article_topics")}})
    with watched(browser) as page:
        open_graph(page, apart, tmp_path, "#company/acme?view=focus&to=company/dune")
        page.wait_for_selector(".ng-chains")
        assert "Nothing in this graph links the two" in page.locator(".ng-chains").inner_text()
