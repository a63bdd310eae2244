"""A sentence with its names replaced by marks, on which event rules run: "@0 invests $0 equity in @1 's ..."."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.money import Amount

_Marks = dict[int, tuple[str, int]]


class Party(NamedTuple):
    """A company or organisation at tokens `first` to `last` (excluded) that may act in an event."""

    first: int
    last: int
    name: str
    company: bool
    confidence: float


class DelexicalizedSentence(NamedTuple):
    """A marked sentence: `line` is its `words`, apart by one blank; `spans` are the tokens that each mark stands for, in text order."""

    line: str
    words: list[str]
    spans: Sequence[tuple[int, int]]
    sentence: Sentence

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Turn characters `start` to `end` of `line` into a range of tokens: those of the words that begin there."""
        first, last = (at and self.line.count(" ", 0, at - 1) + 1 for at in (start, end))
        return (self._token(first), self._token(last)) if first < last else (self.sentence.first, self.sentence.last)

    def _token(self, word: int) -> int:
        at = self.sentence.first + word
        for first, last in self.spans:
            if first >= at:
                break
            at += last - first - 1
        return at


def delexicalize(text: ArticleText, parties: Sequence[Party], money: Sequence[Amount]) -> list[DelexicalizedSentence]:
    """Write each sentence with `@i` for party i and `$i` for amount i, in lower case, tokens apart by one blank."""
    marks = _marks(text, parties, money)
    begins = sorted(marks)
    lines = []
    for sentence in text.sentences:
        words = text.lower[sentence.first : sentence.last]
        spans = []
        at = sentence.first
        for begin in begins[bisect_left(begins, at) : bisect_left(begins, sentence.last)]:
            if begin >= at:  # else it stands within what is marked already
                at = marks[begin][1]
                spans.append((begin, at))
        for first, last in reversed(spans):
            words[first - sentence.first : last - sentence.first] = [marks[first][0]]
        lines.append(DelexicalizedSentence(" ".join(words), words, spans, sentence))
    return lines


def _marks(text: ArticleText, parties: Sequence[Party], money: Sequence[Amount]) -> _Marks:
    """Give the mark that begins at a token, and the token behind it."""
    marks: _Marks = {}
    for number, amount in enumerate(money):
        first, last = bisect_right(text.starts, amount.start) - 1, bisect_left(text.starts, amount.end)
        first += text.ends[first] <= amount.start
        marks[first] = (f"${number}", last)
    marks.update({party.first: (f"@{number}", party.last) for number, party in enumerate(parties)})
    return marks
