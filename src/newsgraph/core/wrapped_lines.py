"""Line ends inside of paragraphs: of texts whose lines were filled to one width, and of lines that go on with a small letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_BROAD = 130  # characters; a longer line is a paragraph, so the lines of its text were not filled
_NARROW = 50  # characters; shorter lines are those of a list or a poem
_FILLED = 0.85  # share of the line ends behind which the next word had no room
_LEAST = 3  # line ends from which on a text is called filled
_ENDED = re.compile(r"[.!?:;|>\"')\]]$")
_GOES_ON = re.compile(r"[*_\[(\"'“]{0,4}[a-z0-9$€£¥]")
_MARK = re.compile(r"[>|]|#{1,6}\s|[*+-]\s|\d{1,2}[.)]\s|[-=*_]{3}|\{\{|\{%|\[\^?[^\]]+\]:|`{3}|:::")


def wrapped_line_ends(text: str) -> list[int]:
    r"""Return the offsets of the line ends of a text that end no paragraph, heading or item of a list.

    >>> wrapped_line_ends("Acme agreed on Monday to buy the logistics firm Bolt\nfor $5 million.\nThe deal closes in May.")
    [52]
    """
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return [*_inner_ends(text, lines)]


def _inner_ends(text: str, lines: list[tuple[int, int]]) -> Iterator[int]:
    breaks = [
        (this, next_)
        for this, next_ in pairwise(lines)
        if text[this[0] : this[1]].strip()
        and text[next_[0] : next_[1]].strip()
        and not _MARK.match(text[next_[0] : next_[0] + 120].lstrip())
    ]
    widest = max((end - start for start, end in lines), default=0)
    filled = _NARROW <= widest <= _BROAD and len(breaks) >= _LEAST
    if filled:
        full = sum(end - start + 1 + len(text[begin:stop].split(None, 1)[0]) > widest for (start, end), (begin, stop) in breaks)
        filled = full >= _FILLED * len(breaks)
    for (start, end), (begin, _) in breaks:
        if filled or (end - start >= _NARROW // 2 and _GOES_ON.match(text, begin) and not _ENDED.search(text[start:end].rstrip())):
            yield end


def unwrapped(text: str) -> str:
    """Return a text with a blank for each line end inside of a paragraph, so that offsets stay."""
    ends = wrapped_line_ends(text) if "\n" in text else []
    if not ends:
        return text
    letters = list(text)
    for end in ends:
        letters[end] = " "
    return "".join(letters)
