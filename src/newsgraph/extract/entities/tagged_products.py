"""Products of a text that the tagger has read: those of other rules that it confirms, and model names that only it finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from newsgraph.extract.companies.recognizer_features import PRODUCT, RecognizerFeatures
from newsgraph.extract.entities.products import Product
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.word_kinds import is_name_like

# Measured on texts that the tagger was not trained on: four in five are right above each of these probabilities.
_CONFIRMED, _WITH_NUMBER, _WITH_MAKER = 0.5, 0.8, 0.95


def tagged_products(
    text: ArticleText, products: Sequence[Product], recognized: RecognizerFeatures, makers: Mapping[int, str]
) -> list[Product]:
    """Return the products that the tagger confirms and those that only it finds, in text order.

    `makers` maps tokens to the company or organisation that they name. A name that only the tagger finds counts if it contains a number
    ("RTX 3080") or follows its maker's name; other words that it tags are too often no products.
    """
    spans = _join_adjacent([span for span in recognized.names if span.label == PRODUCT])
    column = recognized.labels.index(PRODUCT)
    confirmed = [product for product in products if max(row[column] for row in recognized.tags[product.first : product.last]) >= _CONFIRMED]
    firsts = {product.first for product in products}
    extended = [_extended(text, product, spans, firsts) for product in confirmed]
    used = {at for product in (*extended, *products) for at in range(product.first, product.last)}
    tagged = [
        product for span in spans if (product := _tagged_alone(text, span, makers)) and used.isdisjoint(range(product.first, product.last))
    ]
    return sorted((*extended, *tagged), key=lambda product: product.first)


def _join_adjacent(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Join names that directly follow each other."""
    joined: list[TaggedSpan] = []
    for span in spans:
        if joined and joined[-1].last == span.first:
            joined[-1] = replace(joined[-1], last=span.last, chance=min(joined[-1].chance, span.chance))
        else:
            joined.append(span)
    return joined


def _extended(text: ArticleText, product: Product, spans: Sequence[TaggedSpan], firsts: Collection[int]) -> Product:
    """Extend a listed name to the end of the tagger's name, but not into another product: "TensorFlow" in "TensorFlow Lite Micro"."""
    last = max((span.last for span in spans if span.first < product.last < span.last), default=product.last)
    last = next((at for at in range(product.last, last) if at in firsts), last)
    while last > product.last and not (is_name_like(text.tokens[last - 1]) or text.tokens[last - 1][0].isdigit()):
        last -= 1
    if _is_titled(text, product.first):  # there capitals say nothing, but numbers do
        last = next((at for at in range(product.last, last) if not text.tokens[at][0].isdigit()), last)
    if last == product.last:
        return product
    return product._replace(last=last, name=f"{product.name} {text.words(product.last, last)}")


def _is_titled(text: ArticleText, at: int) -> bool:
    """Return whether all words around a token have capitals, so that its own says nothing."""
    return any(sentence.first <= at < sentence.last and (sentence.titled or sentence.shouted) for sentence in text.sentences)


def _tagged_alone(text: ArticleText, span: TaggedSpan, makers: Mapping[int, str]) -> Product | None:
    first = next((at for at in range(span.first, span.last) if at not in makers), span.last)
    maker = makers.get(first - 1, "")
    tokens = text.tokens[first : span.last]
    if not tokens or any(at in makers for at in range(first, span.last)) or not is_name_like(tokens[0]):
        return None
    numbered = any(c.isdigit() for token in tokens for c in token)
    least = min(_WITH_NUMBER if numbered else 1.1, _WITH_MAKER if maker else 1.1)
    if span.chance < least:
        return None
    words = text.words(first, span.last)
    return Product(first, span.last, words if numbered else f"{maker} {words}", maker, "tagged", round(span.chance, 2))
