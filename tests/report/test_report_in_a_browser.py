"""The report in a browser without network and without script: no request, no fault that axe finds, no sideways scrolling, and print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from chromium import open_browser
from explorer_page import DESK, PHONE, axe, watched
from newsgraph.report.report_page import report_page
from planted_graph import planted_graph

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser."""
    with open_browser() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a report."""
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(planted_graph()[0].tables), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_axe_finds_nothing_wrong(browser: Browser, address: str, look: str) -> None:
    with watched(browser, PHONE if look == "phone" else DESK, dark=look == "dark") as page:
        page.goto(address)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_whole_without_script(browser: Browser, address: str) -> None:
    with watched(browser, java_script_enabled=False) as page:
        page.goto(address)
        assert page.locator("section").count() == page.locator("h2").count() == 7
        assert page.locator("svg").count() == 7
        assert page.get_by_role("img", name="Deals by month and type").is_visible()


def test_dark_and_light_have_colours_of_their_own(browser: Browser, address: str) -> None:
    colours = []
    for dark in (False, True):
        with watched(browser, dark=dark) as page:
            page.goto(address)
            colours.append(
                page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('rect')).fill]")
            )
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]


def test_print_is_black_on_white_and_has_every_table(browser: Browser, address: str) -> None:
    with watched(browser, dark=True) as page:
        page.goto(address)
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert not page.locator("nav").is_visible()
        assert all(table.is_visible() for table in page.locator("table").all())
        assert page.pdf().startswith(b"%PDF")
