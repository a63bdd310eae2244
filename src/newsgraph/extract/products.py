"""Find products and who makes them: listed ones, and what a company's name stands directly before ("Nvidia Tesla V100")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.extract.phrases import Hit
from newsgraph.extract.text import Text
from newsgraph.lexicon import Lexicon
from newsgraph.model import Kind

_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Product:
    """A product at tokens `first` to `last` (excluded); `maker` is the name of a company, or empty."""

    first: int
    last: int
    name: str
    maker: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker's name that stands in front of its product, inside the product's listed form."""

    first: int
    last: int
    name: str


def find_products(text: Text, hits: Sequence[Hit], lexicon: Lexicon) -> tuple[list[Product], list[Maker]]:
    """Give the listed products, and the makers named in front of them, both in text order."""
    products: list[Product] = []
    makers: list[Maker] = []
    for hit in hits:
        if hit.phrase.kind is not Kind.PRODUCT or not hit.plain:
            continue
        first = hit.first
        phrase = lexicon.phrases.get(text.lower[first])
        if hit.last - first > 1 and phrase and phrase.kind is Kind.COMPANY and hit.phrase.detail:
            makers.append(Maker(first, first + 1, phrase.name))
        products.append(Product(hit.first, hit.last, hit.phrase.name, hit.phrase.detail, "listed", _CONFIDENCE))
    return products, makers
