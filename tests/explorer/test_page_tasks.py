"""What people do with the page beyond single tasks (`test_fifteen_tasks`): compare, take away, correct, and come back to it."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyoxigraph
import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, expect

from chromium import open_browser
from explorer_page import DESK, PHONE, axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Verb
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.export.turtle import write_turtle
from newsgraph.pipeline.graph_build import BuildOptions, build
from page_reader import Reader
from sample import sample_graph

pytestmark = pytest.mark.browser

NEWS = Path(__file__).parents[2] / "examples" / "news"
MOST = 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    """Return the graph of the example, whose texts are invented."""
    return build([NEWS], BuildOptions(extractor="rules"))


@pytest.fixture(scope="module")
def opened(browser: Browser, graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]) as page:
        open_graph(page, graph, tmp_path_factory.mktemp("tasks"))
        yield page


@pytest.fixture
def reader(opened: Page) -> Iterator[Reader]:
    """Open the page anew; at the end no more than three steps may have been taken."""
    address = opened.url.partition("#")[0]
    opened.goto("about:blank")
    opened.goto(address)
    opened.wait_for_selector(".ng-map-controls")
    one = Reader(opened, by_mouse=True)
    yield one
    assert len(one.steps) <= MOST, one.steps


def _box(one: Locator) -> FloatRect:
    found = one.bounding_box()
    assert found is not None
    return found


def test_on_a_phone_two_companies_are_beside_each_other(browser: Browser, graph: GraphTables, tmp_path: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, graph, tmp_path, "#?view=set&set=company/osterholt,company/kelvaro")
        table = page.get_by_role("table", name="Comparison")
        names = [_box(table.get_by_role("columnheader", name=name)) for name in ("Osterholt", "Kelvaro")]
        for title in ("Articles", "Events", "Topics"):
            row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=title))
            shared, *cells = map(_box, row.get_by_role("cell").all())
            assert [cell["x"] for cell in cells] == [name["x"] for name in names]
            assert cells[0]["y"] == cells[1]["y"]
            assert cells[0]["x"] + cells[0]["width"] <= cells[1]["x"]
            assert cells[1]["x"] + cells[1]["width"] <= PHONE["width"]
            assert shared["y"] >= cells[0]["y"] + cells[0]["height"]
        table.get_by_role("rowheader", name="Outlets").scroll_into_view_if_needed()
        expect(table.get_by_role("columnheader", name="Osterholt")).to_be_in_viewport()
        assert axe(page) == []


def test_compare_companies_that_are_ticked(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{page.url.partition('#')[0]}#?view=table")
    for name in ("Osterholt", "Kelvaro"):
        reader.steps.append(f"tick {name}")
        page.get_by_role("checkbox", name=f"{name}: in the set").check()
    reader.click("Compare")
    expect(page.get_by_role("heading", name="Osterholt and Kelvaro")).to_be_visible()
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("img", name=re.compile(r"^Osterholt: \d+ articles, .*; Kelvaro: \d+ articles"))).to_be_visible()
    assert axe(page) == []


def test_the_set_is_filled_by_a_key_and_emptied_by_undo(reader: Reader) -> None:
    page = reader.page
    page.goto(f"{page.url.partition('#')[0]}#company/osterholt")
    expect(page.get_by_role("heading", name="Osterholt", exact=True)).to_be_visible()
    reader.keys("s")
    expect(page.get_by_role("region", name="Set")).to_contain_text("Set: 1")
    expect(page.get_by_role("button", name="In the set", exact=True)).to_have_attribute("aria-pressed", "true")
    reader.keys("Control+z")
    expect(page.get_by_role("region", name="Set")).to_be_hidden()


def _part(reader: Reader, format_name: str) -> tuple[str, bytes]:
    reader.page.goto(f"{reader.page.url.partition('#')[0]}#company/vantrell-storage")
    reader.click("Save part", "menu")
    return reader.download(lambda: reader.click(format_name))


def test_the_part_of_a_company_as_turtle_is_a_part_of_the_graph(reader: Reader, graph: GraphTables, tmp_path: Path) -> None:
    name, content = _part(reader, "Turtle")
    assert name == "vantrell-storage.ttl"
    write_turtle(graph, tmp_path)

    def triples(data: bytes) -> set[tuple[str, str, str]]:
        return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in pyoxigraph.parse(data, pyoxigraph.RdfFormat.TURTLE)}

    part, whole = triples(content), triples((tmp_path / "graph.ttl").read_bytes())
    assert len(part) > 100
    assert sorted(part - whole) == []


def test_the_part_of_a_company_as_graphml_and_as_statements_with_sources(reader: Reader) -> None:
    _, content = _part(reader, "GraphML")
    root = ET.fromstring(content)  # noqa: S314 - written by the page
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    ends = {edge.get(end) for edge in root.iter(f"{space}edge") for end in ("source", "target")}
    assert len(nodes) > 10
    assert ends <= nodes
    reader.steps.clear()
    _, content = _part(reader, "CSV with sources")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    bought = [row for row in rows if row["Link"] == "acquired" and row["To"] == "Vantrell Storage"]
    assert bought
    assert all(row["Sentence"] and row["Headline"] and row["Address"].startswith("https://") for row in bought)


def test_the_part_of_a_company_as_a_page_of_its_own(reader: Reader, browser: Browser, tmp_path: Path) -> None:
    name, content = _part(reader, "HTML page")
    path = tmp_path / name
    path.write_bytes(content)
    assert len(content) < 500_000
    with watched(browser, reduced_motion="reduce") as page:
        page.goto(path.as_uri())
        page.wait_for_selector(".ng-map-controls")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Vantrell Storage")
        page.goto(f"{path.as_uri()}#company/vantrell-storage")
        expect(page.get_by_role("heading", name="Vantrell Storage", exact=True)).to_be_visible()
        expect(page.locator(".ng-d-sum")).to_contain_text("13 articles")
        page.goto(f"{path.as_uri()}#company/osterholt?edge=company/vantrell-storage")
        expect(page.locator("blockquote").first).to_be_visible()
        assert axe(page) == []


def test_save_a_picture_for_a_slide(reader: Reader) -> None:
    """A picture has a title, a legend and its source: it is higher than the map by their lines."""
    canvas = reader.page.locator(".ng-map-layers").bounding_box()
    assert canvas is not None
    drawn = reader.page.evaluate_handle(
        "() => { const words = []; const { fillText } = CanvasRenderingContext2D.prototype; CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { words.push(text); fillText.call(this, text, ...rest); }; return words; }"
    )
    name, content = reader.download(lambda: reader.click("Save picture of the visible part"))
    width, height = struct.unpack(">II", content[16:24])
    assert name == "map.png"
    assert (width, height) == (round(canvas["width"]) * 2, (round(canvas["height"]) + 98) * 2)
    words = drawn.json_value()
    assert {"No filters", "Companies", "Events"} <= set(words)
    assert any(re.match(r"Source: .*\d+ articles · .*2025 · newsgraph", word) for word in words)


def _decided(entries: str, folder: Path) -> GraphTables:
    """Build the example with the entries."""
    (folder / "decisions.yaml").write_text(entries, encoding="utf-8")
    return build([NEWS], BuildOptions(extractor="rules", decisions=folder / "decisions.yaml"))


def test_hide_a_false_company_and_correct_the_graph(reader: Reader, graph: GraphTables, tmp_path: Path) -> None:
    page = reader.page
    reader.ask("Halverne Bank")
    expect(page.get_by_role("heading", name="Halverne Bank", exact=True)).to_be_visible()
    reader.steps.clear()
    reader.click("Change", "menu")
    reader.click("Not a company")
    expect(page.get_by_role("region", name="Set")).to_contain_text("1 hidden")
    reader.click("1 decision")
    entries = page.get_by_role("textbox", name="Entries for decisions.yaml").input_value()
    (decision,) = parse_decisions(entries, "decisions.yaml")
    assert decision.verb is Verb.NOT_A_COMPANY
    assert [str(company) for company in decision.companies] == ["Halverne Bank"]
    reader.steps.clear()
    decided = _decided(entries, tmp_path)
    assert decided["decisions"]["outcome"].to_list() == ["applied"]
    assert "Halverne Bank" in graph["companies"]["name"]
    assert "Halverne Bank" not in decided["companies"]["name"]
    page.keyboard.press("Control+z")
    expect(page.get_by_role("textbox", name="Entries for decisions.yaml")).to_have_count(0)
    assert "hidden" not in page.url


def test_the_status_of_an_event_is_corrected_in_two_steps(reader: Reader, graph: GraphTables, tmp_path: Path) -> None:
    page = reader.page
    event = graph["events"].filter(pl.col("status") != "ended", type="acquisition").row(0, named=True)
    page.goto(f"{page.url.partition('#')[0]}#{event['iri'].removeprefix(graph['dataset']['base'][0])}")
    reader.click("Change", "menu")
    reader.click("Status: ended")
    expect(page.get_by_role("button", name=" hidden")).to_have_count(0)
    page.get_by_role("button", name="1 decision").click()
    decided = _decided(page.get_by_role("textbox", name="Entries for decisions.yaml").input_value(), tmp_path)
    assert decided["decisions"]["outcome"].to_list() == ["applied"]
    assert decided["events"].filter(iri=event["iri"])["status"].to_list() == ["ended"]


def test_what_the_file_can_join_is_offered_as_the_same_and_joined_by_a_build(reader: Reader, graph: GraphTables, tmp_path: Path) -> None:
    page, base = reader.page, graph["dataset"]["base"][0]
    same = page.locator(".ng-menu-part").get_by_role("button", name=re.compile("^Same"))

    def offered(chosen: str, other: str) -> None:
        page.goto(f"{page.url.partition('#')[0]}#{chosen.removeprefix(base)}?set={other.removeprefix(base)}")
        page.get_by_text("Change", exact=True).click()

    contracts, organisations, articles = (
        rows["iri"].to_list() for rows in (graph["events"].filter(type="contract"), graph["organisations"], graph["articles"])
    )
    lawsuit = graph["events"].filter(type="lawsuit")["iri"][0]
    for chosen, other in ((organisations[0], organisations[1]), (contracts[0], lawsuit), (articles[0], contracts[0])):
        offered(chosen, other)
        expect(same).to_have_count(0)
    decided = []
    for chosen, other in ((contracts[0], contracts[1]), (articles[0], articles[-1])):
        offered(chosen, other)
        same.click()
        page.get_by_role("button", name="1 decision").click()
        decided.append(page.get_by_role("textbox", name="Entries for decisions.yaml").input_value())
    found = _decided("".join(decided), tmp_path)
    assert found["decisions"]["outcome"].to_list() == ["applied", "applied"]
    assert found["events"].filter(type="contract").height == len(contracts) - 1


def test_a_copied_link_holds_what_is_looked_at_and_neither_theme_nor_decisions(reader: Reader) -> None:
    page = reader.page
    shown = "company/osterholt?view=focus&set=company/kelvaro&notes=company/kelvaro~to+ask&from=2025-09-01"
    page.goto(f"{page.url.partition('#')[0]}#{shown}&decide=person~company/kelvaro")
    page.get_by_role("button", name="Switch to the dark theme").click()
    reader.click("Copy link")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"graph.html#{shown}"
    assert "theme=dark" in page.url
    assert "decide=" in page.url


def test_clearing_the_filters_does_not_bring_back_what_was_declared_wrong(reader: Reader, graph: GraphTables) -> None:
    page = reader.page
    events = graph["events"].head(2)["iri"].str.strip_prefix(graph["dataset"]["base"][0])
    page.goto(f"{page.url.partition('#')[0]}#?decide=wrong_event~{events[0]}&hidden={events[0]}&types=acquisition")
    page.get_by_role("button", name="Clear filters").first.click()
    expect(page.get_by_role("region", name="Set")).to_contain_text("1 hidden")
    assert "types" not in page.url
    assert "hidden" in page.url


def test_every_decision_of_the_page_is_read_and_applied_by_a_build(reader: Reader, graph: GraphTables, tmp_path: Path) -> None:
    """Each event that the page offers to call wrong is found by the entry that it writes, unless another one has its type, parties and month."""
    page = reader.page
    base = graph["dataset"]["base"][0]
    events = [iri.removeprefix(base) for iri in graph["events"].filter(pl.col("type") != "deal")["iri"]]
    page.goto(f"{page.url.partition('#')[0]}#?view=set&decide={','.join(f'wrong_event~{event}' for event in events)}")
    entries = page.get_by_role("textbox", name="Entries for decisions.yaml").input_value()
    decisions = parse_decisions(entries, "decisions.yaml")
    assert len(decisions) > 15
    outcomes = _decided(entries, tmp_path)["decisions"]
    twins = [decision for decision in decisions if decisions.count(decision) > 1]
    assert outcomes.filter(pl.col("outcome") != "applied").height <= len(twins) <= 2
    assert set(outcomes["outcome"]) <= {"applied", "ambiguous"}


def test_decisions_about_names_with_signs_are_read_as_they_are(browser: Browser, tmp_path: Path) -> None:
    graph = sample_graph()
    iris = [iri.partition("/id/")[2] for iri in graph["companies"]["iri"]]
    with watched(browser) as page:
        open_graph(page, graph, tmp_path, f"#?view=set&decide={','.join(f'not_a_company~{iri}' for iri in iris)},same~{iris[0]}~{iris[2]}")
        entries = page.get_by_role("textbox", name="Entries for decisions.yaml").input_value()
        *refused, same = parse_decisions(entries, "decisions.yaml")
        assert [decision.companies[0].name for decision in refused] == graph["companies"]["name"].to_list()
        assert [company.name for company in same.companies] == ["Acme", "Cane & Co"]


@pytest.mark.parametrize(
    "fragment",
    [
        "#?view=set&set=company/osterholt,company/vantrell-storage,company/kelvaro&decide=same~company/kelvaro~company/osterholt",
        "#?communities=1&colour=first",
        "#company/osterholt?expand=company/vantrell-storage&set=company/kelvaro",
        "#?view=table&list=article&words=battery",
    ],
)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_axe_finds_nothing(
    browser: Browser, graph: GraphTables, tmp_path: Path, fragment: str, viewport: ViewportSize, *, dark: bool
) -> None:
    with watched(browser, viewport, dark=dark, reduced_motion="reduce") as page:
        open_graph(page, graph, tmp_path, fragment)
        page.wait_for_timeout(300)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_state_of_the_set_and_the_map_survives_the_address(reader: Reader) -> None:
    page = reader.page
    fragment = "#company/osterholt?set=company/kelvaro&notes=company/kelvaro~ask+them&expand=company/kelvaro&pins=company/kelvaro~-300~200&size=links&colour=origins&communities=0&single=1"
    page.goto(f"{page.url.partition('#')[0]}{fragment}")
    expect(page.get_by_role("region", name="Set")).to_contain_text("Kelvaro")
    assert page.evaluate("[...document.querySelectorAll('.ng-map-choice select')].map((one) => one.value)") == ["links", "origins"]
    page.get_by_role("tab", name="Set").click()
    expect(page.locator(".ng-c-note")).to_have_text("ask them")
    for part in ("pins=company/kelvaro", "size=links", "colour=origins", "communities=0", "single=1", "expand=company/kelvaro"):
        assert part in page.url
