"""The evidence for and against a span being a company: binary features with fitted weights.

A feature is a short name such as `said_after`. `data/evidence.csv` holds the weight of each, fitted by logistic regression on annotated
texts (`training/fit_evidence.py`); a candidate's confidence is the logistic function of the sum of its features' weights.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache, lru_cache, reduce
from importlib.resources import files
from operator import or_

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.context_features import features_after, features_before
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.name_spans import NameSpan
from newsgraph.extract.companies.recognizer_features import OUTSIDE_WEIGHTS, recognizer_features
from newsgraph.extract.text.country_names import country_names
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
_SUFFIX = 3  # letters of an unknown word's ending, which hints at its kind: -tech, -ian, -ville


class FeatureWeights(dict[str, float]):
    """The weights of features; `explaining` are those in favour of a company that mean something to a reader, so without features of spelling."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Store the weight of each feature."""
        super().__init__(weights)
        self.explaining = {feature: weight for feature, weight in self.items() if weight > 0 and not feature.startswith(_SPELLED)}


@cache
def load_weights(*, tagged: bool = False) -> FeatureWeights:
    """Read the weight of each feature; with those of a tagger all features have other weights."""
    name = "evidence_tagged.csv" if tagged else "evidence.csv"
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return FeatureWeights(OUTSIDE_WEIGHTS | {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())})


def mention_evidence(features: list[str], weights: FeatureWeights) -> float:
    """Return the total weight of a span's features; the logistic function of it is the confidence."""
    total, weight_of = 0.0, weights.get
    for feature in features:
        total += weight_of(feature, 0.0)
    return total


def confidence_of(evidence: float) -> float:
    """Return the confidence, between 0 and 1, of a total weight.

    >>> confidence_of(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-evidence))


def strongest_feature(features: list[str], weights: FeatureWeights) -> str:
    """Return the feature with the greatest weight in favour of a span, one that explains something if there is any."""
    explaining = [(weights.explaining[feature], feature) for feature in features if feature in weights.explaining]
    return max(explaining or [(weights.get(feature, 0.0), feature) for feature in features])[1]


def mention_features(span: NameSpan, context: FeatureContext) -> list[str]:
    """Return the features of a span, `bias` first."""
    first, last, core, sentence, _ = span
    case = "shouted" if sentence.shouted else "titled" if sentence.titled else "running"
    features = [
        "bias",
        *_list_features(span, context),
        *_form_features(tuple(context.kinds[first:core]), case, legal=last > core),
        *features_before(span, context),
        *features_after(span, context),
        *_word_features(span, context),
    ]
    if context.recognized.tags or context.recognized.has_source:
        features += recognizer_features(first, core, context.recognized)
    return features


def _word_features(span: NameSpan, context: FeatureContext) -> list[str]:
    """Return the plain words around a name and at its ends; frequent ones have their own weights."""
    low, kinds = context.text.lower, context.kinds
    first, last, core, sentence, _ = span
    begin, end = sentence.first, sentence.last
    features = []
    if first > begin and kinds[first - 1] & PLAIN:
        features.append(f"before:{low[first - 1]}")
    if first - 1 > begin and kinds[first - 2] & PLAIN:
        features.append(f"before_2:{low[first - 2]}")
    if last < end and kinds[last] & PLAIN:
        features.append(f"after:{low[last]}")
    if last + 1 < end and kinds[last + 1] & PLAIN:
        features.append(f"after_2:{low[last + 1]}")
    if kinds[first] & WORD:
        features.append(f"first:{low[first]}")
    if core - first > 1:
        if kinds[core - 1] & WORD:
            features.append(f"final:{low[core - 1]}")
    elif not kinds[first] & WORD and len(low[first]) > _SUFFIX:
        features.append(f"suffix:{low[first][-_SUFFIX:]}")
    return features


def _list_features(span: NameSpan, context: FeatureContext) -> list[str]:
    lexicon, low, features = context.lexicon, context.text.lower, []
    first, _, core, _, hit = span
    if hit:
        features.append("listed" if hit.plain else "listed_word" if hit.phrase.word else "listed_common")
        if core - first > 1:
            features.append("listed_long")
    elif context.listed and not context.listed.isdisjoint(range(first, core)):
        features.append("holds_listed")
    key = " ".join(low[first:core]) if core - first > 1 else low[first]
    if key in context.topics:
        features.append("topic")
    if key == context.provider:
        features.append("provider")
    if context.counts.get(key, 0) > 1:
        features.append("repeated")
    return features + _other_lists(key, lexicon, listed=hit is not None)


def _other_lists(key: str, lexicon: Lexicon, *, listed: bool) -> list[str]:
    """Return in which lists but that of companies a name is."""
    features = []
    if key in lexicon.places:
        features.append("place")
    elif key in country_names():
        features.append("city")
    if not listed and key in lexicon.traded:
        features.append("traded_long" if " " in key else "traded")
    if not listed and key in lexicon.phrases:
        features.append("listed_other")
    return features


@lru_cache(maxsize=65536)
def _form_features(kinds: tuple[int, ...], case: str, *, legal: bool) -> tuple[str, ...]:
    """Return the features of a name's form, which follow from the kinds of its words; `legal` says that a legal form follows."""
    count, tail = len(kinds), kinds[-1]
    unlisted = sum(1 for kind in kinds if not kind & WORD)
    features = [f"{case}_{min(count, 4)}_{'none' if not unlisted else 'all' if unlisted == count else 'some'}"]
    if legal:
        features.append("legal_form")
    if count > 1:
        features += _tail_features(tail, unlisted)
    if tail & DOMAIN:
        features.append("domain_form")
    bits = reduce(or_, kinds)
    features += [feature for bit, feature in _INSIDE if bits & bit]
    if count == 1 and bits & UPPER and case != "shouted":
        features.append("acronym_long" if bits & LONG else "acronym_short")
    if bits & NEVER:
        features.append("never_alone" if count == 1 else "never_part")
    if count > 1 and bits & PLACE:
        features.append("place_inside")
    if kinds[0] & HYPHEN:
        features.append("hyphen")
    if kinds[0] & FIRST_NAME:
        features.append(f"first_name_{min(count, 4)}" + ("_listed" if tail & WORD else ""))
    if tail & (NOUN | EXECUTIVE):
        features.append("noun_last")
    return tuple(features)


def _tail_features(kind: int, unlisted: int) -> list[str]:
    known = "unlisted" if unlisted else "listed"
    if kind & STRONG_TAIL:
        return [f"tail_strong_{known}"]
    if kind & WEAK_TAIL:
        return [f"tail_weak_{known}"]
    return ["tail_ai"] if kind & AI else []
