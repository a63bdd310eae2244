"""The page for annotating, in a browser: from a hostile text to a line of the gold file, by keys alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chromium import WAIT, open_browser
from newsgraph.annotate import AnnotationSession, open_server
from newsgraph.score import read_gold

pytestmark = pytest.mark.browser

TITLE = "<img src=x onerror=alert(1)> Zorblat buys Quxly for 5m"
EXCERPT = "</script><script>alert(2)</script> Zorblat said so."


@contextmanager
def opened(folder: Path, seen: list[str]) -> Iterator[Page]:
    """Open the page for one hostile document; `seen` takes whatever the page complains of."""
    fields = {"title": TITLE, "excerpt": EXCERPT, "originalUrl": "https://wire.example/1"}
    front = "\n".join(f"{name}: {json.dumps(value)}" for name, value in fields.items())
    (folder / "a.md").write_text(f"---\n{front}\n---\n", encoding="utf-8")
    desk = AnnotationSession([folder], 5, folder / "gold.jsonl", "rules")
    with open_browser() as browser, open_server(desk) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            page = browser.new_page()
            page.set_default_timeout(WAIT)
            page.on("console", lambda message: seen.append(message.text))
            page.on("pageerror", lambda error: seen.append(str(error)))
            page.on("dialog", lambda dialog: seen.append(dialog.message))
            page.goto(server.url)
            page.wait_for_selector("#title:not(:empty)")
            proposed = page.locator("#names button, #events button.plain")
            while proposed.count():
                proposed.first.click()
            page.locator("#text").focus()
            yield page
            page.close()
        finally:
            server.shutdown()
            thread.join()


def choose(page: Page, words: str) -> None:
    """Walk to a word with the arrow keys."""
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        if page.evaluate("getSelection().toString()") == words:
            return
    pytest.fail(f"no way to {words} by keys")


def save(page: Page) -> None:
    with page.expect_response("**/item/0"):
        page.keyboard.press("Control+Enter")


def test_a_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    seen: list[str] = []
    with opened(tmp_path, seen) as page:
        shown = page.locator("#title").text_content(), page.locator("#excerpt").text_content()
        images = page.locator("img").count()
    assert shown == (TITLE, EXCERPT)
    assert (images, seen) == (0, [])


def test_a_record_is_made_and_saved_by_keys_alone(tmp_path: Path) -> None:
    seen: list[str] = []
    with opened(tmp_path, seen) as page:
        for name in ("Zorblat", "Quxly"):
            choose(page, name)
            page.keyboard.press("c")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("n")
        _fill(page)
        save(page)
        expect(page.locator("#message")).to_contain_text("All 1 texts are saved")
    (record,) = read_gold(tmp_path / "gold.jsonl")
    assert record["companies"] == [{"name": "Zorblat", "surfaces": ["Zorblat"]}, {"name": "Quxly", "surfaces": ["Quxly"]}]
    assert record["events"] == [EVENT]
    assert seen == []


EVENT: dict[str, Any] = {
    "type": "acquisition", "subject": "Zorblat", "object": "Quxly", "amount": 5_000_000, "currency": "USD",
    "evidence": "Zorblat buys Quxly",
}  # fmt: skip


def _fill(page: Page) -> None:
    """Fill in the event, from its first field on, as the Tab key leads."""
    page.keyboard.press("Tab")
    page.keyboard.type("Acq")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("5m")
    page.keyboard.press("Tab")
    page.keyboard.type("usd")


def test_a_mark_goes_with_the_delete_key(tmp_path: Path) -> None:
    with opened(tmp_path, []) as page:
        choose(page, "Zorblat")
        page.keyboard.press("p")
        marked = page.locator("mark.people").count()
        page.keyboard.press("Delete")
        left = page.locator("mark").count()
    assert (marked, left) == (2, 0)


def test_two_marks_of_one_name_become_one(tmp_path: Path) -> None:
    with opened(tmp_path, []) as page:
        for name in ("Zorblat", "Quxly"):
            choose(page, name)
            page.keyboard.press("c")
        page.locator("#names input[aria-label=Name]").last.fill("Zorblat")
        page.keyboard.press("Tab")
        expect(page.locator("#names .row")).to_have_count(1)
        save(page)
    (record,) = read_gold(tmp_path / "gold.jsonl")
    assert record["companies"] == [{"name": "Zorblat", "surfaces": ["Zorblat", "Quxly"]}]


def test_what_cannot_be_saved_is_said_on_the_page_and_stays_there(tmp_path: Path) -> None:
    seen: list[str] = []
    with opened(tmp_path, seen) as page:
        choose(page, "Zorblat")
        page.keyboard.press("c")
        page.locator("#excerpt").click(position={"x": 2, "y": 2})
        page.keyboard.press("n")
        save(page)
        page.wait_for_selector("#message.bad")
        message, marks = page.locator("#message").text_content(), page.locator("mark").count()
    assert "has no evidence in the text" in (message or "")
    assert marks == 2
    assert not (tmp_path / "gold.jsonl").exists()
