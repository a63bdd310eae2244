"""The notebooks run from top to bottom, on the news that they come with and on larger news, and show what running them gives.

After a change that they show, write them anew: `PYTHONPATH=tests:tests/support python tests/test_notebooks.py`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from conftest import ROOT, SHARED, shared
from newsgraph.api import build
from rounds import NIGHTLY

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXAMPLES = str(ROOT / "examples" / "news")
CLOCK_OR_PATH = re.compile(r"/(home|root|tmp|work|Users)/|\b\d\d:\d\d:\d\d\.\d|0x[0-9a-f]{6,}")
NEEDED = ("altair", "anywidget", "duckdb", "scipy")  # charts, the viewer, SQL, PageRank
# Some libraries of the notebook's own kernel warn of what is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")


def read_notebook(path: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    """Read a committed notebook."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # it has no types


def run_notebook(path: Path, corpus: str = "") -> Any:  # noqa: ANN401 - as above
    """Run a notebook as a reader would, in its own folder; a picture in a frame is left out, as it is large, and the viewer, whose name is random."""
    notebook = read_notebook(path)
    environment = os.environ | {"NEWSGRAPH_CORPUS": corpus, "COLUMNS": "120", "PYTHONDONTWRITEBYTECODE": "1"}
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
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


@pytest.fixture(autouse=True, scope="module")
def libraries() -> None:
    """Skip all where a library that they show is not installed."""
    for name in NEEDED:
        pytest.importorskip(name, reason="install requirements-dev.txt")


@pytest.fixture(scope="module", params=["examples", "invented", "shared"])
def larger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder of news, or of a graph: the small folder, and third parties' news where they are, if not 700 invented articles.

    At night both, as running all notebooks takes long and the invented news are like those that two of them invent for themselves.
    """
    if request.param == "invented" and not NIGHTLY and (SHARED / "corpus" / "news").is_dir():
        pytest.skip("at night only where third parties' news lie beside the project")
    if request.param == "examples":
        return EXAMPLES
    from planted_graph import planted_graph  # noqa: PLC0415 - not where this file is run as a program

    folder: Path = tmp_path_factory.mktemp(request.param)
    kg = planted_graph()[0] if request.param == "invented" else build(shared("corpus/news"), extractor="rules")
    kg.write(folder, formats=["parquet"])
    return str(folder)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_running_it_gives(path: Path) -> None:
    assert outputs(run_notebook(path)) == outputs(read_notebook(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_other_news(path: Path, larger: str) -> None:
    if larger == EXAMPLES and "../examples/news" in path.read_text(encoding="utf-8"):
        pytest.skip("its own news are these, see the test above")
    shown = outputs(run_notebook(path, larger))
    assert "NewsGraph" in str(shown[0])
    assert len(shown) > 5


def test_there_is_a_notebook_for_each_group_of_users() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "data-science", "follow-companies", "investor-networks", "newsroom", "semantic-web", "what-is-new",
    ]  # fmt: skip


def test_the_notebooks_that_know_the_truth_find_it() -> None:
    text = "\n".join(map(str, outputs(read_notebook(ROOT / "notebooks" / "investor-networks.ipynb"))))
    found = re.findall(r"planted community \d: (\d+) of (\d+) companies are in community \[(\d+)\]", text)
    assert [one == of for one, of, _ in found] == [True] * 3
    assert len({community for *_, community in found}) == 3


def test_the_viewer_is_a_map_where_a_notebook_is_only_read() -> None:
    shown = outputs(read_notebook(ROOT / "notebooks" / "follow-companies.ipynb"))
    assert any("<svg" in str(output) for output in shown)
    assert "newsgraph view" in str(shown[-1])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_outputs_hold_no_clock_and_no_machine_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert '"outputs": [\n' in text
    assert CLOCK_OR_PATH.findall(text) == []


if __name__ == "__main__":
    for notebook_path in NOTEBOOKS:
        notebook_path.write_text(nbformat.writes(run_notebook(notebook_path)) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]  # as above
