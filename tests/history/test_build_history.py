"""A folder keeps what became of its graph from build to build, with days that no clock gives, and its IRIs stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsgraph.core.errors import InputError
from newsgraph.export import HISTORY
from newsgraph.export.parquet import read_tables
from newsgraph.history import build_records
from newsgraph.history.build_records import BuildRecord, history_bytes, make_record, read_records
from newsgraph.history.combined_changes import combined
from newsgraph.history.graph_changes import ChangedField, NodeChange, changes_between
from newsgraph.pipeline.folder_build import FolderBuilt, build_into
from newsgraph.pipeline.graph_build import BuildOptions
from output_files import new_graph
from sample import sample_graph


def _add(folder: Path, name: str, title: str, day: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fields = {"title": title, "webUrl": f"https://news.example/{name}", "publishedDateTime": f"{day}T06:00:00Z"}
    (folder / f"{name}.json").write_text(json.dumps(fields), encoding="utf-8")


def _build(folder: Path, **options: Any) -> FolderBuilt:  # noqa: ANN401 - as BuildOptions has it
    return build_into(folder / "out", [folder / "in"], BuildOptions(extractor="rules", **options), ["turtle"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Build an article about a deal."""
    _add(tmp_path / "in", "a", "Sanofi buys Owkin for $5 million", "2024-05-01")
    _build(tmp_path)
    return tmp_path


def _shown(record: BuildRecord) -> Iterator[tuple[str, str, str]]:
    return ((change.kind, change.what, change.label) for change in record.changes)


def test_the_first_build_is_recorded_without_a_list(folder: Path) -> None:
    [record] = read_records(folder / "out")
    assert (record.is_first, record.day, record.articles, record.changes) == (True, date(2024, 5, 1), 1, ())


def test_a_build_records_what_is_new_with_the_last_day_of_an_article(folder: Path) -> None:
    _add(folder / "in", "b", "Nokia sues Nvidia", "2024-05-03")
    _build(folder)
    last = read_records(folder / "out")[-1]
    assert last.day == date(2024, 5, 3)
    assert set(_shown(last)) == {
        ("articles", "new", "Nokia sues Nvidia"), ("companies", "new", "Nokia"), ("companies", "new", "Nvidia"), ("events", "new", "Nokia sues Nvidia"),
    }  # fmt: skip
    assert last.counts == {"articles": {"new": 1}, "companies": {"new": 2}, "events": {"new": 1}}


def test_a_day_may_be_given(folder: Path) -> None:
    _add(folder / "in", "b", "Nokia sues Nvidia", "2024-05-03")
    _build(folder, day=date(2024, 6, 1))
    assert read_records(folder / "out")[-1].day == date(2024, 6, 1)


def test_a_build_that_changes_nothing_is_not_recorded(folder: Path) -> None:
    before = (folder / "out" / HISTORY).read_bytes()
    assert _build(folder).built.unchanged
    assert not _build(folder, fresh=True).built.unchanged
    assert (folder / "out" / HISTORY).read_bytes() == before


def test_the_same_builds_write_the_same_history(folder: Path, tmp_path: Path) -> None:
    for place in (folder, tmp_path / "other"):
        _add(place / "in", "a", "Sanofi buys Owkin for $5 million", "2024-05-01")
        _build(place)
        _add(place / "in", "b", "Sanofi completes purchase of Owkin for $6 million", "2024-05-03")
        _build(place)
    assert (folder / "out" / HISTORY).read_bytes() == (tmp_path / "other" / "out" / HISTORY).read_bytes()


def test_iris_stay_without_being_given(folder: Path) -> None:
    before = read_tables(folder / "out")["events"]["iri"].to_list()
    _add(folder / "in", "earlier", "Sanofi buys Owkin for $5 million", "2024-04-28")  # another month is another name
    _build(folder)
    assert read_tables(folder / "out")["events"]["iri"].to_list() == before
    _build(folder, new_iris=True)
    assert read_tables(folder / "out")["events"]["iri"].to_list() != before


def test_another_base_keeps_no_iris(folder: Path) -> None:
    _build(folder, base="https://other.example/")
    assert read_tables(folder / "out")["events"]["iri"].str.starts_with("https://other.example/").all()


def test_a_history_that_is_none_is_refused_before_anything_is_read(folder: Path) -> None:
    (folder / "out" / HISTORY).write_text("{}\n", "utf-8")
    with pytest.raises(InputError, match=r"history\.jsonl: is not a history of builds"):
        _build(folder)


def test_changes_are_those_of_the_tables() -> None:
    changes = changes_between(new_graph(), sample_graph())
    new = {change.iri for change in changes if (change.kind, change.what) == ("events", "new")}
    assert new == set(sample_graph()["events"]["iri"]) - set(new_graph()["events"]["iri"])
    back = changes_between(sample_graph(), new_graph())
    assert {change.iri for change in back if (change.kind, change.what) == ("events", "gone")} == new
    assert changes_between(sample_graph(), sample_graph()) == ()


def test_the_history_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_records, "MOST_CHANGES", 3)
    monkeypatch.setattr(build_records, "MOST_RECORDS", 4)
    changes = [NodeChange(what="new", kind="events", iri=f"e{number}", label="event") for number in range(5)]
    record = make_record(date(2024, 5, 1), 9, changes)
    assert (len(record.changes), record.omitted, record.counts) == (3, 2, {"events": {"new": 5}})
    assert len(history_bytes([record] * 6).splitlines()) == 4
    monkeypatch.setattr(build_records, "MOST_BYTES", 2 * len(history_bytes([record])))
    assert len(history_bytes([record] * 6).splitlines()) == 2


def _record(*changes: NodeChange) -> BuildRecord:
    return make_record(date(2024, 5, 1), 1, changes)


def _change(what: str, *fields: ChangedField, iri: str = "e", old: str = "") -> NodeChange:
    return NodeChange(what=what, kind="events", iri=iri, label=iri, fields=fields, old_iri=old)


STATUS, BACK = ChangedField("status", "planned", "announced"), ChangedField("status", "announced", "planned")
FURTHER, SUM = ChangedField("status", "announced", "completed"), ChangedField("amount", None, 5.0)


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        ([_change("new"), _change("changed", STATUS)], [_change("new")]),
        ([_change("new"), _change("gone")], []),
        ([_change("changed", STATUS), _change("gone")], [_change("gone")]),
        ([_change("gone"), _change("new")], []),
        ([_change("changed", STATUS), _change("changed", BACK)], []),
        (
            [_change("changed", STATUS), _change("changed", FURTHER, SUM)],
            [_change("changed", SUM, ChangedField("status", "planned", "completed"))],
        ),
        ([_change("new", iri="f"), _change("renamed", iri="e", old="f")], [_change("new")]),
        ([_change("renamed", iri="e", old="f")], []),
    ],
)
def test_changes_of_several_builds_are_one(steps: list[NodeChange], result: list[NodeChange]) -> None:
    assert list(combined(_record(step) for step in steps)) == result
