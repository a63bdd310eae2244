"""What pytest does for `mutants.py`: it notes what each test costs and reaches, or runs tests that may find a mutant, the quickest first.

`MUTANTS_RECORD` names the file that the notes go to, `MUTANTS_NOTES` the file that they come from, `MUTANTS_MODULE` the module that is
changed (empty for a change that counts as soon as the module is imported), `MUTANTS_FOUND` the file that takes the names of the tests
that fail, and `MUTANTS_PATIENCE` how many seconds of the processor a quick test may take before it is taken to run for ever.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import FrameType
from typing import Any, Self

import pytest

_EVERYTHING = "*"  # reached by tests that start processes, into which nobody looks
_DEAR = 1.0  # seconds: a test that costs more is run only where it reaches the changed module
_PROCESSOR, _CLOCK = 5.0, 10.0  # times that a test may take what it took without a mutant
_WAITING = 60.0  # seconds that a quick test may wait
_LOADING = 30.0  # seconds of the processor in which all tests must be loaded
_MEMORY = 4 << 30


def pytest_configure(config: pytest.Config) -> None:
    """Take part in one of the two ways."""
    if record := os.environ.get("MUTANTS_RECORD"):
        config.pluginmanager.register(_Recorder(Path(record)))
    if notes := os.environ.get("MUTANTS_NOTES"):
        found, module = Path(os.environ["MUTANTS_FOUND"]), os.environ["MUTANTS_MODULE"]
        config.pluginmanager.register(_Finder(json.loads(Path(notes).read_text("utf-8")), module, found))


class _Recorder:
    """Notes for each test its seconds, the modules of the package that it enters, and whether it fails."""

    def __init__(self, record: Path) -> None:
        """Watch from now on which files are entered."""
        self._record = record
        self._source = str(Path("src").absolute())
        self._failed: set[str] = set()
        self._seconds: dict[str, float] = defaultdict(float)
        self._reached: dict[str, set[str]] = defaultdict(set)
        self._fixtures: dict[str, set[str]] = defaultdict(set)
        self._entered: list[set[str]] = [set()]
        sys.settrace(self._trace)
        threading.settrace(self._trace)

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if name.startswith(self._source):
            self._entered[-1].add(name.removeprefix(self._source))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None]:
        """Watch one test."""
        self._fixtures[item.nodeid] |= {f"fixture {name}" for name in getattr(item, "fixturenames", ())}
        with _Watch(self._entered) as watch:
            yield
        self._seconds[item.nodeid] = watch.own
        self._reached[item.nodeid] |= watch.entered

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None]:
        """Watch a fixture: what it costs is no cost of the first test that asks for it, but of each."""
        with _Watch(self._entered) as watch:
            yield
        name = f"fixture {fixturedef.argname}"
        self._seconds[name] = max(self._seconds[name], watch.own)
        self._reached[name] |= watch.entered

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails as it is."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the notes."""
        sys.settrace(None)
        threading.settrace(None)
        notes = {
            test: {
                "seconds": round(self._seconds[test] + sum(self._seconds[name] for name in fixtures), 3),
                "reached": sorted(self._reached[test].union(*(self._reached[name] for name in fixtures))),
                "failed": test in self._failed,
            }
            for test, fixtures in self._fixtures.items()
        }
        self._record.write_text(json.dumps(notes), encoding="utf-8")


class _Watch:
    """Takes the time of a part of a test, less that of parts within, and what it enters."""

    _running: list[_Watch] = []  # noqa: RUF012 - those that are open, the innermost last

    def __init__(self, entered: list[set[str]]) -> None:
        self._all = entered
        self.entered: set[str] = set()
        self.own = 0.0

    def __enter__(self) -> Self:
        self._all.append(self.entered)
        self._running.append(self)
        self._began, self._children = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        return self

    def __exit__(self, *_: object) -> None:
        took = time.perf_counter() - self._began
        self._all.pop()
        self._running.pop()
        self.own += took
        if self._running:
            self._running[-1].own -= took
        if resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > self._children:
            self.entered.add(_EVERYTHING)


class _Finder:
    """Runs the tests that may find a mutant, each for a limited time."""

    def __init__(self, notes: dict[str, dict[str, Any]], module: str, found: Path) -> None:
        self._notes, self._module, self._found = notes, module, found
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
        for number in (signal.SIGPROF, signal.SIGALRM):
            signal.signal(number, self._give_up)
        self._test, self._patience = "loading the tests", float(os.environ["MUTANTS_PATIENCE"])
        signal.setitimer(signal.ITIMER_PROF, _LOADING)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take those that pass without a mutant, the quickest first: always in the order in which they were seen to pass."""
        passing = [item for item in items if (note := self._notes.get(item.nodeid)) and not note["failed"]]
        likely = [item for item in passing if self._enters(item) or self._cost(item) < _DEAR]
        items[:] = sorted(likely, key=lambda item: round(self._cost(item), 1))

    def _enters(self, item: pytest.Item) -> bool:
        return not self._module or bool({_EVERYTHING, self._module}.intersection(self._notes[item.nodeid]["reached"]))

    def _cost(self, item: pytest.Item) -> float:
        return float(self._notes[item.nodeid]["seconds"])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None]:
        """Give a test its time."""
        self._test = item.nodeid
        signal.setitimer(signal.ITIMER_PROF, self._patience + _PROCESSOR * self._cost(item))
        signal.setitimer(signal.ITIMER_REAL, _WAITING + _CLOCK * self._cost(item))
        yield
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down which tests fail."""
        if report.failed:
            self._note(report.nodeid)

    def _give_up(self, _number: int, _frame: FrameType | None) -> None:
        self._note(f"{self._test} does not end")
        os._exit(1)

    def _note(self, text: str) -> None:
        with self._found.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")
