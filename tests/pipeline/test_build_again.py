"""Building again: only what changed is read, and the graph is that of a build from nothing, byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_inputs import DECISIONS, add, change, delete, differing, documents, rename, rule, written
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import EXPORTERS, write
from newsgraph.pipeline.graph_build import BuildOptions, Built, build_counted

Step = Callable[[Path, int], None]
STEPS: list[Step] = [add, add, change, rename, delete, rule]


def built(folder: Path, output: Path, *, iris: Path | None = None, fresh: bool = False) -> Built:
    """Build by rules, keeping what was read in an output folder."""
    return build_counted([folder], BuildOptions(extractor="rules", cache=output / ".newsgraph", iris=iris, fresh=fresh))


def unequal(one: GraphTables, other: GraphTables) -> list[str]:
    return [name for name in one.tables if not one[name].equals(other[name])]


@settings(max_examples=8)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=1, max_size=6), size=st.sampled_from([1, 2, 250]))
def test_any_way_of_changes_leads_to_the_graph_of_a_build_from_nothing(steps: list[tuple[Step, int]], size: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("newsgraph.extraction_cache.partitions"), "SIZE", size)
        folder, output = documents(Path(name) / "in", range(4)), Path(name) / "out"
        write(built(folder, output).tables, output, [])
        iris = (output / "iris.csv").rename(Path(name) / "iris.csv")
        for step, number in steps:
            step(folder, number)
            again = built(folder, output, iris=iris)
        whole = built(folder, Path(name) / "other", iris=iris)

        assert unequal(again.tables, whole.tables) == []
        assert whole.read == whole.documents


def test_every_format_is_the_same_bytes_as_from_nothing(tmp_path: Path) -> None:
    folder, output = documents(tmp_path / "in", range(12)), tmp_path / "out"
    write(built(folder, output).tables, output, EXPORTERS)
    iris = (output / "iris.csv").rename(tmp_path / "iris.csv")
    for step, number in ((add, 12), (change, 3), (rename, 4), (delete, 5), (rule, 1)):
        step(folder, number)

    again = built(folder, output, iris=iris)
    write(again.tables, output, EXPORTERS)
    whole = written(built(folder, tmp_path / "other", iris=iris).tables, tmp_path / "whole")

    files = {name: (output / name).read_bytes() for name in whole}
    assert differing(files, whole) == []


def test_a_change_of_one_document_reads_one_document(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(12))
    built(folder, tmp_path / "out")
    change(folder, 3)

    again = built(folder, tmp_path / "out")

    assert (again.documents, again.read) == (12, 1)


def test_a_change_of_the_ignored_names_reads_all(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(6))
    built(folder, tmp_path / "out")
    (folder / "ignore.txt").write_text("Owkin\n")
    assert built(folder, tmp_path / "out").read == 6


def test_a_change_of_the_decisions_reads_nothing(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(6))
    built(folder, tmp_path / "out")
    (folder / "decisions.yaml").write_text(DECISIONS)
    assert built(folder, tmp_path / "out").read == 0


def test_a_build_as_of_a_day_keeps_what_was_read_of_all_days(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(6))
    options = BuildOptions(extractor="rules", cache=tmp_path / "cache")
    build_counted([folder], options)

    then = build_counted([folder], replace(options, as_of=date(2024, 5, 2)))

    assert then.read == 0
    assert unequal(then.tables, build_counted([folder], replace(options, as_of=date(2024, 5, 2), cache=None)).tables) == []
