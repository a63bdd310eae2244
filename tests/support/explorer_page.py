"""Opens the page of a graph in a browser without a network, and watches it: no request, no word on the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from chromium import WAIT
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.explorer_pages import write_explorer

DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A browser without a graphics card reads the drawing back itself, and tells the console how slow that is; the page reads nothing back.
AXE = Path(__file__).parents[2] / "viewer" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def watched(browser: Browser, viewport: ViewportSize = DESK, *, dark: bool = False, **more: Any) -> Iterator[Page]:  # noqa: ANN401 - playwright's options
    """Give a page that is closed to the network; at the end nothing may have been asked for and nothing said on the console."""
    context = browser.new_context(viewport=viewport, offline=True, color_scheme="dark" if dark else "light", accept_downloads=True, **more)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None)
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    try:
        yield page
        assert not asked, asked
        assert not said, said
    finally:
        context.close()


def open_graph(page: Page, graph: GraphTables, folder: Path, fragment: str = "") -> str:
    """Write the page of a graph, open it, wait until it is shown, and give its address."""
    _, path = write_explorer(graph, folder)
    address = path.as_uri()
    page.goto(address + fragment)
    wait_for_view(page)
    return address


def wait_for_view(page: Page) -> None:
    """Wait until the frame of the page is there, and the view that its address names, which is unpacked first."""
    page.wait_for_selector(".newsgraph .ng-header")
    page.locator(".ng-stage > .ng-loading").wait_for(state="detached")


def axe(page: Page) -> list[str]:
    """List what axe-core finds wrong in what is shown now: rule, and the first places; skips where axe-core is not installed."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in viewer/")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'][:3])}" for one in found["violations"]]
