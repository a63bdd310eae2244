"""Find products and their makers: listed products, and names that the text introduces ("a platform called X")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import PhraseHit
from newsgraph.extract.text.word_kinds import is_name_like
from newsgraph.extract.text.word_lists import read_word_lists

_LISTED, _CALLED = 0.9, 0.85  # confidence of a listed and of an introduced product
_REACH, _LONGEST = 12, 4  # most tokens between the noun and "called", and of a product's name


@dataclass(frozen=True, eq=False)
class _ProductWords:
    """The lists of `data/product_words.yaml`, where each is explained."""

    naming: frozenset[str]
    things: frozenset[str]
    firms: frozenset[str]


@cache
def _words() -> _ProductWords:
    return read_word_lists("product_words.yaml", _ProductWords)


class Product(NamedTuple):
    """A product at tokens `first` to `last` (excluded); `maker` is the name of a company or empty."""

    first: int
    last: int
    name: str
    maker: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker's name at the beginning of its product's listed name ("Nvidia Tesla V100")."""

    first: int
    last: int
    name: str


def find_products(text: ArticleText, hits: Sequence[PhraseHit], lexicon: Lexicon) -> tuple[list[Product], list[Maker]]:
    """Return the products of a text, and the makers that listed product names begin with, both in text order."""
    products: list[Product] = []
    makers: list[Maker] = []
    for hit in hits:
        if hit.phrase.kind is not Kind.PRODUCT or not hit.plain:
            continue
        first = hit.first
        phrase = lexicon.phrases.get(text.lower[first])
        if hit.last - first > 1 and phrase and phrase.kind is Kind.COMPANY and hit.phrase.detail:
            makers.append(Maker(first, first + 1, phrase.name))
        products.append(Product(hit.first, hit.last, hit.phrase.name, hit.phrase.detail, "listed", _LISTED))
    used = {at for product in products for at in range(product.first, product.last)}
    products += [product for product in _introduced(text, hits) if used.isdisjoint(range(product.first, product.last))]
    return sorted(products, key=lambda product: product.first), makers


def _introduced(text: ArticleText, hits: Sequence[PhraseHit]) -> Iterator[Product]:
    """Yield the names that the text introduces as those of products: "a case intake platform called ConvergeHEALTH Safety"."""
    words = _words()
    listed = {hit.first for hit in hits if hit.phrase.kind is Kind.COMPANY}
    for sentence in text.sentences:
        for at in range(sentence.first + 1, sentence.last - 1):
            if text.lower[at] not in words.naming or at + 1 in listed:
                continue
            before = [
                word for word in reversed(text.lower[max(sentence.first, at - _REACH) : at]) if word in words.things or word in words.firms
            ]
            last = at + 1
            while last < sentence.last and is_name_like(text.tokens[last]) and last - at <= _LONGEST:
                last += 1
            if before and before[0] in words.things and last > at + 1:
                yield Product(at + 1, last, text.words(at + 1, last), "", "called", _CALLED)
