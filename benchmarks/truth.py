"""How well a grouping agrees with the true one, over pairs of things: precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import NamedTuple


class Agreement(NamedTuple):
    """Precision, recall and F1 of pairs, each 0 to 1."""

    precision: float
    recall: float
    f1: float


def agreement(groups: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """Compare groupings, given as one pair a thing: its group as found, its true group. Without any pair all are 1."""
    things = list(groups)
    found, true, both = (
        _pairs(column) for column in (Counter(one for one, _ in things), Counter(two for _, two in things), Counter(things))
    )
    precision, recall = both / found if found else 1.0, both / true if true else 1.0
    return Agreement(precision, recall, 2 * precision * recall / (precision + recall) if both else float(found == true))


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
