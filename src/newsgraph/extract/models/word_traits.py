"""Inputs of the tagger that an uncased encoder cannot see: how a token is spelled, and which lists contain it.

The numbers of the shapes and the order of the traits are part of the trained model: changing them requires a new training.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.listed_phrases import PhraseHit

_LOWER, _UPPER, _CAPITAL, _FIRST, _DIGIT, _MIXED, _MARK = range(7)
_MODES = 3  # running text, Title Case, ALL CAPS
SHAPES = 7 * _MODES
"""The number of shapes."""

TRAITS = (
    "company_plain", "company_unsure", "company_goes_on", "organisation", "product", "place", "demonym", "first_name", "word", "noun",
    "person_word", "legal_form", "tail",
)  # fmt: skip
"""The lists that may contain a token, in the order of the model's input."""

_LONGEST_PLACE = 3  # words


def shapes_of(text: ArticleText) -> list[int]:
    """Return the shape of each token, 0 to `SHAPES` - 1."""
    shapes: list[int] = []
    for sentence in text.sentences:
        mode = 2 if sentence.shouted else 1 if sentence.titled else 0
        for at in range(sentence.first, sentence.last):
            shape = _shape(text.tokens[at])
            if shape == _CAPITAL and at == sentence.first:
                shape = _FIRST
            shapes.append(mode * 7 + shape)
    return shapes


def _shape(token: str) -> int:
    if not any(c.isalnum() for c in token):
        return _MARK
    if any(c.isdigit() for c in token):
        return _DIGIT if not any(c.isalpha() for c in token) else _MIXED
    if token.islower():
        return _LOWER
    if token.isupper():
        return _UPPER if len(token) > 1 else _CAPITAL
    if token[0].isupper() and (token[1:].islower() or any(part.istitle() for part in (token, token.replace("-", "")))):
        return _CAPITAL
    return _MIXED


def traits_of(text: ArticleText, hits: list[PhraseHit], lexicon: Lexicon) -> list[int]:
    """Return the lists that contain each token as bits, bit i for `TRAITS[i]`; `hits` are the listed phrases of the text."""
    traits = [_traits_of_word(low, lexicon) for low in text.lower]
    for hit in hits:
        kind = hit.phrase.kind
        bit = (0 if hit.plain else 1) if kind is Kind.COMPANY else 4 if kind is Kind.PRODUCT else 3
        for at in range(hit.first, hit.last):
            traits[at] |= 1 << bit
            if kind is Kind.COMPANY and at > hit.first:
                traits[at] |= 1 << 2
    for sentence in text.sentences:
        for first, last in _listed_places(text, sentence, lexicon):
            for at in range(first, last):
                traits[at] |= 1 << 5
    return traits


def _traits_of_word(low: str, lexicon: Lexicon) -> int:
    return (
        (low in lexicon.demonyms) << 6
        | (low in lexicon.first_names) << 7
        | (low in lexicon.words) << 8
        | (low in lexicon.nouns or low in lexicon.descriptors) << 9
        | (low in lexicon.person_words) << 10
        | (low.replace(".", "") in lexicon.legal_forms) << 11
        | (low in lexicon.strong_tails or low in lexicon.weak_tails) << 12
    )


def _listed_places(text: ArticleText, sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    at = sentence.first
    while at < sentence.last:
        size = 0
        if text.tokens[at][0].isupper():
            for count in range(min(_LONGEST_PLACE, sentence.last - at), 0, -1):
                if " ".join(text.lower[at : at + count]) in lexicon.places:
                    size = count
                    break
        if size:
            yield at, at + size
        at += size or 1
