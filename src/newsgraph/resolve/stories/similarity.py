"""How much suggests that two story clusters are one story: one measure over words, names, numbers and days.

The features are weighed by logistic regression (`data/story_weights.csv`, fitted by `training/fit_stories.py`), so that 0 means that one
story is as likely as two.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.tfidf import IdfWeights, dot

BIAS = "bias"
NEVER = -99.0
"""The similarity of clusters that cannot be one story."""

_DAY = timedelta(days=1)
_DAYS = 3.0  # standard deviation of the Gaussian over the days between two clusters (Miranda and others 2018)
_LEAST = 0.10  # cosine of the words, without names of parties, below which nothing else counts
_LEAST_RARITY = 8.0  # sum of the weights of the words that two headlines without a text share: one very rare word, or two of most others
_OTHER_FOCUS = 0.5  # product of the shares of what each is about that the other never names: another report in the same phrases

Feature = Callable[[StoryCluster, StoryCluster, IdfWeights], float]


def story_similarity(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
    """Return the log odds that two clusters are one story; `weights` are those of their words.

    Two clusters that cannot be one story have a similarity of `NEVER`: one party makes the same kind of deal with different others; they
    are parts of a series; they have hardly a word in common; or people keep them apart.
    """
    if _is_told_apart(one, other, weights):  # most clusters end here, so that their words are not compared at all
        return NEVER
    words = _shared_text(one, other, weights)
    if _has_too_few_words(one, other, weights, words.text):
        return NEVER
    return math.fsum(map(_product, feature_weights(), _features(one, other, weights, words)))


def _product(weight: float, value: float) -> float:
    return weight * value


def is_barred(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether two clusters cannot be one story, whatever their features."""
    return _is_told_apart(one, other, weights) or _has_too_few_words(one, other, weights, _shared_text(one, other, weights).text)


def _is_told_apart(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether people, parties, deals, subjects or numbers of a series keep two clusters apart; the cheapest are asked first."""
    if one.apart & other.groups or (_lacks_party(one, other, weights) and _lacks_party(other, one, weights)):
        return True
    is_other_focus = one.missing_share(other) * other.missing_share(one) > _OTHER_FOCUS
    return is_other_focus or _is_other_deal(one, other, weights) or _is_other_part(one, other)


def _has_too_few_words(one: StoryCluster, other: StoryCluster, weights: IdfWeights, text: float) -> bool:
    """Return whether too little is shared besides the names of parties; of headlines without a text, one word is too little if not rare.

    `text` is the cosine of the words without those names.
    """
    if text < _LEAST:
        return True
    if one.short < one.size or other.short < other.size:
        return False
    words = (one.text.sum.keys() & other.text.sum.keys()).difference(*map(weights.words, one.main | other.main))
    return math.fsum(map(weights, words)) < _LEAST_RARITY


class _SharedText(NamedTuple):
    """The cosine of the words of two clusters in two parts: without, and of the names of the main parties alone."""

    text: float
    named: float


def _shared_text(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> _SharedText:
    length = math.sqrt(one.text.square * other.text.square)
    if not length:
        return _SharedText(0.0, 0.0)
    mine, theirs = one.text.sum, other.text.sum
    words = {word for party in one.main | other.main for word in weights.words(party)}
    named = math.fsum([mine[word] * theirs[word] for word in words if word in mine and word in theirs])
    return _SharedText((dot(mine, theirs) - named) / length, named / length)


def features(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> list[float]:
    """Return the features of two clusters, in the order of `FEATURES`."""
    return _features(one, other, weights, _shared_text(one, other, weights))


def _features(one: StoryCluster, other: StoryCluster, weights: IdfWeights, words: _SharedText) -> list[float]:
    (text, named), headline = words, one.headline.cosine(other.headline)
    people, places, others = one.people.cosine(other.people), one.places.cosine(other.places), one.others.cosine(other.others)
    mine, theirs = one.main, other.main
    shared = mine & other.parties.keys() | theirs & one.parties.keys()
    days = abs(one.last - other.last) / _DAY if one.last and other.last else 0.0
    later = 1 - math.exp(-((days / _DAYS) ** 2) / 2)
    apart = abs(one.mean_day - other.mean_day) if one.start and other.start else 0.0
    short = (one.short + other.short) / (one.size + other.size)
    rare = math.log1p(math.fsum(map(weights, one.keys & other.keys)) / 10)
    one_lacks, other_lacks = one.missing_share(other), other.missing_share(one)
    return [
        1.0,
        text,
        min(text, 0.15),
        text * short,
        named,
        headline,
        min(headline, 0.2),
        headline * short,
        people,
        float(not people and bool(one.people.square and other.people.square)),
        places,
        float(not places and bool(one.places.square and other.places.square)),
        others,
        float(not others and bool(one.others.square and other.others.square)),
        rare,
        later,
        1 - math.exp(-((apart / _DAYS) ** 2) / 2),
        float(len(shared) > 1),
        float(bool(shared and one.sums & other.sums)),
        float(bool(one.quotations & other.quotations)),
        float(bool(one.related & other.members or other.related & one.members)),
        float(not mine or not theirs),
        float(not mine and not theirs),
        float(bool(one.events and other.events and not one.events & other.events)),
        one_lacks * other_lacks,
        one_lacks + other_lacks,
    ]


FEATURES = (
    BIAS, "text", "text_low", "text_short", "named", "headline", "headline_low", "headline_short", "people", "no_shared_person",
    "places", "no_shared_place", "others", "no_shared_other",
    "rare", "days", "mean_days", "same_pair", "same_sum", "same_quotation", "related", "no_party", "neither_party", "other_event",
    "other_focus", "focus",
)  # fmt: skip
"""The names of the features."""


@cache
def feature_weights() -> tuple[float, ...]:
    """Read the weight of each feature, in the order of `FEATURES`."""
    text = (files("newsgraph") / "data" / "story_weights.csv").read_text(encoding="utf-8")
    weights: Mapping[str, float] = {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
    return tuple(weights[name] for name in FEATURES)


def _lacks_party(cluster: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether a cluster has a main party that the other never names."""
    return any(not _is_named(party, other, weights) for party in cluster.main)


def _is_named(party: str, cluster: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether a headline names a party, or a text has the first word of its name; true for a name too short to look for."""
    return party in cluster.parties or (head := weights.head(party)) is None or head in cluster.text.sum


def _is_other_deal(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether both report the same type of event of one party with somebody whom the other cluster does not name."""
    if not one.deals or not other.deals or one.events & other.events:
        return False
    return any(
        type_name == other_type
        and parties & other_parties
        and any(not _is_named(party, other, weights) for party in parties - other_parties)
        and any(not _is_named(party, one, weights) for party in other_parties - parties)
        for type_name, parties in one.deals
        for other_type, other_parties in other.deals
    )


def _is_other_part(one: StoryCluster, other: StoryCluster) -> bool:
    """Return whether the headlines are numbered as different parts of a series."""
    return any(not numbers & other.numbered.get(word, numbers) for word, numbers in one.numbered.items())
