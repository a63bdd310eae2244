"""Word probabilities read as names: the likeliest allowed line of tags, and the spans it marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.extract.text import Sentence

LABELS = ("COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""The tags of a word, in the order of a row of probabilities: begin and inside of each label."""

_LEAST = 1e-4  # probabilities come rounded; none is nought


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `last` (excluded) of one label; `chance` is the lowest probability of its words for that label."""

    first: int
    last: int
    label: str
    chance: float


def spans_of(rows: Sequence[Sequence[float]], sentences: Sequence[Sentence]) -> list[Span]:
    """Give the spans of a text from its words' probabilities (one row a token, one column a tag), in text order.

    An inside tag follows a begin or inside tag of the same label only, and no span crosses a sentence's end.
    """
    return [span for sentence in sentences for span in _spans(rows, sentence)]


def _spans(rows: Sequence[Sequence[float]], sentence: Sentence) -> list[Span]:
    tags = _best([rows[at] for at in range(sentence.first, sentence.last)])
    spans: list[Span] = []
    at = 0
    while at < len(tags):
        if tags[at] == 0:
            at += 1
            continue
        begin, label = tags[at], (tags[at] - 1) // 2
        end = at + 1
        while end < len(tags) and tags[end] == begin + 1:
            end += 1
        chance = min(rows[sentence.first + word][begin] + rows[sentence.first + word][begin + 1] for word in range(at, end))
        spans.append(Span(sentence.first + at, sentence.first + end, LABELS[label], min(1.0, chance)))
        at = end
    return spans


def _best(rows: Sequence[Sequence[float]]) -> list[int]:
    """Give the likeliest tags: an even tag (inside) may follow itself or its begin; every other tag may follow any."""
    if all(row[0] > 0.5 for row in rows):  # noqa: PLR2004 - nothing named, as most sentences' words are
        return [0] * len(rows)
    scores = [0.0 if tag == 0 or tag % 2 else -math.inf for tag in range(len(TAGS))]
    back: list[list[int]] = []
    for number, row in enumerate(rows):
        best = max(range(len(TAGS)), key=lambda tag: (scores[tag], -tag)) if number else 0
        came: list[int] = []
        new: list[float] = []
        for tag in range(len(TAGS)):
            source = best
            if number and tag and tag % 2 == 0:
                source = tag if scores[tag] > scores[tag - 1] else tag - 1
            before = scores[source] if number else scores[tag]
            came.append(source)
            new.append(before + math.log(max(row[tag], _LEAST)))
        scores = new
        back.append(came)
    tag = max(range(len(TAGS)), key=lambda one: (scores[one], -one))
    tags = [tag]
    for came in reversed(back[1:]):
        tag = came[tag]
        tags.append(tag)
    return tags[::-1]
