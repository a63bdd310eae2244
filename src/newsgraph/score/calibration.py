"""Calibration: the confidence of company mentions against the share of them that is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsgraph.score.gold_records import GoldText
from newsgraph.score.predictions import PredictedSpan, Predictions

BINS = 10
"""Bins of equal width; the usual number (Guo et al. 2017)."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The mentions with a confidence from `low` to below `high`: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    mentions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold mentions, and the expected calibration error: the mean gap, weighted by mentions (0 to 1)."""

    bins: tuple[Bin, ...]
    error: float


def calibrate(texts: Iterable[tuple[GoldText, Predictions]]) -> Calibration:
    """Compare every company mention, weak ones too, with the annotated companies. Optional entities count neither as right nor as wrong."""
    rows_of: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for truth, predictions in texts:
        for mention in predictions.mentions:
            right = is_right(mention, truth)
            if right is not None:
                rows_of[min(int(mention.confidence * BINS + 1e-9), BINS - 1)].append((mention.confidence, right))
    bins = tuple(_bin(number, rows) for number, rows in sorted(rows_of.items()))
    mentions = sum(each.mentions for each in bins)
    gap = sum(each.mentions * abs(each.confidence - each.right) for each in bins)
    return Calibration(bins, gap / mentions if mentions else 0.0)


def is_right(mention: PredictedSpan, truth: GoldText) -> bool | None:
    """Return whether a mention names an annotated company; None if the annotation leaves that open."""
    fitting = [entity for entity in truth.entities if entity.names & mention.names]
    if any(entity.company and not entity.optional for entity in fitting):
        return True
    return None if any(entity.optional for entity in fitting) else False


def _bin(number: int, rows: list[tuple[float, bool]]) -> Bin:
    confidence = sum(sure for sure, _ in rows) / len(rows)
    return Bin(number / BINS, (number + 1) / BINS, len(rows), confidence, sum(right for _, right in rows) / len(rows))
