"""The similarity of two story clusters: that of their words, and other evidence for or against one story."""

from __future__ import annotations

import math
from datetime import timedelta

from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.tfidf import IdfWeights, dot

# Evidence that two clusters are one story, which is added to the similarity of their words (a cosine, 0 to 1), and evidence against it.
# The weights were set by hand on the open part of the annotated news, on other news that was read without annotation, and on the
# invented texts of the tests; they are as fine as so few texts allow.
_LEAST = 0.2  # similarity of words below which nothing else counts
_SAME_PAIR = 0.06  # both headlines name the same two parties
_SAME_SUM = 0.10
_SAME_QUOTATION = 0.12
_RELATED = 0.04  # one lists the other: the same topic, which is less than the same event
_NO_PARTY = -0.10  # a headline that names nobody offers less evidence
_NEITHER = -0.25  # if neither names anybody, only words remain: columns and lists are written in the same ones
_OTHER_EVENT = -0.10  # both report events, and none in common
_OTHER_FOCUS = -1.0  # times the share of what each is about that the other lacks: another report in the same phrases
_LATER = -0.02  # for each day between them
_DAY = timedelta(days=1)


def story_similarity(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
    """Return the similarity of two clusters: 0 or less for none, 1 for the same words; other evidence is added.

    `weights` are those of their words.

    Two clusters that cannot be one story have a similarity of 0: each headline names a party that the other text never names; one party
    makes the same kind of deal with different others; or they are parts of a series.
    """
    similarity = cosine(one, other)
    if similarity < _LEAST or _have_other_parties(one, other, weights) or _is_other_deal(one, other, weights) or _is_other_part(one, other):
        return 0.0
    mine, theirs = one.main, other.main
    shared = mine & other.parties.keys() | theirs & one.parties.keys()
    days = abs(one.last - other.last) / _DAY if one.last and other.last else 0.0
    return (
        similarity
        + _SAME_PAIR * (len(shared) > 1)
        + _SAME_SUM * bool(shared and one.sums & other.sums)
        + _SAME_QUOTATION * bool(one.quotations & other.quotations)
        + _RELATED * bool(one.related & other.members or other.related & one.members)
        + _NO_PARTY * (not mine or not theirs)
        + _NEITHER * (not mine and not theirs)
        + _OTHER_EVENT * bool(one.events and other.events and not one.events & other.events)
        + _OTHER_FOCUS * one.missing_share(other) * other.missing_share(one)
        + _LATER * days
    )


def cosine(one: StoryCluster, other: StoryCluster) -> float:
    """Return the similarity of the words alone, 0 to 1."""
    return dot(one.vector, other.vector) / math.sqrt(one.square * other.square) if one.square and other.square else 0.0


def _have_other_parties(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether the headlines of each name a party that the other never names, as in one award that two companies get."""
    return _has_unshared_party(one, other, weights) and _has_unshared_party(other, one, weights)


def _has_unshared_party(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    return any(not _is_named(party, other, weights) for party in one.main)


def _is_named(party: str, cluster: StoryCluster, weights: IdfWeights) -> bool:
    """Return whether a headline names a party, or a text has the first word of its name; true for a name too short to look for."""
    return party in cluster.parties or (head := weights.head(party)) is None or head in cluster.vector


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
