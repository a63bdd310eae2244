"""What speaks for and against a span being a company: named signs, weighed with measured weights.

A sign is a short name such as `said_after`. `data/evidence.csv` holds one weight a sign, fitted by logistic regression on
annotated texts (`training/fit_evidence.py`); a candidate's confidence is the logistic of the sum of its signs' weights.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache, lru_cache, reduce
from importlib.resources import files
from operator import or_

from newsgraph.extract.companies.context_features import features_after, features_before
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.companies.recognizer_features import OUTSIDE_WEIGHTS, recognizer_features
from newsgraph.extract.text.word_kinds import (
    AI,
    CAMEL,
    DEMONYM,
    DIGIT,
    DOMAIN,
    EXECUTIVE,
    FIRST_NAME,
    HYPHEN,
    LONG,
    NEVER,
    NOUN,
    ORG_WORD,
    PLACE,
    PLAIN,
    STRONG_TAIL,
    UPPER,
    WEAK_TAIL,
    WORD,
)

_SPELLED = ("bias", "running_", "titled_", "shouted_", "suffix:", "first:", "after:", "after_2:", "before:", "before_2:", "tag_most_")
_INSIDE = ((CAMEL, "inner_capital"), (DIGIT, "digit"), (ORG_WORD, "org_word"), (DEMONYM, "demonym_inside"))
_SUFFIX = 3  # letters of an unknown word's ending that tell of its kind: -tech, -ian, -ville


class FeatureWeights(dict[str, float]):
    """The weights of signs; `telling` are those that speak for a company, but for how a name is spelled, which tells a reader least."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take the weight of each sign."""
        super().__init__(weights)
        self.telling = {sign: weight for sign, weight in self.items() if weight > 0 and not sign.startswith(_SPELLED)}


@cache
def load_weights(*, tagged: bool = False) -> FeatureWeights:
    """Read the weight of each sign; with a tagger's hints all signs weigh differently."""
    name = "evidence_tagged.csv" if tagged else "evidence.csv"
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return FeatureWeights(OUTSIDE_WEIGHTS | {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())})


def mention_confidence(signs: list[str], weights: FeatureWeights) -> float:
    """Turn signs into a confidence between 0 and 1."""
    total, weight_of = 0.0, weights.get
    for sign in signs:
        total += weight_of(sign, 0.0)
    return 1 / (1 + math.exp(-total))


def strongest_feature(signs: list[str], weights: FeatureWeights) -> str:
    """Name the sign that speaks loudest for the candidate."""
    telling = [(weights.telling[sign], sign) for sign in signs if sign in weights.telling]
    return max(telling or [(weights.get(sign, 0.0), sign) for sign in signs])[1]


def mention_features(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    """List the signs of one candidate, `bias` first."""
    first, last, core, sentence, _ = candidate
    case = "shouted" if sentence.shouted else "titled" if sentence.titled else "running"
    signs = [
        "bias",
        *_list_signs(candidate, setting),
        *_form_signs(tuple(setting.kinds[first:core]), case, legal=last > core),
        *features_before(candidate, setting),
        *features_after(candidate, setting),
        *_word_signs(candidate, setting),
    ]
    if setting.hints.tags or setting.hints.asked:
        signs += recognizer_features(first, core, setting.hints)
    return signs


def _word_signs(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    """Give the plain words around and at the ends of a name, which have weights of their own where they are met often."""
    low, kinds = setting.text.lower, setting.kinds
    first, last, core, sentence, _ = candidate
    begin, end = sentence.first, sentence.last
    signs = []
    if first > begin and kinds[first - 1] & PLAIN:
        signs.append(f"before:{low[first - 1]}")
    if first - 1 > begin and kinds[first - 2] & PLAIN:
        signs.append(f"before_2:{low[first - 2]}")
    if last < end and kinds[last] & PLAIN:
        signs.append(f"after:{low[last]}")
    if last + 1 < end and kinds[last + 1] & PLAIN:
        signs.append(f"after_2:{low[last + 1]}")
    if kinds[first] & WORD:
        signs.append(f"first:{low[first]}")
    if core - first > 1:
        if kinds[core - 1] & WORD:
            signs.append(f"final:{low[core - 1]}")
    elif not kinds[first] & WORD and len(low[first]) > _SUFFIX:
        signs.append(f"suffix:{low[first][-_SUFFIX:]}")
    return signs


def _list_signs(candidate: NameSpan, setting: FeatureContext) -> list[str]:
    lexicon, low, signs = setting.lexicon, setting.text.lower, []
    first, _, core, _, hit = candidate
    if hit:
        signs.append("listed" if hit.plain else "listed_word" if hit.phrase.word else "listed_common")
        if core - first > 1:
            signs.append("listed_long")
    elif setting.listed and not setting.listed.isdisjoint(range(first, core)):
        signs.append("holds_listed")
    key = " ".join(low[first:core]) if core - first > 1 else low[first]
    if key in lexicon.places:
        signs.append("place")
    if key in setting.topics:
        signs.append("topic")
    if key == setting.provider:
        signs.append("provider")
    if not hit and key in lexicon.phrases:
        signs.append("listed_other")
    if setting.running.get(key, 0) > 1:
        signs.append("repeated")
    return signs


@lru_cache(maxsize=65536)
def _form_signs(kinds: tuple[int, ...], case: str, *, legal: bool) -> tuple[str, ...]:
    """Give the signs of how a name is built, told by the kinds of its words; `legal` tells that a legal form follows."""
    count, tail = len(kinds), kinds[-1]
    unlisted = sum(1 for kind in kinds if not kind & WORD)
    signs = [f"{case}_{min(count, 4)}_{'none' if not unlisted else 'all' if unlisted == count else 'some'}"]
    if legal:
        signs.append("legal_form")
    if count > 1:
        signs += _tail_signs(tail, unlisted)
    if tail & DOMAIN:
        signs.append("domain_form")
    bits = reduce(or_, kinds)
    signs += [sign for bit, sign in _INSIDE if bits & bit]
    if count == 1 and bits & UPPER and case != "shouted":
        signs.append("acronym_long" if bits & LONG else "acronym_short")
    if bits & NEVER:
        signs.append("never_alone" if count == 1 else "never_part")
    if count > 1 and bits & PLACE:
        signs.append("place_inside")
    if kinds[0] & HYPHEN:
        signs.append("hyphen")
    if kinds[0] & FIRST_NAME:
        signs.append(f"first_name_{min(count, 4)}" + ("_listed" if tail & WORD else ""))
    if tail & (NOUN | EXECUTIVE):
        signs.append("noun_last")
    return tuple(signs)


def _tail_signs(kind: int, unlisted: int) -> list[str]:
    known = "unlisted" if unlisted else "listed"
    if kind & STRONG_TAIL:
        return [f"tail_strong_{known}"]
    if kind & WEAK_TAIL:
        return [f"tail_weak_{known}"]
    return ["tail_ai"] if kind & AI else []
