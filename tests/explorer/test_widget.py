"""The viewer in a notebook: shown by JupyterLab in a browser, with what is chosen there known to Python; a picture where it cannot run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import nbformat
import pytest
from playwright.sync_api import Browser, Error, Page

from chromium import open_browser
from newsgraph.api import NewsGraph
from sample import sample_graph

# Libraries of the notebook warn of what is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
WAIT = 240_000  # milliseconds: a kernel on a busy machine


def test_what_is_chosen_in_python_is_selected() -> None:
    widget = NewsGraph(sample_graph()).explore()
    assert widget.selection.is_empty()
    widget.choose("Acme")
    assert widget.selection["label"].to_list() == ["Acme"]
    widget.choose(None)
    assert widget.selection.is_empty()


def test_both_ends_of_a_link_are_selected_in_their_order() -> None:
    widget = NewsGraph(sample_graph()).explore()
    first, second = (iri.removeprefix(widget.base) for iri in sample_graph()["companies"]["iri"].to_list()[1::-1])
    widget.chosen = [first, second]
    assert widget.selection["iri"].to_list() == [widget.base + first, widget.base + second]


def test_a_reader_without_widgets_sees_a_picture() -> None:
    shown = NewsGraph(sample_graph()).explore()._repr_mimebundle_()
    bundle = shown[0] if isinstance(shown, tuple) else shown
    picture = ET.fromstring(bundle["image/svg+xml"])  # noqa: S314 - our own
    assert "Acme" in "".join(picture.itertext())
    assert not re.search("<script|onload|href", bundle["image/svg+xml"])


@contextmanager
def _jupyter(folder: Path) -> Iterator[str]:
    """Serve a folder by JupyterLab on this machine only; an error in the block comes with the end of the server's log."""
    if shutil.which("jupyter-lab", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("JupyterLab is not installed")
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
    }
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    options += [
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--LabApp.expose_app_in_browser=True",
    ]
    log = folder / "jupyter.log"
    command = [sys.executable, "-m", "jupyterlab", *options]
    with log.open("wb") as written, subprocess.Popen(command, env=environment, stdout=written, stderr=written) as server:
        try:
            yield _address(folder / "run", server)
        except BaseException as error:
            error.add_note(f"JupyterLab's log ends with:\n{log.read_text('utf-8', 'replace')[-4000:]}")
            raise
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:  # told to end while it starts a kernel, it may wait for ever
                server.kill()


def _address(folder: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + WAIT / 1000
    while server.poll() is None and time.monotonic() < deadline:
        for path in folder.glob("jpserver-*.json"):
            try:
                url = str(json.loads(path.read_text("utf-8"))["url"])
                with urlopen(f"{url}api/status", timeout=5):  # noqa: S310 - our own server
                    return url
            except (URLError, OSError, ValueError):  # it is being written, or the server does not answer yet
                pass
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start (exit status: {server.poll()})")


@contextmanager
def _notebook(browser: Browser, address: str) -> Iterator[Page]:
    """Open a notebook; an error in the block comes with what JupyterLab shows."""
    page = browser.new_page(viewport={"width": 1400, "height": 1100})
    page.set_default_timeout(WAIT)
    try:
        page.goto(address)
        yield page
    except BaseException as error:
        with suppress(Error):
            shown = page.locator("body").inner_text(timeout=5000)
            error.add_note(f"JupyterLab shows, with the kernel {page.evaluate(KERNEL_STATUS)}:\n{shown[-4000:]}")
        raise


# The mark beside the notebook's name says "idle" before a kernel was so much as asked for.
KERNEL_STATUS = """() => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  return session?.isReady ? session.kernelDisplayStatus : "not ready";
}"""


def _run(page: Page, number: int) -> None:
    """Run a cell; the keys are pressed again where they had no effect, as while the page was still taking the focus elsewhere."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    prompt = cell.locator(".jp-InputPrompt")
    page.wait_for_function(f"() => ({KERNEL_STATUS})() === 'idle' || document.querySelector('.jp-Dialog')")
    before = prompt.inner_text()
    deadline = time.monotonic() + WAIT / 1000
    while (now := prompt.inner_text()) == before or "*" in now:
        assert not page.locator(".jp-Dialog").count(), "JupyterLab asks something"
        assert time.monotonic() < deadline, f"cell {number} has not run: {now}"
        if now == before:
            cell.locator(".cm-content").click()
            page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(500)


@pytest.mark.browser
@pytest.mark.timeout(1800)  # seconds: several waits, of which each says what it waited for
def test_jupyterlab_shows_the_viewer_and_its_selection_reaches_python(tmp_path: Path) -> None:
    NewsGraph(sample_graph()).write(tmp_path / "graph", ["parquet"])
    cells = [
        "import newsgraph as ng\nwidget = ng.load('graph').explore()\nwidget",
        "open('chosen.txt', 'w').write(' '.join(widget.selection['label'])) and None",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]  # no types
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "look.ipynb")  # type: ignore[no-untyped-call]  # no types
    with open_browser() as browser, _jupyter(tmp_path) as address, _notebook(browser, f"{address}lab/tree/look.ipynb?reset") as page:
        _run(page, 0)
        page.wait_for_selector(".newsgraph .ng-header, .jp-OutputArea-output:has-text('Error'), .jp-Dialog")
        assert page.locator(".newsgraph .ng-header").is_visible()
        box = page.get_by_role("combobox", name=re.compile("search|find", re.IGNORECASE)).first
        box.fill("Acme")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector(".newsgraph .ng-d-head h2:text-is('Acme')")
        chosen = tmp_path / "chosen.txt"
        for _ in range(20):  # the choice may still be on its way to Python
            _run(page, 1)
            if chosen.is_file() and chosen.read_text("utf-8"):
                break
        assert chosen.read_text("utf-8") == "Acme"
