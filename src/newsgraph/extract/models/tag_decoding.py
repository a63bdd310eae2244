"""Decode the tagger's probabilities: the likeliest allowed sequence of BIO tags (Viterbi), and the spans that it marks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.extract.text.article_text import Sentence

LABELS = ("COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""The tags of a token, in the order of a row of probabilities: outside, then begin and inside of each label."""

_LEAST = 1e-4  # rounded probabilities may be zero, which has no logarithm
_SURE = 0.95  # a token that is outside names with this probability separates its neighbours
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Tokens `first` to `last` (excluded) of one label; `chance` is the lowest probability of that label among them."""

    first: int
    last: int
    label: str
    chance: float


def decode_spans(rows: Sequence[Sequence[float]], sentences: Sequence[Sentence]) -> list[TaggedSpan]:
    """Return the spans of a text, in text order; `rows` has one row for each token and one column for each of `TAGS`.

    An inside tag continues a name of its label and never begins one; no span crosses the end of a sentence.
    """
    return [span for sentence in sentences for first, last in _candidate_runs(rows, sentence) for span in _spans(rows, first, last)]


def _candidate_runs(rows: Sequence[Sequence[float]], sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens of which none is surely outside names."""
    begin = -1
    for at in range(sentence.first, sentence.last + 1):
        open_word = at < sentence.last and rows[at][0] < _SURE
        if open_word and begin < 0:
            begin = at
        elif not open_word and begin >= 0:
            yield begin, at
            begin = -1


def _spans(rows: Sequence[Sequence[float]], first: int, last: int) -> Iterator[TaggedSpan]:
    tags = _likeliest_tags(rows[first:last])
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


def _likeliest_tags(rows: Sequence[Sequence[float]]) -> list[int]:
    """Return the likeliest allowed tags, as indexes into `TAGS`: 0 is outside, odd ones begin a name, even ones continue it."""
    scores = [0.0] + [-math.inf] * (len(TAGS) - 1)
    back: list[list[int]] = []
    for row in rows:
        best = max(range(len(TAGS)), key=lambda tag: (scores[tag], -tag))
        previous, new = [best], [scores[best] + _log(row[0])]
        for begin in range(1, len(TAGS), 2):
            same = begin if scores[begin] >= scores[begin + 1] else begin + 1
            previous += [best, same]
            new += [scores[best] + _log(row[begin]), scores[same] + _log(row[begin + 1])]
        scores = new
        back.append(previous)
    tags = [max(range(len(TAGS)), key=lambda tag: (scores[tag], -tag))]
    for previous in reversed(back[1:]):
        tags.append(previous[tags[-1]])
    return tags[::-1]


def _log(chance: float) -> float:
    return math.log(max(chance, _LEAST))
