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
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import nbformat
import pytest

from chromium import open_browser
from newsgraph.api import NewsGraph
from sample import sample_graph

# Libraries of the notebook warn of what is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
WAIT = 120_000  # milliseconds: a kernel on a busy machine


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
    """Serve a folder by JupyterLab on this machine only."""
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
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield _address(folder / "run")
        finally:
            server.terminate()


def _address(folder: Path) -> str:
    for _ in range(300):
        for path in folder.glob("jpserver-*.json"):
            url = str(json.loads(path.read_text("utf-8"))["url"])
            try:
                with urlopen(f"{url}api/status", timeout=5):  # noqa: S310 - our own server
                    return url
            except (URLError, OSError):
                pass
        time.sleep(0.1)
    pytest.fail("JupyterLab did not start")


@pytest.mark.browser
def test_jupyterlab_shows_the_viewer_and_its_selection_reaches_python(tmp_path: Path) -> None:
    NewsGraph(sample_graph()).write(tmp_path / "graph", ["parquet"])
    cells = [
        "import newsgraph as ng\nwidget = ng.load('graph').explore()\nwidget",
        "open('chosen.txt', 'w').write(' '.join(widget.selection['label'])) and None",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]  # no types
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "look.ipynb")  # type: ignore[no-untyped-call]  # no types
    with open_browser() as browser, _jupyter(tmp_path) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1100})
        page.goto(f"{address}lab/tree/look.ipynb?reset")
        # a cell that is run before its kernel is there may be dropped
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=WAIT)
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click(timeout=WAIT)
        page.keyboard.press("Shift+Enter")
        page.wait_for_selector(".newsgraph .ng-header", timeout=WAIT)
        box = page.get_by_role("combobox", name=re.compile("search|find", re.IGNORECASE)).first
        box.fill("Acme")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector(".newsgraph .ng-d-head h2:text-is('Acme')")
        page.wait_for_timeout(2000)  # the choice is on its way to Python
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(1).click()
        page.keyboard.press("Shift+Enter")
        for _ in range(100):
            if (tmp_path / "chosen.txt").is_file():
                break
            page.wait_for_timeout(100)
        assert (tmp_path / "chosen.txt").read_text("utf-8") == "Acme"
