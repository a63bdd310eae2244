"""Products of a text that the models have read: those of other rules that they confirm, and names that only they find."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from newsgraph.extract.companies.recognizer_features import PRODUCT, RecognizerFeatures
from newsgraph.extract.entities.products import Product
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.word_kinds import is_name_like

_CONFIRMED = 0.5  # probability from which on a listed name is a product here
# ... and a name that only the models find. Measured on texts that they were not trained on: two of three are right above it as they stand,
# and most others are a part of a longer name.
_SURE = 0.65
_BETWEEN = frozenset({"", " ", "-", "–", ": ", " of ", " of the ", " the "})  # what joins the parts of a name: "Top of the Pops"


def tagged_products(
    text: ArticleText, products: Sequence[Product], recognized: RecognizerFeatures, makers: Mapping[int, str]
) -> list[Product]:
    """Return the products that the models confirm and those that only they find, in text order.

    `makers` maps tokens to the company or organisation that they name.
    """
    spans = _joined(text, [span for span in recognized.names if span.label == PRODUCT])
    column = recognized.labels.index(PRODUCT)
    confirmed = [product for product in products if max(row[column] for row in recognized.tags[product.first : product.last]) >= _CONFIRMED]
    firsts = {product.first for product in products}
    extended = [_extended(text, product, spans, firsts) for product in confirmed]
    used = {at for product in (*extended, *products) for at in range(product.first, product.last)}
    surest: dict[str, float] = {}  # a name that is plainly a product once is one wherever the text has it
    for span in spans:
        words = text.words(span.first, span.last)
        surest[words] = max(surest.get(words, 0.0), span.chance)
    sure = [replace(span, chance=chance) for span in spans if (chance := surest[text.words(span.first, span.last)]) >= _SURE]
    tagged = [
        product for span in sure if (product := _tagged_alone(text, span, makers)) and used.isdisjoint(range(product.first, product.last))
    ]
    return sorted((*extended, *_with_makers(text, tagged)), key=lambda product: product.first)


def _with_makers(text: ArticleText, products: Sequence[Product]) -> list[Product]:
    """Let a name that follows its maker's once mean that product elsewhere too: "Actions" that of "GitHub Actions"."""
    made = {text.words(product.first, product.last): product for product in reversed(products) if product.maker}
    owned = ((product, made.get(text.words(product.first, product.last), product)) for product in products)
    return [product._replace(name=owner.name, maker=owner.maker) for product, owner in owned]


def _joined(text: ArticleText, spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Join the parts of one name: those next to each other, before and behind a colon, and around "of" or "the"."""
    joined: list[TaggedSpan] = []
    for span in spans:
        if joined and text.clean[text.ends[joined[-1].last - 1] : text.starts[span.first]].casefold() in _BETWEEN:
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
    words = text.words(first, span.last)
    has_number = any(character.isdigit() for character in words)
    return Product(first, span.last, words if has_number or not maker else f"{maker} {words}", maker, "tagged", round(span.chance, 2))
