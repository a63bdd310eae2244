"""A run of one extractor over texts, in a separate process, so that its time and memory can be measured."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.extract import open_extractor

_MEBIBYTE = 2**20
_KIBIBYTE = 2**10


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds to open, articles per second of CPU time and of wall time, and peak memory.

    `memory` is the peak resident size of the process in MiB, with lexicon and model; None if the system does not report it.
    """

    opening: float
    per_core: float
    per_second: float
    memory: float | None


@dataclass(frozen=True, slots=True)
class ExtractorRun:
    """What an extractor read in texts, in their order, and what it cost."""

    version: str
    facts: tuple[Facts, ...]
    cost: Cost


def run_extractor(extractor: str, articles: Sequence[Article], threshold: float = ACCEPTED) -> ExtractorRun:
    """Run the extractor of that name and threshold (see `open_extractor`) over all articles in a new process.

    Raises NewsgraphError for an extractor that cannot be opened, or if its process dies.
    """
    try:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            return pool.submit(measure, extractor, tuple(articles), threshold).result()
    except BrokenProcessPool as error:
        message = f"--extractor {extractor}: its process died. Is the machine short of memory? Try fewer texts."
        raise NewsgraphError(message) from error


def measure(extractor: str, articles: Sequence[Article], threshold: float = ACCEPTED) -> ExtractorRun:
    """Run an extractor over all articles in this process. Opening lasts until the first article is read, so it includes lazy loading."""
    start = time.perf_counter()
    lexicon, opened = load_lexicon(), open_extractor(extractor, threshold)
    list(opened.read(articles[:1], lexicon))
    opening = time.perf_counter() - start
    start, busy = time.perf_counter(), time.process_time()
    facts = tuple(opened.read(articles, lexicon))
    busy, elapsed = time.process_time() - busy, time.perf_counter() - start
    cost = Cost(opening, _rate(len(articles), busy), _rate(len(articles), elapsed), _peak())
    return ExtractorRun(opened.version, facts, cost)


def _rate(articles: int, seconds: float) -> float:
    return articles / seconds if seconds else 0.0


def _peak() -> float | None:
    """Return the peak memory of this process in MiB."""
    try:
        # On Linux, `resource` may report the figure of the parent process; this file reports our own.
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
        return int(status["VmHWM"].split()[0]) * _KIBIBYTE / _MEBIBYTE
    except (OSError, KeyError, ValueError):
        return _peak_by_resource()


def _peak_by_resource() -> float | None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MEBIBYTE if sys.platform == "darwin" else peak * _KIBIBYTE / _MEBIBYTE
