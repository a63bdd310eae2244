"""Fit the weights of the signs for companies (`src/newsgraph/data/evidence.csv`) on annotated texts.

Usage, from the project's root: python training/fit_evidence.py [--out output/training] [--strength 1.5] [--tags FILE ...]

With `--tags` the weights are those beside the tagger (`evidence_tagged.csv`): each FILE holds its word probabilities, for each
text by a model that was not trained on it (`training/tagger/predict.py`).

Reads the texts below `training/texts`: those in folders called `marked`, and the open part of those in folders called `gold`. Makes
every candidate that the extractor would weigh, and fits one weight a sign by logistic regression with a ridge penalty (Newton's
method on full data, no chance in it). The held-out quarter of each file and all of synthetic-4 are never read.
"""

from __future__ import annotations

import argparse
import csv
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.companies.company_finder import feature_context
from newsgraph.extract.companies.mention_evidence import mention_features
from newsgraph.extract.companies.name_spans import find_name_spans
from newsgraph.extract.companies.recognizer_features import NO_RECOGNIZER_FEATURES, TAG_LABELS, RecognizerFeatures, recognized_spans
from newsgraph.extract.text.article_text import read_text
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.listed_phrases import find_phrases
from newsgraph.score import read_texts, text_held_out

ROOT = Path(__file__).parents[1]
TEXTS, DATA = ROOT / "training" / "texts", ROOT / "src" / "newsgraph" / "data"
Row = tuple[list[str], bool, float]
Key = tuple[str, str]
Weights = dict[str, tuple[str, int]]  # a sign's weight as written, and how often it was seen
NEAR = 0.05  # moves a confidence by about a hundredth
# Of the capitalised names in real news fewer are companies than in texts written about companies. The tagger sees that by itself;
# rules do not: their odds are taken down by what made the figures on real news best, ln(0.6 / 0.4).
RARER = 0.405
LEAST = 5  # a sign seen on fewer candidates has no weight of its own
GOLD_WEIGHT = 3.0  # real news counts more than invented texts


def main() -> None:
    """Fit and write the weights, and print how far they are from those that are shipped."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training", help="src/newsgraph/data to ship the weights")
    parser.add_argument("--strength", type=float, default=1.5, help="ridge penalty; larger is flatter")
    parser.add_argument("--tags", type=Path, nargs="*", default=[], help="word probabilities of the tagger")
    options = parser.parse_args()
    lexicon = load_lexicon()
    tags = {key: row for path in options.tags for key, row in _tags(path)}
    rows = [row for record in _records(options.texts) for row in _rows(record, lexicon, tags)]
    counts = Counter(sign for signs, _, _ in rows for sign in signs)
    names = sorted(sign for sign, count in counts.items() if count >= LEAST)
    weights = _fit(rows, names, options.strength)
    if not tags:
        weights[names.index("bias")] -= RARER
    made = {name: (f"{weight:.2f}", counts[name]) for name, weight in zip(names, weights, strict=True)}
    print(f"{len(rows)} candidates, {sum(right for _, right, _ in rows)} companies, {len(names)} signs")
    name = "evidence_tagged.csv" if tags else "evidence.csv"
    print(f"{name}: {difference(made, read_weights(DATA / name))}")
    write_weights(options.out / name, made)


def read_weights(path: Path) -> Weights:
    """Read a file of weights."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["sign"]: (row["weight"], int(row["seen"])) for row in csv.DictReader(file)}


def write_weights(path: Path, weights: Weights) -> None:
    """Write a file of weights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "weight", "seen"))
        writer.writerows((name, *row) for name, row in weights.items())


def difference(made: Weights, shipped: Weights) -> str:
    """Describe how far weights are from those shipped."""
    if made == shipped:
        return f"the same as shipped, all {len(made)} weights"
    both = sorted(made.keys() & shipped.keys())
    apart = {name: abs(float(made[name][0]) - float(shipped[name][0])) for name in both}
    widest = max(apart, key=apart.__getitem__, default="")
    return (
        f"{sum(value == 0 for value in apart.values())} of {len(both)} weights are the same as shipped, "
        f"{sum(value <= NEAR for value in apart.values())} differ by no more than {NEAR}, the most by {apart.get(widest, 0):.2f} ({widest}); "
        f"{len(made.keys() - shipped.keys())} signs are new, {len(shipped.keys() - made.keys())} are gone"
    )


def _records(texts: Path) -> Iterator[dict[str, object]]:
    for path in sorted(texts.glob("**/marked/*.jsonl"), key=lambda path: path.name):
        if path.stem != "synthetic-4":
            yield from (record | {"weight": 1.0} for record in read_texts(path) if not text_held_out(record))
    for path in sorted(texts.glob("**/gold/*.jsonl"), key=lambda path: path.name):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if zlib.crc32(str(record.get("story") or record["doc"]).encode()) % 4:
                yield record | {"weight": GOLD_WEIGHT}


def _tags(path: Path) -> Iterator[tuple[Key, list[list[float]]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield (row["doc"], row["part"]), row["labels"]


def _rows(record: dict[str, object], lexicon: Lexicon, tags: Mapping[Key, list[list[float]]]) -> Iterator[Row]:
    article = Article("", None, str(record["title"]), str(record["excerpt"]), "", "main")
    gold = {name_key(surface): bool(company.get("optional")) for company in record["companies"] for surface in company["surfaces"]}  # type: ignore[attr-defined]
    context = load_context_words()
    text = read_text(article, lexicon.phrases)
    hits = find_phrases(text, lexicon)
    hints = NO_RECOGNIZER_FEATURES
    if tags:
        probabilities = tags[str(record["doc"]), str(record["part"])]
        if len(probabilities) != len(text.tokens):
            message = f"{record['doc']}, {record['part']}: {len(probabilities)} tags for {len(text.tokens)} words; tag the texts anew"
            raise ValueError(message)
        hints = RecognizerFeatures(TAG_LABELS, probabilities)
    setting = feature_context(article, text, hits, lexicon, context, hints)
    for candidate in find_name_spans(text, hits, lexicon, setting.kinds, recognized_spans(text, hints)):
        key = name_key(text.words(candidate.first, candidate.core))
        if not gold.get(key, False):
            yield mention_features(candidate, setting), key in gold, float(record["weight"])  # type: ignore[arg-type]


def _fit(rows: list[Row], names: list[str], strength: float) -> np.ndarray:
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, (signs, _, _) in enumerate(rows):
        for sign in signs:
            if sign in column:
                matrix[number, column[sign]] = 1.0
    right = np.array([row[1] for row in rows], dtype=float)
    sample = np.array([row[2] for row in rows])
    weights = np.zeros(len(names))
    for _ in range(25):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (sample * (right - chance)) - strength * weights
        curve = (matrix * (sample * chance * (1 - chance))[:, None]).T @ matrix + strength * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-4:  # noqa: PLR2004 - far below the two decimals that are written
            break
    return weights


if __name__ == "__main__":
    main()
