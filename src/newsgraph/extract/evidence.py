"""What speaks for and against a span being a company: named signs, weighed with measured weights.

A sign is a short name such as `said_after`. `data/evidence.csv` holds one weight a sign, fitted by logistic regression on
annotated texts (`training/fit_evidence.py`); a candidate's confidence is the logistic of the sum of its signs' weights.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.extract.candidates import Candidate
from newsgraph.extract.hints import OUTSIDE_WEIGHTS, Hints, hint_signs
from newsgraph.extract.text import Text
from newsgraph.extract.word_kinds import (
    CAMEL,
    CAPITAL,
    DEAL_VERB,
    DEAL_WORD,
    DEMONYM,
    DESCRIPTOR,
    DIGIT,
    EXECUTIVE,
    FIRST_NAME,
    NAME_LIKE,
    NEVER,
    NOUN,
    OF_WORD,
    ORG_WORD,
    PERSON_WORD,
    PLACE,
    SAY_VERB,
    SMALL,
    STRONG_TAIL,
    UPPER,
    VERB,
    WEAK_TAIL,
    WORD,
)  # fmt: skip
from newsgraph.lexicon import Lexicon

_TICKER = re.compile(
    r"\(\s*(?:(?:NYSE|NASDAQ|Nasdaq|AMEX|TSXV?|LSE|ASX|OTCQ[BX]|OTC|BSE|NSE|SEHK|HKEX|SGX|AIM|CSE|FRA|EPA|ETR|SWX)\b|[A-Z]{1,5}(?:\.[A-Z]{1,2})?[,)]|[\"'])"
)
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
_PAIRED = _JOINTS | _POSSESSIVES | {"(", '"'}
_MARKS_AFTER = _JOINTS | _ENDS | {"("}
_DOMAINS = (".ai", ".com", ".io", ".co", ".net")
_INSIDE = ((CAMEL, "inner_capital"), (DIGIT, "digit"), (ORG_WORD, "org_word"), (DEMONYM, "demonym_inside"))
_BEFORE = (
    (DESCRIPTOR, "descriptor_before"), (NOUN, "noun_before"), (PERSON_WORD, "person_before"), (DEAL_VERB, "deal_verb_before"),
    (SAY_VERB, "say_verb_before"),
)  # fmt: skip
_AFTER = ((DEAL_VERB, "deal_verb_after"), (SAY_VERB, "say_verb_after"), (VERB, "verb_after"))
_SHORT_ACRONYM = 4  # letters: GE, IBM, BASF; longer ones are names in capitals
_SUFFIX = 3  # letters of an unknown word's ending that tell of its kind: -tech, -ian, -ville
_WINDOW = 9  # tokens within which an apposition shows its noun


@dataclass(frozen=True, slots=True)
class Setting:
    """What the signs of one article look at: its text, lists, and what other candidates show."""

    text: Text
    lexicon: Lexicon
    kinds: Sequence[int]
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
    total = 0.0
    for sign in signs:
        total += weights.get(sign, 0.0)
    return 1 / (1 + math.exp(-total))


def strongest(signs: list[str], weights: Mapping[str, float]) -> str:
    """Name the sign that speaks loudest for the candidate; how a name is spelled tells a reader least."""
    telling = [sign for sign in signs if not sign.startswith(_SPELLED) and weights.get(sign, 0.0) > 0]
    return max(telling or signs, key=lambda sign: (weights.get(sign, 0.0), sign))


def signs_of(candidate: Candidate, setting: Setting) -> list[str]:
    """List the signs of one candidate, `bias` first."""
    signs = ["bias"]
    signs += _list_signs(candidate, setting)
    signs += _form_signs(candidate, setting)
    signs += _before(candidate, setting)
    signs += _after(candidate, setting)
    signs += _word_signs(candidate, setting)
    if setting.hints.tags or setting.hints.asked:
        signs += hint_signs(candidate.first, candidate.core, setting.hints)
    return signs


def _word_signs(candidate: Candidate, setting: Setting) -> list[str]:
    """Give the plain words around and at the ends of a name, which have weights of their own where they are met often."""
    low, kinds = setting.text.lower, setting.kinds
    first, last, begin, end = candidate.first, candidate.last, candidate.sentence.first, candidate.sentence.last
    signs = []
    if first > begin and _plain(kinds[first - 1]):
        signs.append(f"before:{low[first - 1]}")
    if first - 1 > begin and _plain(kinds[first - 2]):
        signs.append(f"before_2:{low[first - 2]}")
    if last < end and _plain(kinds[last]):
        signs.append(f"after:{low[last]}")
    if last + 1 < end and _plain(kinds[last + 1]):
        signs.append(f"after_2:{low[last + 1]}")
    if kinds[first] & WORD:
        signs.append(f"first:{low[first]}")
    if candidate.core - first > 1:
        if kinds[candidate.core - 1] & WORD:
            signs.append(f"final:{low[candidate.core - 1]}")
    elif not kinds[first] & WORD and len(low[first]) > _SUFFIX:
        signs.append(f"suffix:{low[first][-_SUFFIX:]}")
    return signs


def _plain(kind: int) -> bool:
    """Tell a dictionary word or a mark from a name or a number."""
    return bool(kind & WORD) or not kind & (NAME_LIKE | DIGIT)


def _list_signs(candidate: Candidate, setting: Setting) -> list[str]:
    lexicon, text, signs = setting.lexicon, setting.text, []
    first, core = candidate.first, candidate.core
    if candidate.hit:
        signs.append("listed" if candidate.hit.plain else "listed_word" if candidate.hit.phrase.word else "listed_common")
        if core - first > 1:
            signs.append("listed_long")
    elif not setting.listed.isdisjoint(range(first, core)):
        signs.append("holds_listed")
    key = " ".join(text.lower[first:core]) if core - first > 1 else text.lower[first]
    if key in lexicon.places:
        signs.append("place")
    if key in setting.topics:
        signs.append("topic")
    if key == setting.provider:
        signs.append("provider")
    if not candidate.hit and key in lexicon.phrases:
        signs.append("listed_other")
    if setting.running.get(key, 0) > 1:
        signs.append("repeated")
    return signs


def _form_signs(candidate: Candidate, setting: Setting) -> list[str]:
    first, core, kinds = candidate.first, candidate.core, setting.kinds
    count = core - first
    inside = kinds[first:core]
    unlisted = sum(1 for kind in inside if not kind & WORD)
    case = "shouted" if candidate.sentence.shouted else "titled" if candidate.sentence.titled else "running"
    signs = [f"{case}_{min(count, 4)}_{'none' if not unlisted else 'all' if unlisted == count else 'some'}"]
    if candidate.last > core:
        signs.append("legal_form")
    if count > 1:
        signs += _tail_signs(inside[-1], setting.text.tokens[core - 1], unlisted)
    if setting.text.lower[core - 1].endswith(_DOMAINS):
        signs.append("domain_form")
    all_bits = 0
    for kind in inside:
        all_bits |= kind
    signs += _bit_signs(all_bits, count, candidate, setting)
    return signs


def _tail_signs(kind: int, last: str, unlisted: int) -> list[str]:
    known = "unlisted" if unlisted else "listed"
    if kind & STRONG_TAIL:
        return [f"tail_strong_{known}"]
    if kind & WEAK_TAIL:
        return [f"tail_weak_{known}"]
    return ["tail_ai"] if last == "AI" else []


def _bit_signs(bits: int, count: int, candidate: Candidate, setting: Setting) -> list[str]:
    kinds, token = setting.kinds, setting.text.tokens[candidate.first]
    signs = [sign for bit, sign in _INSIDE if bits & bit]
    if count == 1 and bits & UPPER and not candidate.sentence.shouted:
        signs.append("acronym_short" if len(token) <= _SHORT_ACRONYM else "acronym_long")
    if bits & NEVER:
        signs.append("never_alone" if count == 1 else "never_part")
    if count > 1 and bits & PLACE:
        signs.append("place_inside")
    if "-" in token:
        signs.append("hyphen")
    if kinds[candidate.first] & FIRST_NAME:
        signs.append(f"first_name_{min(count, 4)}" + ("_listed" if kinds[candidate.core - 1] & WORD else ""))
    if kinds[candidate.core - 1] & (NOUN | EXECUTIVE):
        signs.append("noun_last")
    return signs


def _before(candidate: Candidate, setting: Setting) -> list[str]:
    """Give the signs of what stands before a name; the first kind of word that fits decides."""
    first, begin = candidate.first, candidate.sentence.first
    if first == begin:
        return [f"first_in_{candidate.sentence.region}"]
    kind, one = setting.kinds[first - 1], setting.text.lower[first - 1]
    for bit, sign in _BEFORE:
        if kind & bit:
            return [sign]
    two = setting.text.lower[first - 2] if first - 2 >= begin else ""
    if one in _LINKS:
        return _link_before(one, two, candidate, setting)
    if one in _PAIRED:
        return [_pair_before(one, listed=first - 2 in setting.listed)]
    if one in _HONORIFICS or (one == "." and two in _HONORIFICS):
        return ["person_before"]
    return [_word_before(kind, one, listed=first - 1 in setting.listed)]


def _word_before(kind: int, one: str, *, listed: bool) -> str:
    if kind & DEMONYM or one.endswith("-based"):
        return "demonym_before"
    if listed:
        return "listed_directly_before"
    return "capital_before" if kind & CAPITAL else "other_before"


def _link_before(one: str, two: str, candidate: Candidate, setting: Setting) -> list[str]:
    signs = [f"{one}_before"]
    window = setting.kinds[max(candidate.sentence.first, candidate.first - 6) : candidate.first - 1]
    if any(kind & (DEAL_WORD | DEAL_VERB) for kind in window):
        signs.append(f"deal_{one}" if one in _DEAL_LINKS else "deal_near")
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


def _after(candidate: Candidate, setting: Setting) -> list[str]:
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
    if one in _AUXILIARIES and next_kind & DEAL_VERB:
        kind |= DEAL_VERB
    place = "start" if candidate.first == candidate.sentence.first else "inner"
    verb = next((f"{sign}_{place}" for bit, sign in _AFTER if kind & bit), "")
    other = "digit_after" if one[0].isdigit() else "capital_after" if kind & CAPITAL else "small_after" if kind & SMALL else "word_after"
    return [verb or other]


def _mark_after(one: str, two: str, candidate: Candidate, setting: Setting) -> list[str]:
    text, last = setting.text, candidate.last
    if one == "(":
        return ["ticker_after" if _TICKER.match(text.clean, text.starts[last]) else "bracket_after"]
    if one == ",":
        return _apposition(candidate, setting)
    if one == "-":
        return ["backed_after" if two in _TIES else "hyphen_after"]
    if one in _JOINTS:
        return ["conjunction_after_listed" if last + 1 in setting.listed else "conjunction_after"]
    return [f"mark_after_{one}"]


def _apposition(candidate: Candidate, setting: Setting) -> list[str]:
    """Read what a comma opens: "X, a software company", "X, chief executive", "X, Ohio", or the next name of a list."""
    last = candidate.last + 1
    window = setting.text.lower[last : min(candidate.sentence.last, last + _WINDOW)]
    window = window[: window.index(",")] if "," in window else window
    kinds = setting.kinds[last : last + len(window)]
    if window and window[0] in _ARTICLES:
        for bit, sign in ((NOUN, "apposition_company"), (PERSON_WORD, "apposition_person")):
            if any(kind & bit for kind in kinds):
                return [sign]
        return ["apposition_which" if window[0] in {"which", "whose"} else "apposition_other"]
    if window and kinds[0] & PERSON_WORD:
        return ["apposition_person"]
    if window and (kinds[0] & PLACE or " ".join(window[:2]) in setting.lexicon.places):
        return ["place_after"]
    return ["comma_after_listed" if last in setting.listed else "comma_after"]
