"""A whole build with its stages timed from inside: `python benchmarks/stages.py INPUT OUTPUT [--workers 1] [--extractor rules]`.

`line.py` runs it in a process of its own. What a build calls is looked up by name and wrapped; a name that is not there any more is
told, never passed over. The time of a stage counts that of the stages in it; what another process does beside it counts where that
process ends, so in no stage. Memory is the most that this process held in a stage.
Printed is one JSON object: stages, what is missing, and the whole.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from machine import peak
from newsgraph.export import EXPORTERS
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions

FORMATS = ("parquet", "turtle")
WHOLE = "whole"
_LINE = "newsgraph.resolve.resolution"
_LAST = "put in place"
# Stage -> module, and names of what is called there, of which one at least is to be there; a stage with a slash is a part of the one before it.
STAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "find documents": ("newsgraph.pipeline.graph_build", ("find_documents",)),
    "read": ("newsgraph.pipeline.graph_build", ("extract_cached",)),
    "load facts": ("newsgraph.extraction_cache.cached_extraction", ("load_partition",)),
    "resolve": ("newsgraph.pipeline.graph_build", ("resolve",)),
    "resolve/articles": (_LINE, ("resolve_articles",)),
    "resolve/companies": (_LINE, ("resolve_companies",)),
    "resolve/entities": (_LINE, ("resolve_entities",)),
    "resolve/copies": (_LINE, ("find_copies_again",)),
    "resolve/events": (_LINE, ("resolve_events",)),
    "resolve/stories": (_LINE, ("resolve_stories", "story_edges")),
    "resolve/rows": (_LINE, ("rows", "rows_of_stories")),
    "frames": ("newsgraph.pipeline.graph_build", ("frame",)),
    _LAST: ("newsgraph.export", ("put_in_place",)),
}
_CLEAR = Path("/proc/self/clear_refs")


@dataclass(slots=True)
class Spent:
    """What a stage took in all its calls: seconds, and megabytes at most."""

    calls: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0


@dataclass(slots=True)
class Book:
    """What all stages took; `running` are those that have begun and not ended."""

    spent: dict[str, Spent] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Book what is done meanwhile."""
        spent = self.spent.setdefault(name, Spent())
        self._book_memory()
        self.running.append(name)
        start, processor = time.perf_counter(), _processor()
        try:
            yield
        finally:
            spent.calls += 1
            spent.seconds += time.perf_counter() - start
            spent.processor += _processor() - processor
            self._book_memory()
            self.running.remove(name)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give what does the same as a function, and books it."""
        return _Timed(self, name, function)

    def each(self, name: str, iterator: Iterator[Any]) -> Iterator[Any]:
        """Give what an iterator gives, and book the making of each."""
        end = object()
        while True:
            with self.stage(name):
                one = next(iterator, end)
            if one is end:
                return
            yield one

    def _book_memory(self) -> None:
        most = peak()
        for name in self.running:
            self.spent[name].megabytes = max(self.spent[name].megabytes, most)
        if _CLEAR.exists():
            _CLEAR.write_text("5", encoding="ascii")  # the system's figure of the peak begins anew; without that, it is the peak so far


class _Timed:
    """A function that books what it takes, and what the iterator takes that it may give; another process gets the function alone."""

    def __init__(self, book: Book, name: str, function: Callable[..., Any]) -> None:
        self._book, self._name, self._function = book, name, function

    def __call__(self, *arguments: object, **named: object) -> object:
        with self._book.stage(self._name):
            result = self._function(*arguments, **named)
        return self._book.each(self._name, result) if isinstance(result, Iterator) else result

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str, str]]:
        return _found, (self._function.__module__, self._function.__qualname__)


def _found(where: str, name: str) -> object:
    return getattr(import_module(where), name)


def wrap(book: Book) -> list[str]:
    """Put timed functions in place of a build's; give the names that are not there."""
    missing = []
    for stage, (where, names) in STAGES.items():
        module = import_module(where)
        there = [name for name in names if hasattr(module, name)]
        for name in there:
            setattr(module, name, book.timed(stage, getattr(module, name)))
        if not there:
            missing.append(f"{stage}: no {' or '.join(names)} in {where}")
    for name in (*FORMATS, "iris"):
        if name in EXPORTERS:
            EXPORTERS[name] = book.timed(f"write {name}", EXPORTERS[name])
        else:
            missing.append(f"write {name}: no such format")
    return missing


def main() -> None:
    """Build and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--extractor", default="rules")
    options = parser.parse_args()
    book = Book()
    missing = wrap(book)
    with book.stage(WHOLE):
        build_into(options.output, [options.input], BuildOptions(workers=options.workers, extractor=options.extractor), FORMATS)
    stages = [*(name for name in STAGES if name != _LAST), *(f"write {name}" for name in (*FORMATS, "iris")), _LAST]
    missing += [
        f"{stage}: not called in this process" for stage in stages if stage not in book.spent and not any(stage in one for one in missing)
    ]
    print(json.dumps({"missing": missing, "stages": {name: asdict(book.spent[name]) for name in (WHOLE, *stages) if name in book.spent}}))


def _processor() -> float:
    """Give the processor time of this process and of those workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
