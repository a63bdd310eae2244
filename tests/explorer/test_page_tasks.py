"""What people come for, each in three steps or fewer, by mouse and by keyboard: ask, compare, take away, share, correct."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyoxigraph
import pytest
from playwright.sync_api import Browser, Download, Page, ViewportSize, expect

from chromium import open_browser
from explorer_page import DESK, PHONE, axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Verb
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.export.turtle import write_turtle
from newsgraph.pipeline.graph_build import BuildOptions, build
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


@dataclass
class Reader:
    """Somebody who does a task; a step is a press of a button, or keys that are typed at one go."""

    page: Page
    steps: list[str] = field(default_factory=list)

    def keys(self, *presses: str) -> None:
        """Type or press keys at one go: single keys by their names, all else as letters."""
        self.steps.append(" ".join(presses))
        for press in presses:
            if press in {"Enter", "/", "s", "Escape", "ArrowDown", "ArrowUp"} or "+" in press:
                self.page.keyboard.press(press)
            else:
                self.page.keyboard.type(press)

    def ask(self, text: str, *, by_mouse: bool = False) -> None:
        """Type into the search field and take the first answer."""
        search = self.page.get_by_role("combobox", name="Search", exact=True)
        if by_mouse:
            self.steps.append("click the field and type")
            search.click()
        else:
            self.keys("/")
        search.fill(text)
        first = self.page.get_by_role("listbox", name="Search: results").get_by_role("option").first
        expect(first).to_contain_text(re.compile("Question|Company|Event|Article"))
        if by_mouse:
            self.steps.append("click the answer")
            first.click()
        else:
            self.keys("Enter")

    def click(self, name: str, role: str = "button", within: str = "") -> None:
        """Press a button, or the one that opens a menu."""
        self.steps.append(f"click {name}")
        place = self.page.locator(within) if within else self.page
        target = place.locator("summary", has_text=name) if role == "menu" else place.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        target.first.click()

    def download(self, act: Callable[[], None]) -> tuple[str, bytes]:
        """Do what saves a file; give its name and content."""
        with self.page.expect_download() as waiting:
            act()
        saved: Download = waiting.value
        return saved.suggested_filename, Path(saved.path()).read_bytes()


@pytest.fixture(params=["keyboard", "mouse"])
def by_mouse(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "mouse")


@pytest.fixture
def reader(opened: Page) -> Iterator[Reader]:
    """Open the page anew; at the end no more than three steps may have been taken."""
    address = opened.url.partition("#")[0]
    opened.goto("about:blank")
    opened.goto(address)
    opened.wait_for_selector(".ng-map-controls")
    one = Reader(opened)
    yield one
    assert len(one.steps) <= MOST, one.steps


def test_what_two_companies_have_in_common(reader: Reader, graph: GraphTables, *, by_mouse: bool) -> None:
    reader.ask("Osterholt and Vantrell Storage", by_mouse=by_mouse)
    expect(reader.page.get_by_role("heading", name="Osterholt and Vantrell Storage")).to_be_visible()
    parties = (
        graph["event_roles"]
        .filter(pl.col("name").is_in(["Osterholt", "Vantrell Storage"]))
        .group_by("event")
        .agg(pl.col("name").n_unique())
    )
    both = parties.filter(pl.col("name") > 1)["event"]
    row = reader.page.get_by_role("row").filter(has=reader.page.get_by_role("rowheader", name="Events"))
    expect(row.get_by_role("cell").first.get_by_role("button")).to_have_count(len(both))


def test_acquisitions_of_a_year_over_an_amount_with_their_sources(reader: Reader, *, by_mouse: bool) -> None:
    reader.ask("acquisitions over €500m in 2025", by_mouse=by_mouse)
    expect(reader.page.locator(".ng-t-tally")).to_contain_text("1 event of 20")
    expect(reader.page.get_by_role("columnheader", name="First sentence")).to_be_visible()
    name, content = reader.download(lambda: reader.click("Download CSV"))
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert name.endswith(".csv")
    assert [(row["Amount"], row["Currency"], row["Type"]) for row in rows] == [("640000000", "EUR", "Acquisition")]
    assert all(row["Outlets"] and row["First sentence"] and row["Address"].startswith("https://") for row in rows)


def test_outlets_that_cover_a_topic_most(reader: Reader, graph: GraphTables, *, by_mouse: bool) -> None:
    reader.ask("outlets about Energy Storage", by_mouse=by_mouse)
    topic = graph["topics"].filter(pl.col("name") == "Energy Storage")["iri"][0]
    told = graph["article_topics"].filter(pl.col("topic") == topic).join(graph["articles"], left_on="article", right_on="iri")
    expected = told.drop_nulls("provider").group_by("provider").len().join(graph["providers"], left_on="provider", right_on="iri")
    rows = reader.page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(expected.height)
    found = {row.locator("th").inner_text().strip(): int(row.locator("td").first.inner_text()) for row in rows.all()}
    assert found == dict(expected.select("name", "len").iter_rows())
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_events_of_one_type_by_month(reader: Reader, graph: GraphTables, *, by_mouse: bool) -> None:
    reader.ask("contracts by month", by_mouse=by_mouse)
    months = graph["events"].filter(pl.col("type") == "contract")["when"].str.slice(0, 7).value_counts()
    expect(reader.page.locator(".ng-q-bars figcaption")).to_have_text("Events by month")
    labels = {"2025-09": "Sept 2025", "2025-10": "Oct 2025", "2025-11": "Nov 2025"}
    expected = ", ".join(f"{labels[month]} {count}" for month, count in sorted(months.iter_rows()))
    expect(reader.page.get_by_role("img", name=expected, exact=True)).to_be_visible()


def test_find_a_sentence(reader: Reader, *, by_mouse: bool) -> None:
    """A sentence is found by words of it, with a typing error, and shown with these marked."""
    page = reader.page
    search = page.get_by_role("combobox", name="Search", exact=True)
    if by_mouse:
        reader.click("Search", "combobox")
    else:
        reader.keys("/")
    search.fill("agred euros")
    results = page.get_by_role("listbox", name="Search: results")
    listed = results.get_by_role("option").filter(has_text="Texts")
    expect(listed).to_be_visible()
    if by_mouse:
        reader.steps.append("click the last answer")
        listed.click()
    else:
        reader.keys("ArrowUp", "Enter")
    expect(page.get_by_role("columnheader", name="Sentence")).to_be_visible()
    marked = page.locator(".ng-said-in").first.locator("mark")
    expect(marked.first).to_have_text(re.compile("agreed|euros", re.IGNORECASE))


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


def test_share_by_link(reader: Reader, *, by_mouse: bool) -> None:
    """The link has the file's name and what is shown, not the folder on this machine."""
    page = reader.page
    reader.ask("Kelvaro", by_mouse=by_mouse)
    expect(page.get_by_role("heading", name="Kelvaro", exact=True)).to_be_visible()
    if by_mouse:
        reader.click("Copy link")
    else:
        page.get_by_role("button", name="Copy link").focus()
        reader.keys("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "graph.html#company/kelvaro"


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
