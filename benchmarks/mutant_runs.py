"""Mutants tried one by one: a copy of the tree with one edit, and the tests of its room until one fails."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from mutant_edits import Source
from mutant_places import Mutant

CAUGHT, SURVIVED = "caught", "survived"
_FOUND, _ENDLESS = ".found", " does not end"
_LEFT = shutil.ignore_patterns(
    ".git", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "output", "dist"
)
_NO_TESTS = 5  # what pytest ends with where it ran none
_LONGEST = (600.0, 5.0)  # seconds that all tests may take together, and times what they took without a mutant


class RunError(RuntimeError):
    """Tests that cannot be run even without a mutant."""


@dataclass(frozen=True)
class Tried:
    """A mutant and what became of it; `by` is the test that failed, empty where none did."""

    mutant: Mutant
    outcome: str
    by: str
    seconds: float


@dataclass(frozen=True)
class TestNotes:
    """What the tests of a room cost and reach, see `mutant_plugin`, and the copy of the tree in which they ran."""

    file: Path
    copy: Path
    seconds: float
    failing: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """The package and the tests of some mutants; a quick test may take `patience` seconds of the processor."""

    package: str
    tests: tuple[str, ...]
    patience: float


def watch_tests(tree: Path, room: Room, folder: Path) -> TestNotes:
    """Run all tests of a room in a copy of the tree, without a mutant. Raises RunError where they do not run the copy.

    They run twice, the second time in the order in which they look for mutants: a test that fails either time is left out.
    """
    name = room.tests[0].replace("/", "-")
    copy, file = folder / f"copy-{name}-0", folder / f"{name}.json"
    shutil.copytree(tree, copy, ignore=_LEFT, symlinks=True)
    began = time.monotonic()
    process = _pytest(copy, room.tests, {"MUTANTS_RECORD": str(file)})
    output, _ = process.communicate()
    if process.returncode not in {0, 1} or not file.exists():
        raise RunError(output)
    notes: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    if not any(module.startswith(f"/{room.package}/") for note in notes.values() for module in note["reached"]):
        message = f"the tests in {room.tests[0]} enter no module of {room.package} in the copy"
        raise RunError(message)
    seconds = time.monotonic() - began
    _find(copy, room, file, "").communicate()
    for test in _failed(copy):
        notes.setdefault(test.removesuffix(_ENDLESS), {})["failed"] = True
    file.write_text(json.dumps(notes), encoding="utf-8")
    return TestNotes(file, copy, seconds, tuple(test for test, note in notes.items() if note["failed"]))


def try_mutants(mutants: Sequence[Mutant], room: Room, notes: TestNotes, workers: int) -> Iterator[Tried]:
    """Try mutants in so many copies of the tree at a time; they come as they are done."""
    copies: SimpleQueue[Path] = SimpleQueue()
    copies.put(notes.copy)
    for number in range(1, min(workers, len(mutants))):
        other = notes.copy.with_name(f"{notes.copy.name[:-2]}-{number}")
        if not other.exists():
            shutil.copytree(notes.copy, other, symlinks=True)
        copies.put(other)

    def tried(mutant: Mutant) -> Tried:
        copy = copies.get()
        try:
            return _try(mutant, room, notes, copy)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(workers) as pool:
        for future in as_completed([pool.submit(tried, mutant) for mutant in mutants]):
            yield future.result()


def _try(mutant: Mutant, room: Room, notes: TestNotes, copy: Path) -> Tried:
    path = copy / "src" / room.package / mutant.module
    original = path.read_text(encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()  # it would be taken for that of a source of the same size and second
    path.write_text(Source(original).changed(mutant.edit), encoding="utf-8")
    began = time.monotonic()
    try:
        # a change on the top level of a module counts for whatever imports from it
        process = _find(copy, room, notes.file, f"/{room.package}/{mutant.module}" if mutant.function else "", "-x")
        by = _end_of(process, _LONGEST[0] + _LONGEST[1] * notes.seconds)
    finally:
        path.write_text(original, encoding="utf-8")
    if process.returncode == _NO_TESTS:
        message = f"no test was run for {mutant.id}"
        raise RunError(message)
    if not by and process.returncode != 0:
        by = next(iter(_failed(copy)), "the tests cannot be loaded")
    return Tried(mutant, CAUGHT if by else SURVIVED, by, time.monotonic() - began)


def _find(copy: Path, room: Room, notes: Path, module: str, *options: str) -> subprocess.Popen[str]:
    """Start the tests that may find a mutant in a module."""
    (copy / _FOUND).unlink(missing_ok=True)
    more = {
        "MUTANTS_NOTES": str(notes), "MUTANTS_MODULE": module, "MUTANTS_FOUND": str(copy / _FOUND),
        "MUTANTS_PATIENCE": str(room.patience), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    return _pytest(copy, [*options, *room.tests], more)


def _failed(copy: Path) -> list[str]:
    file = copy / _FOUND
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _end_of(process: subprocess.Popen[str], seconds: float) -> str:
    """Wait for tests to end, and end them with all that they started where they do not."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        by = "the tests do not end"
    else:
        by = ""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # what a test that was given up left behind
    process.communicate()
    return by


def _pytest(copy: Path, arguments: Iterable[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start tests in a copy of the tree and in a group of processes of their own; always with the same hashes and examples.

    The plugin keeps time itself, much shorter than a test of the project may take.
    """
    shutil.rmtree(copy / ".hypothesis", ignore_errors=True)
    command = [
        sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "mutant_plugin", "-p", "no:cacheprovider", "-o", "timeout=0", "--hypothesis-seed=0",
        f"--basetemp={copy.with_name(f'{copy.name}-files')}", *arguments,
    ]  # fmt: skip
    path = os.pathsep.join([str(copy / "src"), str(Path(__file__).parent)])
    whole = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", **environment}
    return subprocess.Popen(
        command, cwd=copy, env=whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
