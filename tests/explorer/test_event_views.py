"""Events in all views: roles, part, time, status, background, amounts and numbers, by mouse, by keyboard and for screen readers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chromium import open_browser
from event_graph import event_graph
from explorer_page import axe, open_graph, wait_for_view, watched
from sample import BASE

pytestmark = pytest.mark.browser

SALE, HIRE, CUTS, LAUNCH = "#event/f00000000000", "#event/f10000000000", "#event/f20000000000", "#event/f30000000000"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser) as page:
        open_graph(page, event_graph(), tmp_path_factory.mktemp("events"), "#?view=table")
        yield page


def _open(page: Page, fragment: str) -> Locator:
    """Open the page anew and return its panel; through another page, as a change of the fragment alone would load nothing."""
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + fragment)
    wait_for_view(page)
    panel = page.get_by_role("complementary", name="Details")
    panel.get_by_role("heading", level=2).wait_for()
    return panel


def _fact(panel: Locator, label: str) -> Locator:
    return panel.locator(".ng-facts dt").filter(has_text=re.compile(f"^{re.escape(label)}$")).locator("+ dd")


def _section(panel: Locator, title: str) -> Locator:
    heading = panel.page.get_by_role("heading", name=re.compile(rf"^{re.escape(title)}( \d+)?$"), level=3)
    return panel.locator(".ng-d-section").filter(has=heading)


def test_the_sale_of_a_part_names_the_part_whose_it_is_and_when(shown: Page) -> None:
    panel = _open(shown, f"{SALE}?view=table")
    expect(_fact(panel, "Part")).to_have_text("rocket arm of Dune")
    expect(_fact(panel, "Amount")).to_have_text("$3M, price")
    expect(_fact(panel, "Other sums")).to_have_text("$500K, debt")
    expect(_fact(panel, "When")).to_have_text("July 2018, as the text says")
    expect(_fact(panel, "Status")).to_have_text("Completed")
    expect(_fact(panel, "Background")).to_contain_text("Known from before")
    assert panel.locator(".ng-facts").first.locator("dt").all_inner_texts()[:4] == ["Type", "Acquirer", "Seller", "Part"]
    _fact(panel, "Part").get_by_role("button", name="Dune").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Dune")


def test_a_role_without_a_name_is_shown_in_words_and_the_others_lead_to_their_things(shown: Page) -> None:
    panel = _open(shown, f"{HIRE}?view=table")
    expect(_fact(panel, "Position")).to_have_text("chief executive")
    expect(_fact(panel, "Position").get_by_role("button")).to_have_count(0)
    expect(_fact(panel, "When")).to_have_text("2019, as the text says")
    _fact(panel, "Person").get_by_role("button", name="Jane Roe").click()
    expect(_section(panel, "Events")).to_contain_text("as person")


def test_an_event_without_a_day_says_so_and_a_number_says_what_it_counts(shown: Page) -> None:
    panel = _open(shown, f"{CUTS}?view=table")
    expect(_fact(panel, "When")).to_have_text("No day stated")
    expect(_fact(panel, "Number")).to_have_text("1,200 jobs")
    expect(_fact(panel, "Percent")).to_have_text("7.5 %")


def test_an_ended_event_says_what_that_means(shown: Page) -> None:
    expect(_fact(_open(shown, f"{LAUNCH}?view=table"), "Status")).to_have_text("Ended: called off, rejected or lapsed")
    expect(_section(_open(shown, "#product/rocket?view=table"), "Events")).to_contain_text("as product · ended")


def test_what_the_reader_corrects_shows_in_the_panel_until_it_is_undone(shown: Page) -> None:
    panel = _open(shown, f"{LAUNCH}?view=table")
    for setting in ("Status: denied", "Status: planned"):  # the last one holds
        panel.locator("summary", has_text="Change").click()
        panel.get_by_role("button", name=setting).click()
    expect(_fact(panel, "Status")).to_have_text("Planned, corrected by you (in the graph: ended)")
    shown.keyboard.press("Control+z")
    expect(_fact(panel, "Status")).to_have_text("Denied, corrected by you (in the graph: ended)")
    shown.keyboard.press("Control+z")
    expect(_fact(panel, "Status")).to_have_text("Ended: called off, rejected or lapsed")
    sale = SALE.removeprefix("#")
    panel = _open(shown, f"{SALE}?view=table&decide=amount%3A+none~{sale},part%3A+none~{sale},status%3A+proven~{sale}")
    expect(_fact(panel, "Amount")).to_have_text("None, corrected by you (in the graph: $3M)")
    expect(_fact(panel, "Part")).to_have_text("None, corrected by you (in the graph: rocket arm)")
    expect(_fact(panel, "Status")).to_have_text("Completed")  # an address cannot make up a status


def test_a_company_lists_its_events_with_its_role_and_what_was_known_before_apart(shown: Page) -> None:
    panel = _open(shown, "#company/acme?view=table")
    expect(_section(panel, "Events")).to_contain_text("as investor")
    expect(_section(panel, "Events")).not_to_contain_text("1,200 jobs")
    expect(_section(panel, "Events known from before")).to_contain_text("Acme cuts 1,200 jobs in Lyon")
    expect(_section(panel, "Partners").get_by_role("button", name="Lyon")).to_have_count(0)


def test_who_bought_a_part_has_not_acquired_the_company(shown: Page) -> None:
    panel = _open(shown, "#company/cane?view=table&edge=company/dune")
    expect(_section(panel, "Bought a part of")).to_contain_text("Cane & Co bought a part of Dune")
    expect(_section(panel, "Acquired")).to_have_count(0)
    expect(_section(_open(shown, "#company/dune?view=table"), "Partners")).to_contain_text("sold a part to")
    _open(shown, "#?view=table&list=edges:bought_part_of")
    expect(shown.get_by_role("button", name="Cane & Co bought a part of Dune: show the evidence")).to_be_visible()


@pytest.mark.parametrize(
    ("filters", "events"),
    [
        ("background=0", 6),
        ("eventconfidence=70", 5),
        ("background=0&types=acquisition", 1),
        ("statuses=ended", 1),
        ("from=2018-07-20&until=2018-07-25", 1),
        ("from=2018-08-01&until=2018-12-31", 0),
        ("from=2019-06-01&until=2019-06-02", 1),
    ],
)
def test_events_are_filtered_by_background_confidence_status_and_time(shown: Page, filters: str, events: int) -> None:
    _open(shown, f"#?view=table&list=event&{filters}")
    expect(shown.locator("main tbody tr")).to_have_count(events)


def test_an_event_that_is_reported_on_other_days_than_the_filter_s_still_shows_its_sentences(shown: Page) -> None:
    """Only its year is known, and it passes in each of its months."""
    reported = _section(_open(shown, f"{HIRE}?view=table&from=2019-06-01&until=2019-06-30"), "Reported by")
    expect(reported.locator("blockquote").first).to_contain_text("Bolt CEO Jane Roe")
    expect(reported).to_contain_text("All of these are of other days than the filter’s.")
    expect(_section(_open(shown, f"{HIRE}?view=table"), "Reported by")).not_to_contain_text("other days")


def test_without_what_was_known_before_the_companies_stay(shown: Page) -> None:
    _open(shown, "#?view=table&list=company&background=0&eventconfidence=100")
    expect(shown.locator("main tbody tr")).to_have_count(4)


def test_the_filters_have_the_types_in_groups_and_what_was_known_before(shown: Page) -> None:
    _open(shown, "#?view=table")
    filters = shown.get_by_role("complementary", name="Filters")
    filters.locator("summary", has_text="Event type").click()
    assert filters.locator(".ng-group h4").all_inner_texts() == ["Deals", "Money", "People and jobs", "Products and sites"]
    filters.locator("summary", has_text="Background").click()
    filters.get_by_role("checkbox", name="Known from before").uncheck()
    expect(shown).to_have_url(re.compile("background=0$"))


def test_the_timeline_marks_what_is_known_to_the_month_and_lists_what_has_no_day(shown: Page) -> None:
    _open(shown, "#company/cane?view=timeline")
    mark = shown.locator(".ng-time path.ng-tick").first
    expect(mark).to_have_attribute("aria-label", re.compile("July 2018, known from before, completed, \\$3M, in 1 article$"))
    _open(shown, "#company/cane?view=timeline&t0=2018-06-01&t1=2018-09-30")
    expect(shown.locator(".ng-time .ng-period").first).to_be_attached()
    panel = _open(shown, "#company/acme?view=timeline")
    undated = shown.locator(".ng-undated-events")
    undated.get_by_text("1 event without a day, not on the timeline").click()
    undated.get_by_role("button", name="Acme cuts 1,200 jobs in Lyon").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Acme cuts 1,200 jobs in Lyon")


def test_the_table_and_its_file_hold_every_value(shown: Page, tmp_path: Path) -> None:
    _open(shown, "#?view=table&list=event&sort=date")
    expect(shown.locator("main tbody tr").first).to_contain_text("Jul 2018")
    with shown.expect_download() as download:
        shown.get_by_role("button", name="Download CSV").press("Enter")
    path = tmp_path / "saved.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["IRI"]: row for row in csv.DictReader(lines)}
    sale, hire, cuts = (rows[f"{BASE}event/f{number}0000000000"] for number in range(3))
    assert [sale[name] for name in ("When", "Status", "Background", "Part", "Amount", "Amount of")] == [
        "2018-07", "completed", "known from before", "rocket arm", "3000000", "price",
    ]  # fmt: skip
    assert sale["Who and what"] == "acquirer: Cane & Co; seller: Dune"
    assert hire["Who and what"] == "company: Bolt; person: Jane Roe; position: chief executive"
    assert [cuts[name] for name in ("When", "Percent", "Number")] == ["", "7.5", "1200"]


def test_the_table_of_people_and_its_file_hold_their_posts(shown: Page, tmp_path: Path) -> None:
    _open(shown, "#?view=table&list=person&sort=posts")
    row = shown.locator("main tbody tr")
    expect(row).to_contain_text("CEO of Bolt")
    with shown.expect_download() as download:
        shown.get_by_role("button", name="Download CSV").press("Enter")
    path = tmp_path / "saved.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as lines:
        assert [(person["Name"], person["Called"], person["Works for"]) for person in csv.DictReader(lines)] == [
            ("Jane Roe", "CEO of Bolt", "Bolt")
        ]


@pytest.mark.parametrize("fragment", [f"{SALE}?view=focus", f"{CUTS}?view=timeline&theme=dark", "#company/acme?view=table&list=event"])
def test_axe_finds_nothing_wrong_in_what_events_show(shown: Page, fragment: str) -> None:
    _open(shown, fragment)
    expect(shown.locator(".ng-d-wait")).to_have_count(0)
    shown.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe(shown) == []
