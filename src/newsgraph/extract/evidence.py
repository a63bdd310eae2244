"""What speaks for and against a span being a company: named signs, weighed with measured weights.

A sign is a short name such as `said_after`. `data/evidence.csv` holds one weight a sign, fitted by logistic regression on
annotated texts (`training/fit_evidence.py`); a candidate's confidence is the logistic of the sum of its signs' weights.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.extract.candidates import Candidate
from newsgraph.extract.context import Context
from newsgraph.extract.text import Text
from newsgraph.lexicon import Lexicon

_TICKER = re.compile(r"\(\s*(?:(?:NYSE|NASDAQ|Nasdaq|AMEX|TSXV?|LSE|ASX|OTCQ[BX]|OTC|BSE|NSE|SEHK|HKEX|SGX|AIM|CSE|FRA|EPA|ETR|SWX)\b|[A-Z]{1,5}(?:\.[A-Z]{1,2})?[,)]|[\"'])")
_CAMEL = re.compile(r"[a-z][A-Z]")
_SUFFIX = 3  # letters of an unknown word's ending that tell of its kind: -tech, -ian, -ville
_WINDOW = 9  # tokens within which an apposition shows its noun


@dataclass(frozen=True, slots=True)
class Setting:
    """What the signs of one article look at: its text, lists, and what other candidates show."""

    text: Text
    lexicon: Lexicon
    context: Context
    listed: frozenset[int]
    running: Mapping[str, int]
    provider: str
    topics: frozenset[str]


@cache
def load_weights() -> dict[str, float]:
    """Read the weight of each sign."""
    text = (files("newsgraph") / "data" / "evidence.csv").read_text(encoding="utf-8")
    return {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def weigh(signs: list[str], weights: Mapping[str, float]) -> float:
    """Turn signs into a confidence between 0 and 1."""
    return 1 / (1 + math.exp(-sum(weights.get(sign, 0.0) for sign in signs)))


def strongest(signs: list[str], weights: Mapping[str, float]) -> str:
    """Name the sign that speaks loudest for the candidate."""
    return max(signs, key=lambda sign: (weights.get(sign, 0.0), sign))


def signs_of(candidate: Candidate, setting: Setting) -> list[str]:
    """List the signs of one candidate, `bias` first."""
    return [
        "bias", *_list_signs(candidate, setting), *_form_signs(candidate, setting), *_before(candidate, setting), *_after(candidate, setting),
        *_word_signs(candidate, setting),
    ]  # fmt: skip


def _word_signs(candidate: Candidate, setting: Setting) -> Iterator[str]:
    """Give the plain words around and at the ends of a name, which have weights of their own where they are met often."""
    text, words = setting.text, setting.lexicon.words
    first, last, sentence = candidate.first, candidate.last, candidate.sentence
    for name, at, inside in (
        ("before", first - 1, first > sentence.first), ("before_2", first - 2, first - 1 > sentence.first),
        ("after", last, last < sentence.last), ("after_2", last + 1, last + 1 < sentence.last),
        ("first", first, True), ("final", candidate.core - 1, candidate.core - first > 1),
    ):  # fmt: skip
        if inside and (text.lower[at] in words or not text.tokens[at][0].isalnum()):
            yield f"{name}:{text.lower[at]}"
    low = text.lower[first]
    if candidate.core - first == 1 and low not in words and len(low) > _SUFFIX:
        yield f"suffix:{low[-_SUFFIX:]}"


def _list_signs(candidate: Candidate, setting: Setting) -> Iterator[str]:
    lexicon, text = setting.lexicon, setting.text
    if candidate.hit:
        yield "listed" if candidate.hit.plain else "listed_word" if candidate.hit.phrase.word else "listed_common"
        if candidate.core - candidate.first > 1:
            yield "listed_long"
    elif any(at in setting.listed for at in range(candidate.first, candidate.core)):
        yield "holds_listed"
    key = " ".join(text.lower[candidate.first : candidate.core])
    if key in lexicon.places:
        yield "place"
    if key in setting.topics:
        yield "topic"
    if key == setting.provider:
        yield "provider"
    if key in lexicon.phrases and not candidate.hit:
        yield "listed_other"
    if setting.running.get(key, 0) > 1:
        yield "repeated"


def _form_signs(candidate: Candidate, setting: Setting) -> Iterator[str]:
    lexicon, text, context = setting.lexicon, setting.text, setting.context
    tokens, low = text.tokens[candidate.first : candidate.core], text.lower[candidate.first : candidate.core]
    case = "shouted" if candidate.sentence.shouted else "titled" if candidate.sentence.titled else "running"
    unlisted = sum(1 for word in low if word not in lexicon.words and word != "&")
    size = min(len(tokens), 4)
    yield f"{case}_{size}_{'none' if not unlisted else 'all' if unlisted == len(low) else 'some'}"
    if candidate.last > candidate.core:
        yield "legal_form"
    if len(low) > 1 and low[-1] in lexicon.strong_tails:
        yield f"tail_strong_{'unlisted' if unlisted else 'listed'}"
    elif len(low) > 1 and low[-1] in lexicon.weak_tails:
        yield f"tail_weak_{'unlisted' if unlisted else 'listed'}"
    if len(low) > 1 and tokens[-1] == "AI":
        yield "tail_ai"
    if low[-1].endswith((".ai", ".com", ".io", ".co", ".net")):
        yield "domain_form"
    if any(_CAMEL.search(token) for token in tokens):
        yield "inner_capital"
    if size == 1 and tokens[0].isupper() and not candidate.sentence.shouted:
        yield "acronym_short" if len(tokens[0]) <= 4 else "acronym_long"  # noqa: PLR2004 - GE, BASF; longer ones are names in capitals
    if any(c.isdigit() for token in tokens for c in token):
        yield "digit"
    if any(token in context.never for token in tokens):
        yield "never_alone" if size == 1 else "never_part"
    if any(word in context.org_words for word in low):
        yield "org_word"
    if any(word in lexicon.demonyms for word in low):
        yield "demonym_inside"
    if any(word in lexicon.places for word in low) and size > 1:
        yield "place_inside"
    if low[0] in lexicon.first_names:
        yield f"first_name_{size}" + ("_listed" if low[-1] in lexicon.words else "")
    if "&" in tokens:
        yield "ampersand"
    if "-" in tokens[0]:
        yield "hyphen"
    if low[-1] in lexicon.nouns or low[-1] in context.executives:
        yield "noun_last"


def _before(candidate: Candidate, setting: Setting) -> Iterator[str]:
    lexicon, text, context = setting.lexicon, setting.text, setting.context
    first, begin = candidate.first, candidate.sentence.first
    if first == begin:
        yield f"first_in_{candidate.sentence.region}"
        return
    one = text.lower[first - 1]
    two = text.lower[first - 2] if first - 2 >= begin else ""
    if one in lexicon.descriptors or one in lexicon.nouns:
        yield "descriptor_before" if text.lower[first - 1] in lexicon.descriptors else "noun_before"
    elif one in lexicon.person_words or one in {"mr", "mrs", "ms", "dr", "sir", "judge", "minister", "senator", "gov", "sen", "rep"}:
        yield "person_before"
    elif one == "." and two in {"mr", "mrs", "ms", "dr", "gov", "sen", "rep", "st", "jr"}:
        yield "person_before"
    elif one in context.deal_verbs:
        yield "deal_verb_before"
    elif one in {"with", "by", "from", "in", "into", "to", "of", "at", "for", "against", "on", "between", "the", "a", "an", "near", "using", "via", "through", "like", "than"}:
        yield f"{one}_before"
        window = text.lower[max(begin, first - 6) : first - 1]
        if any(word in context.deal_words or word in context.deal_verbs for word in window):
            yield f"deal_{one}" if one in {"with", "by", "from", "in", "into", "to", "of", "between", "at"} else "deal_near"
        if one == "of" and two in context.of_words:
            yield "role_of"
        if one == "at" and two in context.executives:
            yield "role_at"
    elif one in {",", "and", "&", "or", "/", "-"}:
        yield "conjunction_listed" if first - 2 in setting.listed else f"conjunction_{'comma' if one == ',' else 'word'}"
    elif one == "'s":
        yield "owned_listed" if first - 2 in setting.listed else "owned"
    elif one in {"(", '"'}:
        yield "bracket_before" if one == "(" else "quote_before"
    elif one in context.say_verbs:
        yield "say_verb_before"
    elif one in lexicon.demonyms or one.endswith("-based"):
        yield "demonym_before"
    elif first - 1 in setting.listed:
        yield "listed_directly_before"
    elif text.tokens[first - 1][0].isupper():
        yield "capital_before"
    else:
        yield "other_before"


def _after(candidate: Candidate, setting: Setting) -> Iterator[str]:
    text, context, lexicon = setting.text, setting.context, setting.lexicon
    last, end = candidate.last, candidate.sentence.last
    if last >= end:
        yield "last"
        return
    one = text.lower[last]
    two = text.lower[last + 1] if last + 1 < end else ""
    place = "start" if candidate.first == candidate.sentence.first else "inner"
    if one == "'s":
        yield "possessive"
        if two in context.executives or two in lexicon.nouns:
            yield "possessive_role"
        return
    if one == "(":
        yield "ticker_after" if _TICKER.match(text.clean, text.starts[last]) else "bracket_after"
    elif one == ",":
        yield from _apposition(candidate, setting)
    elif one in context.executives:
        yield "role_after"
    elif one in context.deal_verbs:
        yield f"deal_verb_after_{place}"
    elif one in context.say_verbs:
        yield f"say_verb_after_{place}"
    elif one in {"is", "has", "will", "was", "have", "had", "to", "would", "could", "may"} and two in context.deal_verbs:
        yield f"deal_verb_after_{place}"
    elif one in context.verbs:
        yield f"verb_after_{place}"
    elif one in {"and", "&", ",", "/", "or"}:
        yield "conjunction_after_listed" if last + 1 in setting.listed else "conjunction_after"
    elif one == "-" and two in {"backed", "owned", "led", "funded", "controlled", "developed", "built"}:
        yield "backed_after"
    elif one == "-":
        yield "hyphen_after"
    elif one[0].isdigit():
        yield "digit_after"
    elif text.tokens[last][0].isupper():
        yield "capital_after"
    elif one in context.small:
        yield "small_after"
    elif one in {".", "!", "?", ";", ":", ")", '"'}:
        yield f"mark_after_{one}"
    else:
        yield "word_after"


def _apposition(candidate: Candidate, setting: Setting) -> Iterator[str]:
    text, last = setting.text, candidate.last + 1
    end = min(candidate.sentence.last, last + _WINDOW)
    window = text.lower[last:end]
    if "," in window:
        window = window[: window.index(",")]
    if window and window[0] in {"a", "an", "the", "one", "which", "whose"}:
        if any(word in setting.lexicon.nouns for word in window):
            yield "apposition_company"
        elif any(word in setting.lexicon.person_words for word in window):
            yield "apposition_person"
        else:
            yield "apposition_which" if window[0] in {"which", "whose"} else "apposition_other"
    elif window and window[0] in setting.lexicon.person_words:
        yield "apposition_person"
    elif window and " ".join(window[:2]) in setting.lexicon.places or (window and window[0] in setting.lexicon.places):
        yield "place_after"
    else:
        yield "comma_after_listed" if last in setting.listed else "comma_after"
