"""Fit how sure events are (`src/newsgraph/data/event_confidence.csv`).

Usage, from the project's root: python training/reader/fit_event_confidence.py FILE ... [--out FOLDER]

Each FILE holds annotated articles. Of those whose ids have a SHA-256 with rest 0 by 5, which neither the rules nor the reader were made for,
one half (the quotient is even) is read here; the other half is for measuring. The features of `event_confidence.features_of` are weighed by
logistic regression with a penalty on the squares of the weights; an event is right if its type and all its parties in their roles are
annotated (`right_events`). Prints figures on both halves.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from newsgraph.extract.events import combined_reports
from newsgraph.extract.events.event_confidence import Features
from newsgraph.pipeline.article_readings import read_articles
from newsgraph.score import whole_article
from newsgraph.score.article_comparison import right_events

sys.path.append(str(Path(__file__).parents[1]))
from article_parts import number_of

ROOT = Path(__file__).parents[2]
PENALTY = 3.0  # on the square of each weight
FREE = frozenset({"bias"})
STEPS = 50
SMALLEST = 3  # events that must have a feature
SUREST = (0.3, 0.4, 0.5, 0.6, 0.7)
Row = tuple[Features, bool]


def main() -> None:
    """Read the texts, fit the weights and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    options = parser.parse_args()
    fitted: list[Row] = []
    measured: dict[str, tuple[list[Row], int]] = {}
    for path in options.files:
        (first, second), missed = _events(path)
        fitted += first
        measured[path.stem] = second, missed
    weights = fit(fitted)
    for name, (rows, missed) in [("fitted on", (fitted, 0)), *measured.items()]:
        print(name, figures(rows, missed, weights))
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "event_confidence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "weight"))
        writer.writerows((name, f"{weight:.3f}") for name, weight in sorted(weights.items()))


def _events(path: Path) -> tuple[tuple[list[Row], list[Row]], int]:
    """Return features and rightness of the events found in each half, and how many events of the second half are not found."""
    gold = [record for line in path.read_text(encoding="utf-8").splitlines() if number_of((record := json.loads(line))["id"]) % 5 == 0]
    seen: list[Features] = []

    def number(features: Features) -> float:
        """Keep the features, and tell by the confidence which they are."""
        seen.append(features)
        return float(len(seen))

    with tempfile.TemporaryDirectory() as folder, patch.object(combined_reports, "confidence_of", number):
        place = Path(folder) / "texts.jsonl"
        place.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in gold), encoding="utf-8")
        found = {article["id"]: article for article in read_articles([place], "reader", event_threshold=0.0)}
    halves: tuple[list[Row], list[Row]] = [], []
    missed = 0
    for record in gold:
        article = found.get(record["id"], record | {"entities": [], "events": []})
        right = right_events(whole_article(record), whole_article(article | {"body": "", "title": ""}))
        half = number_of(record["id"]) // 5 % 2
        events = [(event["confidence"], at in right) for at, event in enumerate(article["events"])]
        halves[half].extend((seen[int(place) - 1], is_right) for place, is_right in events if place >= 1)
        missed += half * (len(record["events"]) - sum(is_right for _, is_right in events))
    return halves, missed


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Fit the weights by Newton's method; features that fewer than three events have weigh nothing.

    >>> weights = fit([({"bias": 1.0, "both": 1.0}, True)] * 20 + [({"bias": 1.0}, False)] * 20)
    >>> weights["both"] > 1 > 0 > weights["bias"]
    True
    """
    counts: dict[str, int] = {}
    for features, _ in rows:
        for name, value in features.items():
            counts[name] = counts.get(name, 0) + (value != 0)
    names = sorted(name for name, count in counts.items() if count >= SMALLEST)
    at = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    y = np.array([float(right) for _, right in rows])
    for row, (features, _) in enumerate(rows):
        for name, value in features.items():
            if name in at:
                x[row, at[name]] = value
    penalty = np.array([1e-6 if name in FREE else PENALTY for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def figures(rows: Sequence[Row], missed: int, weights: dict[str, float]) -> str:
    """Return precision and recall from several confidences on, and the calibration error in tenths."""
    stated = np.array([1 / (1 + np.exp(-sum(value * weights.get(name, 0.0) for name, value in features.items()))) for features, _ in rows])
    right = np.array([float(is_right) for _, is_right in rows])
    told = right.sum() + missed
    parts = []
    for least in (0.0, *SUREST):
        hits, count = right[stated >= least].sum(), max((stated >= least).sum(), 1)
        parts.append(f"{least}: {hits / count:.2f}/{hits / max(told, 1):.2f}/{2 * hits / max(count + told, 1):.2f}")
    tenth = np.minimum((stated * 10).astype(int), 9)
    error = sum(abs(stated[tenth == k].mean() - right[tenth == k].mean()) * (tenth == k).mean() for k in range(10) if (tenth == k).any())
    return f"{len(rows)} events, {' '.join(parts)}, calibration error {error:.3f}"


if __name__ == "__main__":
    main()
