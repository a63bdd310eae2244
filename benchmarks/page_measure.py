"""Opens a page in a browser without a window and takes its figures: processor time, which hangs little on who else works here."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from processor import first_thread, megabytes, processes, seconds

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
WIDE, HIGH = 1440, 900
STEPS = 40  # moves of the mouse in one drag
_BUSY = 0.15  # seconds of work that tell a page's process from others
_LONG = 40.0  # seconds of dragging
_REST, _IDLE = 0.4, 0.05  # a page is at rest that takes so little of a processor for so many seconds

# Says when points are on the screen for the first time, by WebGL or on a canvas, and can hold back what is to be done in a frame.
WATCH = """
(() => {
  const next = requestAnimationFrame.bind(window);
  let waiting = null;
  window.requestAnimationFrame = (act) => (waiting ? waiting.push(act) : next(act));
  window.holdFrames = () => void (waiting = []);
  window.nextFrame = () => new Promise((done) => next(done));
  addEventListener("benchmark-frame", () => {
    const acts = waiting ?? [];
    waiting = null;
    for (const act of acts) act(performance.now());
  });
  window.drawn = new Promise((done) => {
    const ways = [[CanvasRenderingContext2D, "fill", () => true], [CanvasRenderingContext2D, "drawImage", () => true], [WebGLRenderingContext, "drawArrays", (mode, _, many) => mode === 0 && many > 0]].map(([of, name, fits]) => {
      const before = of.prototype[name];
      of.prototype[name] = function (...given) {
        if (fits(...given)) {
          for (const [one, called, was] of ways) one.prototype[called] = was;
          next(() => next(done));
        }
        return before.apply(this, given);
      };
      return [of, name, before];
    });
  });
})();
"""


@dataclass
class Opened:
    """A page that is open, with what it asked for and said."""

    page: Page
    browser: Browser
    session: CDPSession
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)

    @cached_property
    def renderer(self) -> int:
        """Give the number of the process that runs the page: the one that works when the page does. Asked when a page is open."""
        found = processes(self.browser).renderers
        before = {one: first_thread(one) for one in found}
        while True:
            self.page.evaluate("() => { const end = performance.now() + 60; while (performance.now() < end); }")
            worked = sorted((first_thread(one) - before[one], one) for one in found)
            if worked[-1][0] > _BUSY and worked[-1][0] > 3 * sum(spent for spent, _ in worked[:-1]):
                return worked[-1][1]

    def spent(self) -> float:
        """Give the processor time of all that runs and draws pages, in seconds; of a process that has ended, what was last seen."""
        found = processes(self.browser)
        self.seen |= {one: seconds(one) for one in (*found.renderers, *found.drawer)}
        return sum(self.seen.values())

    def tasks(self) -> dict[str, float]:
        """Give the page's own count of its main thread's processor time in milliseconds: task, script, layout, style."""
        told = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        names = {"task": "TaskDuration", "script": "ScriptDuration", "layout": "LayoutDuration", "style": "RecalcStyleDuration"}
        return {name: told[key] * 1000 for name, key in names.items()}

    def cost(self, act: Callable[[], object], wait: float = 0.0) -> dict[str, float]:
        """Give what an action costs the main thread, in milliseconds, with what follows it in so many seconds."""
        before = self.tasks()
        act()
        time.sleep(wait)
        return {name: value - before[name] for name, value in self.tasks().items()}

    def rest(self, longest: float = 60.0) -> None:
        """Wait until the page's script does nothing; what draws without a graphics card is never quite at rest."""
        end = time.monotonic() + longest
        while time.monotonic() < end:
            before = first_thread(self.renderer)
            time.sleep(_REST)
            if first_thread(self.renderer) - before <= _IDLE * _REST:
                return


@contextmanager
def opened() -> Iterator[Opened]:
    """Start a browser of its own with an empty tab, closed to the network."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        message = f"No browser is installed here: {', '.join(PROGRAMS)}"
        raise SystemExit(message)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            page = browser.new_context(viewport={"width": WIDE, "height": HIGH}, offline=True).new_page()
            page.add_init_script(WATCH)
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            held = Opened(page, browser, session)
            page.on(
                "request",
                lambda request: held.asked.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None,
            )
            page.on("console", lambda message: held.said.append(message.text))
            page.on("pageerror", lambda error: held.said.append(str(error)))
            yield held
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Start:
    """Processor seconds of opening a page: until points are on the screen, and until its script has nothing more to do."""

    paint: float
    rest: float


def start(held: Opened, address: str, longest: float, *, points: bool = True) -> Start:
    """Open an address; raises playwright's `Error` where no points come. A page without points is painted when it is loaded."""
    before = held.spent()
    held.page.set_default_timeout(longest * 1000)
    held.page.goto(address, wait_until="commit" if points else "load")
    late = f"new Promise((_, fail) => setTimeout(() => fail(new Error('late')), {longest * 1000}))"
    held.page.evaluate(f"() => Promise.race([drawn, {late}])" if points else "() => nextFrame().then(nextFrame)")
    paint = held.spent() - before
    held.rest()
    return Start(paint, held.spent() - before)


@dataclass(frozen=True, slots=True)
class Pan:
    """What a frame costs while the map is dragged, in milliseconds: the main thread, its script, and all processes."""

    main: float
    script: float
    all: float


def pan(held: Opened, rounds: int = 3) -> Pan:
    """Drag the middle of the page to and fro by the mouse; the figures are medians of several drags, of slow viewers of fewer and shorter ones."""
    taken: list[Pan] = []
    end = time.monotonic() + _LONG
    while len(taken) < rounds and (not taken or time.monotonic() < end):
        taken.append(_drag(held, time.monotonic() + _LONG / rounds))
    return Pan(*(median(column) for column in zip(*((one.main, one.script, one.all) for one in taken), strict=True)))


def _drag(held: Opened, end: float) -> Pan:
    page, middle, height = held.page, WIDE * 0.45, HIGH * 0.55
    page.mouse.move(middle, height)
    page.mouse.down()
    page.mouse.move(middle + 8, height)
    held.rest(10)
    page.evaluate(
        "() => { let go = true, frames = 0; const on = () => { frames++; if (go) nextFrame().then(on); }; window.counted = () => { go = false; return frames; }; on(); }"
    )
    whole, main, script = held.spent(), first_thread(held.renderer), held.tasks()["script"]
    for step in range(STEPS):
        away = 6 * (step if step < STEPS / 2 else STEPS - step)
        page.mouse.move(middle + 8 + away, height + away / 2)
        if time.monotonic() > end:
            break
    main, script, whole = first_thread(held.renderer) - main, held.tasks()["script"] - script, held.spent() - whole
    frames = page.evaluate("() => counted()")
    page.mouse.up()
    return Pan(1000 * main / frames, script / frames, 1000 * whole / frames)


OUR_CHOICE = "(iri) => { history.pushState(null, '', '#' + iri); dispatchEvent(new PopStateEvent('popstate')); }"


@dataclass(frozen=True, slots=True)
class Focus:
    """What showing one thing costs, in milliseconds: the update, the frame that draws it, and all of the main thread with style and layout."""

    update: float
    frame: float
    whole: float


def focus(held: Opened, choices: list[Any], choose: str) -> Focus:
    """Choose things one after the other, twice; the figures are medians of the later half."""
    page = held.page
    page.evaluate(f"() => addEventListener('benchmark-choose', (event) => ({choose})(event.detail))")
    ask = "dispatchEvent(new CustomEvent('benchmark-choose', { detail: one }))"
    spent: list[tuple[float, float, float]] = []
    end = time.monotonic() + _LONG
    for one in [*choices, *choices]:
        update = held.cost(partial(page.evaluate, f"(one) => {{ holdFrames(); {ask}; }}", one))
        frame = held.cost(partial(page.evaluate, "() => { dispatchEvent(new Event('benchmark-frame')); }"))
        after = held.cost(partial(page.evaluate, "() => nextFrame().then(nextFrame)"))
        spent.append((update["script"], frame["script"], update["task"] + frame["task"] + after["task"]))
        if time.monotonic() > end:
            break
        time.sleep(0.4)
    return Focus(*(median(column) for column in zip(*spent[len(spent) // 2 :], strict=True)))


def typed(held: Opened, word: str) -> list[float]:
    """Type a word into the search; gives the milliseconds of the main thread for each letter, the list of results included."""
    page = held.page
    page.locator(".ng-search input").click()
    held.rest()
    found = [held.cost(partial(page.keyboard.press, letter), 0.4)["task"] for letter in word]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    return found


def ticked(held: Opened, kind: str) -> list[float]:
    """Show a kind and hide it, twice; gives the milliseconds of the main thread for each."""
    box = f".ng-filters .ng-checks label:has-text('{kind}') input"
    click = f"async () => {{ document.querySelectorAll('.ng-filters .ng-checks label').forEach((one) => one.textContent.startsWith('{kind}') && one.querySelector('input').click()); await nextFrame(); await nextFrame(); }}"
    held.page.wait_for_selector(box)
    return [held.cost(partial(held.page.evaluate, click), 0.3)["task"] for _ in range(4)]


def memory(held: Opened) -> float:
    """Give the memory of the page's process at rest, in megabytes."""
    held.rest()
    return megabytes(held.renderer)
