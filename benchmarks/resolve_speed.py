"""What resolving alone costs as news grow, and how right it is: time, memory, stories, companies and copies against the truth.

Usage: python benchmarks/resolve_speed.py [--articles 10000 30000 100000] [--plain] [--profile LINES]

Mixed generated news (`generate.py --mixed`) are read and extracted with rules, their signs too, which is not counted; then `resolve` runs once,
in a process of its own for each size. `peak` is the process's peak less what it held before, so without the readings, but with
the rows of all tables; `whole` is the process's peak with all that it held. `us/(n log n)` is microseconds over articles times their logarithm to base 2: where it does not rise, growth is no faster.
Company names are scored as pairs of names as they stand in the texts; one that was not found is a company of its own.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import polars as pl

from generate import told_documents
from machine import machine, peak, resident
from newsgraph.core.graph_tables import frame
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.executor import gc_paused
from newsgraph.extract import open_extractor
from newsgraph.ingest import parse_document
from newsgraph.resolve import ExtractedArticle, pack_signature, resolve, text_signatures
from told import Told
from truth import agreement

BASE = "https://graph.example/id/"
_PART = 1000  # articles extracted at a time

Tables = Mapping[str, pl.DataFrame]


class Figures(NamedTuple):
    """Figures of one size; `profile` is empty where none was asked for."""

    articles: int
    seconds: float
    megabytes: float
    whole: float
    story: float
    company: float
    copies: float
    profile: str


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--plain", action="store_true", help="one document a story, no copies on purpose, one form of name")
    parser.add_argument("--profile", type=int, default=0, metavar="LINES", help="list the functions that cost most")
    options = parser.parse_args()
    print(f"{machine()}; {'plain' if options.plain else 'mixed'} news")
    print(
        f"{'articles':>9} {'seconds':>9} {'us/(n log n)':>13} {'peak, MB':>9} {'whole, MB':>10} {'story F1':>9} {'company F1':>11} {'copy F1':>8}"
    )
    for count in options.articles:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            figures = pool.submit(measured, count, mixed=not options.plain, profile=options.profile).result()
        growth = 1e6 * figures.seconds / (figures.articles * math.log2(max(figures.articles, 2)))
        print(
            f"{figures.articles:>9,} {figures.seconds:>9.2f} {growth:>13.2f} {figures.megabytes:>9,.0f} {figures.whole:>10,.0f}"
            f" {figures.story:>9.3f} {figures.company:>11.3f} {figures.copies:>8.3f}",
            flush=True,
        )
        print(figures.profile, end="")


def measured(count: int, *, mixed: bool, profile: int) -> Figures:
    """Read and extract so many articles, then resolve them and compare with the truth."""
    lexicon = load_lexicon()
    known, records = _news(count, mixed=mixed)
    with gc_paused():  # as a build does
        readings = _extracted(records, lexicon)
        watch = cProfile.Profile() if profile else None
        before, start = resident(), time.process_time()
        if watch:
            watch.enable()
        tables = {name: frame(name, rows) for name, rows in resolve(readings, lexicon, BASE)}
        if watch:
            watch.disable()
        seconds, whole = time.process_time() - start, peak()
    return Figures(
        tables["articles"].height, seconds, whole - before, whole, _stories(tables, known), _companies(tables, known), _copies(tables, known),
        _listing(watch, profile) if watch else "",
    )  # fmt: skip


def _news(count: int, *, mixed: bool) -> tuple[dict[str, Told], list[Article]]:
    """Make documents until they hold so many articles; give what is known by address, and the records."""
    known: dict[str, Told] = {}
    records: list[Article] = []
    for name, told, text in told_documents(count, mixed=mixed):
        known |= {one.url: one for one in told}
        records += parse_document(text.encode(), name)[0]
        if len(known) >= count:
            break
    return known, records


def _extracted(records: Sequence[Article], lexicon: Lexicon) -> list[ExtractedArticle]:
    extractor = open_extractor("rules")
    readings: list[ExtractedArticle] = []
    for start in range(0, len(records), _PART):
        part = records[start : start + _PART]
        readings += [
            ExtractedArticle(*one)
            for one in zip(part, extractor.read(part, lexicon), map(pack_signature, text_signatures(part)), strict=True)
        ]
    return readings


def _stories(tables: Tables, known: Mapping[str, Told]) -> float:
    """Compare the stories; an article alone, which has none, is a group of its own."""
    return agreement(
        (row["story"] or row["iri"], known[str(row["url"])].truth.story) for row in tables["articles"].iter_rows(named=True)
    ).f1


def _copies(tables: Tables, known: Mapping[str, Told]) -> float:
    return agreement((row["copy_group"], _original(known, str(row["url"]))) for row in tables["articles"].iter_rows(named=True)).f1


def _original(known: Mapping[str, Told], url: str) -> str:
    """Give the first of an article's originals."""
    while (before := known[url].truth.copy_of) is not None:
        url = before
    return url


def _companies(tables: Tables, known: Mapping[str, Told]) -> float:
    found: dict[tuple[object, object], object] = {}
    for row in tables["mentions"].iter_rows(named=True):
        found.setdefault((row["article"], str(row["text"]).rstrip(".")), row["company"])
    return agreement(_named(tables, known, found)).f1


def _named(tables: Tables, known: Mapping[str, Told], found: Mapping[tuple[object, object], object]) -> Iterator[tuple[object, str]]:
    for row in tables["articles"].iter_rows(named=True):
        for name, company in known[str(row["url"])].truth.companies:
            key = (row["iri"], name.rstrip("."))
            yield found.get(key, key), company


def _listing(watch: cProfile.Profile, lines: int) -> str:
    rows: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = pstats.Stats(watch).stats  # type: ignore[attr-defined]
    ours = sorted(((key, row[2], row[3]) for key, row in rows.items() if "newsgraph" in key[0]), key=lambda one: -one[2])
    return "".join(
        f"    {total:>8.2f} s with calls {itself:>8.2f} s itself  {file.rpartition('/')[2]}:{line} {name}\n"
        for (file, line, name), itself, total in ours[:lines]
    )


if __name__ == "__main__":
    main()
