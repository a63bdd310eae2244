"""Delexicalized sentences, in which placeholders stand for names and sums and on which event rules run: "@0 invests $0 in @1"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from newsgraph.core.limits import SENTENCE_NAMES
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.money import Amount

_Placeholders = dict[int, tuple[str, int]]


class NamedTokens(Protocol):
    """A name at tokens `first` to `last` (excluded)."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The token after the last one."""


class Party(NamedTuple):
    """A company or organisation at tokens `first` to `last` (excluded) that may take part in an event."""

    first: int
    last: int
    name: str
    company: bool
    confidence: float


class DelexicalizedSentence(NamedTuple):
    """A sentence with placeholders: `line` is its `words` with a blank between them; `spans` are the tokens of each placeholder, in text order."""

    line: str
    words: list[str]
    spans: Sequence[tuple[int, int]]
    sentence: Sentence

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Convert characters `start` to `end` of `line` to a range of tokens: those of the words that begin there."""
        first, last = (at and self.line.count(" ", 0, at - 1) + 1 for at in (start, end))
        return (self._token(first), self._token(last)) if first < last else (self.sentence.first, self.sentence.last)

    def _token(self, word: int) -> int:
        at = self.sentence.first + word
        for first, last in self.spans:
            if first >= at:
                break
            at += last - first - 1
        return at


def delexicalize(text: ArticleText, parties: Sequence[NamedTokens], money: Sequence[Amount]) -> list[DelexicalizedSentence]:
    """Return each sentence with `@i` for party i and `$i` for amount i, in lower case, with one blank between tokens.

    Of the parties and amounts of a sentence the first `limits.SENTENCE_NAMES` have placeholders.
    """
    placeholders = _placeholders(text, parties, money)
    begins = sorted(placeholders)
    sentences = []
    for sentence in text.sentences:
        words = text.lower[sentence.first : sentence.last]
        spans: list[tuple[int, int]] = []
        at = sentence.first
        for begin in begins[bisect_left(begins, at) : bisect_left(begins, sentence.last)]:
            if begin >= at and len(spans) < SENTENCE_NAMES:  # otherwise it lies within the last placeholder, or too many are before it
                at = placeholders[begin][1]
                spans.append((begin, at))
        for first, last in reversed(spans):
            words[first - sentence.first : last - sentence.first] = [placeholders[first][0]]
        sentences.append(DelexicalizedSentence(" ".join(words), words, spans, sentence))
    return sentences


def _placeholders(text: ArticleText, parties: Sequence[NamedTokens], money: Sequence[Amount]) -> _Placeholders:
    """Return, by its first token, each placeholder with the token after its last."""
    placeholders: _Placeholders = {}
    for number, amount in enumerate(money):
        first, last = bisect_right(text.starts, amount.start) - 1, bisect_left(text.starts, amount.end)
        first += text.ends[first] <= amount.start
        placeholders[first] = (f"${number}", last)
    placeholders.update({party.first: (f"@{number}", party.last) for number, party in enumerate(parties)})
    return placeholders
