"""The tour runs from top to bottom, and shows what running it gives.

After a change that the tour shows, write it anew: `python tests/test_notebook.py`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
TOUR = ROOT / "notebooks" / "tour.ipynb"
CLOCK_OR_PATH = re.compile(r"/(home|root|tmp|work|Users)/|\b\d\d:\d\d:\d\d\.\d|0x[0-9a-f]{6,}")
# Some libraries of the notebook's own kernel warn of what is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")


def read_tour() -> Any:  # noqa: ANN401 - nbformat has no types
    """Read the committed tour."""
    return nbformat.reads(TOUR.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # it has no types


def run_tour(corpus: str = "") -> Any:  # noqa: ANN401 - as above
    """Run the tour as a reader would, in its own folder; the page of the picture is left out, as it is large, and the viewer, whose name is random."""
    notebook = read_tour()
    environment = os.environ | {"NEWSGRAPH_CORPUS": corpus, "COLUMNS": "120"}
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(TOUR.parent)}},
        record_timing=False,
        coalesce_streams=True,  # a busy machine sends what one cell prints in several pieces
        store_widget_state=False,
    )
    client.execute(env=environment)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "iframe" in output.get("data", {}).get("text/html", ""):
                del output["data"]["text/html"]
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def outputs(notebook: Any) -> list[object]:  # noqa: ANN401 - as above
    """List what the cells show."""
    return [output.get("data", output.get("text")) for cell in notebook.cells for output in cell.get("outputs", [])]


def test_the_tour_shows_what_running_it_gives() -> None:
    assert outputs(run_tour()) == outputs(read_tour())


def test_the_tour_runs_on_a_corpus() -> None:
    notebook = run_tour(str(ROOT / "seeds"))
    assert [output for output in outputs(notebook) if "nodes and" in str(output)] != []


def test_the_tour_ends_with_the_picture() -> None:
    assert "newsgraph view" in str(outputs(read_tour())[-1])


def test_the_tour_shows_the_map_where_it_is_only_read() -> None:
    assert any("<svg" in str(output) and "Sanofi" in str(output) for output in outputs(read_tour()))


def test_committed_outputs_hold_no_clock_and_no_machine_path() -> None:
    text = TOUR.read_text(encoding="utf-8")
    assert '"outputs": [\n' in text
    assert CLOCK_OR_PATH.findall(text) == []


if __name__ == "__main__":
    TOUR.write_text(nbformat.writes(run_tour()) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]  # as above
