"""How good the extractor is by itself, over marked texts: precision, recall and F1 of companies, links and events.

Usage: python benchmarks/quality.py [FOLDER] [--file NAME] [--errors N] [--texts] [--only PATTERN] [--extractor rules] [--accept 0.5] [--types]

FOLDER holds JSONL files of marked texts (`newsgraph.score.read_texts`). A quarter of every file is held out: its figures are
shown, its texts never.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts
from newsgraph.extract import open_extractor
from newsgraph.score import Scorecard, read_texts, score_texts, text_held_out

SHOWN = ("companies", "links", "events", "events, relaxed", "amounts")


def main() -> None:
    """Measure each file and print a table, then the errors asked for."""
    options = _options()
    lexicon, extractor = load_lexicon(), open_extractor(options.extractor)
    print(f"{'file':<18} {'part':<10} {'texts':>5} " + " ".join(f"{name + ' P/R/F1':>22}" for name in SHOWN))

    def read(article: Article) -> Facts:
        return next(extractor.read([article], lexicon))

    for path in sorted(options.folder.glob("*.jsonl")):
        if options.file and options.file not in path.name:
            continue
        start = time.process_time()
        records = read_texts(path)
        cards = score_texts(records, read, text_held_out, options.accept)
        for part in ("open", "held out"):
            if cards[part].records:
                print(_line(path.stem, part, cards[part]))
                if options.types:
                    print("\n".join(_types(cards[part])))
        print(f"{'':<18} {time.process_time() - start:.1f} s")
        texts = {f"{record['doc']}, {record['part']}": f"{record['title']} // {record['excerpt']}" for record in records}
        for error in _errors(cards["open"], options.only)[: options.errors]:
            print(f"  {error}" + (f"\n      {texts[error.split(':')[0]]}" if options.texts else ""))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/training"), help="where the JSONL files are")
    parser.add_argument("--file", default="", help="only files whose name holds this")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each file")
    parser.add_argument("--texts", action="store_true", help="show the text of each error")
    parser.add_argument("--only", default="", help="only errors that match this pattern, such as 'wrong company'")
    parser.add_argument("--extractor", default="rules", help="how texts are read")
    parser.add_argument("--accept", type=float, default=0.5, help="least confidence of a company mention")
    parser.add_argument("--types", action="store_true", help="figures of each event type as well")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder}: no such folder. Give the folder of the marked texts.")
    return options


def _line(name: str, part: str, card: Scorecard) -> str:
    cells = [f"{f.precision:6.3f} {f.recall:6.3f} {f.f1:6.3f}" for f in (card.figures[figure] for figure in SHOWN)]
    return f"{name:<18} {part:<10} {card.records:>5} " + " ".join(f"{cell:>22}" for cell in cells)


def _types(card: Scorecard) -> Iterator[str]:
    for figure in card.figures.values():
        if figure.name.startswith("events: "):
            counts = f"right {figure.hits:>4} missed {figure.missed:>4} wrong {figure.wrong:>4}"
            yield f"    {figure.name:<28} {figure.precision:6.3f} {figure.recall:6.3f} {figure.f1:6.3f}  {counts}"


def _errors(card: Scorecard, only: str) -> list[str]:
    return [error for error in card.errors if re.search(only, error)]


if __name__ == "__main__":
    main()
