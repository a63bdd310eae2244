"""Features of the words before and after a name."""

from __future__ import annotations

import re
from functools import cache

from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.text.context_words import load_context_words
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
_WINDOW = 9  # tokens of an apposition in which its noun is looked for


@cache
def _ticker() -> re.Pattern[str]:
    """Return the pattern of a bracket that opens with an exchange, a ticker or a quoted short name."""
    exchanges = "|".join(sorted(load_context_words().exchanges))
    return re.compile(rf"\(\s*(?:(?:{exchanges})\b|[A-Z]{{1,5}}(?:\.[A-Z]{{1,2}})?[,)]|[\"'])")


def features_before(span: NameSpan, context: FeatureContext) -> list[str]:
    """Return the features of the words before a name; the first kind of word that fits decides."""
    first, begin = span.first, span.sentence.first
    if first == begin:
        return [f"first_in_{span.sentence.region}"]
    kind, word = context.kinds[first - 1], context.text.lower[first - 1]
    if kind & _ANY_BEFORE:
        return [next(feature for bit, feature in _BEFORE if kind & bit)]
    further = context.text.lower[first - 2] if first - 2 >= begin else ""
    if word in context.words.links:
        return _link_before(word, further, span, context)
    if word in _PAIRED:
        return [_pair_before(word, listed=first - 2 in context.listed)]
    if word in context.words.honorifics or (word == "." and further in context.words.honorifics):
        return ["person_before"]
    return [_word_before(kind, word, listed=first - 1 in context.listed)]


def _word_before(kind: int, word: str, *, listed: bool) -> str:
    if kind & DEMONYM or word.endswith("-based"):
        return "demonym_before"
    if listed:
        return "listed_directly_before"
    return "capital_before" if kind & CAPITAL else "other_before"


def _link_before(word: str, further: str, span: NameSpan, context: FeatureContext) -> list[str]:
    features = [f"{word}_before"]
    window = context.kinds[max(span.sentence.first, span.first - 6) : span.first - 1]
    if any(kind & (DEAL_WORD | DEAL_VERB) for kind in window):
        features.append(f"deal_{word}" if word in context.words.deal_links else "deal_near")
    if further and word == "of" and window[-1] & OF_WORD:
        features.append("role_of")
    if further and word == "at" and window[-1] & EXECUTIVE:
        features.append("role_at")
    return features


def _pair_before(word: str, *, listed: bool) -> str:
    if word in _JOINTS:
        return "conjunction_listed" if listed else "conjunction_comma" if word == "," else "conjunction_word"
    if word in _POSSESSIVES:
        return "owned_listed" if listed else "owned"
    return "bracket_before" if word == "(" else "quote_before"


def features_after(span: NameSpan, context: FeatureContext) -> list[str]:
    """Return the features of the words after a name; the first kind of word that fits decides."""
    last, end, text = span.last, span.sentence.last, context.text
    if last >= end:
        return ["last"]
    kind, word = context.kinds[last], text.lower[last]
    further, next_kind = (text.lower[last + 1], context.kinds[last + 1]) if last + 1 < end else ("", 0)
    if word in _POSSESSIVES:
        return ["possessive", "possessive_role"] if next_kind & (EXECUTIVE | NOUN) else ["possessive"]
    if kind & EXECUTIVE:
        return ["role_after"]
    if word in _MARKS_AFTER:
        return _mark_after(word, further, span, context)
    if word in context.words.auxiliaries and next_kind & DEAL_VERB:
        kind |= DEAL_VERB
    if kind & _ANY_AFTER:
        place = "start" if span.first == span.sentence.first else "inner"
        return [next(f"{feature}_{place}" for bit, feature in _AFTER if kind & bit)]
    return ["digit_after" if word[0].isdigit() else "capital_after" if kind & CAPITAL else "small_after" if kind & SMALL else "word_after"]


def _mark_after(word: str, further: str, span: NameSpan, context: FeatureContext) -> list[str]:
    text, last = context.text, span.last
    if word == "(":
        return ["ticker_after" if _ticker().match(text.clean, text.starts[last]) else "bracket_after"]
    if word == ",":
        return _apposition(span, context)
    if word == "-":
        return ["backed_after" if further in context.words.ties else "hyphen_after"]
    if word in _JOINTS:
        return ["conjunction_after_listed" if last + 1 in context.listed else "conjunction_after"]
    return [f"mark_after_{word}"]


def _apposition(span: NameSpan, context: FeatureContext) -> list[str]:
    """Return the feature of what follows a comma: "X, a software company", "X, chief executive", "X, Ohio", or the next name of a list."""
    last = span.last + 1
    window = context.text.lower[last : min(span.sentence.last, last + _WINDOW)]
    window = window[: window.index(",")] if "," in window else window
    kinds = context.kinds[last : last + len(window)]
    if window and window[0] in context.words.articles:
        for bit, feature in ((NOUN, "apposition_company"), (PERSON_WORD, "apposition_person")):
            if any(kind & bit for kind in kinds):
                return [feature]
        return ["apposition_which" if window[0] in {"which", "whose"} else "apposition_other"]
    if window and kinds[0] & PERSON_WORD:
        return ["apposition_person"]
    if window and (kinds[0] & PLACE or " ".join(window[:2]) in context.lexicon.places):
        return ["place_after"]
    return ["comma_after_listed" if last in context.listed else "comma_after"]
