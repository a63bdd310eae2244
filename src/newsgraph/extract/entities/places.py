"""Find places: names that the models take for places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.recognizer_features import PLACE
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText

# Measured on texts that the models were not trained on: above this probability 19 in 20 are right, and four in five of the least sure,
# whether the list of places has them or not.
SURE = 0.6
_BADGE = 5  # most tokens of a line such as "Made In NYC |", which says where a web site is made


@dataclass(frozen=True, slots=True)
class Place:
    """A place at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    name: str
    rule: str
    confidence: float


def find_places(text: ArticleText, spans: Sequence[TaggedSpan], taken: Collection[int], lexicon: Lexicon) -> list[Place]:
    """Return the places outside `taken` tokens, in text order; `spans` are the names that the tagger found.

    Adjectives such as "French" are left out, and so are datelines, which belong to no sentence.
    """
    badges = {
        at
        for sentence in text.sentences
        if _is_badge(text.lower[sentence.first : sentence.last])
        for at in range(sentence.first, sentence.last)
    }
    places = []
    for span in spans:
        if span.label != PLACE or any(at in taken or at in badges for at in range(span.first, span.last)):
            continue
        words = text.words(span.first, span.last)
        listed = words.lower() in lexicon.places
        if span.chance >= SURE and words[0].isupper() and (listed or words.lower() not in lexicon.demonyms):
            places.append(Place(span.first, span.last, words, "tagged_listed" if listed else "tagged", round(span.chance, 2)))
    return places


def _is_badge(words: list[str]) -> bool:
    return words[:2] == ["made", "in"] and len(words) <= _BADGE
