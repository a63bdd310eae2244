"""The whole line as news grow: the command, rebuilds, and each stage, with time, memory, bytes, articles a second and growth.

Usage: python benchmarks/line.py [--articles 1000 10000] [--workers 1] [--extractor rules] [--mixed] [--documents-kept FOLDER]
       [--record FILE.json] [--picture FILE.svg]

Documents are generated (about five articles each) before any clock runs; with --documents-kept they stay for the next time. Then run, each
in a process of its own: `newsgraph build` with Turtle and tables; again with nothing changed; again with ten documents changed; and a
build whose stages are timed from inside (`stages.py`). Articles are records, met again in other documents or not. `CPU` is
processor time, workers included: it hardly differs where others are at work, so `of build` and `growth` are made of it. `growth` is time an article
over that of the size before: 1.00 is linear. `peak` is the most memory of the program (of a stage: in that stage), `worker` that of
its largest worker. --record puts the figures into a file, beside those of `instead.py`, and --picture draws all that stand there.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cost import Cost, cost_of, python
from growth import Point, draw, record
from machine import machine
from news_folder import News, change, copy_of, news, workplace
from newsgraph.storage.folder_lock import HIDDEN
from stages import WHOLE

CHANGED = 10  # documents
_STAGES = Path(__file__).parent / "stages.py"
_LEAST = 0.05  # seconds: growth of what took less is chance
_HEAD = ("articles", "step", "wall, s", "CPU, s", "of build", "articles/s", "peak, MB", "worker, MB", "files, MB", "growth")


@dataclass(frozen=True, slots=True)
class Row:
    """What one step took at one size, and the bytes of what it wrote where that is a thing of its own."""

    articles: int
    step: str
    cost: Cost
    bytes: int = 0


def main() -> None:
    """Measure each size and print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--mixed", action="store_true", help="copies, forms of names, stories over several documents")
    parser.add_argument("--documents-kept", type=Path, metavar="FOLDER", help="where generated documents are, and stay")
    parser.add_argument("--record", type=Path, metavar="FILE.json", help="file of figures that these are put into")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw time and memory over articles")
    options = parser.parse_args()
    kind = "mixed" if options.mixed else "plain"
    print(f"{machine()}; workers: {options.workers}, extractor: {options.extractor}, {kind} news")
    print(_line(_HEAD))
    before: dict[str, Row] = {}
    points = []
    with workplace(options.documents_kept) as place:
        for count in options.articles:
            made = news(place, count, mixed=options.mixed)
            print(f"{made.articles:>10,}  in {made.documents:,} documents, {made.bytes / 1e6:,.1f} MB")
            rows: dict[str, Row] = {}
            for row in _rows(made, options.workers, options.extractor):
                rows[row.step] = row
                print(_shown(row, rows["build"], before.get(row.step)), flush=True)
            before = rows
            whole = rows["build"].cost
            points.append(Point(f"newsgraph, {options.extractor}", made.articles, whole.processor, whole.megabytes))
    known = record(options.record, points)
    if options.picture:
        options.picture.write_text(draw(known), encoding="utf-8")


def _rows(made: News, workers: int, extractor: str) -> Iterator[Row]:
    """Build, build again, build with stages."""
    with copy_of(made) as folder:
        out = folder.parent / "out"
        options = ("--workers", workers, "--extractor", extractor)
        command = python("-m", "newsgraph", "build", folder, "-o", out, "-f", "turtle,parquet", "--quiet", *options)
        row = Row(made.articles, "build", cost_of(command)[0])
        yield replace(row, bytes=_bytes(out, out / HIDDEN))
        yield replace(row, step="build: nothing changed", cost=cost_of(command)[0])
        changed = change(folder, CHANGED)
        yield replace(row, step=f"build: {changed} documents changed", cost=cost_of(command)[0])
        shutil.rmtree(out)
        printed = json.loads(cost_of(python(_STAGES, made.folder, out, *options))[1])
        told = {name: Cost(one["seconds"], one["processor"], one["megabytes"]) for name, one in printed["stages"].items()}
        whole = told.pop(WHOLE)
        sizes = {"read": _bytes(out / HIDDEN), "write turtle": _bytes(out / "graph.ttl"), "write parquet": _bytes(out / "tables")}
        for name, cost in told.items():
            yield Row(made.articles, f"  {name}", cost, sizes.get(name, 0))
        yield Row(made.articles, "  else", _less(whole, (cost for name, cost in told.items() if "/" not in name)))
    for missing in printed["missing"]:
        print(f"  not timed: {missing}")


def _less(whole: Cost, parts: Iterable[Cost]) -> Cost:
    taken = list(parts)
    seconds, processor = sum(one.seconds for one in taken), sum(one.processor for one in taken)
    return Cost(max(whole.seconds - seconds, 0.0), max(whole.processor - processor, 0.0), 0.0)


def _bytes(path: Path, without: Path | None = None) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file() and not (without and one.is_relative_to(without)))


def _shown(row: Row, whole: Row, before: Row | None) -> str:
    cost = row.cost
    growth = (
        (cost.processor / row.articles) / (before.cost.processor / before.articles) if before and before.cost.processor >= _LEAST else 0.0
    )
    return _line((
        f"{row.articles:,}", row.step, f"{cost.seconds:,.2f}", f"{cost.processor:,.2f}", f"{cost.processor / whole.cost.processor:.1%}",
        f"{row.articles / cost.seconds:,.0f}" if cost.seconds >= _LEAST else "",
        f"{cost.megabytes:,.0f}" if cost.megabytes else "", f"{cost.worker:,.0f}" if cost.worker else "",
        f"{row.bytes / 1e6:,.1f}" if row.bytes else "", f"{growth:.2f}" if growth else "",
    ))  # fmt: skip


def _line(cells: Iterable[str]) -> str:
    articles, step, *figures = cells
    return f"{articles:>10}  {step:<32}" + "".join(f"{figure:>12}" for figure in figures)


if __name__ == "__main__":
    main()
