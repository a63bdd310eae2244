"""A site in a browser: accessible, searchable from the disk, and its events in a frame of another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from chromium import WAIT, open_browser
from explorer_page import axe
from newsgraph.site.site_writer import write_site
from sample import sample_graph
from serving import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser."""
    with open_browser() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(sample_graph(), folder, "Desk", "https://desk.example/")
    return folder


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: Browser, site: Path, look: str) -> None:
    names = [
        "index.html",
        "companies.html",
        "embed.html",
        "404.html",
        *(str(max(kind.glob("*.html")).relative_to(site)) for kind in site.iterdir() if kind.is_dir()),
    ]
    page = browser.new_page(color_scheme=look)  # type: ignore[arg-type]
    page.set_default_timeout(WAIT)
    for name in names:
        page.goto((site / name).as_uri())
        assert axe(page) == [], name
    page.close()


def test_the_search_works_from_the_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(WAIT)
    page.goto((site / "index.html").as_uri())
    page.get_by_label("Search names and headlines").fill("ACME inc")
    found = page.locator("#found a")
    expect(found).to_have_count(1)
    assert axe(page) == []
    found.click()
    expect(page.locator("h1")).to_have_text("Acme")
    page.close()


def test_without_a_script_everything_can_be_read(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto((site / "index.html").as_uri())
    expect(page.get_by_role("search")).to_be_hidden()
    page.get_by_role("link", name="Companies", exact=True).click()
    page.get_by_role("link", name="Bolt", exact=True).click()
    expect(page.locator("#events")).to_contain_text("as target")
    context.close()


def test_a_frame_shows_the_events_of_a_company_and_nothing_else(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.set_default_timeout(WAIT)
    with served(site) as address:
        page.goto(f"{address}/embed.html?company=acme")
        expect(page.locator("h1")).to_have_text("Acme")
        links = page.locator("#events a")
        assert links.count() > 0
        assert str(links.first.get_attribute("href")).startswith(f"{address}/event/")
        for wrong in ("..%2F..%2Fsecret", "nobody", "", "%3Cimg%20src%3Dx%3E"):
            page.goto(f"{address}/embed.html?company={wrong}")
            expect(page.locator("#told")).not_to_be_empty()
            assert page.locator("#events li").count() == 0
    page.close()
