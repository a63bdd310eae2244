"""The timeline: events and articles of a thing by day, zoomed and read by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from chromium import open_browser
from explorer_page import PHONE, axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from sample import sample_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def opened(browser: Browser, seed_graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """Give a page of the seed, and its address."""
    with watched(browser) as page:
        yield page, open_graph(page, seed_graph, tmp_path_factory.mktemp("timeline"), "#?view=timeline")


@pytest.fixture
def sanofi(opened: tuple[Page, str]) -> Page:
    """Give the page as a link to Sanofi's timeline opens it."""
    page, address = opened
    page.goto("about:blank")
    page.goto(f"{address}#company/sanofi?view=timeline")
    page.wait_for_selector(".ng-time")
    return page


def _lanes(page: Page) -> list[str | None]:
    groups = page.locator(".ng-time > g[role=group]")
    return [groups.nth(at).get_attribute("aria-label") for at in range(groups.count())]


def _events(graph: GraphTables, *companies: str) -> int:
    """Count the events that all of some companies have a role in."""
    of = [set(graph["event_roles"].filter(pl.col("party").str.ends_with(f"/company/{company}"))["event"]) for company in companies]
    return len(set.intersection(*of))


def test_a_thing_has_a_lane_of_its_own_and_one_with_each_partner(sanofi: Page, seed_graph: GraphTables) -> None:
    ours, theirs = _events(seed_graph, "sanofi"), _events(seed_graph, "sanofi", "owkin")
    assert _lanes(sanofi) == [f"Sanofi: {ours} events, 8 articles", f"Owkin: {theirs} events, 7 articles", "Deloitte: 1 event, 1 article"]


def test_lanes_are_those_of_topics_when_asked_for(sanofi: Page) -> None:
    sanofi.get_by_role("button", name="By topic").click()
    assert "lanes=topic" in sanofi.url
    assert [str(name).split(":")[0] for name in _lanes(sanofi)] == ["Sanofi", "AI", "AI in Healthcare"]


def test_what_a_mark_stands_for_is_read_out_with_date_and_amount(sanofi: Page) -> None:
    marks = sanofi.locator(".ng-time path.ng-tick")
    marks.first.focus()
    assert sanofi.locator(".ng-readout").inner_text().startswith("Event: Deloitte and Sanofi: partnership, ")


def test_arrow_keys_move_between_marks_and_enter_opens_one(sanofi: Page) -> None:
    lane = _lanes(sanofi)[0]
    sanofi.locator(".ng-time path.ng-tick").first.focus()
    sanofi.keyboard.press("ArrowRight")
    assert (sanofi.evaluate("document.activeElement.getAttribute('aria-label')") or "").startswith("3 events, ")
    sanofi.keyboard.press("ArrowLeft")
    sanofi.keyboard.press("Enter")
    assert "#event/" in sanofi.url
    assert _lanes(sanofi)[0] == lane  # the lanes that the mark lies in stay
    assert sanofi.locator(".ng-tick.ng-chosen").count() == 2


def test_things_of_one_day_are_listed_when_their_mark_is_pressed(sanofi: Page) -> None:
    sanofi.locator(".ng-bin").first.click()
    assert sanofi.locator(".ng-binned h3").inner_text().startswith("3 events, ")
    assert sanofi.locator(".ng-binned li").count() == 3
    sanofi.keyboard.press("Escape")
    assert sanofi.locator(".ng-binned").is_hidden()


def test_zooming_is_kept_in_the_address_and_all_dates_undoes_it(sanofi: Page) -> None:
    sanofi.get_by_role("button", name="Zoom in").click()
    sanofi.wait_for_url("**t0=*")
    zoomed, dates = sanofi.url, sanofi.locator(".ng-readout").inner_text()
    sanofi.reload()
    sanofi.wait_for_selector(".ng-time")
    assert sanofi.locator(".ng-readout").inner_text() == dates
    sanofi.get_by_role("button", name="All dates").click()
    sanofi.wait_for_url(lambda url: url != zoomed)
    assert sanofi.locator(".ng-readout").inner_text() != dates


def test_the_wheel_zooms_and_a_drag_moves_without_choosing(sanofi: Page) -> None:
    box = sanofi.locator(".ng-lanes").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.7, box["y"] + 60
    sanofi.mouse.move(x, y)
    sanofi.mouse.wheel(0, -300)
    sanofi.wait_for_url("**t0=*")
    zoomed = sanofi.url
    sanofi.mouse.down()
    sanofi.mouse.move(x - 120, y, steps=4)
    sanofi.mouse.up()
    sanofi.wait_for_url(lambda url: url != zoomed)
    assert "#company/sanofi" in sanofi.url


def test_filters_are_obeyed(opened: tuple[Page, str], seed_graph: GraphTables) -> None:
    page, address = opened
    page.goto("about:blank")
    page.goto(f"{address}#company/sanofi?view=timeline&kinds=company,event")
    page.wait_for_selector(".ng-time")
    assert _lanes(page)[0] == f"Sanofi: {_events(seed_graph, 'sanofi')} events, 0 articles"


@pytest.mark.parametrize("fragment", ["#?view=timeline", "#company/sanofi?view=timeline&theme=dark"])
def test_axe_finds_nothing_wrong_in_the_timeline(opened: tuple[Page, str], fragment: str) -> None:
    page, address = opened
    page.goto("about:blank")
    page.goto(address + fragment)
    page.wait_for_selector(".ng-time")
    assert axe(page) == []


def test_undated_things_are_counted_and_hostile_titles_stay_text(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, sample_graph(), tmp_path, "#?view=timeline")
        page.wait_for_selector(".ng-timeline")
        assert "as they have no date" in page.locator(".ng-remark").inner_text()
