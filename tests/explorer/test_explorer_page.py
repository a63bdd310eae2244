"""graph.html opens from disk, alone and closed to the network, with hostile text as text."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from chromium import open_browser
from conftest import ROOT, shared
from explorer_page import open_graph, watched
from newsgraph.core.content_policy import policy_hash
from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer import page, payload
from newsgraph.pipeline.graph_build import BuildOptions, build
from sample import sample_graph

HOSTILE_TITLES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "</script><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)", "\u202eevil\u202c \u200b\u200d", "\u0645\u0631\u062d\u0628\u0627", "x" * 10_000, "${alert(1)} $core {{7*7}}",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


def _blocks(text: str) -> tuple[Any, Any]:
    core, texts = (json.loads(_packed(text, name)) for name in ("ng-core", "ng-texts"))
    return core, texts


def _packed(text: str, name: str) -> bytes:
    (block,) = re.findall(rf'<script type="application/octet-stream" id="{name}">(.*?)</script>', text)
    return gzip.decompress(base64.b64decode(block))


def test_the_policy_names_scripts_and_style_by_their_hash() -> None:
    text = page(payload(sample_graph()))
    (script,), (style,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL), re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    views = _packed(text, "ng-views").decode()
    assert f"script-src {policy_hash(script)} {policy_hash(views)};" in text
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


@pytest.mark.browser
def test_the_views_besides_the_map_are_unpacked_once_and_when_they_are_opened(browser: Browser, tmp_path: Path) -> None:
    with watched(browser) as view:
        view.add_init_script(
            "new MutationObserver((changes) => { for (const { addedNodes } of changes) for (const node of addedNodes) "
            "if (node.localName === 'script' && !node.id) window.ran = (window.ran ?? 0) + 1; }).observe(document, { childList: true, subtree: true });"
        )
        address = open_graph(view, sample_graph(), tmp_path)
        assert view.evaluate("window.ran") == 1
        view.get_by_role("tab", name="Table").click()
        view.get_by_role("table").wait_for()
        view.get_by_role("tab", name="Timeline").click()
        view.locator(".ng-timeline").first.wait_for()
        assert view.evaluate("window.ran") == 2
        assert view.evaluate("document.querySelectorAll('script').length") == 4
        view.goto("about:blank")
        view.goto(f"{address}#?view=set")
        view.get_by_text("The set is empty").wait_for()
        assert view.evaluate("window.ran") == 2


@pytest.mark.browser
def test_a_page_whose_second_part_is_damaged_says_so_and_keeps_its_map(browser: Browser, tmp_path: Path) -> None:
    text = page(payload(sample_graph()))
    damaged = tmp_path / "damaged.html"
    damaged.write_text(re.sub(r'(id="ng-views">).*?(</script>)', r"\1H4sIAAAAAAAA\2", text), "utf-8")
    with watched(browser) as view:
        view.goto(f"{damaged.as_uri()}#?view=table")
        view.get_by_text("This view cannot be shown").wait_for()
        view.get_by_role("tab", name="Map").click()
        view.wait_for_selector(".ng-map-controls")


CORPORA = {"seed": None, "news": "corpus/news", "powerapps": "corpus/powerapps"}


@pytest.fixture(scope="module", params=sorted(CORPORA))
def real(request: pytest.FixtureRequest) -> GraphTables:
    folder = CORPORA[str(request.param)]
    return build([ROOT / "seeds" if folder is None else shared(folder)], BuildOptions(extractor="rules"))


@pytest.mark.browser
def test_every_view_of_real_news_is_silent_and_alone(browser: Browser, real: GraphTables, tmp_path: Path) -> None:
    with watched(browser) as view:
        address = open_graph(view, real, tmp_path)
        best = real["companies"].sort("articles", "iri", descending=[True, False])["iri"][0].removeprefix(real["dataset"]["base"][0])
        for fragment in (
            "",
            f"#{best}",
            f"#{best}?view=focus&hops=2",
            f"#{best}?view=timeline",
            "#?view=table&list=event",
            "#?kinds=article",
        ):
            view.goto("about:blank")
            view.goto(address + fragment)
            view.wait_for_selector(".newsgraph .ng-header")
            view.wait_for_timeout(200)
            assert view.locator(".newsgraph").get_attribute("data-view")


@pytest.mark.browser
def test_hostile_words_are_shown_as_text_in_every_view(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, title in enumerate(HOSTILE_TITLES):
        document = {
            "title": f"{title} Sanofi invests $180 million in Owkin", "excerpt": f"{title} Sanofi, Owkin.", "publishedDateTime": "2021-11-18T05:30:00Z",
            "originalUrl": f"https://news.example/{number}", "webUrl": "javascript:alert(1)", "provider": {"name": title, "domain": "a.example"}, "topics": [title],
        }  # fmt: skip
        (tmp_path / "in" / f"{number}.json").write_text(json.dumps(document), "utf-8")
    graph = build([tmp_path / "in"], BuildOptions(extractor="rules"))
    with watched(browser) as view:
        view.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        address = open_graph(view, graph, tmp_path)
        first = str(graph["articles"]["iri"][0]).removeprefix(str(graph["dataset"]["base"][0]))
        for fragment in (
            "",
            f"#{first}",
            f"#{first}?view=focus",
            "#company/owkin?view=timeline",
            "#?view=table&list=article",
            "#?view=table&list=topic",
        ):
            view.goto("about:blank")
            view.goto(address + fragment)
            view.wait_for_selector(".newsgraph .ng-header")
            view.wait_for_timeout(150)
            assert view.locator(".newsgraph script, .newsgraph iframe, .newsgraph img").count() == 0
            assert view.locator(".newsgraph a[href^='javascript'], .newsgraph a[href^='data']").count() == 0
            links = view.locator(".newsgraph a[target=_blank]")
            assert all(links.nth(at).get_attribute("rel") == "noopener noreferrer" for at in range(links.count()))


def test_a_graph_above_the_limit_gives_its_most_told_things_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.explorer.node_numbers.PAGE_NODES", 10)
    monkeypatch.setattr("newsgraph.explorer.node_numbers.REDUCED_NODES", 6)
    core, texts = _blocks(page(payload(sample_graph())))
    assert core["complete"] is False
    assert len(core["nodes"]["label"]) == 6
    assert core["total"] > 10
    assert texts["articles"]["iri"] == []


@pytest.fixture
def partial(monkeypatch: pytest.MonkeyPatch) -> GraphTables:
    """Give a graph that counts as too large for a page."""
    monkeypatch.setattr("newsgraph.explorer.node_numbers.PAGE_NODES", 20)
    monkeypatch.setattr("newsgraph.explorer.node_numbers.REDUCED_NODES", 20)
    return build([ROOT / "seeds"], BuildOptions(extractor="rules"))


def test_a_page_without_articles_counts_the_articles_that_tell_of_two_things(partial: GraphTables) -> None:
    core, _ = _blocks(page(payload(partial)))
    past = core["kinds"][0]["count"]
    assert core["kinds"][0]["name"] == "company"
    pairs = zip(accumulate(core["together"]["source"]), core["together"]["target"], core["together"]["count"], strict=True)
    found = {(core["nodes"]["label"][one], core["nodes"]["label"][other]): many for one, other, many in pairs if other < past}
    named = (
        partial["mentions"]
        .join(partial["companies"].select("iri", "name"), left_on="company", right_on="iri")
        .select("article", "name")
        .unique()
    )
    both = named.join(named, on="article")
    assert found
    assert {pair: both.filter(name=pair[0], name_right=pair[1]).height for pair in found} == found


def test_a_page_without_articles_never_says_that_there_are_none(browser: Browser, partial: GraphTables, tmp_path: Path) -> None:
    with watched(browser) as view:
        address = open_graph(view, partial, tmp_path)
        core, _ = _blocks((tmp_path / "graph.html").read_text("utf-8"))
        assert "of" in view.locator(".ng-map-notice").inner_text()
        for kind in core["kinds"]:
            at = sum(one["count"] for one in core["kinds"][: core["kinds"].index(kind)])
            view.goto("about:blank")
            view.goto(f"{address}#{core['nodes']['iri'][at]}")
            view.get_by_text("without articles and sentences").wait_for()
            details = view.locator(".ng-details").inner_text()
            assert re.findall(r"No |not dated|\b0 ", details) == [], (kind["name"], details)
