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
from newsgraph.extract.hints import OUTSIDE_WEIGHTS, Hints, hint_signs
from newsgraph.extract.text import Text
from newsgraph.lexicon import Lexicon

_TICKER = re.compile(
    r"\(\s*(?:(?:NYSE|NASDAQ|Nasdaq|AMEX|TSXV?|LSE|ASX|OTCQ[BX]|OTC|BSE|NSE|SEHK|HKEX|SGX|AIM|CSE|FRA|EPA|ETR|SWX)\b|[A-Z]{1,5}(?:\.[A-Z]{1,2})?[,)]|[\"'])"
)
_CAMEL = re.compile(r"[a-z][A-Z]")
_DIGIT = re.compile(r"\d")
_HONORIFICS = frozenset("mr mrs ms dr sir judge minister senator gov sen rep st jr".split())
_LINKS = frozenset("with by from in into to of at for against on between the a an near using via through like than".split())
_DEAL_LINKS = frozenset("with by from in into to of between at".split())
_JOINTS = frozenset({",", "and", "&", "or", "/", "-"})
_POSSESSIVES = frozenset({"'s", "'"})
_TIES = frozenset("backed owned led funded controlled developed built".split())
_ENDS = frozenset({".", "!", "?", ";", ":", ")", '"'})
_AUXILIARIES = frozenset("is has will was have had to would could may".split())
_ARTICLES = frozenset({"a", "an", "the", "one", "which", "whose"})
_SPELLED = ("bias", "running_", "titled_", "shouted_", "suffix:", "first:", "after:", "after_2:", "before:", "before_2:", "tag_most_")
_SHORT_ACRONYM = 4  # letters: GE, IBM, BASF; longer ones are names in capitals
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
    hints: Hints


@cache
def load_weights(*, tagged: bool = False) -> dict[str, float]:
    """Read the weight of each sign; with a tagger's hints all signs weigh differently."""
    name = "evidence_tagged.csv" if tagged else "evidence.csv"
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return OUTSIDE_WEIGHTS | {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def weigh(signs: list[str], weights: Mapping[str, float]) -> float:
    """Turn signs into a confidence between 0 and 1."""
    return 1 / (1 + math.exp(-sum(weights.get(sign, 0.0) for sign in signs)))


def strongest(signs: list[str], weights: Mapping[str, float]) -> str:
    """Name the sign that speaks loudest for the candidate; how a name is spelled tells a reader least."""
    telling = [sign for sign in signs if not sign.startswith(_SPELLED) and weights.get(sign, 0.0) > 0]
    return max(telling or signs, key=lambda sign: (weights.get(sign, 0.0), sign))


def signs_of(candidate: Candidate, setting: Setting) -> list[str]:
    """List the signs of one candidate, `bias` first."""
    return [
        "bias", *_list_signs(candidate, setting), *_form_signs(candidate, setting), *_before(candidate, setting), *_after(candidate, setting),
        *_word_signs(candidate, setting),
        *hint_signs(candidate.first, candidate.core, setting.hints),
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
    lexicon, text = setting.lexicon, setting.text
    low = text.lower[candidate.first : candidate.core]
    case = "shouted" if candidate.sentence.shouted else "titled" if candidate.sentence.titled else "running"
    unlisted = sum(1 for word in low if word not in lexicon.words and word != "&")
    yield f"{case}_{min(len(low), 4)}_{'none' if not unlisted else 'all' if unlisted == len(low) else 'some'}"
    if candidate.last > candidate.core:
        yield "legal_form"
    yield from _tail_signs(low, text.tokens[candidate.core - 1], unlisted, lexicon)
    yield from _spelling_signs(text.tokens[candidate.first : candidate.core], candidate, setting)
    yield from _kind_signs(low, setting)


def _tail_signs(low: list[str], last: str, unlisted: int, lexicon: Lexicon) -> Iterator[str]:
    if len(low) > 1:
        known = "unlisted" if unlisted else "listed"
        if low[-1] in lexicon.strong_tails:
            yield f"tail_strong_{known}"
        elif low[-1] in lexicon.weak_tails:
            yield f"tail_weak_{known}"
        if last == "AI":
            yield "tail_ai"
    if low[-1].endswith((".ai", ".com", ".io", ".co", ".net")):
        yield "domain_form"


def _spelling_signs(tokens: list[str], candidate: Candidate, setting: Setting) -> Iterator[str]:
    if any(map(_CAMEL.search, tokens)):
        yield "inner_capital"
    if len(tokens) == 1 and tokens[0].isupper() and not candidate.sentence.shouted:
        yield "acronym_short" if len(tokens[0]) <= _SHORT_ACRONYM else "acronym_long"
    if any(map(_DIGIT.search, tokens)):
        yield "digit"
    if not setting.context.never.isdisjoint(tokens):
        yield "never_alone" if len(tokens) == 1 else "never_part"
    if "&" in tokens:
        yield "ampersand"
    if "-" in tokens[0]:
        yield "hyphen"


def _kind_signs(low: list[str], setting: Setting) -> Iterator[str]:
    lexicon, context = setting.lexicon, setting.context
    if not context.org_words.isdisjoint(low):
        yield "org_word"
    if not lexicon.demonyms.isdisjoint(low):
        yield "demonym_inside"
    if len(low) > 1 and not lexicon.places.isdisjoint(low):
        yield "place_inside"
    if low[0] in lexicon.first_names:
        yield f"first_name_{min(len(low), 4)}" + ("_listed" if low[-1] in lexicon.words else "")
    if low[-1] in lexicon.nouns or low[-1] in context.executives:
        yield "noun_last"


@dataclass(frozen=True, slots=True)
class _Near:
    """The two words next to a candidate, nearest first."""

    one: str
    two: str
    candidate: Candidate
    setting: Setting


def _before(candidate: Candidate, setting: Setting) -> list[str]:
    """Give the signs of what stands before a name; the first kind of word that fits decides."""
    first, begin, text = candidate.first, candidate.sentence.first, setting.text
    if first == begin:
        return [f"first_in_{candidate.sentence.region}"]
    one = text.lower[first - 1]
    near = _Near(one, text.lower[first - 2] if first - 2 >= begin else "", candidate, setting)
    for signs in (_title_before, _verb_before, _link_before, _list_before):
        found = signs(near)
        if found:
            return found
    if first - 1 in setting.listed:
        return ["listed_directly_before"]
    return ["capital_before" if text.tokens[first - 1][0].isupper() else "other_before"]


def _title_before(near: _Near) -> list[str]:
    lexicon = near.setting.lexicon
    if near.one in lexicon.descriptors:
        return ["descriptor_before"]
    if near.one in lexicon.nouns:
        return ["noun_before"]
    if near.one in lexicon.person_words or near.one in _HONORIFICS or (near.one == "." and near.two in _HONORIFICS):
        return ["person_before"]
    return []


def _verb_before(near: _Near) -> list[str]:
    if near.one in near.setting.context.deal_verbs:
        return ["deal_verb_before"]
    return ["say_verb_before"] if near.one in near.setting.context.say_verbs else []


def _link_before(near: _Near) -> list[str]:
    if near.one not in _LINKS:
        return []
    context = near.setting.context
    signs = [f"{near.one}_before"]
    window = near.setting.text.lower[max(near.candidate.sentence.first, near.candidate.first - 6) : near.candidate.first - 1]
    if any(word in context.deal_words or word in context.deal_verbs for word in window):
        signs.append(f"deal_{near.one}" if near.one in _DEAL_LINKS else "deal_near")
    if near.one == "of" and near.two in context.of_words:
        signs.append("role_of")
    if near.one == "at" and near.two in context.executives:
        signs.append("role_at")
    return signs


def _list_before(near: _Near) -> list[str]:
    listed = near.candidate.first - 2 in near.setting.listed
    if near.one in _JOINTS:
        return ["conjunction_listed" if listed else f"conjunction_{'comma' if near.one == ',' else 'word'}"]
    if near.one in _POSSESSIVES:
        return ["owned_listed" if listed else "owned"]
    if near.one in {"(", '"'}:
        return ["bracket_before" if near.one == "(" else "quote_before"]
    if near.one in near.setting.lexicon.demonyms or near.one.endswith("-based"):
        return ["demonym_before"]
    return []


def _after(candidate: Candidate, setting: Setting) -> list[str]:
    """Give the signs of what stands behind a name; the first kind of word that fits decides."""
    text, last, end = setting.text, candidate.last, candidate.sentence.last
    if last >= end:
        return ["last"]
    one = text.lower[last]
    near = _Near(one, text.lower[last + 1] if last + 1 < end else "", candidate, setting)
    for signs in (_possessive_after, _mark_after, _verb_after):
        found = signs(near)
        if found:
            return found
    if one[0].isdigit():
        return ["digit_after"]
    if text.tokens[last][0].isupper():
        return ["capital_after"]
    return ["small_after" if one in setting.context.small else "word_after"]


def _possessive_after(near: _Near) -> list[str]:
    if near.one in _POSSESSIVES:
        role = near.two in near.setting.context.executives or near.two in near.setting.lexicon.nouns
        return ["possessive", "possessive_role"] if role else ["possessive"]
    return ["role_after"] if near.one in near.setting.context.executives else []


def _mark_after(near: _Near) -> list[str]:
    text, last = near.setting.text, near.candidate.last
    if near.one == "(":
        return ["ticker_after" if _TICKER.match(text.clean, text.starts[last]) else "bracket_after"]
    if near.one == ",":
        return _apposition(near.candidate, near.setting)
    if near.one in _JOINTS and near.one != "-":
        return ["conjunction_after_listed" if last + 1 in near.setting.listed else "conjunction_after"]
    if near.one == "-":
        return ["backed_after" if near.two in _TIES else "hyphen_after"]
    return [f"mark_after_{near.one}"] if near.one in _ENDS else []


def _verb_after(near: _Near) -> list[str]:
    context = near.setting.context
    place = "start" if near.candidate.first == near.candidate.sentence.first else "inner"
    if near.one in context.deal_verbs or (near.one in _AUXILIARIES and near.two in context.deal_verbs):
        return [f"deal_verb_after_{place}"]
    if near.one in context.say_verbs:
        return [f"say_verb_after_{place}"]
    return [f"verb_after_{place}"] if near.one in context.verbs else []


def _apposition(candidate: Candidate, setting: Setting) -> list[str]:
    """Read what a comma opens: "X, a software company", "X, chief executive", "X, Ohio", or the next name of a list."""
    text, lexicon, last = setting.text, setting.lexicon, candidate.last + 1
    window = text.lower[last : min(candidate.sentence.last, last + _WINDOW)]
    window = window[: window.index(",")] if "," in window else window
    if window and window[0] in _ARTICLES:
        if not lexicon.nouns.isdisjoint(window):
            return ["apposition_company"]
        if not lexicon.person_words.isdisjoint(window):
            return ["apposition_person"]
        return ["apposition_which" if window[0] in {"which", "whose"} else "apposition_other"]
    if window and window[0] in lexicon.person_words:
        return ["apposition_person"]
    if window and (window[0] in lexicon.places or " ".join(window[:2]) in lexicon.places):
        return ["place_after"]
    return ["comma_after_listed" if last in setting.listed else "comma_after"]
