"""network.html is closed to the network, shows hostile text as text, and says what it shows."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import sync_playwright

from chromium import open_browser
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.export.label_placement import LabelledNode, name_box, place_labels
from newsgraph.export.pyvis_page import to_pyvis, write_html
from newsgraph.export.spring_layout import HEIGHT, WIDTH, spring_layout
from newsgraph.export.subgraph_sampling import overview
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
    assert "All 12 companies, events, providers and topics of this graph and the 21 links between them." in page


def test_the_page_says_what_is_linked_to_nothing_and_left_out(tmp_path: Path) -> None:
    graph = sample_graph()
    lonely = frame("topics", [{"iri": "https://a.example/lonely", "name": "Lonely"}])
    page = _page(make_tables({**graph.tables, "topics": pl.concat([graph["topics"], lonely])}), tmp_path)
    assert "12 of 13 companies, events, providers and topics of this graph, and the 21 links between them." in page
    assert "Left out: 1 that is linked to nothing." in page


def test_the_page_says_how_many_it_draws_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.export.pyvis_page.LIMIT", 5)
    page = _page(sample_graph(), tmp_path)
    assert "The 5 most connected of 12 companies, events, providers and topics of this graph, for more could not" in page


def test_every_thing_of_a_small_graph_is_named() -> None:
    assert [node["id"] for node in to_pyvis(sample_graph()).nodes if not node["label"].strip()] == []


def test_most_things_of_a_large_graph_are_named(news_graph: GraphTables) -> None:
    labels = [node["label"].strip() for node in to_pyvis(news_graph).nodes]
    assert sum(map(bool, labels)) > len(labels) / 2
    assert all(labels[:10])


def test_no_name_covers_another() -> None:
    nodes = [
        LabelledNode(x, y, 6, ("A long name", "of two lines")) for x, y in spring_layout(80, [(0, number, 1.0) for number in range(1, 80)])
    ]
    boxes = [name_box(node, 12, side) for node, side in zip(nodes, place_labels(nodes, 12), strict=True) if side]
    assert len(boxes) > 20
    assert [(a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]] == []


def test_a_name_stands_below_its_node_else_above_it_else_nowhere() -> None:
    hub, low, shut = (LabelledNode(0, y, 6, ("Some name",)) for y in (100, 74, 48))
    assert place_labels([hub, low, shut], 12) == ["below", "", "above"]
    assert place_labels([hub, low], 12) == ["below", "above"]


def test_the_names_of_hubs_may_cover_a_node_but_no_name() -> None:
    hub, near = LabelledNode(0, 0, 6, ("Hub",)), LabelledNode(0, 15, 6, ("Near",))
    over = LabelledNode(0, -15, 6, ("Over",))
    assert place_labels([hub, near, over], 12) == ["below", "below", "above"]
    assert place_labels([near, over, hub], 12)[2] == ""


def test_letters_of_east_asia_count_twice() -> None:
    left, _, right, _ = name_box(LabelledNode(0, 0, 6, ("\u65b0\u805e",)), 12, "below")
    assert right - left == pytest.approx(28)


@pytest.mark.browser
def test_names_stand_where_room_was_found_for_them(tmp_path: Path) -> None:
    (path,) = write_html(sample_graph(), tmp_path)
    with open_browser() as browser:
        page = browser.new_page()
        page.goto(path.as_uri())
        drawn = page.evaluate("""nodes.getIds().map(id => {
            const node = network.body.nodes[id], label = node.labelModule.size;
            return [node.x, node.y, node.options.size, node.options.label, label.top, label.top + label.height, label.width];
        })""")
    for x, y, size, name, top, bottom, width in drawn:
        box = name_box(LabelledNode(x, y, size, tuple(name.split("\n"))), 15, "below")
        assert (top, bottom) == pytest.approx((box[1], box[3]), abs=1)
        assert width < 1.3 * (box[2] - box[0])


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
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: seen.append(dialog.message))
        page.goto((tmp_path / "page.html").as_uri())
        drawn = page.evaluate("network.body.nodeIndices.length")
        browser.close()
    assert drawn == 12
    assert seen == [(tmp_path / "page.html").as_uri()]


def test_an_overview_keeps_the_most_connected_things() -> None:
    view = overview(sample_graph(), 3)
    assert [dot.degree for dot in view.dots] == sorted((dot.degree for dot in overview(sample_graph(), 99).dots), reverse=True)[:3]
    assert view.total == 12


def test_a_link_of_a_rumour_is_not_firm() -> None:
    view = overview(sample_graph(), 99)
    soft = {view.dots[number].label for line in view.lines if not line.firm for number in (line.source, line.target)}
    assert soft == {"Cane & Co may acquire Dune", "Cane & Co", "Dune", "Law in Space"}


def test_nodes_of_a_drawing_stand_apart_and_fit_the_screen() -> None:
    places = spring_layout(40, [(0, number, 1.0) for number in range(1, 40)])
    assert len(set(places)) == 40
    assert all(abs(x) <= WIDTH / 2 and abs(y) <= HEIGHT / 2 for x, y in places)


def test_nodes_of_a_crowd_do_not_cover_one_another() -> None:
    places = spring_layout(200, [(0, number, 1.0) for number in range(1, 200)])
    assert min(_distance(a, b) for a, b in combinations(places, 2)) > 20**2


def test_linked_nodes_stand_nearer_than_others() -> None:
    places = spring_layout(4, [(0, 1, 1.0), (2, 3, 1.0)])
    assert _distance(places[0], places[1]) < _distance(places[0], places[2])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_drawings_work(count: int) -> None:
    assert len(spring_layout(count, [])) == count


def _distance(one: tuple[int, int], other: tuple[int, int]) -> float:
    return float((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)
