"""Products where the tagger has read the text too: listed ones that it agrees with, and model names that it alone sees."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from newsgraph.extract.companies.recognizer_features import PRODUCT, RecognizerFeatures
from newsgraph.extract.entities.products import Product
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.word_kinds import is_name_like

# Measured on texts that the tagger was not trained on: four in five are right above each of these.
_AGREED, _MODEL, _MADE = 0.5, 0.8, 0.95


def tagged_products(text: ArticleText, products: Sequence[Product], hints: RecognizerFeatures, makers: Mapping[int, str]) -> list[Product]:
    """Give the products that lists or words told of and the tagger agrees with, then those that it sees alone, in text order.

    `makers` gives the name of the company or organisation that holds a token. A tagged name counts where a number stands in
    it ("RTX 3080") or its maker stands before it; other words are too often marked that name no product.
    """
    spans = _joined([span for span in hints.names if span.label == PRODUCT])
    column = hints.labels.index(PRODUCT)
    agreed = [one for one in products if max(row[column] for row in hints.tags[one.first : one.last]) >= _AGREED]
    firsts = {one.first for one in products}
    whole = [_whole(text, one, spans, firsts) for one in agreed]
    used = {at for one in (*whole, *products) for at in range(one.first, one.last)}
    alone = [one for span in spans if (one := _alone(text, span, makers)) and used.isdisjoint(range(one.first, one.last))]
    return sorted((*whole, *alone), key=lambda one: one.first)


def _joined(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Make one name of names that stand side by side."""
    joined: list[TaggedSpan] = []
    for span in spans:
        if joined and joined[-1].last == span.first:
            joined[-1] = replace(joined[-1], last=span.last, chance=min(joined[-1].chance, span.chance))
        else:
            joined.append(span)
    return joined


def _whole(text: ArticleText, one: Product, spans: Sequence[TaggedSpan], others: Collection[int]) -> Product:
    """Let a listed name go on as far as the tagger does, up to another product: "TensorFlow" in "TensorFlow Lite Micro"."""
    last = max((span.last for span in spans if span.first < one.last < span.last), default=one.last)
    last = next((at for at in range(one.last, last) if at in others), last)
    while last > one.last and not (is_name_like(text.tokens[last - 1]) or text.tokens[last - 1][0].isdigit()):
        last -= 1
    if _is_titled(text, one.first):  # capitals say nothing there; numbers do
        last = next((at for at in range(one.last, last) if not text.tokens[at][0].isdigit()), last)
    if last == one.last:
        return one
    return one._replace(last=last, name=f"{one.name} {text.words(one.last, last)}")


def _is_titled(text: ArticleText, at: int) -> bool:
    """Tell whether capitals say nothing of a word, because all words of its line have them."""
    return any(sentence.first <= at < sentence.last and (sentence.titled or sentence.shouted) for sentence in text.sentences)


def _alone(text: ArticleText, span: TaggedSpan, makers: Mapping[int, str]) -> Product | None:
    first = next((at for at in range(span.first, span.last) if at not in makers), span.last)
    maker = makers.get(first - 1, "")
    tokens = text.tokens[first : span.last]
    if not tokens or any(at in makers for at in range(first, span.last)) or not is_name_like(tokens[0]):
        return None
    numbered = any(c.isdigit() for token in tokens for c in token)
    least = min(_MODEL if numbered else 1.1, _MADE if maker else 1.1)
    if span.chance < least:
        return None
    words = text.words(first, span.last)
    return Product(first, span.last, words if numbered else f"{maker} {words}", maker, "tagged", round(span.chance, 2))
