"""Word probabilities read as names: the likeliest allowed line of tags, and the spans it marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.extract.text.article_text import Sentence

LABELS = ("COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""The tags of a word, in the order of a row of probabilities: begin and inside of each label."""

_LEAST = 1e-4  # probabilities come rounded; none is nought
_SURE = 0.95  # a word that is outside names with this probability parts those beside it
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Tokens `first` to `last` (excluded) of one label; `chance` is the lowest probability of its words for that label."""

    first: int
    last: int
    label: str
    chance: float


def decode_spans(rows: Sequence[Sequence[float]], sentences: Sequence[Sentence]) -> list[TaggedSpan]:
    """Give the spans of a text from its words' probabilities (one row a token, one column a tag), in text order.

    An inside tag goes on with a name of the same label and never begins one; no span crosses a sentence's end.
    """
    return [span for sentence in sentences for first, last in _stretches(rows, sentence) for span in _spans(rows, first, last)]


def _stretches(rows: Sequence[Sequence[float]], sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Give the runs of tokens of which none is surely outside names."""
    begin = -1
    for at in range(sentence.first, sentence.last + 1):
        open_word = at < sentence.last and rows[at][0] < _SURE
        if open_word and begin < 0:
            begin = at
        elif not open_word and begin >= 0:
            yield begin, at
            begin = -1


def _spans(rows: Sequence[Sequence[float]], first: int, last: int) -> Iterator[TaggedSpan]:
    tags = _best(rows[first:last])
    at = 0
    while at < len(tags):
        end = at + 1
        if tags[at]:
            begin = tags[at]
            while end < len(tags) and tags[end] == begin + 1:
                end += 1
            chance = min(row[begin] + row[begin + 1] for row in rows[first + at : first + end])
            yield TaggedSpan(first + at, first + end, LABELS[begin // 2], min(1.0, round(chance, _DECIMALS)))
        at = end


def _best(rows: Sequence[Sequence[float]]) -> list[int]:
    """Give the likeliest tags, by their places in `TAGS`: odd ones begin, even ones go on, nought is none."""
    scores = [0.0] + [-math.inf] * (len(TAGS) - 1)
    back: list[list[int]] = []
    for row in rows:
        best = max(range(len(TAGS)), key=lambda tag: (scores[tag], -tag))
        came, new = [best], [scores[best] + _log(row[0])]
        for begin in range(1, len(TAGS), 2):
            same = begin if scores[begin] >= scores[begin + 1] else begin + 1
            came += [best, same]
            new += [scores[best] + _log(row[begin]), scores[same] + _log(row[begin + 1])]
        scores = new
        back.append(came)
    tags = [max(range(len(TAGS)), key=lambda tag: (scores[tag], -tag))]
    for came in reversed(back[1:]):
        tags.append(came[tags[-1]])
    return tags[::-1]


def _log(chance: float) -> float:
    return math.log(max(chance, _LEAST))
