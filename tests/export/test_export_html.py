"""network.html is closed to the network, shows hostile text as text, and says what it shows."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import sync_playwright

from chromium import WAIT, open_browser
from newsgraph.core.graph_tables import GraphTables, edges, frame, make_tables
from newsgraph.explorer import payload
from newsgraph.explorer.label_placement import have_room, text_length
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.export.pyvis_page import label_box, to_pyvis, write_html
from newsgraph.export.subgraph_sampling import Sample, sample
from sample import ACME, HOSTILE, sample_graph


def _with_name(name: str) -> GraphTables:
    graph = sample_graph()
    changed = pl.when(pl.col("iri") == ACME).then(pl.lit(name)).otherwise(pl.col("name")).alias("name")
    title = graph["dataset"].with_columns(pl.lit(name).alias("title"))
    return make_tables({**graph.tables, "companies": graph["companies"].with_columns(changed), "dataset": title})


def _page(graph: GraphTables, folder: Path) -> str:
    (path,) = write_html(graph, folder)
    return path.read_text("utf-8")


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    return _page(_with_name(f"{HOSTILE} <a href='x' onclick=alert(1)>"), tmp_path)


def test_a_hostile_name_never_stands_in_the_page_as_markup(hostile: str) -> None:
    assert "<script>alert" not in hostile
    assert "<a href='x'" not in hostile


def test_a_hostile_name_starts_no_further_script(hostile: str, tmp_path: Path) -> None:
    assert len(re.findall("<script", hostile)) == len(re.findall("<script", _page(sample_graph(), tmp_path)))


def test_a_name_with_href_does_not_switch_on_markup_in_tooltips(hostile: str) -> None:
    assert "innerHTML = nodeData" not in hostile


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    page = _page(sample_graph(), tmp_path)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)
    assert "default-src 'none'" in page


def test_the_policy_names_every_script_by_its_hash(tmp_path: Path) -> None:
    page = _page(sample_graph(), tmp_path)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}" for script in scripts}
    assert set(re.findall(r"'(sha256-[^']+)'", page)) == hashes
    assert len(scripts) >= 3


def test_the_page_stands_alone_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_html(sample_graph(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["network.html"]


def test_the_page_says_what_it_shows(tmp_path: Path) -> None:
    page = _page(sample_graph(), tmp_path)
    assert "<title>A sample</title>" in page
    assert "All 12 companies, events, providers and topics of this graph and the 23 links between them." in page


def test_the_page_says_what_is_linked_to_nothing_and_left_out(tmp_path: Path) -> None:
    graph = sample_graph()
    lonely = frame("topics", [{"iri": "https://a.example/lonely", "name": "Lonely"}])
    page = _page(make_tables({**graph.tables, "topics": pl.concat([graph["topics"], lonely])}), tmp_path)
    assert "12 of 13 companies, events, providers and topics of this graph, and the 23 links between them." in page
    assert "Left out: 1 that is linked to nothing." in page


def test_the_page_says_how_many_it_draws_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.export.pyvis_page.LIMIT", 5)
    page = _page(sample_graph(), tmp_path)
    assert "The 5 most connected of 12 companies, events, providers and topics of this graph, because more would be unreadable" in page


def test_every_thing_of_a_small_graph_is_named() -> None:
    assert [node["id"] for node in to_pyvis(sample_graph()).nodes if not node["label"].strip()] == []


def test_the_first_labels_of_a_large_graph_are_large_and_the_others_fit_their_rooms(news_graph: GraphTables) -> None:
    sizes = [node["font"]["size"] for node in to_pyvis(news_graph).nodes]
    large, small = max(sizes), min(sizes)
    assert sizes[0] == large > 2 * small
    assert set(sizes) == {large, small}


def test_no_large_label_covers_another(news_graph: GraphTables) -> None:
    nodes = to_pyvis(news_graph).nodes
    large = max(node["font"]["size"] for node in nodes)
    boxes = [label_box(node["x"], node["y"], node["size"], node["label"], large) for node in nodes if node["font"]["size"] == large]
    assert len(boxes) > 20
    assert [(a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]] == []


def test_a_label_without_room_leaves_its_room_to_the_next() -> None:
    first, covered, free = (0, 0, 10, 10), (5, 5, 15, 15), (12, 12, 20, 20)
    assert list(have_room([first, covered, free])) == [True, False, True]


def test_letters_of_east_asia_count_twice() -> None:
    assert text_length("\u65b0\u805e") == 4


def test_things_are_at_their_places_on_the_map_of_the_explorer(news_graph: GraphTables) -> None:
    core = json.loads(gzip.decompress(payload(news_graph).core))
    numbers = {iri: number for number, iri in enumerate(node_numbers(news_graph).frame["iri"])}
    chosen = sample(news_graph, node_numbers(news_graph), edges(news_graph), 500).nodes
    drawn = [(node["x"], node["y"]) for node in to_pyvis(news_graph).nodes]
    places = [(core["nodes"]["x"][numbers[node.iri]], core["nodes"]["y"][numbers[node.iri]]) for node in chosen]
    scale = max(x for x, _ in drawn) / max(x for x, _ in places)
    assert len(drawn) > 100
    assert [(a, b) for (a, b), (x, y) in zip(drawn, places, strict=True) if abs(a - x * scale) > 1 or abs(b - y * scale) > 1] == []


@pytest.mark.parametrize("graph", ["sample", "news"])
def test_no_node_covers_another(graph: str, news_graph: GraphTables) -> None:
    nodes = to_pyvis(sample_graph() if graph == "sample" else news_graph).nodes
    assert [(a["label"], b["label"]) for a, b in combinations(nodes, 2) if _apart(a, b) < a["size"] + b["size"]] == []


def _apart(a: dict[str, Any], b: dict[str, Any]) -> float:
    return math.hypot(a["x"] - b["x"], a["y"] - b["y"])


@pytest.mark.browser
def test_labels_are_where_room_was_found_for_them(tmp_path: Path) -> None:
    (path,) = write_html(sample_graph(), tmp_path)
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(path.as_uri())
        drawn = page.evaluate("""nodes.getIds().map(id => {
            const node = network.body.nodes[id], label = node.labelModule.size, {size, font} = node.options;
            return [node.x, node.y, size, font.size, node.options.label, label.top, label.top + label.height, label.width];
        })""")
    for x, y, size, font, name, top, bottom, width in drawn:
        box = label_box(x, y, size, name, font)
        assert (top, bottom) == pytest.approx((box[1], box[3]), abs=1)
        assert width < 1.3 * (box[2] - box[0])


@pytest.mark.browser
def test_large_labels_keep_their_size_on_the_screen_when_the_map_is_zoomed(news_graph: GraphTables, tmp_path: Path) -> None:
    (path,) = write_html(news_graph, tmp_path)
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(path.as_uri())
        sizes = []
        for _ in range(2):
            sizes.append(page.evaluate("[network.getScale(), network.body.nodes[0].options.font.size]"))
            page.mouse.move(500, 500)
            for _ in range(20):
                page.mouse.wheel(0, -100)
            page.wait_for_function(f"network.getScale() > {2 * sizes[0][0]}")
    (far, font), (near, zoomed) = sizes
    assert near > far
    assert near * zoomed == pytest.approx(14, rel=0.01)
    assert far * font <= 14.01


@pytest.mark.browser
def test_choosing_a_node_fades_what_is_not_linked_to_it(tmp_path: Path) -> None:
    (path,) = write_html(sample_graph(), tmp_path)
    with open_browser() as browser:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(path.as_uri())
        page.evaluate("show([0])")
        near = page.evaluate("[0, ...network.getConnectedNodes(0)].sort((a, b) => a - b)")
        bright = page.evaluate("nodes.get().filter(node => node.opacity === 1 && node.label !== ' ').map(node => node.id)")
        page.evaluate("show([])")
        everything = page.evaluate("nodes.get().filter(node => node.opacity === 1 && node.label !== ' ').length")
    assert 1 < len(near) < 12
    assert (bright, everything) == (near, 12)


@pytest.mark.browser
def test_the_page_draws_in_a_browser_without_a_request_an_error_or_a_dialog(hostile: str, tmp_path: Path) -> None:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium here")
    (tmp_path / "page.html").write_text(hostile, "utf-8")
    seen: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: seen.append(dialog.message))
        page.goto((tmp_path / "page.html").as_uri())
        drawn = page.evaluate("network.body.nodeIndices.length")
        browser.close()
    assert drawn == 12
    assert seen == [(tmp_path / "page.html").as_uri()]


def _sample(limit: int) -> Sample:
    graph = sample_graph()
    return sample(graph, node_numbers(graph), edges(graph), limit)


def test_a_sample_keeps_the_most_connected_nodes() -> None:
    degrees = sorted((node.degree for node in _sample(99).nodes), reverse=True)
    assert [node.degree for node in _sample(3).nodes] == degrees[:3]
    assert _sample(3).total == 12


def test_a_link_of_a_rumour_is_not_firm() -> None:
    view = _sample(99)
    soft = {view.nodes[number].label for edge in view.edges if not edge.firm for number in (edge.source, edge.target)}
    assert soft == {"Cane & Co may acquire Dune", "Cane & Co", "Dune", "Law in Space"}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_graphs_can_be_drawn(count: int, tmp_path: Path) -> None:
    rows = [{"iri": f"https://a.example/{number}", "name": f"Topic {number}"} for number in range(count)]
    graph = make_tables({"dataset": sample_graph()["dataset"], "topics": frame("topics", rows)})
    assert len(to_pyvis(graph).nodes) == count
    assert f"All {count} companies, events, providers and topics" in _page(graph, tmp_path)
