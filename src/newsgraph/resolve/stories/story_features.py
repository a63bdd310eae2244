"""The features of two story clusters that are compared, and their weights (`data/story_weights.csv`).

Those that cost little are early features. They tell of most pairs that no other feature can make them one story.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.tfidf import IdfWeights, dot

BIAS = "bias"
_EARLY = (
    BIAS, "text", "text_low", "text_short", "named", "days", "mean_days", "same_pair", "same_sum", "same_quotation", "related", "no_party",
    "neither_party", "other_event", "other_focus", "focus",
)  # fmt: skip
_LATE = (
    "headline", "headline_low", "headline_short", "people", "no_shared_person", "places", "no_shared_place", "others", "no_shared_other",
    "rare",
)  # fmt: skip
FEATURES = (*_EARLY, *_LATE)
"""The names of the features."""

_DAY = timedelta(days=1)
_DAYS = 3.0  # standard deviation of the Gaussian over the days between two clusters (Miranda and others 2018)
_LOW_TEXT, _LOW_HEADLINE = 0.15, 0.2  # cosines above which more of the same counts less
_SCALE = 10  # of the weights of rare words

Lacks = tuple[float, float]
"""The shares of what each of two clusters is about that the other never names, see `StoryCluster.missing_share`."""


class SharedText(NamedTuple):
    """The cosine of the words of two clusters in two parts: without, and of the names of the main parties alone."""

    text: float
    named: float


def shared_text(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> SharedText:
    """Compare the words of two clusters."""
    length = math.sqrt(one.text.square * other.text.square)
    if not length:
        return SharedText(0.0, 0.0)
    mine, theirs = one.text.sum, other.text.sum
    words = {word for party in one.main | other.main for word in weights.words(party)}
    named = math.fsum([mine[word] * theirs[word] for word in words if word in mine and word in theirs])
    return SharedText((dot(mine, theirs) - named) / length, named / length)


def features(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> list[float]:
    """Return the features of two clusters, in the order of `FEATURES`."""
    lacks = one.missing_share(other), other.missing_share(one)
    return [*early_features(one, other, shared_text(one, other, weights), lacks), *late_features(one, other, weights)]


def early_features(one: StoryCluster, other: StoryCluster, words: SharedText, lacks: Lacks) -> list[float]:
    """Return the features that cost little, in the order of `FEATURES`."""
    text, named = words
    mine, theirs, ours, others = one.main, other.main, one.events, other.events
    shared = len(mine & other.parties.keys() | theirs & one.parties.keys())
    days = abs(one.last - other.last) / _DAY if one.last and other.last else 0.0
    apart = abs(one.mean_day - other.mean_day) if one.start and other.start else 0.0
    return [
        1.0,
        text,
        min(text, _LOW_TEXT),
        text * _short(one, other),
        named,
        1 - math.exp(-((days / _DAYS) ** 2) / 2),
        1 - math.exp(-((apart / _DAYS) ** 2) / 2),
        float(shared > 1),
        float(shared > 0 and not one.sums.isdisjoint(other.sums)),
        float(not one.quotations.isdisjoint(other.quotations)),
        float(not one.related.isdisjoint(other.members) or not other.related.isdisjoint(one.members)),
        float(not mine or not theirs),
        float(not mine and not theirs),
        float(bool(ours and others and ours.isdisjoint(others))),
        lacks[0] * lacks[1],
        lacks[0] + lacks[1],
    ]


def late_features(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> list[float]:
    """Return the other features, in the order of `FEATURES`."""
    headline = one.headline.cosine(other.headline)
    people, places, others = one.people.cosine(other.people), one.places.cosine(other.places), one.others.cosine(other.others)
    return [
        headline,
        min(headline, _LOW_HEADLINE),
        headline * _short(one, other),
        people,
        float(not people and one.people.square > 0 and other.people.square > 0),
        places,
        float(not places and one.places.square > 0 and other.places.square > 0),
        others,
        float(not others and one.others.square > 0 and other.others.square > 0),
        math.log1p(weights.total(one.keys & other.keys) / _SCALE),
    ]


def _short(one: StoryCluster, other: StoryCluster) -> float:
    """Return the share of articles without a text."""
    return (one.short + other.short) / (one.size + other.size)


class StoryWeights(NamedTuple):
    """The weights of the early and the late features, and what late features can add at most.

    `most` is the sum of what those without conditions can add, `headline_short` what a headline adds to texts that are short, `people` and
    `places` what names add where both clusters have some.
    """

    early: Sequence[float]
    late: Sequence[float]
    most: float
    headline_short: float
    people: float
    places: float

    def most_of_late(self, one: StoryCluster, other: StoryCluster) -> float:
        """Return the most that the late features of two clusters can add to their similarity."""
        most = self.most
        if one.short or other.short:
            most += self.headline_short * _short(one, other)
        if one.people.square and other.people.square:
            most += self.people
        if one.places.square and other.places.square:
            most += self.places
        return most


@cache
def story_weights() -> StoryWeights:
    """Read the weights of the features."""
    text = (files("newsgraph") / "data" / "story_weights.csv").read_text(encoding="utf-8")
    weights: Mapping[str, float] = {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
    gains = {name: max(weight, 0.0) for name, weight in weights.items()}
    most = gains["headline"] + gains["headline_low"] * _LOW_HEADLINE + gains["others"]
    most += sum(gains[name] for name in ("no_shared_person", "no_shared_place", "no_shared_other"))
    most += math.inf if gains["rare"] else 0.0  # rare words have no upper limit
    early, late = (tuple(weights[name] for name in names) for names in (_EARLY, _LATE))
    return StoryWeights(early, late, most, gains["headline_short"], gains["people"], gains["places"])


def feature_weights() -> tuple[float, ...]:
    """Return the weight of each feature, in the order of `FEATURES`."""
    return *story_weights().early, *story_weights().late
