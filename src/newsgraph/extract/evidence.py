"""What speaks for and against a span being a company: named signs, weighed with measured weights.

A sign is a short name such as `said_after`. `data/evidence.csv` holds one weight a sign, fitted by logistic regression on
annotated texts (`training/fit_evidence.py`); a candidate's confidence is the logistic of the sum of its signs' weights.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newsgraph.extract.around import signs_after, signs_before
from newsgraph.extract.candidates import Candidate
from newsgraph.extract.hints import OUTSIDE_WEIGHTS, hint_signs
from newsgraph.extract.setting import Setting
from newsgraph.extract.word_kinds import (
    CAMEL,
    DEMONYM,
    DIGIT,
    EXECUTIVE,
    FIRST_NAME,
    NAME_LIKE,
    NEVER,
    NOUN,
    ORG_WORD,
    PLACE,
    STRONG_TAIL,
    UPPER,
    WEAK_TAIL,
    WORD,
)

_SPELLED = ("bias", "running_", "titled_", "shouted_", "suffix:", "first:", "after:", "after_2:", "before:", "before_2:", "tag_most_")
_DOMAINS = (".ai", ".com", ".io", ".co", ".net")
_INSIDE = ((CAMEL, "inner_capital"), (DIGIT, "digit"), (ORG_WORD, "org_word"), (DEMONYM, "demonym_inside"))
_SHORT_ACRONYM = 4  # letters: GE, IBM, BASF; longer ones are names in capitals
_SUFFIX = 3  # letters of an unknown word's ending that tell of its kind: -tech, -ian, -ville


@cache
def load_weights(*, tagged: bool = False) -> dict[str, float]:
    """Read the weight of each sign; with a tagger's hints all signs weigh differently."""
    name = "evidence_tagged.csv" if tagged else "evidence.csv"
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return OUTSIDE_WEIGHTS | {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def weigh(signs: list[str], weights: Mapping[str, float]) -> float:
    """Turn signs into a confidence between 0 and 1."""
    total, weight_of = 0.0, weights.get
    for sign in signs:
        total += weight_of(sign, 0.0)
    return 1 / (1 + math.exp(-total))


def strongest(signs: list[str], weights: Mapping[str, float]) -> str:
    """Name the sign that speaks loudest for the candidate; how a name is spelled tells a reader least."""
    telling = [(weight, sign) for sign in signs if (weight := weights.get(sign, 0.0)) > 0 and not sign.startswith(_SPELLED)]
    return max(telling or [(weights.get(sign, 0.0), sign) for sign in signs])[1]


def signs_of(candidate: Candidate, setting: Setting) -> list[str]:
    """List the signs of one candidate, `bias` first."""
    signs = ["bias"]
    signs += _list_signs(candidate, setting)
    signs += _form_signs(candidate, setting)
    signs += signs_before(candidate, setting)
    signs += signs_after(candidate, setting)
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
