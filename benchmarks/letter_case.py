"""How much headlines in Title Case and ALL CAPS cost: company figures of the same texts, spelled in three ways.

Usage: python benchmarks/letter_case.py [FOLDER] [--extractor names]

FOLDER holds marked texts (`newsgraph.score.read_texts`). Only the quarter that is held out is read, and of it the texts whose
headline is in sentence case; their figures are shown as they are and with the headline in other letters.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract import default_extractor, open_extractor
from newsgraph.score import read_texts, score_texts, text_held_out

SMALL = frozenset("a an the and or of in on at by for to from with as is its vs".split())


def main() -> None:
    """Print precision, recall and F1 of companies for each spelling."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/training"))
    parser.add_argument("--extractor", default=default_extractor())
    options = parser.parse_args()
    lexicon, extractor = load_lexicon(), open_extractor(options.extractor)
    texts = [
        one for path in sorted(options.folder.glob("*.jsonl")) for one in read_texts(path) if text_held_out(one) and plain(one["title"])
    ]
    print(f"{len(texts)} texts, read by {extractor.version}")
    for name, spell in (("sentence case", str), ("Title Case", titled), ("ALL CAPS", str.upper)):
        spelled = [text | {"title": spell(text["title"])} for text in texts]
        figure = score_texts(spelled, lambda article: next(extractor.read([article], lexicon)), lambda _: True)["held out"].figures[
            "companies"
        ]
        print(f"{name:<14} {figure.precision:6.3f} {figure.recall:6.3f} {figure.f1:6.3f}")


def plain(title: str) -> bool:
    """Tell whether a headline is in sentence case: most of its longer words begin with a small letter."""
    words = [word for word in title.split() if len(word) > 3 and word[0].isalpha()]  # noqa: PLR2004 - small words are small in titles too
    return bool(words) and sum(word[0].islower() for word in words) * 2 >= len(words)


def titled(title: str) -> str:
    """Spell a headline in Title Case, small words small."""
    words = title.split(" ")
    return " ".join(word if word in SMALL and at else word[:1].upper() + word[1:] for at, word in enumerate(words))


if __name__ == "__main__":
    main()
