"""Tokenization: sentences are cut into tokens with their offsets.

What is between two blanks is cut once for each spelling and then looked up: blanks always separate tokens, so that the cut depends on
nothing but the word itself.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from newsgraph.core.company_names import TOKEN
from newsgraph.extract.text.context_words import load_context_words

_MOST = 50_000  # spellings in the cache, which must stay bounded in long runs over many languages
_LONGEST = 40  # characters of a spelling in the cache
_SHORT = 3  # letters; words up to this length may be in lower case in Title Case
_FEW = 3  # words; fewer do not show whether a line is in Title Case
_HYPHENS = 6  # a word with more is no name, and would be cut in as many ways
_STEP = 24  # bits of a word count in `_WordTokens.cases`; no text has more words
_COUNT = (1 << _STEP) - 1


class TokenLine(NamedTuple):
    """Tokens `first` to `last` (excluded) of one sentence; `titled` is Title Case, `shouted` is ALL CAPS."""

    first: int
    last: int
    titled: bool
    shouted: bool


class Tokens(NamedTuple):
    """The tokens of some sentences, as written and in lower case, with their start and end offsets, and the sentences as token ranges."""

    tokens: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    lines: list[TokenLine]


class _WordTokens(NamedTuple):
    """A word cut into tokens.

    `widths` holds the length of each token and that of the gap after it, with the blank after the word. `cases` holds three counts,
    `_STEP` bits apart, so that those of many words are added up at once: the tokens long enough to show Title Case, those of them that
    begin with a capital, and those in capitals only.
    """

    tokens: tuple[str, ...]
    lower: tuple[str, ...]
    widths: tuple[int, ...]
    cases: int


class _WordCache(dict[str, _WordTokens]):
    """A cache of words without a hyphen."""

    def __missing__(self, word: str) -> _WordTokens:
        cut = _cut(TOKEN.findall(word))
        if len(self) < _MOST and len(word) < _LONGEST:
            self[word] = cut
        return cut


_WORDS = _WordCache()


def tokenize(clean: str, spans: Sequence[tuple[int, int]], listed: Container[str]) -> Tokens:
    """Cut the sentences at `spans` of a text, in text order, into tokens; a sentence without tokens becomes an empty line.

    Between two spans there must be a blank or more than one character. `listed` names are cut out of hyphenated words
    ("VMware-Nvidia").
    """
    words: list[str] = []
    counts = [0]
    for first, last in spans:
        words += clean[first:last].split()
        counts.append(len(words))
    if not words:
        return Tokens([], [], [], [], [TokenLine(0, 0, titled=False, shouted=False)] * len(spans))
    parts, low, widths, cases = zip(*_cut_words(words, listed, hyphens="-" in clean), strict=True)
    tokens = list(chain.from_iterable(parts))
    numbers = list(accumulate(map(len, parts), initial=0))
    lines = [TokenLine(numbers[first], numbers[last], *_letter_case(sum(cases[first:last]))) for first, last in pairwise(counts)]
    offsets = list(accumulate(chain.from_iterable(widths), initial=clean.find(words[0], spans[0][0])))
    starts, ends = offsets[:-1:2], offsets[1::2]
    if ends[-1] != clean.rfind(words[-1], 0, spans[-1][1]) + len(words[-1]):  # somewhere there is more than one blank in a row
        starts, ends = _find_offsets(clean, spans, lines, tokens)
    return Tokens(tokens, list(chain.from_iterable(low)), starts, ends, lines)


def _find_offsets(
    clean: str, spans: Sequence[tuple[int, int]], lines: Sequence[TokenLine], tokens: list[str]
) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for (at, _), line in zip(spans, lines, strict=True):
        for token in tokens[line.first : line.last]:  # there are only blanks between tokens, so the next match is the token
            at = clean.find(token, at)  # noqa: PLW2901
            starts.append(at)
            at += len(token)  # noqa: PLW2901
            ends.append(at)
    return starts, ends


def _cut_words(words: list[str], listed: Container[str], *, hyphens: bool) -> list[_WordTokens]:
    if hyphens:
        return [_cut_hyphenated(word, listed) if "-" in word else _WORDS[word] for word in words]
    return list(map(_WORDS.__getitem__, words))


def _cut_hyphenated(word: str, listed: Container[str]) -> _WordTokens:
    return _cut([part for token in TOKEN.findall(word) for part in (_hyphen_parts(token, listed) if "-" in token else (token,))])


def _hyphen_parts(token: str, listed: Container[str]) -> tuple[str, ...]:
    """Cut "Paris-based", "VMware-Nvidia" and "ex-Hulu" at the hyphen; leave "Coca-Cola", "T-Mobile" and "e-commerce" whole."""
    if token.lower() in listed or token.count("-") > _HYPHENS:
        return (token,)
    cuts = [(token[:at], token[at + 1 :]) for at in range(1, len(token) - 1) if token[at] == "-"][::-1]
    cut = next((cut for cut in cuts if _are_two_names(*cut, listed)), None)
    cut = cut or next((cut for cut in (*cuts[:1], *cuts[-1:]) if _is_one_name(*cut, listed)), None)
    return (cut[0], "-", cut[1]) if cut else (token,)


def _are_two_names(head: str, tail: str, listed: Container[str]) -> bool:
    return head[0].isupper() and tail[0].isupper() and head.lower() in listed and tail.lower() in listed


def _is_one_name(head: str, tail: str, listed: Container[str]) -> bool:
    """Return whether a hyphen joins a name with something that is no part of it."""
    words = load_context_words()
    if tail.lower() in words.hyphen_tails or (head.lower() in words.hyphen_heads and tail[0].isupper()):
        return True
    return head[0].isupper() and (head.lower() in listed or (tail.lower() in listed and len(tail) > 2))  # noqa: PLR2004


def _cut(tokens: list[str]) -> _WordTokens:
    words = [token for token in tokens if token[0].isalpha() and len(token) > _SHORT]
    capitals, uppers = sum(word[0].isupper() for word in words), sum(word.isupper() for word in words)
    cases = len(words) | capitals << _STEP | uppers << 2 * _STEP
    widths = [width for token in tokens for width in (len(token), 0)]
    return _WordTokens(tuple(tokens), tuple(token.lower() for token in tokens), (*widths[:-1], 1), cases)


def _letter_case(cases: int) -> tuple[bool, bool]:
    words, capitals, uppers = cases & _COUNT, cases >> _STEP & _COUNT, cases >> 2 * _STEP
    if words < _FEW:
        return False, words > 1 and uppers == words
    if capitals * 10 < words * 7:
        return False, False
    return True, uppers * 10 >= words * 7
