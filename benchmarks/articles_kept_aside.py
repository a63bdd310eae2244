"""How annotated articles are read that nothing was fitted on: the figures of `docs/quality.md` and of the README.

Usage: python benchmarks/articles_kept_aside.py FILE ... [--extractor reader] [--event-threshold 0.5]

Each FILE holds annotated articles or short texts (`docs/scoring.md`, whole articles): those of others are put together by
`training/get_texts.py`. Of them the articles are read whose id has a SHA-256 with the rest 0 by 5, which training leaves out, and of these the
half with an odd quotient, which `training/reader/fit_event_confidence.py` leaves out too. Files of one kind are given together, for one table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import polars as pl

from machine import machine
from newsgraph import read_articles
from newsgraph.score import read_whole_articles, score_articles, whole_article


def main() -> None:
    """Read the articles and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--extractor", default="reader")
    parser.add_argument("--event-threshold", type=float)
    options = parser.parse_args()
    lines = [line for path in options.files for line in path.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "articles.jsonl"
        place.write_text("".join(f"{line}\n" for line in lines if is_kept_aside(str(json.loads(line)["id"]))), encoding="utf-8")
        gold = read_whole_articles([place])
        rows = read_articles(place, extractor=options.extractor, event_threshold=options.event_threshold)
        score = score_articles(gold, map(whole_article, rows))
    print(f"{machine()}; {score.articles} of {len(lines)} articles, {score.events} events")
    with pl.Config(
        tbl_rows=-1, tbl_cols=-1, tbl_width_chars=160, tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, float_precision=3
    ):
        print(score.table())


def is_kept_aside(name: str) -> bool:
    """Return whether nothing was fitted on the article of an id.

    >>> [name for name in ("a-1", "a-2", "a-3", "a-4", "a-5", "a-6", "a-7", "a-8") if is_kept_aside(name)]
    ['a-3', 'a-5']
    """
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    return number % 5 == 0 and number // 5 % 2 == 1


if __name__ == "__main__":
    main()
