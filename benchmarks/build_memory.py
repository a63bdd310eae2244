"""What a whole build costs: wall time, processor time and peak memory, workers included, and the share of each stage.

Usage: python benchmarks/build_memory.py [--articles 20000] [--workers 1] [--extractor NAME]

The build runs in a process of its own, so that the peak is its own; the operating system tells its peak and that of its
largest worker. Shares come from looking at the main thread a hundred times a second, so they miss what workers do.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from generate import documents
from machine import machine
from newsgraph.library import build

STAGES = ("ingest", "extract", "resolve", "export")
_KIB_IN_MB = 1000 / 1.024
_PAUSE = 0.01
# A watcher that waits longer for its turn sees the main thread mostly where that waits for a file.
_TURN = 0.0002


class Watch(threading.Thread):
    """Looks at the thread that made it, again and again, and counts the stages it is in."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        super().__init__(daemon=True)
        self.seen: Counter[str] = Counter()
        self._watched = threading.get_ident()
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._ended.wait(_PAUSE):
            self.seen[self._stage()] += 1

    def shares(self) -> dict[str, float]:
        """Stop, and give the share of each stage in percent."""
        self._ended.set()
        self.join()
        total = max(self.seen.total(), 1)
        return {f"in {stage}, %": 100 * self.seen[stage] / total for stage in (*STAGES, "else")}

    def _stage(self) -> str:
        frame = sys._current_frames().get(self._watched)  # noqa: SLF001 - the documented way to see another thread
        while frame is not None:
            folders = Path(frame.f_code.co_filename).parts[-3:-1]
            if folders[:1] == ("newsgraph",) and folders[-1] in STAGES:
                return folders[-1]
            frame = frame.f_back
        return "else"


def main() -> None:
    """Generate a folder, build it, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--extractor", default="", help="rules, tagger or a plug-in; empty: the best that is installed")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _fill(folder / "in", options.articles)
        print(f"{count:,} articles, workers: {options.workers}, extractor: {options.extractor or 'the best'}")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            figures = pool.submit(_measured, folder, options.workers, options.extractor).result()
    for label, value in figures.items():
        print(f"{label:<24} {value:>10,.1f}")


def _fill(folder: Path, articles: int) -> int:
    """Write documents until they hold so many articles."""
    folder.mkdir()
    count = 0
    for name, text in documents(articles):
        (folder / name).write_text(text, encoding="utf-8")
        count += text.count("webUrl:")
        if count >= articles:
            break
    return count


def _measured(folder: Path, workers: int, extractor: str) -> Mapping[str, float]:
    sys.setswitchinterval(_TURN)
    watch = Watch()
    watch.start()
    start = time.perf_counter()
    graph = build(folder / "in", workers=workers, extractor=extractor)
    built = time.perf_counter()
    graph.write(folder / "out")
    written = time.perf_counter()
    shares = watch.shares()
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "build, s": built - start,
        "write, s": written - built,
        "processor, s": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "peak, MB": own.ru_maxrss / _KIB_IN_MB,
        "peak of a worker, MB": children.ru_maxrss / _KIB_IN_MB,
        "most together, MB": (own.ru_maxrss + workers * children.ru_maxrss) / _KIB_IN_MB,
        "files, MB": sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file()) / 1e6,
        **shares,
    }


if __name__ == "__main__":
    main()
