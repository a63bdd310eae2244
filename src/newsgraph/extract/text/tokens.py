"""Sentences cut into tokens, with the place of each: what stands between two blanks is cut once a spelling, and then looked up.

Blanks part tokens whatever stands beside them, so that how a word is cut depends on the word alone.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from newsgraph.core.company_names import TOKEN
from newsgraph.extract.text.context_words import load_context_words

_MOST = 50_000  # spellings kept; a long run over many languages must not grow without end
_LONGEST = 40  # characters of spellings that are kept
_SHORT = 3  # letters of the longest words that keep small letters in titles
_FEW = 3  # words; fewer are too few to tell of a title
_STEP = 24  # bits of a count of words; no text has more
_COUNT = (1 << _STEP) - 1


class TokenLine(NamedTuple):
    """Tokens `first` to `last` (excluded) of one sentence; `shouted` is ALL CAPS, `titled` is Title Case."""

    first: int
    last: int
    titled: bool
    shouted: bool


class Tokens(NamedTuple):
    """The tokens of some sentences, in lower case too, and where each begins and ends in the text."""

    tokens: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    lines: list[TokenLine]


class _Cut(NamedTuple):
    """A word cut into tokens; `widths` are the characters of each and behind it, the blank behind the word too.

    `cases` counts the tokens that are long enough to tell of Title Case, then those of them with a capital first, then those with
    nothing but capitals, at a distance of `_STEP` bits: the counts of many words are summed up at once.
    """

    tokens: tuple[str, ...]
    lower: tuple[str, ...]
    widths: tuple[int, ...]
    cases: int


class _Known(dict[str, _Cut]):
    """The words without a hyphen met so far."""

    def __missing__(self, word: str) -> _Cut:
        cut = _cut(TOKEN.findall(word))
        if len(self) < _MOST and len(word) < _LONGEST:
            self[word] = cut
        return cut


_KNOWN = _Known()


def tokens_of(clean: str, spans: Sequence[tuple[int, int]], listed: Container[str]) -> Tokens:
    """Cut the sentences at `spans` of a text, in text order, into tokens; one without any gives a line without any.

    Between spans there is a blank, or there are more characters than one. `listed` names are cut out of hyphened words
    ("VMware-Nvidia").
    """
    words: list[str] = []
    counts = [0]
    for first, last in spans:
        words += clean[first:last].split()
        counts.append(len(words))
    if not words:
        return Tokens([], [], [], [], [TokenLine(0, 0, titled=False, shouted=False)] * len(spans))
    parts, low, widths, cases = zip(*_cuts(words, listed, hyphens="-" in clean), strict=True)
    tokens = list(chain.from_iterable(parts))
    numbers = list(accumulate(map(len, parts), initial=0))
    lines = [TokenLine(numbers[first], numbers[last], *_case(sum(cases[first:last]))) for first, last in pairwise(counts)]
    places = list(accumulate(chain.from_iterable(widths), initial=clean.find(words[0], spans[0][0])))
    starts, ends = places[:-1:2], places[1::2]
    if ends[-1] != clean.rfind(words[-1], 0, spans[-1][1]) + len(words[-1]):  # somewhere there is more than one blank
        starts, ends = _places(clean, spans, lines, tokens)
    return Tokens(tokens, list(chain.from_iterable(low)), starts, ends, lines)


def _places(clean: str, spans: Sequence[tuple[int, int]], lines: Sequence[TokenLine], tokens: list[str]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for (at, _), line in zip(spans, lines, strict=True):
        for token in tokens[line.first : line.last]:  # between tokens there are but blanks: the next place of its letters is its own
            at = clean.find(token, at)  # noqa: PLW2901
            starts.append(at)
            at += len(token)  # noqa: PLW2901
            ends.append(at)
    return starts, ends


def _cuts(words: list[str], listed: Container[str], *, hyphens: bool) -> list[_Cut]:
    if hyphens:
        return [_hyphened(word, listed) if "-" in word else _KNOWN[word] for word in words]
    return list(map(_KNOWN.__getitem__, words))


def _hyphened(word: str, listed: Container[str]) -> _Cut:
    return _cut([part for token in TOKEN.findall(word) for part in (_parts(token, listed) if "-" in token else (token,))])


def _parts(token: str, listed: Container[str]) -> tuple[str, ...]:
    """Cut "Paris-based" and "VMware-Nvidia" at the hyphen; leave "Coca-Cola" and "e-commerce" whole."""
    head, hyphen, tail = token.rpartition("-")
    low = token.lower()
    known = hyphen and head and tail and low not in listed and (head.lower() in listed or (tail.lower() in listed and len(tail) > 2))  # noqa: PLR2004
    if hyphen and head and (tail.lower() in load_context_words().hyphen_tails or (known and head[0].isupper())):
        return head, "-", tail
    return (token,)


def _cut(tokens: list[str]) -> _Cut:
    words = [token for token in tokens if token[0].isalpha() and len(token) > _SHORT]
    capitals, uppers = sum(word[0].isupper() for word in words), sum(word.isupper() for word in words)
    cases = len(words) | capitals << _STEP | uppers << 2 * _STEP
    widths = [width for token in tokens for width in (len(token), 0)]
    return _Cut(tuple(tokens), tuple(token.lower() for token in tokens), (*widths[:-1], 1), cases)


def _case(cases: int) -> tuple[bool, bool]:
    words, capitals, uppers = cases & _COUNT, cases >> _STEP & _COUNT, cases >> 2 * _STEP
    if words < _FEW:
        return False, words > 1 and uppers == words
    if capitals * 10 < words * 7:
        return False, False
    return True, uppers * 10 >= words * 7
