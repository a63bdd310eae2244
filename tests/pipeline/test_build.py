"""The whole line: the same bytes from the same documents, the user's own files, broken and hostile documents."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from build_inputs import differing, documents, written
from folders import titled
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import EXPORTERS
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.shacl.validation import check

RULES = BuildOptions(extractor="rules")
ROOT = Path(__file__).parents[2]


def built(inputs: Sequence[Path], **options: Any) -> GraphTables:  # noqa: ANN401 - fields of BuildOptions
    """Build by rules, whatever extractor a build takes by itself."""
    return build(inputs, replace(RULES, **options))


def companies(graph: GraphTables) -> list[str]:
    return graph["companies"]["name"].to_list()


def test_one_and_two_workers_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = documents(tmp_path / "in", range(24))
    alone = written(built([folder], workers=1), tmp_path / "one")

    for module in ("pipeline.graph_build", "extraction_cache.partitions"):
        monkeypatch.setattr(import_module(f"newsgraph.{module}"), "SIZE", 8)  # so that there are several parts to share out
    monkeypatch.setattr(import_module("newsgraph.pipeline.graph_build"), "MANY", 1)  # and a process beside this one for stories and copies
    shared_out = written(built([folder], workers=2), tmp_path / "two")

    assert len(alone) > len(EXPORTERS)
    assert differing(alone, shared_out) == []


def test_another_folder_filled_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    first = documents(tmp_path / "in", range(24))
    second = documents(tmp_path / "elsewhere" / "far" / "in", [*range(23, -1, -2), *range(0, 24, 2)])
    for file in second.rglob("*.json"):
        os.utime(file, (1, 1))

    assert differing(written(built([first]), tmp_path / "one"), written(built([second]), tmp_path / "two")) == []


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(12))

    assert differing(written(built([folder]), tmp_path / "one"), written(built([folder]), tmp_path / "two")) == []


def test_the_size_of_parts_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = documents(tmp_path / "in", range(12))
    whole = built([folder])

    monkeypatch.setattr(import_module("newsgraph.extraction_cache.cached_extraction"), "SIZE", 1)
    single = built([folder])

    assert [name for name in whole.tables if not whole[name].equals(single[name])] == []


def test_no_output_holds_the_path_of_the_machine(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(4))

    files = written(built([folder]), tmp_path / "out")

    assert [name for name, data in files.items() if str(tmp_path).encode() in data] == []


def test_progress_tells_of_every_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("newsgraph.extraction_cache.cached_extraction"), "SIZE", 5)
    steps: list[tuple[str, int, int | None]] = []

    build([documents(tmp_path / "in", range(12))], RULES, lambda *step: steps.append(step))

    assert steps[:3] == [("reading documents", 5, 12), ("reading documents", 10, 12), ("reading documents", 12, 12)]
    assert [what for what, _, _ in steps[3:]] == ["resolving 24 articles"]


def test_an_empty_folder_gives_a_graph_that_is_empty_and_sound(tmp_path: Path) -> None:
    graph = built([tmp_path])

    assert graph["articles"].height == 0
    assert check(graph) == ()
    assert set(written(graph, tmp_path / "out")) >= {"graph.ttl", "graph.html"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        built([tmp_path / "nowhere"])


def test_several_inputs_make_one_graph(tmp_path: Path) -> None:
    one, other = titled(tmp_path / "one", a="Sanofi grows"), titled(tmp_path / "other", b="Nokia grows")

    assert companies(built([one, other / "b.json"])) == ["Nokia", "Sanofi"]


@pytest.mark.parametrize(
    ("title", "shown"), [("a\x01b\udcff", "a b"), ("My\n news", "My news"), ("Two  blanks", "Two  blanks"), ("\x01", "")]
)
def test_a_title_is_one_line_that_can_be_shown(tmp_path: Path, title: str, shown: str) -> None:
    folder = titled(tmp_path / "in", a="Sanofi grows")

    assert built([folder], title=title)["dataset"]["title"].to_list() == [shown]
    assert build_into(tmp_path / "out", [folder], replace(RULES, title=title), ["explorer"]).files
    assert "\x01" not in (tmp_path / "out" / "graph.html").read_text("utf-8")


def test_a_name_that_nothing_can_have_is_no_extractor(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--extractor '\\udcff': is no extractor"):
        built([titled(tmp_path / "in", a="Sanofi grows")], extractor="\udcff")


@pytest.mark.parametrize("threshold", [float("nan"), float("inf"), -0.1])
def test_a_confidence_is_between_0_and_1(tmp_path: Path, threshold: float) -> None:
    folder = titled(tmp_path / "in", a="Sanofi grows")

    for option in ("threshold", "event_threshold"):
        with pytest.raises(InputError, match=r"threshold .* is not between 0 and 1"):
            built([folder], **{option: threshold})


@pytest.mark.parametrize("found_beside", [True, False])
def test_the_users_companies_are_found(tmp_path: Path, found_beside: bool) -> None:  # noqa: FBT001 - a parameter of the test
    folder = titled(tmp_path / "in", a="a rainy day at the quiet works")
    file = (folder if found_beside else tmp_path) / "companies.csv"
    file.write_text("name,lei\nthe quiet works,529900T8BM49AURSDO55\n")

    graph = built([folder], companies=None if found_beside else file)

    assert graph["companies"].select("name", "lei").rows() == [("the quiet works", "529900T8BM49AURSDO55")]


@pytest.mark.parametrize("found_beside", [True, False])
def test_the_users_ignored_names_are_left_out(tmp_path: Path, found_beside: bool) -> None:  # noqa: FBT001 - a parameter of the test
    folder = titled(tmp_path / "in", a="Sanofi and Nokia said they grew")
    file = (folder if found_beside else tmp_path) / "ignore.txt"
    file.write_text("sanofi\n")

    assert companies(built([folder], ignore=None if found_beside else file)) == ["Nokia"]


def test_an_option_wins_over_the_file_in_the_folder(tmp_path: Path) -> None:
    folder = titled(tmp_path / "in", a="Sanofi and Nokia said they grew")
    (folder / "ignore.txt").write_text("Sanofi\n")
    other = tmp_path / "other.txt"
    other.write_text("Nokia\n")

    assert companies(built([folder], ignore=other)) == ["Sanofi"]


def test_the_users_files_change_the_version_of_the_lexicon_and_the_name_of_the_run(tmp_path: Path) -> None:
    folder = titled(tmp_path / "in", a="Sanofi said it grew")
    before = built([folder])["dataset"]
    (folder / "ignore.txt").write_text("Nokia\n")
    after = built([folder])["dataset"]

    assert before["lexicon_version"].item() != after["lexicon_version"].item()
    assert before["run"].item() != after["run"].item()


@pytest.mark.parametrize(
    ("text", "problem"), [("alias\nx\n", "no column 'name'"), ("name,lei\n,5\n", "line 2"), ("name\nCaf\xe9\n", "is not UTF-8")]
)
def test_a_company_list_that_cannot_be_read_is_told_with_its_file(tmp_path: Path, text: str, problem: str) -> None:
    folder = titled(tmp_path / "in", a="Sanofi said it grew")
    (folder / "companies.csv").write_bytes(text.encode("latin-1"))

    with pytest.raises(InputError, match=rf"companies\.csv.*{problem}"):
        built([folder])


@pytest.mark.parametrize(
    ("base", "start"), [("https://id.example/x", "https://id.example/x/"), ("http://id.example/x#", "http://id.example/x#")]
)
def test_every_name_begins_with_the_base(tmp_path: Path, base: str, start: str) -> None:
    graph = built([documents(tmp_path / "in", range(4))], base=base)

    iris = [iri for table in graph.tables.values() if "iri" in table.columns for iri in table["iri"]]
    assert len(iris) > 10
    assert [iri for iri in iris if not iri.startswith(start)] == []


@pytest.mark.parametrize(
    "base", ["", "id/", "ftp://id.example/", "https://", "https://id.example/a b/", "https://id.example/<x>", "https://id.example/?q"]
)
def test_a_base_that_is_no_iri_is_told(base: str) -> None:
    with pytest.raises(InputError, match=r"^--base .*is not an absolute IRI"):
        built([ROOT / "seeds"], base=base)


def test_broken_documents_are_reported_and_the_rest_is_built(tmp_path: Path) -> None:
    folder = titled(tmp_path / "in", good="Sanofi said it grew", fine="Nokia said it grew")
    (folder / "empty.md").write_bytes(b"")
    (folder / "bad.yaml").write_text("title: [unclosed\n")
    (folder / "bomb.yaml").write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n")
    (folder / "code.yaml").write_text("title: !!python/object/apply:os.getcwd []\n")
    (folder / "list.json").write_text("[1, 2")
    (folder / "untitled.md").write_text("---\nwebUrl: https://news.example/u\n---\n")

    graph = built([folder])

    assert companies(graph) == ["Nokia", "Sanofi"]
    assert set(graph["problems"]["source"]) == {"empty.md", "bad.yaml", "bomb.yaml", "code.yaml", "list.json", "untitled.md"}
    assert [row for row in graph["problems"].iter_rows() if not all(row)] == []


def test_a_document_that_goes_away_changes_the_graph_back(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(6))
    before = written(built([folder]), tmp_path / "before")
    titled(folder, extra="Sanofi sues Nokia")
    built([folder])
    (folder / "extra.json").unlink()

    assert differing(before, written(built([folder]), tmp_path / "after")) == []


def test_a_copy_of_the_seeds_under_another_name_is_the_same_graph(tmp_path: Path) -> None:
    graph, copied = built([ROOT / "seeds"]), built([shutil.copytree(ROOT / "seeds", tmp_path / "copied")])

    assert [name for name in graph.tables if not graph[name].equals(copied[name])] == []
