"""Count in how many texts each word occurs, for the rarity of words in stories: `data/background_words.csv`.

    python training/count_words.py FILE ... --out src/newsgraph/data/background_words.csv

FILE is a JSON Lines file (see `FIELDS`) or a CSV file with one of these columns. The shipped table was counted over the invented texts in
`training/texts` and `training/tagger`, SEntFiN (MIT), the training part of CORE (CC BY 4.0), 4,782 rows of the News Category Dataset
(CC BY 4.0) and 9,999 of A Million News Headlines (CC0). Only counts are kept, and only of words in two texts or more. Texts by which
stories are measured are not among them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsgraph.resolve.copies.stems import stems

FIELDS = ("title", "Title", "headline", "headline_text", "excerpt", "short_description", "text", "context", "body")
"""The fields of a row that are counted together."""

_MARK = re.compile(r"\[([^\[\]|]*)\|[A-Z]+\]")
_LETTERS = 1_500  # of a text, about as many as stories are compared by
_FEWEST = 2


def rows_of(path: Path) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a file. Raises ValueError for a file of another kind."""
    if path.suffix == ".jsonl":
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    elif path.suffix == ".json":
        yield from json.loads(path.read_text(encoding="utf-8"))
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            yield from csv.DictReader(file)
    else:
        message = f"{path}: only .jsonl, .json and .csv files are read"
        raise ValueError(message)


def text_of(row: Mapping[str, object]) -> str:
    """Return the text of a row; sentences in lists are joined."""
    # Inline marks of annotated texts ([Acme|COMPANY]) leave only their surface.
    values = (row.get(field) or "" for field in FIELDS)
    return _MARK.sub(r"\1", " ".join(" ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values))


def count_words(texts: Iterable[str]) -> tuple[int, Counter[str]]:
    """Return the number of texts, and that of the texts with each word."""
    count, words = 0, Counter[str]()
    for text in texts:
        count += 1
        words.update(set(stems(text[:_LETTERS])))
    return count, words


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    count, words = count_words(text_of(row) for path in options.files for row in rows_of(path))
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("word", "articles"), ("", count), *sorted(item for item in words.items() if item[1] >= _FEWEST)])


if __name__ == "__main__":
    main()
