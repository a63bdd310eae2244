"""The table lists everything that the map draws: sorted, filtered, paged and saved, by keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chromium import open_browser
from explorer_page import PHONE, axe, open_graph, wait_for_view, watched
from newsgraph.core.graph_tables import GraphTables
from sample import BASE, GAMMA, SPACE, sample_graph

pytestmark = pytest.mark.browser

FORMULA = '=HYPERLINK("http://x.example","a, b")'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser) as page:
        open_graph(page, _graph(), tmp_path_factory.mktemp("table"), "#?view=table")
        yield page


@pytest.fixture
def view(shown: Page) -> Locator:
    """Open the page anew at the table."""
    return _open(shown, "#?view=table")


def _graph() -> GraphTables:
    """Give the sample with a company that is called as a formula is written, a hundred more, and a second article of a topic, in July."""
    graph = sample_graph()
    named = graph["companies"].with_columns(name=pl.when(pl.col("iri") == f"{BASE}company/dune").then(pl.lit(FORMULA)).otherwise("name"))
    (model,) = graph["companies"].filter(pl.col("iri") == f"{BASE}company/cane").iter_rows(named=True)
    more = [{**model, "iri": f"{BASE}company/extra-{number:03}", "name": f"Extra {number:03}", "articles": 0} for number in range(100)]
    companies = pl.concat([named, pl.DataFrame(more, schema=named.schema)])
    in_july = pl.when(pl.col("iri") == GAMMA).then(pl.lit(datetime(2024, 7, 2, tzinfo=UTC))).otherwise("published")
    topics = pl.concat([graph["article_topics"], pl.DataFrame({"article": [GAMMA], "topic": [SPACE]})])
    tables = {"companies": companies, "articles": graph["articles"].with_columns(published=in_july), "article_topics": topics}
    return replace(graph, tables=MappingProxyType({**graph.tables, **tables}))


def _open(page: Page, fragment: str) -> Locator:
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + fragment)
    wait_for_view(page)
    return page.locator("main")


def _first_column(view: Locator) -> list[str]:
    return [text.strip() for text in view.locator("tbody th").all_inner_texts()]


def _saved(view: Locator, folder: Path) -> tuple[str, list[list[str]], bytes]:
    with view.page.expect_download() as download:
        view.get_by_role("button", name="Download CSV").press("Enter")
    path = folder / "saved.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as lines:
        return download.value.suggested_filename, list(csv.reader(lines)), path.read_bytes()


def test_every_kind_of_thing_and_of_link_has_a_list(view: Locator) -> None:
    options = view.get_by_role("combobox", name="List").locator("option").all_inner_texts()
    assert {"Companies (104)", "Events (4)", "Articles (3)", "Links: invested in (1)", "Links: mentions (10)"} <= set(options)


def test_the_column_heads_sort_and_say_so(view: Locator) -> None:
    view.get_by_role("combobox", name="List").select_option("event")
    head = view.get_by_role("columnheader", name="Amount", exact=True)
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert _first_column(view)[0] == "Acme and Bolt: $2M deal"
    expect(head.get_by_role("button")).to_be_focused()
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert _first_column(view)[0] == "Acme partners with Bolt"
    assert _first_column(view)[-1] == "Cane & Co may acquire Dune"  # nothing is told of its amount


def test_a_filter_leaves_the_rows_that_are_called_so_and_tells_how_many(view: Locator) -> None:
    view.get_by_role("searchbox").fill("acm")
    expect(view).to_contain_text("1 company of 104")
    expect(view.page.get_by_role("status").filter(has_text="1 company of 104")).to_have_count(1)
    assert _first_column(view) == ["Acme"]
    view.get_by_role("searchbox").fill("nobody at all")
    expect(view).to_contain_text("No company has a matching name.")


def test_long_lists_come_by_the_hundred(view: Locator) -> None:
    expect(view).to_contain_text("1–100 of 104")
    view.get_by_role("button", name="Last page").press("Enter")
    expect(view).to_contain_text("101–104 of 104")
    assert len(_first_column(view)) == 4
    assert "page=1" in view.page.url


def test_a_row_of_things_chooses_and_a_row_of_links_opens_what_says_so(view: Locator) -> None:
    panel = view.page.get_by_role("complementary", name="Details")
    view.get_by_role("button", name="Bolt", exact=True).press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Bolt")
    expect(view.locator("tr[aria-current]")).to_contain_text("Bolt")
    view.get_by_role("combobox", name="List").select_option("edges:invested_in")
    view.get_by_role("button", name="Acme invested in Bolt: show the evidence").press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Acme and Bolt")
    expect(panel.locator("blockquote").first).to_have_text("Acme invests $1.5m in Bolt & both partner")


def test_links_tell_their_confidence_and_their_sentences(view: Locator) -> None:
    view.get_by_role("combobox", name="List").select_option("edges:mentions")
    expect(view.get_by_role("columnheader", name="Sentences")).to_be_visible()
    expect(view.locator("tbody tr").filter(has_text="Jane Roe").locator("td").last).to_have_text("2")
    expect(view.locator("tbody tr").filter(has_text="Jane Roe")).to_contain_text("90 %")


def test_a_saved_list_holds_all_rows_as_sorted_with_iris_and_no_formula(view: Locator, tmp_path: Path) -> None:
    view.get_by_role("columnheader", name="Name").get_by_role("button").press("Enter")
    name, rows, raw = _saved(view, tmp_path)
    assert name == "a-sample-companies.csv"
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 105
    head, *body = rows
    assert head[0] == "Name"
    assert head[-1] == "IRI"
    assert len(body) == 104
    assert body[0][0] == f"'{FORMULA}"
    assert body[1][0] == "Acme"
    assert body[1][-1] == f"{BASE}company/acme"


def test_a_saved_list_of_links_names_both_ends(view: Locator, tmp_path: Path) -> None:
    view.get_by_role("combobox", name="List").select_option("edges:invested_in")
    _, rows, _ = _saved(view, tmp_path)
    row = dict(zip(*rows, strict=True))
    assert row["From"] == "Acme"
    assert row["From IRI"] == f"{BASE}company/acme"
    assert row["To IRI"] == f"{BASE}company/bolt"
    assert row["Event IRI"] == f"{BASE}event/d10000000000"
    assert row["Date"] == "2024-05-01"


def test_the_articles_of_a_topic_in_a_month_are_listed_by_keyboard(shown: Page) -> None:
    view = _open(shown, "#topic/space?view=table&list=article")
    shown.get_by_role("button", name="Filter by this").press("Enter")
    expect(view).to_contain_text("2 articles of 3, as filtered")
    shown.get_by_label("First day shown").fill("2024-07-01")
    expect(view).to_contain_text("1 article of 3, as filtered")
    assert _first_column(view)[0].startswith("</script>")
    view.get_by_role("checkbox", name="include what the filters hide").press("Space")
    expect(view.locator("tbody tr")).to_have_count(3)
    assert "all=1" in shown.url


def test_hostile_titles_are_text(view: Locator) -> None:
    view.get_by_role("combobox", name="List").select_option("article")
    assert any(text.startswith("</script><script>alert") for text in _first_column(view))
    assert view.locator("script").count() == 0


def test_the_list_its_order_and_its_page_stand_in_the_address(shown: Page) -> None:
    view = _open(shown, "#?view=table&list=event&sort=name&text=bolt")
    assert _first_column(view) == ["Acme and Bolt: $2M deal", "Acme invests $1.5M in Bolt", "Acme partners with Bolt"]


@pytest.mark.parametrize("fragment", ["#?view=table", "#?view=table&list=edges&sort=-sentences", "#?view=table&text=zzz"])
def test_axe_finds_nothing_wrong_in_the_table(shown: Page, fragment: str) -> None:
    _open(shown, fragment)
    assert axe(shown) == []


def test_a_phone_scrolls_the_table_in_its_own_region(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), tmp_path, "#?view=table")
        region = page.get_by_role("region", name="Companies (104)")
        region.focus()
        page.keyboard.press("ArrowRight")
        for _ in range(100):  # scrolling takes its time; the policy forbids to wait for an expression
            if region.evaluate("(region) => region.scrollLeft") > 0:
                break
            page.wait_for_timeout(100)
        assert region.evaluate("(region) => region.scrollLeft") > 0
        first = region.locator("tbody th").first.bounding_box()
        assert first is not None
        assert first["x"] < 20  # the names stay where they are
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_of_links_is_named_whole_and_offers_nothing_that_is_for_things(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, _graph(), tmp_path, "#?view=table")
        expect(page.get_by_role("button", name="On the map")).to_be_visible()
        chooser = page.get_by_role("combobox", name="List")
        longest = max(chooser.locator("option").all(), key=lambda one: len(one.inner_text()))
        chooser.select_option(longest.get_attribute("value"))
        expect(page.get_by_role("button", name="On the map")).to_be_hidden()
        expect(page.get_by_role("button", name="Add to set")).to_be_hidden()
        # a select does not tell how much of its option is cut: beside one of its own width it is as wide
        cut = """(one) => {
          const free = one.cloneNode(true);
          free.style.maxInlineSize = "none";
          one.after(free);
          const missing = free.offsetWidth - one.offsetWidth;
          free.remove();
          return missing;
        }"""
        assert chooser.evaluate(cut) <= 0


def test_a_printed_table_fits_a_sheet(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, {"width": 760, "height": 1070}) as page:
        open_graph(page, _graph(), tmp_path, "#?view=table&list=event")
        expect(page.locator(".ng-t-region thead th").first).to_be_visible()
        page.emulate_media(media="print")
        # the page takes a moment to become paper, and draws its table anew
        page.wait_for_function("""() => {
          const headings = [...document.querySelectorAll(".ng-t-region thead th")];
          const shown = headings.filter((one) => one.offsetWidth > 0).map((one) => one.getBoundingClientRect().right);
          return 4 < shown.length && shown.length < headings.length && Math.max(...shown) <= 760;
        }""")
        assert page.get_by_text("include what the filters hide").is_hidden()
