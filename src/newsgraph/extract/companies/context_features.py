"""Signs of what stands before and behind a name: the words that names of companies are met beside."""

from __future__ import annotations

import re

from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.text.word_kinds import (
    CAPITAL,
    DEAL_VERB,
    DEAL_WORD,
    DEMONYM,
    DESCRIPTOR,
    EXECUTIVE,
    NOUN,
    OF_WORD,
    PERSON_WORD,
    PLACE,
    SAY_VERB,
    SMALL,
    VERB,
)

_TICKER = re.compile(
    r"\(\s*(?:(?:NYSE|NASDAQ|Nasdaq|AMEX|TSXV?|LSE|ASX|OTCQ[BX]|OTC|BSE|NSE|SEHK|HKEX|SGX|AIM|CSE|FRA|EPA|ETR|SWX)\b|[A-Z]{1,5}(?:\.[A-Z]{1,2})?[,)]|[\"'])"
)
_JOINTS = frozenset({",", "and", "&", "or", "/", "-"})
_POSSESSIVES = frozenset({"'s", "'"})
_ENDS = frozenset({".", "!", "?", ";", ":", ")", '"'})
_PAIRED = _JOINTS | _POSSESSIVES | {"(", '"'}
_MARKS_AFTER = _JOINTS | _ENDS | {"("}
_BEFORE = (
    (DESCRIPTOR, "descriptor_before"), (NOUN, "noun_before"), (PERSON_WORD, "person_before"), (DEAL_VERB, "deal_verb_before"),
    (SAY_VERB, "say_verb_before"),
)  # fmt: skip
_AFTER = ((DEAL_VERB, "deal_verb_after"), (SAY_VERB, "say_verb_after"), (VERB, "verb_after"))
_ANY_BEFORE = DESCRIPTOR | NOUN | PERSON_WORD | DEAL_VERB | SAY_VERB
_ANY_AFTER = DEAL_VERB | SAY_VERB | VERB
_WINDOW = 9  # tokens within which an apposition shows its noun


def features_before(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    """Give the signs of what stands before a name; the first kind of word that fits decides."""
    first, begin = candidate.first, candidate.sentence.first
    if first == begin:
        return [f"first_in_{candidate.sentence.region}"]
    kind, one = setting.kinds[first - 1], setting.text.lower[first - 1]
    if kind & _ANY_BEFORE:
        return [next(sign for bit, sign in _BEFORE if kind & bit)]
    two = setting.text.lower[first - 2] if first - 2 >= begin else ""
    if one in setting.words.links:
        return _link_before(one, two, candidate, setting)
    if one in _PAIRED:
        return [_pair_before(one, listed=first - 2 in setting.listed)]
    if one in setting.words.honorifics or (one == "." and two in setting.words.honorifics):
        return ["person_before"]
    return [_word_before(kind, one, listed=first - 1 in setting.listed)]


def _word_before(kind: int, one: str, *, listed: bool) -> str:
    if kind & DEMONYM or one.endswith("-based"):
        return "demonym_before"
    if listed:
        return "listed_directly_before"
    return "capital_before" if kind & CAPITAL else "other_before"


def _link_before(one: str, two: str, candidate: NameSpan, setting: FeatureContext) -> list[str]:
    signs = [f"{one}_before"]
    window = setting.kinds[max(candidate.sentence.first, candidate.first - 6) : candidate.first - 1]
    if any(kind & (DEAL_WORD | DEAL_VERB) for kind in window):
        signs.append(f"deal_{one}" if one in setting.words.deal_links else "deal_near")
    if two and one == "of" and window[-1] & OF_WORD:
        signs.append("role_of")
    if two and one == "at" and window[-1] & EXECUTIVE:
        signs.append("role_at")
    return signs


def _pair_before(one: str, *, listed: bool) -> str:
    if one in _JOINTS:
        return "conjunction_listed" if listed else "conjunction_comma" if one == "," else "conjunction_word"
    if one in _POSSESSIVES:
        return "owned_listed" if listed else "owned"
    return "bracket_before" if one == "(" else "quote_before"


def features_after(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    """Give the signs of what stands behind a name; the first kind of word that fits decides."""
    last, end, text = candidate.last, candidate.sentence.last, setting.text
    if last >= end:
        return ["last"]
    kind, one = setting.kinds[last], text.lower[last]
    two, next_kind = (text.lower[last + 1], setting.kinds[last + 1]) if last + 1 < end else ("", 0)
    if one in _POSSESSIVES:
        return ["possessive", "possessive_role"] if next_kind & (EXECUTIVE | NOUN) else ["possessive"]
    if kind & EXECUTIVE:
        return ["role_after"]
    if one in _MARKS_AFTER:
        return _mark_after(one, two, candidate, setting)
    if one in setting.words.auxiliaries and next_kind & DEAL_VERB:
        kind |= DEAL_VERB
    if kind & _ANY_AFTER:
        place = "start" if candidate.first == candidate.sentence.first else "inner"
        return [next(f"{sign}_{place}" for bit, sign in _AFTER if kind & bit)]
    return ["digit_after" if one[0].isdigit() else "capital_after" if kind & CAPITAL else "small_after" if kind & SMALL else "word_after"]


def _mark_after(one: str, two: str, candidate: NameSpan, setting: FeatureContext) -> list[str]:
    text, last = setting.text, candidate.last
    if one == "(":
        return ["ticker_after" if _TICKER.match(text.clean, text.starts[last]) else "bracket_after"]
    if one == ",":
        return _apposition(candidate, setting)
    if one == "-":
        return ["backed_after" if two in setting.words.ties else "hyphen_after"]
    if one in _JOINTS:
        return ["conjunction_after_listed" if last + 1 in setting.listed else "conjunction_after"]
    return [f"mark_after_{one}"]


def _apposition(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    """Read what a comma opens: "X, a software company", "X, chief executive", "X, Ohio", or the next name of a list."""
    last = candidate.last + 1
    window = setting.text.lower[last : min(candidate.sentence.last, last + _WINDOW)]
    window = window[: window.index(",")] if "," in window else window
    kinds = setting.kinds[last : last + len(window)]
    if window and window[0] in setting.words.articles:
        for bit, sign in ((NOUN, "apposition_company"), (PERSON_WORD, "apposition_person")):
            if any(kind & bit for kind in kinds):
                return [sign]
        return ["apposition_which" if window[0] in {"which", "whose"} else "apposition_other"]
    if window and kinds[0] & PERSON_WORD:
        return ["apposition_person"]
    if window and (kinds[0] & PLACE or " ".join(window[:2]) in setting.lexicon.places):
        return ["place_after"]
    return ["comma_after_listed" if last in setting.listed else "comma_after"]
