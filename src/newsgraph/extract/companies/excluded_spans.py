"""Candidates that are surely no names of companies: persons, legal forms alone, the ends of tickers and brackets."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from newsgraph.core.company_names import is_legal_form
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.companies.recognizer_features import PERSON
from newsgraph.extract.text.money import currency_codes, find_money

_TITLES = frozenset("mr mrs ms dr sir lord lady dame prof professor judge justice senator mr. mrs. ms. dr.".split())
SURE_PERSON = 0.8  # probability of the tagger from which a full name is that of a person
_BRACKET = 12  # tokens of a bracket
_SYMBOL = 6  # letters of a ticker
_SHORT_FORM = 4  # letters; legal forms in capitals up to this length may be names: SAS, SCA, ASA


def surnames_in(context: FeatureContext) -> frozenset[str]:
    """Return the last words of the full names of people that the tagger finds in a text, in lower case."""
    full = [span for span in context.recognized.names if span.label == PERSON and span.last - span.first > 1 and span.chance >= SURE_PERSON]
    return frozenset(context.text.lower[span.last - 1] for span in full)


def is_no_company(
    span: NameSpan, context: FeatureContext, surnames: AbstractSet[str], plain: AbstractSet[tuple[str, str]] = frozenset()
) -> bool:
    """Return whether a name is surely none of a company: the end of a ticker or of a bracket, a legal form alone, a person's or a description.

    A title begins a person's name or comes before it, or it is the surname of somebody in the text. A listed company and one with a legal
    form keep their names: "Ford" is the company beside Henry Ford, and "Dr Lal PathLabs" is listed with its title. `surnames` are those of
    `surnames_in`, `plain` the pairs of `plain_pairs`.
    """
    low, first = context.text.lower, span.first
    if not low[first][0].isalnum():  # ".T" is the end of a ticker
        return True
    tokens = context.text.tokens[first : span.last]
    if span.hit is None and _is_description(span, context, plain):
        return True
    if (")" in tokens and "(" not in tokens) or (span.hit is None and _is_bare_legal_form(tokens)) or _is_ticker(span, context):
        return True
    if (
        (low[first] in _TITLES and span.hit is None)
        or (first > span.sentence.first and low[first - 1] in _TITLES)
        or (first - 1 > span.sentence.first and low[first - 1] == "." and low[first - 2] in _TITLES)
    ):
        return True
    if span.hit is None and len(tokens) == 1 and (tokens[0] in currency_codes() or _is_sum(tokens[0])):
        return True
    is_alone = span.core - first == 1 and span.last == span.core and span.hit is None
    return is_alone and low[first] in surnames


def plain_pairs(context: FeatureContext) -> frozenset[tuple[str, str]]:
    """Return the pairs of words in small letters that stand side by side in a text."""
    return frozenset((one, other) for one, other in pairwise(context.text.tokens) if one.islower() and other.islower())


def _is_description(span: NameSpan, context: FeatureContext, plain: AbstractSet[tuple[str, str]]) -> bool:
    """Return whether a text has the words of a name in small letters too: "Software Development Company" of "a software development firm"."""
    words = context.text.lower[span.first : span.core]
    return len(words) > 1 and all(pair in plain for pair in pairwise(words))


def _is_ticker(span: NameSpan, context: FeatureContext) -> bool:
    """Return whether a name is only ever a ticker: "OHT" of "(XETRA: OHT)", both of "(SNYNF, SNY)"."""
    tokens, first = context.text.tokens, span.first
    if span.last - first != 1 or not tokens[first].isupper() or context.counts.get(context.text.lower[first], 0) > 1:
        return False
    exchange = tokens[first - 2] if first > 2 and tokens[first - 1] == ":" and tokens[first - 3] == "(" else ""  # noqa: PLR2004 - tokens before
    return exchange in context.words.exchanges or _is_in_list_of_tickers(first, tokens)


def _is_in_list_of_tickers(at: int, tokens: Sequence[str]) -> bool:
    """Return whether a token is one of two or more in a bracket that holds nothing else than short words in capitals and commas."""
    begin = max((place for place in range(max(0, at - _BRACKET), at) if tokens[place] == "("), default=-1)
    end = next((place for place in range(at, min(len(tokens), at + _BRACKET)) if tokens[place] == ")"), -1)
    inside = tokens[begin + 1 : end]
    symbols, commas = inside[::2], inside[1::2]
    return (
        min(begin, end) >= 0 and len(symbols) > 1 and len(symbols) > len(commas)
        and set(commas) == {","} and all(symbol.isupper() and len(symbol) <= _SYMBOL for symbol in symbols)
    )  # fmt: skip


def _is_sum(token: str) -> bool:
    """Return whether a word is a sum of money: "SKr9.2bn"."""
    return any(letter.isdigit() for letter in token) and any(one.start == 0 and one.end == len(token) for one in find_money(token))


def _is_bare_legal_form(tokens: Sequence[str]) -> bool:
    """Return whether tokens are a legal form without a name, such as "Limited" or "L.L.C."; short ones in capitals are names too."""
    name = " ".join(tokens).rstrip(" .,")
    return is_legal_form(name) and (not name.isupper() or "." in name or not name.isascii() or len(name) > _SHORT_FORM)
