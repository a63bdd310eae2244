"""Find places: names that the tagger is sure of, or that it and the list of places agree on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.recognizer_features import PLACE
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText

# Measured on texts that the tagger was not trained on: nine in ten are right above each of these.
SURE, SURE_LISTED = 0.95, 0.7
_BADGE = 5  # tokens of a line such as "Made In NYC |", which names the place of a site, not of the news


@dataclass(frozen=True, slots=True)
class Place:
    """A place at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    name: str
    rule: str
    confidence: float


def find_places(text: ArticleText, spans: Sequence[TaggedSpan], taken: Collection[int], lexicon: Lexicon) -> list[Place]:
    """Give the places outside `taken` tokens, in text order; `spans` are the tagger's, without it none is found.

    A word such as "French" is no place, and neither is the place of a dateline, which is no part of a sentence.
    """
    badges = {at for one in text.sentences if _is_badge(text.lower[one.first : one.last]) for at in range(one.first, one.last)}
    found = []
    for span in spans:
        if span.label != PLACE or any(at in taken or at in badges for at in range(span.first, span.last)):
            continue
        words = text.words(span.first, span.last)
        listed = words.lower() in lexicon.places
        if span.chance >= (SURE_LISTED if listed else SURE) and words[0].isupper() and (listed or words.lower() not in lexicon.demonyms):
            found.append(Place(span.first, span.last, words, "tagged_listed" if listed else "tagged", round(span.chance, 2)))
    return found


def _is_badge(words: list[str]) -> bool:
    return words[:2] == ["made", "in"] and len(words) <= _BADGE
