"""Fit the weights by which the main companies of an article are recognized (`src/newsgraph/data/mention_weights.csv`).

Usage, from the project's root: python training/fit_mention_weights.py FILE.jsonl ... [--out output/training] [--strength 2]

Each FILE holds annotated whole articles (`training/texts/articles`). Learns whether a company is subject or party from the features of
`extract/mention_weight_features.py`, by logistic regression with a ridge penalty (Newton's method, no chance in it). An article whose
`id` has a SHA-256 that 5 divides is never learned from, and one with the rest 4 is for development; both are measured.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsgraph.core.article_roles import MAIN_WEIGHTS
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Kind
from newsgraph.extract import open_extractor
from newsgraph.extract.mention_weight_features import shown_entities
from newsgraph.extract.text.article_text import read_text

PARTS = 5
KEPT, DEVELOPMENT = 0, 4
STEPS = 20
BIAS = "bias"


class Example(NamedTuple):
    """The features of one company in one article, whether it is main there, and the part that the article belongs to."""

    features: frozenset[str]
    main: bool
    part: int


def part_of(identifier: str) -> int:
    """Return the part of an article, 0 to 4, by its identifier."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % PARTS


def examples(records: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Yield the companies that are both annotated and found."""
    lexicon = load_lexicon()
    articles = [_article(record) for record in records]
    facts = open_extractor("names").read(articles, lexicon)
    for record, article, found in zip(records, articles, facts, strict=True):
        gold = {
            name_key(spelling): (entity["name"], entity["weight"])
            for entity in record["entities"]
            if entity["kind"] == Kind.COMPANY
            for spelling in (*entity["surfaces"], entity["name"])
        }
        seen = set()
        for shown in shown_entities(article, read_text(article, lexicon.phrases), found.mentions, found.reports, found.namings):
            name, weight = next((gold[key] for key in sorted(map(name_key, shown.names)) if key in gold), ("", ""))
            if name and name not in seen and shown.kind is Kind.COMPANY:
                seen.add(name)
                yield Example(shown.features, weight in MAIN_WEIGHTS, part_of(record["id"]))


def _article(record: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(record["published"]).replace(tzinfo=UTC) if record.get("published") else None
    return Article(record["id"], None, record["title"], "", "training", "main", record.get("body") or "", published=published)


def fit(rows: Sequence[Example], features: Sequence[str], strength: float) -> np.ndarray:
    """Return the weight of each feature, the bias last."""
    matrix, main = _matrix(rows, features), np.array([row.main for row in rows], float)
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - main) + strength * weights
        bend = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + strength * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def _matrix(rows: Sequence[Example], features: Sequence[str]) -> np.ndarray:
    return np.array([[*(feature in row.features for feature in features), True] for row in rows], float)


def right(rows: Sequence[Example], features: Sequence[str], weights: np.ndarray) -> float:
    """Return the share of companies that are rightly taken for main or not."""
    if not rows:
        return 0.0
    return float(np.mean((_matrix(rows, features) @ weights > 0) == np.array([row.main for row in rows])))


def main() -> None:
    """Fit, measure and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("output/training"))
    parser.add_argument("--strength", type=float, default=2.0)
    options = parser.parse_args()
    lines = [line for path in options.files for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows = list(examples([json.loads(line) for line in lines]))
    learned = [row for row in rows if row.part not in {KEPT, DEVELOPMENT}]
    seen = Counter(feature for row in learned for feature in row.features)
    features = sorted(seen)
    weights = fit(learned, features, options.strength)
    for label, part in (
        ("learned from", learned),
        *((name, [row for row in rows if row.part == number]) for name, number in (("development", DEVELOPMENT), ("kept aside", KEPT))),
    ):
        print(f"{label}: {right(part, features, weights):.3f} of {len(part)} companies are rightly main or not")
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "mention_weights.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight", "seen"))
        writer.writerows(
            sorted((name, f"{weight:.2f}", seen.get(name, len(learned))) for name, weight in zip([*features, BIAS], weights, strict=True))
        )


if __name__ == "__main__":
    main()
