"""Split the text of an article into sentences, and find those that contain a span.

Offsets count Unicode code points from 0, with an exclusive end. No sentence crosses the end of a paragraph or item, so the title, the
first line of a text, is at least one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from newsgraph.core.wrapped_lines import unwrapped

_LINE = re.compile(r"[^\n]+")
# A full stop, question or exclamation mark, closing quotes or brackets, white space, then something that can begin a sentence.
# Curly quotes are written as escapes, because they look like straight ones.
_OPENING, _CLOSING = "\"'\u201c\u2018\u00ab([", "\"'\u201d\u2019\u00bb)\\]"
_END = re.compile(
    rf"[.!?\u2026\u3002][{_CLOSING}]*\s+(?=[{re.escape(_OPENING)}$\u20ac\u00a3]*[A-Z0-9\u00c0-\u00de\u0410-\u042f\u4e00-\u9fff])"
)
_LONG_WORD = 40  # letters: most words are shorter
# Abbreviations whose full stop ends no sentence: titles, legal forms, months and the like.
_SHORT = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "inc", "corp", "co", "ltd", "llc", "plc", "bros", "vs", "approx",
    "dept", "gen", "gov", "sen", "rep", "rev", "hon", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "u.s", "u.k", "u.n", "e.g", "i.e", "a.m", "p.m",
})  # fmt: skip


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence of a text, without the white space around it."""
    text = unwrapped(text)
    cuts: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _is_short(text, start, end.start()):
                cuts.append(_trim(text, start, end.end()))
                start = end.end()
        cuts.append(_trim(text, start, line.end()))
    return tuple((start, end) for start, end in cuts if start < end)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and end of the sentence of a text that contains a span; see `sentences_holding`."""
    return sentences_holding(sentences(text), start, end)


def sentences_holding(cuts: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return start and end of the sentence that contains a span, or of all sentences that a longer span touches as one piece."""
    first, past = bisect_right(cuts, start, key=itemgetter(1)), bisect_left(cuts, end, key=itemgetter(0))
    if first >= past:
        return start, end
    return min(start, cuts[first][0]), max(end, cuts[past - 1][1])


def _is_short(text: str, start: int, stop: int) -> bool:
    """Return whether the mark at `stop` is the full stop of an abbreviation or of an initial."""
    if text[stop] != ".":
        return False
    word = text[max(start, stop - _LONG_WORD) : stop].rsplit(maxsplit=1)
    if len(word) < 2:  # noqa: PLR2004 - where the last word begins is not seen
        word = text[start:stop].rsplit(maxsplit=1)[-1:] or [""]
    letters = word[-1].strip("\"'()[]\u201c\u201d\u2018\u2019").casefold()
    if letters == "no":  # "No. 5", but not "He said no."
        return text[stop + 1 :].lstrip()[:1].isdigit()
    return letters in _SHORT or (len(letters) == 1 and letters.isalpha())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
