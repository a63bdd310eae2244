"""Entries of the cache that stay while they are used, and go when nobody uses them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from newsgraph.storage import pinned_entry
from newsgraph.storage.pinned_entry import PinnedEntries


def entry(output: Path) -> Path:
    path = output / ".newsgraph" / "store" / "key" / "merged"
    path.mkdir(parents=True)
    (path / "data").write_text("statements", encoding="utf-8")
    return path


def test_a_pinned_entry_outlives_its_removal_and_goes_at_the_end(tmp_path: Path) -> None:
    original = entry(tmp_path)
    pinned = PinnedEntries(tmp_path)
    path = pinned.pin(original)
    assert (path / "data").stat().st_ino == (original / "data").stat().st_ino
    shutil.rmtree(tmp_path / ".newsgraph" / "store")
    assert (path / "data").read_text("utf-8") == "statements"
    pinned.close()
    assert list((tmp_path / ".newsgraph").iterdir()) == []


def test_an_entry_that_cannot_be_linked_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    original = entry(tmp_path)
    monkeypatch.setattr("os.link", refuse)
    pinned = PinnedEntries(tmp_path)
    path = pinned.pin(original)
    assert (path / "data").stat().st_ino != (original / "data").stat().st_ino
    pinned.close()


def test_an_entry_that_is_gone_cannot_be_pinned(tmp_path: Path) -> None:
    pinned = PinnedEntries(tmp_path)
    with pytest.raises(OSError, match="none"):
        pinned.pin(tmp_path / "none")
    pinned.close()


@pytest.mark.parametrize("patience", [60.0, 0.0])
def test_an_entry_that_is_being_written_at_the_end_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
    monkeypatch.setattr(pinned_entry, "_PATIENCE", patience)
    output = entry(tmp_path).parents[3]
    pinned = PinnedEntries(output)
    begun, ending = Event(), Event()

    def write() -> None:
        with pinned.writing("made") as place:
            begun.set()
            ending.wait(60)
            for part in range(50):
                (place / str(part)).mkdir(parents=True)

    writer = Thread(target=write)
    writer.start()
    assert begun.wait(60)
    closer = Thread(target=pinned.close)
    closer.start()
    closer.join(0.1)
    ending.set()
    writer.join(60)
    closer.join(60)
    assert [path.name for path in (output / ".newsgraph").iterdir()] == ["store"]
    with pytest.raises(OSError, match="removed"), pinned.writing("another"):
        pass


def test_what_a_killed_process_left_goes_with_the_next_one_and_what_another_uses_stays(tmp_path: Path) -> None:
    entry(tmp_path)
    script = "import os, sys; from pathlib import Path; from newsgraph.storage.pinned_entry import PinnedEntries; p = PinnedEntries(Path(sys.argv[1])); os._exit(9)"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    left = {path.name for path in (tmp_path / ".newsgraph").glob("pinned-*")}
    assert left
    used = PinnedEntries(tmp_path)
    other = PinnedEntries(tmp_path)
    names = {path.name for path in (tmp_path / ".newsgraph").glob("pinned-*")}
    assert not left & names
    assert len(names) == 4  # two folders and their locks
    other.close()
    assert used.new("store").parent.is_dir()
    used.close()
