"""How many articles (title and excerpt) a second one core extracts, over generated news and over real news where it is there.

Usage: python benchmarks/extract_speed.py [FOLDER ...] [--articles 5000] [--rounds 3] [--extractor rules]

Time is the processor's own, so a busy machine disturbs it little; the best of the rounds is shown with the others' median.
Each round begins without what earlier ones have read; equal texts within a round are read once, as in a build.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import as_the_command  # noqa: F401 - for what it sets
from generate import articles as generated
from machine import machine
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.executor import gc_paused
from newsgraph.extract import open_extractor
from newsgraph.ingest import find_documents, read_document

REAL = (Path("../shared/corpus/news"), Path("../shared/corpus/powerapps"))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*", default=[path for path in REAL if path.is_dir()])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--extractor", default="rules")
    options = parser.parse_args()
    start = time.process_time()
    lexicon = load_lexicon()
    open_extractor(options.extractor)
    print(f"{machine()}; lists and model loaded in {time.process_time() - start:.2f} s")
    print(f"{'texts':<12} {'articles':>8} {'characters':>10} {'best/s':>8} {'median/s':>8} {'mentions':>8} {'reports':>8}")
    sets = {"generated": generated(options.articles)} | {folder.name: list(_read(folder)) for folder in options.folders}
    for name, articles in sets.items():
        print(_row(name, [replace(article, body="") for article in articles], lexicon, options.extractor, options.rounds))


def _read(folder: Path) -> Iterator[Article]:
    for document in find_documents([folder])[0]:
        yield from read_document(document)[0]


def _row(name: str, articles: list[Article], lexicon: Lexicon, name_of_extractor: str, rounds: int) -> str:
    speeds = []
    mentions = reports = 0
    for _ in range(rounds):
        open_extractor.cache_clear()  # it would remember the texts of the round before
        extractor = open_extractor(name_of_extractor)
        start = time.process_time()
        with gc_paused():  # as a build does
            facts = list(extractor.read(articles, lexicon))
        speeds.append(len(articles) / (time.process_time() - start))
        mentions, reports = sum(len(one.mentions) for one in facts), sum(len(one.reports) for one in facts)
    size = sum(len(article.text) for article in articles) // max(len(articles), 1)
    return f"{name:<12} {len(articles):>8,} {size:>10,} {max(speeds):>8,.0f} {median(speeds):>8,.0f} {mentions:>8,} {reports:>8,}"


if __name__ == "__main__":
    main()
