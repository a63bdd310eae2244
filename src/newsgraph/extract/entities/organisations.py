"""Find organisations other than companies: listed ones, and names with words such as University, Ministry or Court."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import ContextWords
from newsgraph.extract.text.listed_phrases import PhraseHit
from newsgraph.extract.text.word_kinds import is_name_like

NO_PARTIES = frozenset({"outlet", "public media", "exchange", "index"})  # kinds that news names as credits and market places, not as actors
_LISTED, _BUILT = 0.9, 0.75
_HEADLINE = 6  # words of a headline from which on it is no name
_LINKS = frozenset({"of", "for", "and", "&", "the", "in"})


class Organisation(NamedTuple):
    """An organisation at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    name: str
    rule: str
    confidence: float


def find_organisations(
    text: ArticleText, hits: list[PhraseHit], taken: set[int], lexicon: Lexicon, words: ContextWords
) -> list[Organisation]:
    """Return the organisations outside `taken` tokens, in text order."""
    organisations = [
        Organisation(hit.first, hit.last, hit.phrase.name, "listed", _LISTED)
        for hit in hits
        if hit.phrase.kind is Kind.ORGANISATION and hit.phrase.detail not in NO_PARTIES and taken.isdisjoint(range(hit.first, hit.last))
    ]
    used = taken | {at for organisation in organisations for at in range(organisation.first, organisation.last)}
    free = 0
    for at in [at for at, low in enumerate(text.lower) if low in words.org_words]:  # there are few
        sentence = text.sentence_of(at)
        if at < free or at in used or sentence.shouted or not text.tokens[at][0].isupper():
            continue
        first, last = _extended(text, at, sentence.first, sentence.last, used, lexicon)
        if last - first > 1:
            organisations.append(Organisation(first, last, text.words(first, last), "org_word", _BUILT))
            used.update(range(first, last))
        free = last
    organisations += _acronyms(text, organisations, used)
    return sorted(organisations, key=lambda organisation: organisation.first)


def without_headlines(text: ArticleText, organisations: Sequence[Organisation]) -> list[Organisation]:
    """Leave out what is a whole headline of several words: one in which each word has a capital looks like a name."""
    headlines = [line for line in text.sentences if line.region == "title" and line.last - line.first >= _HEADLINE]
    return [one for one in organisations if not any(one.first <= line.first and line.last - 1 <= one.last for line in headlines)]


def find_exchanges(hits: list[PhraseHit], taken: set[int]) -> list[Organisation]:
    """Return the listed stock exchanges outside `taken` tokens, in text order; they are organisations only where something lists there."""
    return [
        Organisation(hit.first, hit.last, hit.phrase.name, "listed", _LISTED)
        for hit in hits
        if hit.phrase.kind is Kind.ORGANISATION and hit.phrase.detail == "exchange" and taken.isdisjoint(range(hit.first, hit.last))
    ]


def find_outlets(text: ArticleText, hits: list[PhraseHit], taken: set[int]) -> list[Organisation]:
    """Return the listed newspapers, broadcasters and news agencies outside `taken` tokens, in text order, where no longer name holds them."""
    return [
        Organisation(hit.first, hit.last, hit.phrase.name, "listed", _LISTED)
        for hit in hits
        if hit.phrase.kind is Kind.ORGANISATION
        and hit.phrase.detail == "outlet"
        and taken.isdisjoint(range(hit.first - 1, hit.last + 1))
        and not (hit.last < len(text.tokens) and is_name_like(text.tokens[hit.last]) and text.sentence_of(hit.first).last > hit.last)
    ]


def _acronyms(text: ArticleText, organisations: list[Organisation], used: set[int]) -> list[Organisation]:
    """Find all places of an acronym that is introduced in brackets after a name: "Australian Institute of ICT (AIICT)"."""
    short = {}
    for organisation in organisations:
        inside = text.tokens[organisation.last : organisation.last + 3]
        if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and inside[1].isupper() and len(inside[1]) > 1:  # noqa: PLR2004 - ( X )
            short[inside[1]] = organisation
    if not short:
        return []
    return [
        Organisation(at, at + 1, short[token].name, "acronym", short[token].confidence)
        for at, token in enumerate(text.tokens)
        if token in short and at not in used
    ]


def _extended(text: ArticleText, at: int, begin: int, end: int, used: set[int], lexicon: Lexicon) -> tuple[int, int]:
    """Return the span around an organisation word: with capitalised words before it, "of X" and capitalised words after it."""
    first = at
    while (
        first > begin
        and first - 1 not in used
        and is_name_like(text.tokens[first - 1])
        and text.lower[first - 1] not in {"the", "a", "an", "new"}
    ):
        first -= 1
    last = at + 1
    while last < end and last not in used:
        if is_name_like(text.tokens[last]) and first == at:
            last += 1
        elif (
            text.lower[last] in _LINKS
            and last + 1 < end
            and is_name_like(text.tokens[last + 1])
            and text.lower[last + 1] not in lexicon.demonyms
        ):
            if text.lower[last] != "of" and first != at:
                break
            last += 2
            while last < end and is_name_like(text.tokens[last]) and last not in used:
                last += 1
        else:
            break
    return first, last
