"""graph.html opens from disk, alone and closed to the network, with hostile text as text."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from chromium import open_browser
from explorer_page import open_graph, watched
from newsgraph.explorer import page, payload
from newsgraph.explorer.page import policy_hash
from sample import sample_graph


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def _blocks(text: str) -> tuple[Any, Any]:
    blocks = re.findall(r'<script type="application/octet-stream"[^>]*>(.*?)</script>', text)
    core, texts = (json.loads(gzip.decompress(base64.b64decode(block))) for block in blocks)
    return core, texts


def test_the_policy_names_script_and_style_by_their_hash() -> None:
    text = page(payload(sample_graph()))
    (script,), (style,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL), re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert f"script-src {policy_hash(script)};" in text
    assert f"style-src {policy_hash(style)};" in text
    assert "default-src 'none'" in text


def test_equal_graphs_give_equal_pages() -> None:
    assert page(payload(sample_graph())) == page(payload(sample_graph()))


def test_every_mark_lies_in_its_sentence() -> None:
    _, texts = _blocks(page(payload(sample_graph())))
    evidence = texts["evidence"]
    assert evidence["marks"]
    for sentence, marks in zip(evidence["sentence"], evidence["marks"], strict=True):
        letters = texts["sentences"]["text"][sentence].encode("utf-16-le")
        for mark in marks.split():
            start, end = map(int, mark.split("-"))
            assert 0 <= start < end <= len(letters) // 2


@pytest.mark.browser
def test_the_page_opens_from_disk_without_a_request_or_a_word_on_the_console(browser: Browser, tmp_path: Path) -> None:
    with watched(browser) as view:
        open_graph(view, sample_graph(), tmp_path)
        assert view.title() == "A sample"
