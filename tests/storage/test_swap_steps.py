"""The steps by which staged files come into their places: what is on the disk before what, and what each step leaves."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.storage.atomic_swap import is_elsewhere, is_unsettled, put_in_place, recover, recover_held, staging
from newsgraph.storage.folder_lock import HIDDEN, hold_lock
from output_files import files

NAMES = {"graph.nt", "tables/a.parquet", "old.nt", "tables/old.parquet"}


def stage(folder: Path, **contents: str) -> list[str]:
    """Write staged files and return their names; `__` stands for a slash, `_` for a dot."""
    names = []
    for key, content in contents.items():
        name = key.replace("__", "/").replace("_", ".")
        path = folder / HIDDEN / "staged" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        names.append(name)
    return names


def put(folder: Path, removals: Sequence[str] = (), **contents: str) -> None:
    put_in_place(folder, stage(folder, **contents), removals)


def journal(folder: Path) -> Path:
    return folder / HIDDEN / "swap.json"


def break_off(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Let a move to a place whose name is `at` fail as a kill does."""
    replace = Path.replace

    def stop(path: Path, target: Path) -> Path:
        if target.name == at:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stop)


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is brought to the disk, moved and removed below the folder, in this order."""
    noted: list[str] = []
    real_sync, real_replace, real_unlink = os.fsync, Path.replace, Path.unlink

    def named(path: Path) -> str:
        return path.relative_to(tmp_path).as_posix()

    def sync(number: int) -> None:
        here = os.fstat(number)
        noted.append(f"sync {next(named(path) for path in [tmp_path, *tmp_path.rglob('*')] if os.path.samestat(path.stat(), here))}")
        real_sync(number)

    def replace(path: Path, target: Path) -> Path:
        noted.append(f"move {named(path)} to {named(target)}")
        return real_replace(path, target)

    def unlink(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is
        if path.exists():
            noted.append(f"remove {named(path)}")
        real_unlink(path, missing_ok)

    monkeypatch.setattr("newsgraph.storage.atomic_swap.os.fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)
    return noted


def test_files_are_on_the_disk_before_the_list_and_the_list_before_anything_moves(tmp_path: Path, steps: list[str]) -> None:
    (tmp_path / "old.nt").write_text("old")
    put(tmp_path, ["old.nt"], tables__a_parquet="a", graph_nt="whole")

    staged = f"{HIDDEN}/staged"
    assert steps[:2] == [f"sync {staged}/graph.nt", f"sync {staged}/tables/a.parquet"]
    assert sorted(steps[2:4]) == [f"sync {staged}", f"sync {staged}/tables"]
    assert steps[4:7] == [f"sync {HIDDEN}/swap.partial", f"move {HIDDEN}/swap.partial to {HIDDEN}/swap.json", f"sync {HIDDEN}"]
    assert steps[7:10] == [f"move {staged}/graph.nt to graph.nt", f"move {staged}/tables/a.parquet to tables/a.parquet", "remove old.nt"]
    assert sorted(steps[10:12]) == ["sync .", "sync tables"]
    assert steps[12:] == [f"remove {HIDDEN}/swap.json"]


def test_a_copy_on_another_disk_is_whole_there_before_it_has_its_name(
    tmp_path: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".partial-graph.nt").write_text("left by a kill")
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.name == "graph.nt" and "staged" in path.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    put(tmp_path, graph_nt="whole")

    at = steps.index("remove .partial-graph.nt")
    assert steps[at + 1 : at + 4] == [
        "sync .partial-graph.nt", "move .partial-graph.nt to graph.nt", f"remove {HIDDEN}/staged/graph.nt",
    ]  # fmt: skip
    assert files(tmp_path) == {"graph.nt": b"whole"}
    assert not (tmp_path / ".partial-graph.nt").exists()


def test_a_move_that_is_refused_for_another_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> Path:
        if target.name == "graph.nt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        put(tmp_path, graph_nt="whole")
    assert is_unsettled(tmp_path)
    assert not (tmp_path / "graph.nt").exists()


# --- the list of what is to be moved and removed


def test_the_list_is_sorted_and_holds_moves_and_removals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_off(monkeypatch, "graph.nt")
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, ["tables/old.parquet", "old.nt"], tables__a_parquet="a", graph_nt="whole")

    assert json.loads(journal(tmp_path).read_text()) == {
        "moves": ["graph.nt", "tables/a.parquet"],
        "removals": ["old.nt", "tables/old.parquet"],
    }
    assert is_unsettled(tmp_path)


def test_what_a_kill_left_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.nt").write_text("old")
    with monkeypatch.context() as patch:
        break_off(patch, "a.parquet")
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, ["old.nt"], graph_nt="whole", tables__a_parquet="a")
    assert files(tmp_path) == {"graph.nt": b"whole", "old.nt": b"old"}

    recover(tmp_path, NAMES)

    assert files(tmp_path) == {"graph.nt": b"whole", "tables/a.parquet": b"a"}
    assert not is_unsettled(tmp_path)
    assert not (tmp_path / HIDDEN).exists()


def test_without_a_list_there_is_nothing_to_finish_and_no_lock_to_wait_for(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        stage(tmp_path, graph_nt="half")
        recover(tmp_path, NAMES)
        recover_held(tmp_path, NAMES)
        assert files(tmp_path) == {}


def test_a_link_in_the_place_of_the_unfinished_list_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    stage(tmp_path, graph_nt="whole")
    (tmp_path / HIDDEN / "swap.partial").symlink_to(tmp_path / "mine")
    put(tmp_path, graph_nt="whole")

    assert files(tmp_path) == {"graph.nt": b"whole", "mine": b"precious"}


@pytest.mark.parametrize("told", [{"moves": ["graph.nt", "secret"], "removals": []}, {"moves": [], "removals": ["old.nt", "secret"]}])
def test_a_list_that_names_other_files_is_refused_whole(tmp_path: Path, told: dict[str, list[str]]) -> None:
    (tmp_path / "old.nt").write_text("old")
    stage(tmp_path, graph_nt="new")
    journal(tmp_path).write_text(json.dumps(told))
    with pytest.raises(InputError, match=r"swap\.json: is not a list of files"):
        recover_held(tmp_path, NAMES)
    assert files(tmp_path) == {"old.nt": b"old"}


def test_what_cannot_be_finished_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage(tmp_path, graph_nt="new")
    journal(tmp_path).write_text(json.dumps({"moves": ["graph.nt"], "removals": []}))

    def refuse(_path: Path, _target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritableError, match=os.strerror(errno.ENOSPC)):
        recover_held(tmp_path, NAMES)
    with pytest.raises(InputError, match="half moved into place"):
        recover(tmp_path, NAMES)


# --- what is checked before anything changes


def test_a_file_that_was_not_staged_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "old.nt").write_text("old")
    names = stage(tmp_path, graph_nt="whole")
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path, [*names, "tables/a.parquet"], ["old.nt"])
    assert files(tmp_path) == {"old.nt": b"old"}
    assert not is_unsettled(tmp_path)


def deny(monkeypatch: pytest.MonkeyPatch, right: int) -> None:
    """Take one right to folders away."""
    monkeypatch.setattr("newsgraph.storage.atomic_swap.os.access", lambda _path, mode: not mode & right)


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (lambda folder, _: (folder / "graph.nt").mkdir(), errno.EISDIR),
        (lambda _, patch: deny(patch, os.W_OK), errno.EACCES),
        (lambda _, patch: deny(patch, os.X_OK), errno.EACCES),
    ],
)
def test_a_place_that_cannot_be_written_stops_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path, pytest.MonkeyPatch], None], number: int
) -> None:
    (tmp_path / "old.nt").write_text("old")
    spoil(tmp_path, monkeypatch)
    with pytest.raises(OSError, match=os.strerror(number)) as told:
        put(tmp_path, ["old.nt"], graph_nt="whole", tables__a_parquet="a")
    assert (told.value.errno, told.value.filename) == (number, str(tmp_path / "graph.nt"))
    assert files(tmp_path) == {"old.nt": b"old"}
    assert not is_unsettled(tmp_path)


def test_folders_are_made_however_deep(tmp_path: Path) -> None:
    put(tmp_path, a__b__c_nt="deep", a__d_nt="less deep")

    assert files(tmp_path) == {"a/b/c.nt": b"deep", "a/d.nt": b"less deep"}


# --- what goes


def test_folders_that_are_empty_now_go_and_others_stay(tmp_path: Path) -> None:
    for name in ("tables/old.parquet", "explorer/page.html", "explorer/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("old")
    put(tmp_path, ["tables/old.parquet", "explorer/page.html", "nowhere.nt"], graph_nt="whole")

    assert files(tmp_path) == {"explorer/notes.md": b"old", "graph.nt": b"whole"}
    assert not (tmp_path / "tables").exists()
    assert tmp_path.is_dir()


def test_nothing_is_removed_behind_a_link_to_another_folder(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "old.parquet").write_text("of others")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "tables").symlink_to(tmp_path / "shared")
    put(tmp_path / "out", ["tables/old.parquet"], graph_nt="whole")

    assert (tmp_path / "shared" / "old.parquet").read_text() == "of others"
    assert (tmp_path / "out" / "graph.nt").read_text() == "whole"


def test_only_a_folder_below_the_output_may_be_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "real" / "tables").mkdir(parents=True)
    (tmp_path / "real" / "linked").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    out = tmp_path / "link"

    assert [is_elsewhere(out, out / name) for name in ("graph.nt", "tables/a.parquet", "linked/a.parquet")] == [False, False, True]


def write_staged(folder: Path, then: Callable[[], None]) -> Path:
    """Stage a file, then do something that may fail."""
    with staging(folder) as staged:
        assert staged == folder / HIDDEN / "staged"
        (staged / "graph.nt").write_text("whole")
        then()
    return staged


def test_staged_files_go_unless_a_list_says_that_they_are_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyError

    assert not write_staged(tmp_path, lambda: None).exists()
    with pytest.raises(KeyError):
        write_staged(tmp_path, fail)
    assert not (tmp_path / HIDDEN / "staged").exists()

    break_off(monkeypatch, "graph.nt")
    with pytest.raises(KeyboardInterrupt):
        write_staged(tmp_path, lambda: put_in_place(tmp_path, ["graph.nt"], []))
    assert (tmp_path / HIDDEN / "staged" / "graph.nt").read_text() == "whole"


def test_staging_removes_what_killed_builds_left_and_nothing_else(tmp_path: Path) -> None:
    stage(tmp_path, graph_nt="half")
    (tmp_path / HIDDEN / "swap.partial").write_text("half")
    (tmp_path / HIDDEN / "build.json").write_text("mine")
    (tmp_path / ".partial-abc" / "tables").mkdir(parents=True)
    (tmp_path / ".partial-note").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a").write_text("mine")
    (tmp_path / ".partial-link").symlink_to(tmp_path / "elsewhere")
    with staging(tmp_path) as staged:
        assert list(staged.iterdir()) == []
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        f"{HIDDEN}/build.json", ".partial-note", "elsewhere/a",
    ]  # fmt: skip
    assert (tmp_path / ".partial-link").is_symlink()
    assert not (tmp_path / ".partial-abc").exists()
