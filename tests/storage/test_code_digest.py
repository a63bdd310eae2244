"""The digest of the program: it changes with every file, library and Python that what is written depends on, and with nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from newsgraph.storage import code_digest as module
from newsgraph.storage.code_digest import code_digest, program_digest, version_of


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package of two modules and a list in the place of newsgraph."""
    for name, text in {"a.py": "one", "room/b.py": "two", "data/list.csv": "three"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(module, "files", lambda _name: tmp_path)
    return tmp_path


def digest(*patterns: str) -> str:
    """Digest the files as they are now."""
    code_digest.cache_clear()
    try:
        return code_digest(*patterns)
    finally:
        code_digest.cache_clear()


def whole() -> str:
    """Digest the program as it is now."""
    for cached in (program_digest, code_digest, version_of):
        cached.cache_clear()
    try:
        return program_digest()
    finally:
        for cached in (program_digest, code_digest, version_of):
            cached.cache_clear()


CHANGES: list[Callable[[Path], object]] = [
    lambda folder: (folder / "a.py").write_text("ono"),
    lambda folder: (folder / "a.py").rename(folder / "c.py"),
    lambda folder: (folder / "a.py").rename(folder / "room" / "a.py"),
    lambda folder: (folder / "room" / "b.py").unlink(),
    lambda folder: (folder / "new.py").write_text(""),
    lambda folder: [(folder / "a.py").write_text("two"), (folder / "room" / "b.py").write_text("one")],
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_a_file_changes_it(package: Path, change: Callable[[Path], object]) -> None:
    before = digest("**/*.py")
    change(package)

    assert digest("**/*.py") != before


def test_where_one_file_ends_and_the_next_begins_counts(package: Path) -> None:
    for name in ("a.py", "room/b.py"):
        (package / name).unlink()
    (package / "a").write_bytes(b"x")
    (package / "b").write_bytes(b"y")
    before = digest("*")
    (package / "a").write_bytes(b"xb 1\ny")
    (package / "b").unlink()

    assert digest("*") != before


def test_it_is_sixty_four_digits_and_the_same_again(package: Path) -> None:
    assert package.is_dir()
    assert digest("**/*.py") == digest("**/*.py")
    assert len(digest("**/*.py")) == len(hashlib.sha256().hexdigest()) == 64
    int(digest("**/*.py"), 16)


def test_other_files_compiled_ones_and_the_order_of_patterns_do_not_count(package: Path) -> None:
    before = digest("*.py", "room/*")
    (package / "data" / "list.csv").write_text("four")
    (package / "room" / "b.pyc").write_bytes(b"compiled")
    (package / "room" / "deeper.py").mkdir()

    assert digest("*.py", "room/*") == digest("room/*", "*.py") == digest("*.py", "*.py", "room/*.py") == before
    assert digest("*.py") != before


@pytest.mark.parametrize("package_name", ["polars", "pyyaml"])
def test_the_program_is_another_with_another_library(monkeypatch: pytest.MonkeyPatch, package_name: str) -> None:
    before = whole()
    monkeypatch.setattr(module, "version", lambda name: "99" if name == package_name else metadata.version(name))

    assert whole() != before


def test_the_program_is_another_with_other_files_or_another_python(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [whole()]
    (package / "data" / "list.csv").write_text("four")
    seen.append(whole())
    monkeypatch.setattr("newsgraph.storage.code_digest.sys.version_info", (3, 99, 1, "final", 0))
    seen.append(whole())
    monkeypatch.setattr("newsgraph.storage.code_digest.sys.version_info", (3, 99, 2, "final", 0))
    seen.append(whole())

    assert len(set(seen)) == 4
    assert whole() == seen[-1]


def test_the_program_is_the_same_with_a_library_that_it_does_not_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    before = whole()
    monkeypatch.setattr(module, "version", lambda name: "99" if name == "pip" else metadata.version(name))

    assert whole() == before


def test_without_being_installed_the_program_is_still_told_apart(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "requires", lambda _name: None)
    before = whole()
    (package / "a.py").write_text("four")

    assert whole() != before


def test_a_package_that_is_missing_has_no_version() -> None:
    assert version_of("no-such-package") == "none"
    assert version_of("polars")[0].isdigit()
