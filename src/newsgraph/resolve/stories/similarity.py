"""How much suggests that two story clusters are one story: one measure over words, names, numbers and days.

The features are weighed by logistic regression (`data/story_weights.csv`, fitted by `training/fit_stories.py`), so that 0 means that one
story is as likely as two.
"""

from __future__ import annotations

import math
from itertools import chain
from operator import mul

from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.story_features import (
    Lacks,
    SharedText,
    early_features,
    late_features,
    shared_text,
    story_weights,
)
from newsgraph.resolve.stories.tfidf import IdfWeights

NEVER = -99.0
"""The similarity of clusters that cannot be one story."""

_LEAST = 0.10  # cosine of the words, without names of parties, below which nothing else counts
_LEAST_RARITY = 8.0  # sum of the weights of the words that two headlines without a text share: one very rare word, or two of most others
_OTHER_FOCUS = 0.5  # product of the shares of what each is about that the other never names: another report in the same phrases
_SAME_WORDS, _SAME_HEADLINE = 0.8, 0.7  # cosines: texts below are not the same, headlines above are
_ROUNDING = 1e-6  # more than the error of any sum of features


def story_similarity(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
    """Return the log odds that two clusters are one story; `weights` are those of their words. Any below 0 may come out as `NEVER`.

    Two clusters that cannot be one story have a similarity of `NEVER`: one party makes the same kind of deal with different others; they
    are parts of a series or of a column; they have hardly a word in common; or people keep them apart.
    """
    if _have_other_parties(one, other, weights):  # most clusters end here, so that their words are not compared at all
        return NEVER
    lacks = one.missing_share(other), other.missing_share(one)
    if _have_other_subjects(one, other, weights, lacks):
        return NEVER
    words = shared_text(one, other, weights)
    if _has_too_few_words(one, other, weights, words):
        return NEVER
    weighed = story_weights()
    known = list(map(mul, weighed.early, early_features(one, other, words, lacks)))
    if sum(known) + weighed.most_of_late(one, other) < -_ROUNDING:  # so do most others, whatever their headlines and names
        return NEVER
    similarity = math.fsum(chain(known, map(mul, weighed.late, late_features(one, other, weights))))
    return NEVER if similarity >= 0 and _is_column(one, other, words) else similarity


def is_barred(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether two clusters cannot be one story, whatever their features."""
    words = shared_text(one, other, weights)
    return (
        _have_other_parties(one, other, weights)
        or _have_other_subjects(one, other, weights, (one.missing_share(other), other.missing_share(one)))
        or _has_too_few_words(one, other, weights, words)
        or _is_column(one, other, words)
    )


def _have_other_parties(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether people keep two clusters apart, or each has a main party that the other never names."""
    if one.apart and not one.apart.isdisjoint(other.groups):
        return True
    return _lacks_party(one, other, weights) and _lacks_party(other, one, weights)


def _lacks_party(cluster: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether a cluster has a main party that the other never names."""
    parties, words = other.parties, other.text.sum
    for party, head in cluster.main_heads(weights):
        if head in words or party in parties:
            continue
        return True
    return False


def _is_named(party: str, cluster: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether a headline names a party, or a text has the first word of its name; true for a name too short to look for."""
    return party in cluster.parties or (head := weights.head(party)) is None or head in cluster.text.sum


def _have_other_subjects(one: StoryCluster, other: StoryCluster, weights: IdfWeights, lacks: Lacks) -> bool:
    """Return whether deals, subjects or numbers of a series keep two clusters apart."""
    return lacks[0] * lacks[1] > _OTHER_FOCUS or _is_other_deal(one, other, weights) or _is_other_part(one, other)


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
    if not one.numbered or not other.numbered:
        return False
    return any(not numbers & other.numbered.get(word, numbers) for word, numbers in one.numbered.items())


def _has_too_few_words(one: StoryCluster, other: StoryCluster, weights: IdfWeights, shared: SharedText) -> bool:
    """Return whether too little is shared besides the names of parties; of headlines without a text, one word is too little if not rare."""
    if shared.text < _LEAST:
        return True
    if one.short < one.size or other.short < other.size:
        return False
    words = (one.text.sum.keys() & other.text.sum.keys()).difference(*map(weights.words, one.main | other.main))
    return weights.total(words) < _LEAST_RARITY


def _is_column(one: StoryCluster, other: StoryCluster, shared: SharedText) -> bool:
    """Return whether both are of a column or another form that returns: texts under like headlines that name nothing in common.

    Texts that are nearly the same, and those that a document declares related, are no such thing.
    """
    if shared.text >= _SAME_WORDS or one.short == one.size or other.short == other.size:
        return False
    if not one.related.isdisjoint(other.members) or not other.related.isdisjoint(one.members):
        return False
    return _names_other_things(one, other) and one.headline.cosine(other.headline) > _SAME_HEADLINE


def _names_other_things(one: StoryCluster, other: StoryCluster) -> bool:
    """Return whether at least one of two clusters names something, and they name nothing in common."""
    pairs = ((one.people, other.people), (one.places, other.places), (one.others, other.others))
    names = [(one.parties.keys(), other.parties.keys()), *((mine.sum.keys(), theirs.sum.keys()) for mine, theirs in pairs)]
    return any(mine or theirs for mine, theirs in names) and all(mine.isdisjoint(theirs) for mine, theirs in names)
