"""Which names of a drawing have room: those of the first nodes go first, and no name covers another.

All lengths are pixels of the drawing; a drawing that is zoomed keeps them in proportion, so names that are free of each other
stay so. The width of a letter is that of common sans-serif faces: 7 px where the font has 12 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

LETTER = 7 / 12
MARGIN = 3  # round a name, so that two of them do not read as one
GAP = 4  # pixels between a node and its name; below it, the drawing library adds half a line
HUBS = 0.1
SIDES = ("below", "above")
CELL = 100  # only boxes of neighbouring cells of such a grid are compared


@dataclass(frozen=True, slots=True)
class LabelledNode:
    """A node at x, y that reaches `size` to every side, and its name in lines."""

    x: float
    y: float
    size: float
    lines: tuple[str, ...]


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def place_labels(nodes: Sequence[LabelledNode], font: float) -> list[str]:
    """Say for each node where its name has room: `below` it, `above` it, or nowhere (an empty text).

    The first nodes choose first. `font` is the height of a line. A picture whose hubs have no name says little: the first
    tenth may cover nodes, though never a name, where there is no other room.
    """
    drawn, names = _Boxes(), _Boxes()
    for node in nodes:
        drawn.add((node.x - node.size, node.y - node.size, node.x + node.size, node.y + node.size))
    found = []
    for number, node in enumerate(nodes):
        boxes = {side: name_box(node, font, side) for side in SIDES} if any(node.lines) else {}
        free = [side for side, box in boxes.items() if names.free(_wider(box))]
        clear = [side for side in free if drawn.free(boxes[side])]
        side = next(iter(clear or (free if number < HUBS * len(nodes) else ())), "")
        if side:
            names.add(boxes[side])
        found.append(side)
    return found


def name_box(node: LabelledNode, font: float, side: str) -> Box:
    """Give the box of a node's name below or above it."""
    half, tall = max(map(_letters, node.lines)) * font * LETTER / 2, len(node.lines) * font
    top = node.y + node.size + GAP + font / 2 if side == "below" else node.y - node.size - GAP - tall
    return (node.x - half, top, node.x + half, top + tall)


def _letters(line: str) -> int:
    """Count the letters of a line; those of East Asia are twice as wide."""
    return sum(2 if east_asian_width(letter) in "FW" else 1 for letter in line)


def _wider(box: Box) -> Box:
    return (box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN)


class _Boxes:
    """Boxes in a grid, so that each is compared with those near it alone."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box) -> bool:
        return not any(_meet(box, other) for cell in _cells(box) for other in self._cells.get(cell, ()))


def _cells(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(side // CELL) for side in box)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
