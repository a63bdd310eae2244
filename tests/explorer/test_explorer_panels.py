"""Search, filters and the frame of graph.html, used as people use them: by keyboard, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import open_browser
from explorer_page import PHONE, axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables, make_tables
from sample import BETA, sample_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("panels")


@pytest.fixture(scope="module")
def desk(browser: Browser, folder: Path) -> Iterator[Page]:
    with watched(browser) as page:
        open_graph(page, _graph(), folder)
        yield page


@pytest.fixture
def view(desk: Page) -> Page:
    """Give the page as at its start."""
    address = desk.url.partition("#")[0]
    desk.goto("about:blank")
    desk.goto(address)
    desk.wait_for_selector(".newsgraph .ng-header")
    return desk


def _graph() -> GraphTables:
    """Give the sample, with a second article that is four days younger, so that there is a time to choose from."""
    graph = sample_graph()
    later = pl.when(pl.col("iri") == BETA).then(pl.lit(datetime(2024, 5, 5, tzinfo=UTC))).otherwise(pl.col("published")).alias("published")
    return make_tables({**graph.tables, "articles": graph["articles"].with_columns(later)})


def test_an_article_of_which_only_the_day_is_known_has_no_time_of_day(view: Page) -> None:
    view.evaluate(f"location.hash = '#{BETA.partition('/id/')[2]}'")
    details = view.get_by_role("complementary", name="Details")
    expect(details.get_by_text("5 May 2024", exact=True)).to_be_visible()
    expect(details.get_by_text("00:00")).to_have_count(0)


def _fragment(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def _expect(page: Page, fragment: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(fragment) + "$"))


def _told(page: Page) -> str:
    return page.locator(".ng-shown").inner_text()


def _search(page: Page, text: str) -> None:
    page.get_by_role("combobox", name="Search").fill(text)
    expect(page.locator(".ng-popup")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "result", "fragment"),
    [
        ("roe", "Jane Roe", "#person/jane-roe"),
        ("acme inc", "Acme", "#company/acme"),
        ("acm", "Acme", "#company/acme"),
        ("high co", "High Court", "#organisation/high-court"),
    ],
)
def test_a_thing_is_found_by_name_other_name_and_ticker(view: Page, text: str, result: str, fragment: str) -> None:
    _search(view, text)
    assert view.get_by_role("option").first.locator(".ng-result-name").inner_text() == result
    view.keyboard.press("Enter")
    _expect(view, fragment)


def test_an_article_is_found_by_words_of_its_headline_in_any_order_and_chosen_by_arrow_keys(view: Page) -> None:
    _search(view, "partner invests")
    view.keyboard.press("ArrowDown")
    box = view.get_by_role("combobox", name="Search")
    chosen = view.get_by_role("listbox", name="Search: results").get_by_role("option", selected=True)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.locator("mark").all_inner_texts() == ["invests", "partner"]
    view.keyboard.press("ArrowDown")
    view.keyboard.press("Enter")
    expect(view).to_have_url(re.compile("#article/"))


def test_the_number_of_results_is_announced(view: Page) -> None:
    _search(view, "acme")
    expect(view.locator(".ng-hidden[role=status]")).to_have_text("8 results")  # names, passages that have the word, and all of these


def test_a_search_without_result_says_so(view: Page) -> None:
    _search(view, "zebra")
    assert view.locator(".ng-popup").inner_text() == "No match for “zebra”."
    assert view.get_by_role("combobox", name="Search").get_attribute("aria-expanded") == "false"


def test_a_search_without_result_names_the_word_that_nothing_has(view: Page) -> None:
    _search(view, "acme zebra")
    assert view.locator(".ng-popup").inner_text() == "No match for “acme zebra”. Nothing here has the word “zebra”."


def test_beside_events_with_an_amount_it_says_how_many_have_none_and_lists_them(view: Page) -> None:
    _search(view, "largest events")
    view.keyboard.press("Enter")
    table = view.get_by_role("region", name=re.compile("^Events"))
    button = view.get_by_role("button", name=re.compile(r"^\d+ others? without an amount$"))
    expect(button).to_be_visible()  # before the answer is drawn, the table has other rows or none
    expect(table.get_by_role("rowheader").first).to_be_visible()
    with_amount = table.get_by_role("rowheader").count()
    others = int(button.inner_text().split()[0])
    button.press("Enter")
    expect(table.get_by_role("rowheader")).to_have_count(others)
    expect(button).to_be_hidden()
    view.get_by_role("button", name="Without: no amount").click()
    expect(table.get_by_role("rowheader")).to_have_count(with_amount + others)


def test_escape_closes_the_results_then_empties_the_field(view: Page) -> None:
    _search(view, "acme")
    box = view.get_by_role("combobox", name="Search")
    view.keyboard.press("Escape")
    expect(view.locator(".ng-popup")).to_be_hidden()
    assert box.input_value() == "acme"
    view.keyboard.press("Escape")
    assert box.input_value() == ""


def test_escape_in_the_empty_search_leaves_what_was_chosen_by_it(view: Page) -> None:
    _search(view, "acme")
    view.keyboard.press("Enter")
    _expect(view, "#company/acme")
    for _ in range(3):  # to the search, its text away, to everything
        view.keyboard.press("Escape")
    assert _fragment(view) == ""


def test_back_undoes_filters_but_keeps_the_question_before_them(view: Page) -> None:
    _search(view, "events of Acme")
    view.keyboard.press("Enter")
    asked = _fragment(view)
    assert "view=table" in asked
    for name in ("Companies", "Stories"):
        view.get_by_role("checkbox", name=name).first.click()
    assert _fragment(view) != asked
    view.go_back()
    _expect(view, asked)
    view.go_back()
    assert _fragment(view) == ""


def test_enter_on_the_map_takes_the_keyboard_to_the_middle_of_the_focus(view: Page) -> None:
    _search(view, "acme")
    view.keyboard.press("Enter")
    view.locator(".ng-map-surface").focus()
    view.keyboard.press("Enter")
    _expect(view, "#company/acme?view=focus")
    expect(view.locator(".ng-focus :focus")).to_have_count(1)


def test_a_slash_leads_to_the_search_from_within_the_viewer(view: Page) -> None:
    view.get_by_role("tab", name="Map").focus()
    view.keyboard.press("/")
    box = view.get_by_role("combobox", name="Search")
    expect(box).to_be_focused()
    assert box.input_value() == ""
    view.keyboard.type("a/b")
    assert box.input_value() == "a/b"


@pytest.mark.parametrize("place", ["[type=checkbox]", "[type=range]", "select"])
def test_a_slash_leads_to_the_search_from_where_one_does_not_type(view: Page, place: str) -> None:
    view.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    view.locator(place).first.focus()
    view.keyboard.press("/")
    expect(view.get_by_role("combobox", name="Search")).to_be_focused()


@pytest.mark.parametrize("place", [".ng-tick-box", "select"])
def test_escape_lets_go_from_where_one_does_not_type(view: Page, place: str) -> None:
    _search(view, "acme")
    view.keyboard.press("Enter")
    _expect(view, "#company/acme")
    view.get_by_role("tab", name="Table").click()
    view.locator(f".ng-table {place}").first.focus()
    view.keyboard.press("Escape")
    _expect(view, "#?view=table")


@pytest.mark.parametrize(
    ("fragment", "reached"),
    [("#?view=table", "tbody tr:first-child .ng-thing"), ("", ".ng-map-surface"), ("#company/acme?view=focus", ".ng-centre")],
)
def test_one_key_after_the_search_skips_the_filters(view: Page, fragment: str, reached: str) -> None:
    view.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    expect(view.locator(reached)).to_be_visible()
    view.get_by_role("combobox", name="Search").focus()
    view.keyboard.press("Tab")
    link = view.get_by_role("link", name="Skip to the view").last
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    view.keyboard.press("Enter")
    expect(view.locator(reached)).to_be_focused()
    _expect(view, fragment)


def test_the_focus_button_takes_the_keyboard_to_the_middle_of_the_focus(view: Page) -> None:
    _search(view, "acme")
    view.keyboard.press("Enter")
    button = view.get_by_role("button", name="Focus", exact=True)
    button.press("Enter")
    expect(view.locator(".ng-centre")).to_be_focused()
    expect(button).to_be_hidden()


def test_on_a_phone_the_focus_button_uncovers_the_focus(browser: Browser, folder: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), folder, "#company/acme")
        page.get_by_role("button", name="Show the details in full height").press("Enter")
        page.get_by_role("button", name="Focus", exact=True).press("Enter")
        expect(page.locator(".ng-centre")).to_be_focused()
        assert page.locator(".newsgraph").get_attribute("data-sheet") == "half"


def test_no_button_takes_the_keyboard_along_when_it_goes(view: Page) -> None:
    for name in ("Acme", "Bolt"):
        _search(view, name)
        view.keyboard.press("Enter")
        expect(view.locator(".ng-side h2")).to_have_text(name)
        view.get_by_role("button", name="Add to set").click()
    tray = view.get_by_role("region", name="Set")
    tray.get_by_role("button", name=re.compile("^Take ")).first.press("Enter")
    expect(tray.locator(":focus")).to_have_count(1)
    tray.get_by_role("button", name="Clear").press("Enter")
    expect(tray.locator(":focus")).to_have_count(1)
    menu = view.locator(".ng-details summary", has_text="Save part")
    menu.press("Enter")
    with view.expect_download():
        view.locator(".ng-details").get_by_role("button", name="Turtle").press("Enter")
    expect(menu).to_be_focused()
    while tray.is_visible():
        tray.get_by_role("button", name="Undo").press("Enter")
    expect(view.locator(".newsgraph :focus")).to_have_count(1)


def test_a_headline_that_holds_markup_is_shown_as_text(view: Page) -> None:
    _search(view, "alert test")
    assert "<script>" in view.get_by_role("option").first.inner_text()


@pytest.mark.parametrize(
    ("section", "control", "key", "fragment", "told"),
    [
        ("Kinds", "Articles", "Space", "kinds=company,event,story,topic,organisation,article", "16 of 21 things shown"),
        ("Kinds", "Topics", "Space", "kinds=company,event,story,organisation", "11 of 21 things shown"),
        ("Topics", "Law in Space", "Space", "topics=topic/space-law", "6 of 21 things shown"),
        ("Providers", "A & B's blog", "Space", "providers=provider/blog.example", "5 of 21 things shown"),
        ("Event type", "Acquisition", "Space", "types=acquisition", "6 of 21 things shown"),
        ("Status", "Rumoured", "Space", "statuses=rumoured", "6 of 21 things shown"),
        ("Evidence", "Least confidence", "End", "confidence=100", "8 of 21 things shown"),
        ("Evidence", "Least confidence of events", "End", "eventconfidence=100", "9 of 21 things shown"),
        ("Time", "From", "ArrowRight", "from=2024-05-02", "4 of 21 things shown"),
        ("Time", "Until", "ArrowLeft", "until=2024-05-04", "7 of 21 things shown"),
    ],
)  # fmt: skip
def test_every_filter_is_used_by_keyboard_and_kept_in_the_address(
    view: Page, section: str, control: str, key: str, fragment: str, told: str
) -> None:
    panel = view.locator("details", has=view.get_by_role("heading", name=section, exact=True, include_hidden=True))
    if panel.get_attribute("open") is None:
        panel.locator("summary").focus()
        view.keyboard.press("Enter")
    (panel.get_by_role("checkbox", name=control) if key == "Space" else panel.get_by_role("slider", name=control, exact=True)).focus()
    view.keyboard.press(key)
    _expect(view, f"#?{fragment}")
    assert _told(view) == told
    view.get_by_role("button", name="Clear filters").focus()
    view.keyboard.press("Enter")
    assert _fragment(view) == ""
    assert _told(view) == "13 of 21 things shown"


def test_a_date_is_typed(view: Page) -> None:
    view.get_by_label("Last day shown").fill("2024-05-03")
    _expect(view, "#?until=2024-05-03")
    assert view.get_by_role("slider", name="Until").get_attribute("aria-valuetext") == "3 May 2024"


def test_a_span_of_time_is_drawn_with_the_pointer(view: Page) -> None:
    box = view.locator(".ng-f-plot").bounding_box()
    assert box
    view.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 10)
    view.mouse.down()
    view.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 10)
    view.mouse.up()
    _expect(view, "#?from=2024-05-02&until=2024-05-04")
    view.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 28)
    view.mouse.down()
    view.mouse.move(box["x"], box["y"] + 28)
    view.mouse.up()
    _expect(view, "#?until=2024-05-04")


def test_what_has_no_date_drops_out_of_a_span_and_is_counted(view: Page) -> None:
    view.get_by_label("First day shown").fill("2024-05-02")
    expect(view.locator(".ng-undated")).to_have_text("5 things without a date are left out.")


def test_a_link_brings_the_filters_back(desk: Page) -> None:
    address = desk.url.partition("#")[0]
    desk.goto("about:blank")
    desk.goto(f"{address}#?kinds=company,event&types=acquisition&confidence=50&origins=1&until=2024-05-04")
    expect(desk.get_by_role("checkbox", name="Companies")).to_be_checked()
    expect(desk.get_by_role("checkbox", name="Stories")).not_to_be_checked()
    expect(desk.get_by_role("checkbox", name="Acquisition")).to_be_checked()
    assert desk.get_by_role("slider", name="Least confidence", exact=True).input_value() == "50"
    assert desk.get_by_label("Last day shown").input_value() == "2024-05-04"


@pytest.mark.parametrize(
    "fragment", ["#?topics=topic/gone", "#?kinds=none", "#?topics=%25&types=%E0%A4%A", "#?from=2024-99-99&confidence=x"]
)
def test_a_link_that_names_nothing_still_opens(desk: Page, fragment: str) -> None:
    address = desk.url.partition("#")[0]
    desk.goto("about:blank")
    desk.goto(address + fragment)
    expect(desk.locator(".ng-shown")).to_contain_text("of 21 things")


def test_the_theme_is_switched(view: Page) -> None:
    view.get_by_role("button", name="Switch to the dark theme").click()
    assert view.locator(".newsgraph").get_attribute("data-theme") == "dark"
    assert _fragment(view) == "#?theme=dark"
    view.get_by_role("button", name="Switch to the light theme").click()


def test_on_a_phone_the_filters_are_a_sheet_that_keeps_the_focus_and_gives_it_back(browser: Browser, folder: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), folder)
        button = page.get_by_role("button", name="Filters")
        button.focus()
        page.keyboard.press("Enter")
        sheet = page.get_by_role("dialog", name="Filters")
        expect(sheet.get_by_role("button", name="Close")).to_be_focused()
        for _ in range(40):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement === document.body || document.activeElement.closest('.ng-filters') !== null")
        sheet.get_by_role("checkbox", name="Companies").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        expect(button).to_be_focused()
        assert _fragment(page) == "#?kinds=event,story,topic,organisation"


def test_on_a_phone_the_details_are_a_sheet_of_three_heights(browser: Browser, folder: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), folder)
        root = page.locator(".newsgraph")
        assert root.get_attribute("data-sheet") == "peek"
        heights = []
        for name in ("Show the details", "Show the details in full height", "Fold the details"):
            page.get_by_role("button", name=name, exact=True).focus()
            page.keyboard.press("Enter")
            heights.append(root.get_attribute("data-sheet"))
        assert heights == ["half", "full", "peek"]


def test_on_a_phone_the_details_open_with_what_is_chosen_and_escape_leads_back(browser: Browser, folder: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), folder)
        _search(page, "bolt")
        page.keyboard.press("Enter")
        expect(page.locator(".ng-side h2")).to_be_focused()
        assert page.locator(".newsgraph").get_attribute("data-sheet") == "half"
        page.keyboard.press("Escape")
        assert page.locator(".newsgraph").get_attribute("data-sheet") == "peek"
        expect(page.get_by_role("combobox", name="Search")).to_be_focused()


@pytest.mark.parametrize("size", [(720, 450), (844, 390)])
def test_in_a_low_window_what_is_chosen_comes_into_sight(browser: Browser, folder: Path, size: tuple[int, int]) -> None:
    with watched(browser, {"width": size[0], "height": size[1]}) as page:
        open_graph(page, _graph(), folder)
        _search(page, "bolt")
        page.keyboard.press("Enter")
        expect(page.locator(".ng-side h2")).to_be_in_viewport()


def test_nothing_is_cut_off_at_a_width_of_320_pixels(browser: Browser, folder: Path) -> None:
    with watched(browser, {"width": 320, "height": 256}) as page:
        open_graph(page, _graph(), folder)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        for control in page.locator(".ng-header :is(button, input)").all():
            box = control.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
        tabs, theme = page.get_by_role("tablist").bounding_box(), page.get_by_role("button", name="theme").bounding_box()
        assert tabs
        assert theme
        assert theme["y"] < tabs["y"] + tabs["height"]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_wrong_in_the_frame_the_filters_and_the_search(browser: Browser, folder: Path, *, dark: bool) -> None:
    with watched(browser, dark=dark) as page:
        open_graph(page, _graph(), folder)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert axe(page) == []
        _search(page, "acme")
        page.keyboard.press("ArrowDown")
        assert axe(page) == []
        page.set_viewport_size(PHONE)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Filters").click()
        assert axe(page) == []
