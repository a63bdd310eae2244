"""Inputs that nobody has touched are not read, and every change of them is noticed, whatever it leaves of sizes and times."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from build_inputs import add, change, delete, documents, path_of, rename, rule
from newsgraph.extract.extractors import FORMER_NAMES, NAMES, NONE, READER, RULES
from newsgraph.pipeline import folder_build
from newsgraph.pipeline.build_options import BuildOptions
from newsgraph.pipeline.folder_build import FolderBuilt, build_into
from newsgraph.pipeline.known_inputs import OWN_EXTRACTORS, inputs_digest
from newsgraph.storage import file_states

RULES_ONLY = BuildOptions(extractor="rules", new_iris=True)  # so that a folder has the bytes of another one


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for one that was written long ago."""
    monkeypatch.setattr(file_states, "SETTLING", -(10**18))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = documents(tmp_path / "in", range(6))
    (made / "decisions.yaml").write_text("[]\n", encoding="utf-8")
    return made


def built(folder: Path, output: Path, options: BuildOptions = RULES_ONLY) -> FolderBuilt:
    return build_into(output, [folder], options, ("turtle",))


@pytest.mark.usefixtures("settled")
def test_a_build_of_known_inputs_reads_none_of_them_and_tells_the_same(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(folder, tmp_path / "out")

    def fails(*_: object) -> None:
        message = "a document was looked at"
        raise AssertionError(message)

    monkeypatch.setattr(folder_build, "_build", fails)
    again = built(folder, tmp_path / "out")

    assert again.built.unchanged
    assert (again.files, again.built.documents, again.built.read) == (first.files, first.built.documents, 0)
    assert again.built.report == first.built.report
    assert all(again.built.tables[name].equals(first.built.tables[name]) for name in first.built.tables.tables)
    with pytest.raises(AssertionError, match="looked at"):
        built(folder, tmp_path / "out", replace(RULES_ONLY, fresh=True))


def same_size_and_time(folder: Path, number: int) -> None:
    path = path_of(folder, number)
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("million", "billion"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def another_file_of_the_same_time(folder: Path, number: int) -> None:
    path = path_of(folder, number)
    before = path.stat()
    path.rename(path.with_suffix(".old"))
    path.write_bytes(path.with_suffix(".old").read_bytes().replace(b"million", b"billion"))
    path.with_suffix(".old").unlink()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swapped(folder: Path, number: int) -> None:
    one, other = path_of(folder, number), path_of(folder, number + 3)
    third = one.rename(one.with_suffix(".x"))
    other.rename(one)
    third.rename(other)


def new_folder(folder: Path, _number: int) -> None:
    documents(folder / "deep" / "deeper", [9])


def behind_a_link(folder: Path, number: int) -> None:
    (folder / ".kept").mkdir()
    (folder / ".kept" / "target.json").write_bytes(path_of(folder, number).read_bytes())
    (folder / "link.json").symlink_to(folder / ".kept" / "target.json")


CHANGES = [
    add, change, delete, rename, rule, same_size_and_time, another_file_of_the_same_time, swapped, new_folder, behind_a_link,
]  # fmt: skip


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("step", CHANGES, ids=lambda step: step.__name__)
def test_every_change_is_noticed(tmp_path: Path, folder: Path, step: Callable[[Path, int], None]) -> None:
    before = inputs_digest([folder], RULES_ONLY)
    built(folder, tmp_path / "out")
    step(folder, 7 if step is add else 1)
    again = built(folder, tmp_path / "out")
    built(folder, tmp_path / "whole")

    assert before
    assert inputs_digest([folder], RULES_ONLY) != before
    assert not again.built.unchanged
    assert read(tmp_path / "out") == read(tmp_path / "whole")


def read(output: Path) -> bytes:
    return (output / "graph.ttl").read_bytes()


@pytest.mark.usefixtures("settled")
def test_a_change_of_what_a_link_leads_to_is_noticed(folder: Path) -> None:
    behind_a_link(folder, 1)
    linked = documents(folder / ".elsewhere", [8])
    (folder / "linked").symlink_to(linked, target_is_directory=True)
    (linked / "back").symlink_to(folder, target_is_directory=True)
    digests = [inputs_digest([folder], RULES_ONLY)]
    for path in (folder / ".kept" / "target.json", path_of(linked, 8)):
        path.write_bytes(path.read_bytes() + b" ")
        digests.append(inputs_digest([folder], RULES_ONLY))
    documents(linked, [11])
    digests.append(inputs_digest([folder], RULES_ONLY))

    assert all(digests)
    assert len(set(digests)) == len(digests)


def test_nothing_is_known_of_files_that_have_just_changed(folder: Path, tmp_path: Path) -> None:
    assert inputs_digest([folder], RULES_ONLY) == ""
    assert built(folder, tmp_path / "out").built.read == 6
    assert built(folder, tmp_path / "out").built.unchanged  # by their bytes


@pytest.mark.usefixtures("settled")
def test_nothing_is_known_of_what_may_change_unseen(folder: Path) -> None:
    def digest(*names: str, **options: object) -> str:
        return inputs_digest([Path(name) for name in names], BuildOptions(**options))  # type: ignore[arg-type]

    assert digest(str(folder))
    assert digest("-") == digest("s3://bucket/news") == digest(str(folder), extractor="spacy:en_core_web_sm") == ""
    assert digest(str(folder / "gone")) == digest(str(folder), packs=(folder / "gone.csv",)) == ""


@pytest.mark.usefixtures("settled")
def test_the_options_files_count(folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "mine.csv"
    listed.write_text("name\nAcme\n", encoding="utf-8")
    digests = [inputs_digest([folder], RULES_ONLY), inputs_digest([folder], replace(RULES_ONLY, companies=listed))]
    listed.write_text("name\nBolt\n", encoding="utf-8")
    digests.append(inputs_digest([folder], replace(RULES_ONLY, companies=listed)))

    assert len(set(digests)) == 3


def test_the_extractors_of_this_program_are_these() -> None:
    assert {"", NONE, RULES, NAMES, READER, *FORMER_NAMES} == OWN_EXTRACTORS


@pytest.mark.usefixtures("settled")
def test_with_a_folder_that_may_not_be_read_nothing_is_known(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert inputs_digest([folder], RULES_ONLY)
    locked, scandir = str(path_of(folder, 1).parent), os.scandir

    def refuse(path: str) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("newsgraph.pipeline.known_inputs.os.scandir", refuse)

    assert inputs_digest([folder], RULES_ONLY) == ""
