"""Organisations that the models see: names without a word such as University, and the full names of which rules see the end only."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind
from newsgraph.extract.companies.recognizer_features import ORG
from newsgraph.extract.entities.organisations import NO_PARTIES, Organisation
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import PhraseHit

_SURE = 0.65  # least probability: from here on two of three are organisations, and most of the others companies
_ARTICLES = frozenset({"the", "a", "an"})


def with_tagged_organisations(
    text: ArticleText,
    organisations: Sequence[Organisation],
    hits: Sequence[PhraseHit],
    names: Sequence[TaggedSpan],
    taken: AbstractSet[int],
    companies: AbstractSet[str],
    lexicon: Lexicon,
) -> list[Organisation]:
    """Return the organisations that rules find with those that models find outside `taken` tokens, in text order.

    A name that holds one that a rule put together takes its place: "Saudi Food and Drug Authority" that of "Drug Authority". Listed
    companies, those that the text has elsewhere (`companies`, by their names), outlets, stock exchanges and indices are none.
    """
    others = {
        at for hit in hits if hit.phrase.kind is Kind.ORGANISATION and hit.phrase.detail in NO_PARTIES for at in range(hit.first, hit.last)
    }
    listed = {(hit.first, hit.last) for hit in hits if hit.phrase.kind is Kind.COMPANY}
    covering = {token: one for one in organisations for token in range(one.first, one.last)}
    replaced: set[Organisation] = set()
    tagged: list[Organisation] = []
    for span in names:
        if span.label != ORG or span.chance < _SURE:
            continue
        first = span.first + (text.lower[span.first] in _ARTICLES)
        tokens = range(first, span.last)
        name = text.words(first, span.last)
        if (first, span.last) in listed or name in companies or not tokens or _is_no_name(text, first, span.last, lexicon):
            continue
        if not (taken.isdisjoint(tokens) and others.isdisjoint(tokens)):
            continue
        near = {covering[token] for token in tokens if token in covering}
        if all(
            one.rule == "org_word" and first <= one.first and one.last <= span.last and one.last - one.first < len(tokens) for one in near
        ):
            replaced |= near
            tagged.append(Organisation(first, span.last, name, "tagged", round(span.chance, 2)))
    kept = (one for one in organisations if one not in replaced)
    return sorted((*kept, *tagged), key=lambda organisation: organisation.first)


def _is_no_name(text: ArticleText, first: int, last: int, lexicon: Lexicon) -> bool:
    """Return whether tokens are in small letters, or one word that is a nationality or a place."""
    if not any(token[0].isupper() for token in text.tokens[first:last]):
        return True
    return last - first == 1 and (text.lower[first] in lexicon.demonyms or text.lower[first] in lexicon.places)
