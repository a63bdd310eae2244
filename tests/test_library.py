"""The library: one object with tables, questions, networks, pictures and files."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import newsgraph
from newsgraph.api import NewsGraph, View, load
from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import SCHEMAS
from sample import HOSTILE, sample_graph

ROOT = Path(__file__).parent.parent


@pytest.fixture
def kg() -> NewsGraph:
    return NewsGraph(sample_graph())


def test_the_public_names_are_these() -> None:
    assert newsgraph.__all__ == [
        "Analytics", "BuildOptions", "Finding", "GraphTables", "InputError", "MissingExtraError", "NewsGraph", "NewsgraphError", "QueryError",
        "Statement", "UnknownNameError", "View", "__version__", "build", "load", "read_articles",
    ]  # fmt: skip


def test_every_public_name_is_there() -> None:
    assert [name for name in newsgraph.__all__ if not hasattr(newsgraph, name)] == []
    assert dir(newsgraph) == newsgraph.__all__


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    name = "nothing"
    with pytest.raises(AttributeError, match="has no attribute nothing"):
        getattr(newsgraph, name)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, newsgraph, newsgraph.cli.app; print(sorted({'polars', 'rdflib', 'rich', 'networkx', 'pyvis', 'pyshacl'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_table_is_an_attribute(kg: NewsGraph, name: str) -> None:
    assert_frame_equal(getattr(kg, name), sample_graph()[name])
    assert name in dir(kg)


def test_an_unknown_attribute_is_told_with_the_tables(kg: NewsGraph) -> None:
    with pytest.raises(AttributeError, match=r"no attribute company.*companies"):
        _ = kg.company


def test_a_table_goes_to_pandas(kg: NewsGraph) -> None:
    assert list(kg.companies.to_pandas()["name"]) == ["Acme", "Bolt", "Cane & Co", "Dune"]


def test_sparql_and_named_questions_are_asked_alike(kg: NewsGraph) -> None:
    assert kg.query("SELECT ?t { ?c schema:tickerSymbol ?t }")["t"].to_list() == ["ACM"]
    assert kg.query("co-mentioned", company="acme")["other"].to_list() == ["Bolt"]


def test_a_name_of_no_question_is_told_with_names_that_are_close(kg: NewsGraph) -> None:
    with pytest.raises(UnknownNameError, match="timeline"):
        kg.query("timelines")


def test_a_company_is_asked_for_by_its_ticker_and_an_unknown_one_is_told(kg: NewsGraph) -> None:
    assert kg.query("co-mentioned", company="acm")["other"].to_list() == ["Bolt"]
    with pytest.raises(UnknownNameError, match="no such company in this graph"):
        kg.query("co-mentioned", company="Foo")


def test_the_questions_are_a_table(kg: NewsGraph) -> None:
    row = kg.questions().filter(pl.col("name") == "co-mentioned").row(0, named=True)
    assert row["parameters"] == "company"


def test_why_stats_and_check_answer_from_the_object(kg: NewsGraph) -> None:
    assert {one.kind for one in kg.why("Acme", "Bolt")} == {"investment", "partnership", "deal", "parent", "ledger", "remedy"}
    assert dict(kg.stats().counts)["articles"] == 3
    assert kg.check() == ()


def test_the_graph_goes_to_networkx_and_rdflib(kg: NewsGraph) -> None:
    assert kg.to_networkx().number_of_nodes() > 10
    assert kg.company_network().number_of_nodes() == 4
    assert len(kg.to_rdflib()) > 100


def test_the_graph_goes_to_pyvis(kg: NewsGraph) -> None:
    assert len(kg.to_pyvis().nodes) > 4


def test_what_is_written_is_read_back(kg: NewsGraph, tmp_path: Path) -> None:
    files = kg.write(tmp_path / "out", formats=["turtle"])
    assert tmp_path / "out" / "graph.ttl" in files
    again = load(tmp_path / "out")
    for name in SCHEMAS:
        assert_frame_equal(again.tables[name], kg.tables[name])


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no newsgraph graph"):
        load(tmp_path)


def test_the_picture_is_shut_in_its_frame(kg: NewsGraph) -> None:
    shown = kg.show()._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts" ')
    assert shown.count("<") == 2


def test_a_page_cannot_break_out_of_its_frame() -> None:
    shown = View(f'"></iframe>{HOSTILE}')._repr_html_()
    assert shown.count("<") == 2
    assert shown.count('"') % 2 == 0


def test_the_object_says_what_it_holds(kg: NewsGraph) -> None:
    assert repr(kg) == "<NewsGraph: 3 articles, 4 companies, 4 events, 2 stories>"
    assert "<td>articles</td><td>3</td>" in kg._repr_html_()


@pytest.mark.parametrize("inputs", [("seeds",), (Path("seeds"),), (["seeds"],), ("seeds", Path("seeds"))])
def test_build_takes_paths_and_lists_of_paths(inputs: tuple[str | Path | list[str | Path], ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert newsgraph.build(*inputs).articles.height == 8


def test_every_file_that_names_the_version_names_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == newsgraph.__version__
    assert f"version: {newsgraph.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    newest = next(line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line.startswith("## "))
    assert newsgraph.__version__ in newest
