"""Fit the trees that say how sure events are (`src/newsgraph/data/event_confidence.onnx`).

Usage, from the project's root: python training/reader/fit_event_confidence.py FILE ... [--out FOLDER]   # pip install scikit-learn onnx

Each FILE holds annotated articles. Of those whose ids have a SHA-256 with rest 0 by 5, which neither the rules nor the reader were made for,
one half (the quotient is even) is read here; the other half is for measuring. Gradient boosting by scikit-learn's
`HistGradientBoostingClassifier`, with one seed, weighs the numbers of `event_confidence.COLUMNS`; an event is right if its type and all its
parties in their roles are annotated (`right_events`). Prints figures of the first half, each sixth of its texts judged by trees fitted on the
others, and of the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from newsgraph.extract.events import event_confidence
from newsgraph.extract.events.event_confidence import COLUMNS
from newsgraph.pipeline.article_readings import read_articles
from newsgraph.score import whole_article
from newsgraph.score.article_comparison import right_events

sys.path.append(str(Path(__file__).parents[1]))
from article_parts import number_of, to_fit_on
from boosted_trees import as_onnx

ROOT = Path(__file__).parents[2]
TREES = {"max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 12, "min_samples_leaf": 30, "l2_regularization": 10.0, "max_features": 0.3, "random_state": 0}  # fmt: skip
PARTS = 6  # in which the first half judges itself
LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7)
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Found:
    """Events that were found in texts: their texts, numbers and rightness, and how many more are annotated."""

    texts: tuple[str, ...]
    rows: Array
    right: Array
    missed: int


def main() -> None:
    """Read the texts, fit the trees and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    options = parser.parse_args()
    halves: dict[bool, list[Found]] = {True: [], False: []}
    for path in options.files:
        for fitted, parts in halves.items():
            parts.append(found_in(path, fitted=fitted))
    first, second = (joined(halves[fitted]) for fitted in (True, False))
    print("fitted on, judged by others:", figures(first, judged_by_others(first)))
    trees = fit(first.rows, first.right)
    for path, found in zip([*options.files, Path("all")], [*halves[False], second], strict=True):
        if len(found.rows):
            print(f"{path.stem}: {figures(found, chances(trees, found.rows))}")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "event_confidence.onnx").write_bytes(as_onnx(trees, len(COLUMNS)))


def found_in(path: Path, *, fitted: bool) -> Found:
    """Return the events that are found in one half of the texts of a file."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    gold = [record for record in lines if number_of(record["id"]) % 5 == 0 and to_fit_on(record["id"]) is fitted]
    seen: list[Array] = []

    def number(_: str, rows: Array) -> list[float]:
        """Keep the rows, and tell by the confidence which they are."""
        seen.extend(rows)
        return [float(len(seen) - len(rows) + at + 1) for at in range(len(rows))]

    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(event_confidence, "chances_by", number),
        patch.object(event_confidence, "_MOST", float("inf")),
    ):
        place = Path(folder) / "texts.jsonl"
        place.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in gold), encoding="utf-8")
        found = {article["id"]: article for article in read_articles([place], "reader", event_threshold=0.0)}
    texts: list[str] = []
    rows: list[Array] = []
    rightness: list[bool] = []
    missed = 0
    for record in gold:
        article = found.get(record["id"], record | {"entities": [], "events": []})
        right = right_events(whole_article(record), whole_article(article | {"body": "", "title": ""}))
        missed += len(record["events"]) - len(right)
        for at, event in enumerate(article["events"]):
            if event["confidence"] >= 1:
                texts.append(record["id"])
                rows.append(seen[int(event["confidence"]) - 1])
                rightness.append(at in right)
    return Found(tuple(texts), np.array(rows).reshape(-1, len(COLUMNS)), np.array(rightness, dtype=bool), missed)


def joined(parts: Sequence[Found]) -> Found:
    """Return the events of all files."""
    texts = tuple(text for part in parts for text in part.texts)
    return Found(
        texts,
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        sum(part.missed for part in parts),
    )


def fit(rows: Array, right: Array) -> Any:  # noqa: ANN401 - scikit-learn has no types
    """Fit the trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - only to fit

    return HistGradientBoostingClassifier(**TREES).fit(rows, right)


def chances(trees: Any, rows: Array) -> Array:  # noqa: ANN401 - scikit-learn has no types
    """Return the probability of each event that it is right."""
    return np.asarray(trees.predict_proba(rows)[:, 1])


def judged_by_others(found: Found) -> Array:
    """Return the probability of each event by trees that were fitted without its text."""
    part = np.array([number_of(f"part of {text}") % PARTS for text in found.texts])
    judged = np.zeros(len(found.rows))
    for number in range(PARTS):
        here = part == number
        judged[here] = chances(fit(found.rows[~here], found.right[~here]), found.rows[here])
    return judged


def figures(found: Found, stated: Array) -> str:
    """Return precision, recall and F1 from several confidences on, and the calibration error in tenths.

    >>> two = Found(("a", "b"), np.zeros((2, 1)), np.array([True, False]), 1)
    >>> figures(two, np.array([0.9, 0.2])).split(", ")[:2]
    ['2 events', '0.0: 0.50/0.50/0.50 0.3: 1.00/0.50/0.67 0.4: 1.00/0.50/0.67 0.5: 1.00/0.50/0.67 0.6: 1.00/0.50/0.67 0.7: 1.00/0.50/0.67']
    """
    told = found.right.sum() + found.missed
    parts = []
    for least in (0.0, *LIMITS):
        hits, count = found.right[stated >= least].sum(), max((stated >= least).sum(), 1)
        parts.append(f"{least}: {hits / count:.2f}/{hits / max(told, 1):.2f}/{2 * hits / max(count + told, 1):.2f}")
    tenth = np.minimum((stated * 10).astype(int), 9)
    error = sum(
        abs(stated[tenth == k].mean() - found.right[tenth == k].mean()) * (tenth == k).mean() for k in range(10) if (tenth == k).any()
    )
    return f"{len(found.rows)} events, {' '.join(parts)}, calibration error {error:.3f}"


if __name__ == "__main__":
    main()
