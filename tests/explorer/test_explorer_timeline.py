"""The timeline: events and articles of a thing by day, zoomed and read by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

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


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


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
    assert _focused(sanofi).startswith("Event: Sanofi invests $180M in Owkin, 18 November 2021")
    sanofi.keyboard.press("ArrowDown")  # several events of one day are in rows below each other
    assert _focused(sanofi).startswith("Event: Owkin and Sanofi: ")
    sanofi.keyboard.press("ArrowUp")
    sanofi.keyboard.press("ArrowLeft")
    sanofi.keyboard.press("Enter")
    assert "#event/" in sanofi.url
    assert _lanes(sanofi)[0] == lane  # the lanes that the mark lies in stay
    assert sanofi.locator(".ng-tick.ng-chosen").count() == 2


def test_things_of_one_day_are_listed_when_their_mark_is_pressed(sanofi: Page) -> None:
    sanofi.locator(".ng-bin").first.click()
    assert sanofi.locator(".ng-binned h3").inner_text().startswith("6 articles, ")
    assert sanofi.locator(".ng-binned li").count() == 6
    sanofi.keyboard.press("Escape")
    assert sanofi.locator(".ng-binned").is_hidden()


def test_zooming_is_a_filter_by_date_that_the_address_keeps_and_all_dates_undoes(sanofi: Page) -> None:
    sanofi.get_by_role("button", name="Zoom in").click()
    sanofi.wait_for_url("**from=*")
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
    sanofi.wait_for_url("**from=*")
    zoomed = sanofi.url
    sanofi.mouse.down()
    sanofi.mouse.move(x - 120, y, steps=4)
    sanofi.mouse.up()
    sanofi.wait_for_url(lambda url: url != zoomed)
    assert "#company/sanofi" in sanofi.url


def test_marks_are_named_beside_them_where_there_is_room(sanofi: Page) -> None:
    words = [text.removesuffix("…").strip() for text in sanofi.locator(".ng-time .ng-words").all_text_contents()]
    assert "Deloitte and Sanofi: partnership" in words
    assert all(len(text) > 3 for text in words)
    boxes = [box for at in range(len(words)) if (box := sanofi.locator(".ng-time .ng-words").nth(at).bounding_box())]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            assert beside or abs(one["y"] - other["y"]) > 12, (one, other)


def test_names_of_lanes_are_whole_on_a_phone(browser: Browser, seed_graph: GraphTables, tmp_path: Path) -> None:
    (story,) = seed_graph["stories"]["name"]
    with watched(browser, PHONE) as page:
        open_graph(page, seed_graph, tmp_path, "#?view=timeline&lanes=story")
        name = page.locator(".ng-time .ng-lane")
        assert name.text_content() == f"{story} "
        assert name.locator("tspan").count() > 1
        box = name.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE["width"]
        assert all(mark["y"] >= box["y"] + box["height"] for one in page.locator(".ng-time .ng-tick").all() if (mark := one.bounding_box()))


def test_lanes_of_types_hold_the_events_of_each_type(opened: tuple[Page, str], seed_graph: GraphTables) -> None:
    page, address = opened
    page.goto("about:blank")
    page.goto(f"{address}#?view=timeline&lanes=type")
    page.wait_for_selector(".ng-time")
    many = dict(seed_graph["events"].filter(pl.col("when").is_not_null()).group_by("type").len().iter_rows())
    assert sorted(int(str(name).rpartition(": ")[2].split()[0]) for name in _lanes(page)) == sorted(many.values())


def test_a_story_is_a_chain_of_articles_with_who_was_first(opened: tuple[Page, str], seed_graph: GraphTables) -> None:
    page, address = opened
    (story,) = seed_graph["stories"]["iri"]
    articles = (
        seed_graph["articles"]
        .filter(story=story)
        .join(seed_graph["providers"], left_on="provider", right_on="iri")
        .sort("published", "iri")
    )
    page.goto("about:blank")
    page.goto(f"{address}#story/{story.rpartition('/')[2]}?view=timeline")
    page.wait_for_selector(".ng-steps", state="attached")
    expect(page.locator(".ng-time .ng-laneof").first).to_contain_text("First: ")  # by the hour, when the texts are read
    outlets = [text for text in page.locator(".ng-time .ng-laneof text").all_text_contents() if text]
    assert outlets[0].startswith(f"First: {articles['name'][0]}")
    assert len(outlets) == articles.height
    assert sum("(copy)" in text for text in outlets) == articles.filter(pl.col("iri") != pl.col("copy_group")).height


def test_old_addresses_with_days_of_the_timeline_still_work(opened: tuple[Page, str]) -> None:
    page, address = opened
    page.goto("about:blank")
    page.goto(f"{address}#company/sanofi?view=timeline&t0=2021-11-16&t1=2021-11-18")
    page.wait_for_selector(".ng-time")
    assert page.locator(".ng-readout").inner_text() == "16 – 18 Nov 2021"


def test_filters_are_obeyed(opened: tuple[Page, str], seed_graph: GraphTables) -> None:
    page, address = opened
    page.goto("about:blank")
    page.goto(f"{address}#company/sanofi?view=timeline&kinds=company,event")
    page.wait_for_selector(".ng-time")
    assert _lanes(page)[0] == f"Sanofi: {_events(seed_graph, 'sanofi')} events, 0 articles"


@pytest.mark.parametrize(
    "fragment",
    ["#?view=timeline", "#company/sanofi?view=timeline&theme=dark", "#?view=timeline&lanes=story&from=2021-11-18&until=2021-11-19"],
)
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
