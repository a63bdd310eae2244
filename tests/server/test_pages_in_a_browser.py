"""The site in a browser: its pages without a script, the page that asks the server, and YASGUI from another website."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import WAIT, open_browser
from conftest import ROOT
from explorer_page import axe
from newsgraph.query.named_questions import questions
from served_site import Site, served_site
from serving import served

pytestmark = pytest.mark.browser

YASGUI = ROOT / "viewer" / "node_modules" / "@triply" / "yasgui" / "build"
YASGUI_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>YASGUI</title><link rel="stylesheet" href="yasgui.min.css">
<div id="yasgui"></div><script src="yasgui.min.js"></script>
<script>
const yasgui = new Yasgui(document.getElementById("yasgui"), { requestConfig: { endpoint: "ENDPOINT", method: "METHOD" }, copyEndpointOnNewTab: false });
const tab = yasgui.getTab();
tab.setEndpoint("ENDPOINT");
tab.getYasqe().setValue("PREFIX schema: <https://schema.org/> SELECT ?name WHERE { ?c a schema:Corporation ; schema:name ?name } ORDER BY ?name LIMIT 3");
tab.query().catch(error => console.log(error));
</script></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@contextmanager
def opened(browser: Browser, address: str, *, script: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """Open a page, and list what it asks of other addresses than its own site's, and what it says on the console."""
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    wrong: list[str] = []
    start = "/".join(address.split("/")[:3])
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith((start, "blob:", "data:")) else None)
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        page.goto(address)
        yield page, wrong
    finally:
        context.close()


def test_pages_are_read_without_a_script_and_links_lead_from_one_to_the_next(browser: Browser, site: Site) -> None:
    with opened(browser, f"{site.url}/", script=False) as (page, wrong):
        page.get_by_label("Search").fill("oster")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Osterholt", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Osterholt")
        assert page.url == f"{site.url}/id/company/osterholt.html"
        page.get_by_role("link", name="Vantrell Storage").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vantrell Storage")
        assert wrong == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=storage",
        "/search?q=osterhold&as_of=2025-10-01",
        "/search",
        "/id/company/osterholt.html",
        "/id/person/katrin-vollmer.html",
    ],
)
def test_axe_finds_nothing_wrong_in_the_pages(path: str, browser: Browser, site: Site) -> None:
    with opened(browser, f"{site.url}{path}") as (page, _):
        assert axe(page) == []


def test_the_map_is_shown_and_links_to_the_questions(browser: Browser, site: Site) -> None:
    with opened(browser, f"{site.url}/graph.html") as (page, wrong):
        page.wait_for_selector(".newsgraph .ng-header")
        assert wrong == []


def test_the_page_of_questions_asks_the_server(browser: Browser, site: Site) -> None:
    with opened(browser, f"{site.url}/ask.html") as (page, wrong):
        page.get_by_role("button", name=questions()["co-mentioned"].question, exact=True).press("Enter")
        expect(page.locator("table")).to_be_visible()
        page.get_by_role("button", name="Your own, in SPARQL").click()
        editor = page.locator("textarea")
        editor.fill("SELECT ?n WHERE { ?c schema:name ?n . FILTER(?n = 'Osterholt') }")
        editor.press("Control+Enter")
        expect(page.locator("table tbody")).to_contain_text("Osterholt")
        editor.fill("CONSTRUCT { ?c schema:name ?n } WHERE { ?c a schema:Corporation ; schema:name ?n }")
        editor.press("Control+Enter")
        expect(page.locator("table tbody")).to_contain_text("Vantrell Storage")
        assert wrong == []
        editor.fill("SELECT nonsense")
        editor.press("Control+Enter")
        expect(page.get_by_role("alert")).to_contain_text("not valid SPARQL")
        assert len(page.content()) < 2_000_000


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasgui_asks_from_another_website_that_was_named(method: str, browser: Browser, site: Site, tmp_path: Path) -> None:
    if not YASGUI.is_dir():
        pytest.skip("YASGUI is not installed: npm ci in viewer/")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copy(YASGUI / name, tmp_path)
    with served(tmp_path) as website, served_site(site.graph.folder, origins=frozenset({website})) as open_site:
        assert open_site.sparql("ASK {}").status == 200
        text = YASGUI_PAGE.replace("ENDPOINT", f"{open_site.url}/sparql").replace("METHOD", method)
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        with opened(browser, f"{website}/index.html") as (page, _):
            expect(page.locator(".yasr table")).to_contain_text("Corvane Energy")
