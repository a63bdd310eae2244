"""Label placement: which labels of a drawing are shown so that none covers another; earlier labels have priority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def have_room(boxes: Iterable[Box]) -> Iterator[bool]:
    """Yield for each box whether it has room: it must not overlap an earlier box that has room."""
    placed: list[Box] = []
    for box in boxes:
        left, top, right, bottom = box
        free = not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in placed)
        if free:
            placed.append(box)
        yield free


def text_length(line: str) -> int:
    """Return the length of a line in average letters; those of East Asia are twice as wide."""
    return sum(2 if east_asian_width(letter) in "FW" else 1 for letter in line)
