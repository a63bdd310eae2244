"""The map can be read, moved, clicked and saved: with WebGL and without it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from chromium import open_browser
from explorer_page import DESK, PHONE, axe, open_graph, watched
from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer import payload
from sample import sample_graph

pytestmark = pytest.mark.browser

# what the page writes on its canvases, as boxes: canvases have no elements that could be asked
RECORD = """
const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
window.written = [];
CanvasRenderingContext2D.prototype.clearRect = function (...box) { window.written = []; clearRect.apply(this, box); };
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const width = this.measureText(text).width, half = Number(/([\\d.]+)px/.exec(this.font)[1]) / 2;
  const left = x - width * ({ center: 0.5, right: 1 }[this.textAlign] ?? 0);
  window.written.push({ text, left, right: left + width, top: y - half, bottom: y + half, colour: this.fillStyle });
  fillText.call(this, text, x, y);
};
"""

# the discs of the map as it draws its communities
DISCS = """
const { arc, clearRect: clear } = CanvasRenderingContext2D.prototype;
window.discs = [];
CanvasRenderingContext2D.prototype.clearRect = function (...box) { window.discs = []; clear.apply(this, box); };
CanvasRenderingContext2D.prototype.arc = function (x, y, radius, ...more) { window.discs.push([x, y, radius]); arc.call(this, x, y, radius, ...more); };
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with watched(browser, reduced_motion="reduce") as page:
        page.add_init_script(RECORD)
        open_graph(page, sample_graph(), tmp_path_factory.mktemp("map"))
        yield page


@pytest.fixture
def surface(shown: Page) -> Locator:
    """Open the page anew at the map."""
    return _open(shown)


def _open(page: Page, fragment: str = "") -> Locator:
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + fragment)
    _settled(page)
    return page.get_by_role("img", name=re.compile("^Map of"))


# The page's policy forbids what a wait of the browser driver does when a condition does not hold at once: it evaluates text.
_WRITTEN = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("no name was written")), 90_000);
  const look = () => requestAnimationFrame(window.written.length ? () => requestAnimationFrame(done) : look);
  look();
})"""


# A drag moves what is written before it is written anew.
_SEEN = """() => new Promise((done) => requestAnimationFrame(() => {
  const { e, f } = new DOMMatrix(getComputedStyle(document.querySelector(".ng-map-over")).transform);
  done(window.written.map((one) => ({ ...one, left: one.left + e, right: one.right + e, top: one.top + f, bottom: one.bottom + f })));
}))"""


def _settled(page: Page) -> None:
    page.evaluate(_WRITTEN)


def _written(page: Page) -> list[dict[str, Any]]:
    _settled(page)
    written: list[dict[str, Any]] = page.evaluate(_SEEN)
    return written


def _point(surface: Locator, label: str) -> tuple[float, float]:
    """Find the node that a label names: beside it, and told by the tip under the pointer."""
    (box,) = (one for one in _written(surface.page) if one["text"] == label)
    middle, line = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
    tip = surface.page.locator(".ng-map-tip")
    for x, y in ((box["left"] - 10, line), (box["right"] + 10, line), (middle, box["bottom"] + 10), (middle, box["top"] - 10)):
        surface.hover(position={"x": x, "y": y})
        if tip.is_visible() and tip.locator("strong").inner_text() == label:
            return x, y
    pytest.fail(f"no node beside {label}")


def _overlapping(written: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for a, b in combinations(written, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def test_no_label_lies_over_another(surface: Locator) -> None:
    assert len(_written(surface.page)) > 3
    assert _overlapping(_written(surface.page)) == []
    surface.press("+")
    surface.press("+")
    assert _overlapping(_written(surface.page)) == []


def test_a_click_on_a_node_chooses_it_and_one_on_the_ground_lets_go(surface: Locator) -> None:
    x, y = _point(surface, "Bolt")
    surface.click(position={"x": x, "y": y})
    expect(surface.page).to_have_url(re.compile("#company/bolt"))
    surface.click(position={"x": 5, "y": 5})
    expect(surface.page).not_to_have_url(re.compile("bolt"))


def test_a_tap_chooses_and_presses_nothing_of_what_it_opens(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, PHONE, has_touch=True, reduced_motion="reduce") as page:
        page.add_init_script(RECORD)
        open_graph(page, sample_graph(), tmp_path)
        surface = page.get_by_role("img", name=re.compile("^Map of"))
        room = surface.bounding_box()
        assert room is not None
        lowest = max(_written(page), key=lambda box: box["bottom"])  # there the details open
        middle, line = (lowest["left"] + lowest["right"]) / 2, (lowest["top"] + lowest["bottom"]) / 2
        for x, y in (
            (middle, lowest["top"] - 10),
            (lowest["left"] - 10, line),
            (lowest["right"] + 10, line),
            (middle, lowest["bottom"] + 10),
        ):
            page.touchscreen.tap(room["x"] + x, room["y"] + y)
            if "#" in page.url:
                break
        expect(page).to_have_url(re.compile(r"#[a-z]+/[^?]+$"))
        assert page.locator(".newsgraph").get_attribute("data-sheet") == "half"


def test_a_double_click_opens_the_focus(surface: Locator) -> None:
    x, y = _point(surface, "Bolt")
    surface.dblclick(position={"x": x, "y": y})
    expect(surface.page).to_have_url(re.compile("#company/bolt.*view=focus"))


def test_the_chosen_node_is_shown_with_what_it_is_linked_to(shown: Page) -> None:
    surface = _open(shown, "#company/bolt")
    _point(surface, "Bolt")
    expect(shown.locator(".ng-map-layers")).to_have_class(re.compile("ng-dimmed"))


def test_keys_zoom_move_and_show_all_again(surface: Locator) -> None:
    # a region's name: where it stands is not chosen, as a label's side is
    name = next(one["text"] for one in _written(surface.page) if re.fullmatch(r"[A-Z][A-Z &,]+", one["text"]))

    def place() -> tuple[float, float]:
        (box,) = (one for one in _written(surface.page) if one["text"] == name)
        return round(box["left"]), round(box["top"])

    left, top = place()
    surface.press("-")
    assert place() != (left, top)
    surface.press("0")
    assert place() == (left, top)
    surface.press("ArrowRight")
    assert place() == (left - 60, top)


def test_enter_opens_the_focus_and_escape_lets_go(shown: Page) -> None:
    surface = _open(shown, "#company/bolt")
    surface.press("Escape")
    expect(shown).not_to_have_url(re.compile("bolt"))
    surface = _open(shown, "#company/bolt")
    surface.press("Enter")
    expect(shown).to_have_url(re.compile("view=focus"))


def test_the_picture_is_saved_at_twice_the_size_and_holds_the_map(surface: Locator, tmp_path: Path) -> None:
    page = surface.page
    with page.expect_download() as download:
        page.get_by_role("button", name="Save picture").click()
    path = tmp_path / "map.png"
    download.value.save_as(path)
    width, colours = page.evaluate(
        """async (address) => {
          const image = new Image(); image.src = address; await image.decode();
          const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
          const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
          return [image.width, new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size];
        }""",
        f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}",
    )
    box = surface.bounding_box()
    assert box is not None
    assert width == round(box["width"]) * 2
    assert colours > 20


def test_another_theme_paints_the_map_anew(surface: Locator) -> None:
    page = surface.page
    light = {one["colour"] for one in _written(page)}
    page.get_by_role("button", name="Switch to the dark theme").click()
    assert light.isdisjoint(one["colour"] for one in _written(page))


def test_no_kinds_leave_a_sentence_and_no_map(shown: Page) -> None:
    address = shown.url.partition("#")[0]
    shown.goto("about:blank")
    shown.goto(f"{address}#?kinds=")
    expect(shown.get_by_text("Nothing in the graph passes the filters.")).to_be_visible()


def test_the_map_has_no_fault_that_axe_finds(surface: Locator) -> None:
    assert axe(surface.page) == []


def test_without_webgl_the_map_is_drawn_all_the_same_and_says_so(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, reduced_motion="reduce") as page:
        page.add_init_script(f"{RECORD}; HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, "
                             "{ apply: (get, canvas, [kind, ...more]) => kind === '2d' ? get.call(canvas, kind, ...more) : null });")  # fmt: skip
        open_graph(page, sample_graph(), tmp_path)
        expect(page.get_by_text(re.compile("^Without WebGL"))).to_be_visible()
        surface = page.get_by_role("img", name=re.compile("^Map of"))
        x, y = _point(surface, "Bolt")
        surface.click(position={"x": x, "y": y})
        expect(page).to_have_url(re.compile("#company/bolt"))


def _discs(page: Page) -> list[tuple[float, float, float]]:
    """List the discs of the communities, the largest first; the map then shows its nodes again."""
    button = page.get_by_role("button", name=re.compile("^Communities"))
    button.click()
    found = page.evaluate(f"({_WRITTEN})().then(() => window.discs)")
    button.click()
    return [(x, y, radius) for x, y, radius in found]


_EDGES = {"left": min, "right": max, "top": min, "bottom": max}


def _distance(box: dict[str, Any], disc: tuple[float, float, float]) -> float:
    """Return how far a box is from the rim of a disc: less than nothing where it lies on the disc."""
    x, y, radius = disc
    across, down = x - max(box["left"], min(x, box["right"])), y - max(box["top"], min(y, box["bottom"]))
    return float((across**2 + down**2) ** 0.5 - radius)


def _titles(written: list[dict[str, Any]], names: list[str]) -> dict[str, dict[str, Any]]:
    """Return the box of each title: a name as a whole or its first member, which may be in two lines."""
    lines = [one for one in written if one["text"].isupper()]
    found = {}
    for name in names:
        boxes = [[one] for one in lines] + [[one, other] for one, other in pairwise(lines)]
        texts = (name, name.split(", ")[0])
        box = next((box for box in boxes if " ".join(one["text"] for one in box) in texts), None)
        if box:
            found[name] = {edge: pick(one[edge] for one in box) for edge, pick in _EDGES.items()}
    return found


def _check_titles(page: Page, graph: GraphTables, without: int = 0) -> None:
    """See that all discs but so many have a title, and that each title is on its own disc or at its rim, and neither on another nor above one that it could be taken for."""
    communities = json.loads(gzip.decompress(payload(graph).core))["communities"]
    names = [one["name"].upper() for one in sorted(communities, key=lambda one: -one["radius"])]
    discs = _discs(page)
    assert len(discs) == len(names)
    titles = _titles(_written(page), names)
    assert len(titles) >= len(names) - without
    for name, box in titles.items():
        own = discs[names.index(name)]
        assert _distance(box, own) < 3, name
        below = (box["top"] + box["bottom"]) / 2 > own[1] + own[2]
        for other in discs:
            assert other == own or _distance(box, other) > (15 if below else -6), (name, names[discs.index(other)])


@pytest.mark.parametrize(("size", "without"), [(DESK, 0), (PHONE, 2)])  # the tray takes a fifth of a phone's map
def test_a_title_stands_at_its_own_disc_also_when_the_tray_has_opened(
    browser: Browser, news_graph: GraphTables, tmp_path: Path, size: ViewportSize, without: int
) -> None:
    with watched(browser, size, reduced_motion="reduce") as page:
        page.add_init_script(RECORD + DISCS)
        open_graph(page, news_graph, tmp_path)
        _settled(page)
        _check_titles(page, news_graph)
        page.get_by_role("combobox", name="Search").fill("Apple")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Add to set").click()
        page.get_by_role("button", name="Close the details").click()
        expect(page.get_by_role("region", name="Set")).to_be_visible()
        _check_titles(page, news_graph, without)
        # all is in sight as before, above the buttons
        buttons, surface = page.locator(".ng-map-controls").bounding_box(), page.locator(".ng-map-surface").bounding_box()
        assert buttons is not None
        assert surface is not None
        for x, y, radius in _discs(page):
            assert 20 < x - radius < x + radius < surface["width"] - 20
            assert 20 < y - radius < y + radius < buttons["y"] - surface["y"]


def test_kinds_that_are_ticked_come_into_sight_above_the_buttons(browser: Browser, news_graph: GraphTables, tmp_path: Path) -> None:
    with watched(browser, reduced_motion="reduce") as page:
        page.add_init_script(RECORD)
        open_graph(page, news_graph, tmp_path)
        _settled(page)
        page.get_by_role("checkbox", name="Providers").check()
        providers = set(news_graph["providers"]["name"])
        foot = page.locator(".ng-map-foot").evaluate("(one) => one.offsetTop")
        written = [one for one in _written(page) if one["text"] in providers]
        assert written
        assert all(one["bottom"] < foot for one in written)


def test_on_a_phone_the_menu_of_looks_is_whole_and_gives_the_keyboard_back(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, PHONE) as page:
        open_graph(page, sample_graph(), tmp_path)
        summary = page.locator(".ng-map-controls summary")
        summary.press("Enter")
        for control in (page.get_by_label("Size:"), page.get_by_label("Colour:"), page.get_by_label("stories of one article")):
            box = control.bounding_box()
            assert box is not None
            assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE["width"]
        page.get_by_label("Size:").focus()
        page.keyboard.press("Escape")
        expect(page.get_by_label("Size:")).to_be_hidden()
        expect(summary).to_be_focused()


def test_a_notice_lies_above_the_buttons_also_where_they_take_two_rows(browser: Browser, tmp_path: Path) -> None:
    with watched(browser, {"width": 1024, "height": 768}) as page:
        page.add_init_script("HTMLCanvasElement.prototype.getContext = ((get) => function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); })(HTMLCanvasElement.prototype.getContext);")  # fmt: skip
        open_graph(page, sample_graph(), tmp_path)
        notice, controls = page.locator(".ng-map-notice"), page.locator(".ng-map-controls")
        expect(notice).to_be_visible()
        above, below = notice.bounding_box(), controls.bounding_box()
        assert above is not None
        assert below is not None
        assert below["height"] > 60  # two rows of buttons
        assert above["y"] + above["height"] <= below["y"]
