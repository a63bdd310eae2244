"""How alike two threads are: their words, and what speaks besides for one story or against it."""

from __future__ import annotations

import math
from datetime import timedelta

from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.tfidf import IdfWeights, dot

# What speaks for two threads being one, besides the likeness of their words (a cosine, 0 to 1), and what against it.
# Set by hand on the open part of the annotated news, on other news read through without annotation, and on the invented texts of
# the tests; no finer than so few texts allow.
_LEAST = 0.2  # likeness of words without which nothing else counts
_SAME_PAIR = 0.06  # both headlines name the same two parties
_SAME_SUM = 0.10
_SAME_QUOTATION = 0.12
_RELATED = 0.04  # one lists the other: the same topic, which is less than the same happening
_NO_PARTY = -0.10  # a headline that names nobody has less to hold on to
_NEITHER = -0.25  # where neither names anybody, words alone are left: columns and lists are written in the same ones
_OTHER_EVENT = -0.10  # both tell events, and none in common
_OTHER_FOCUS = -1.0  # times the share of what each is about that the other lacks: a second report in the same frame
_LATER = -0.02  # a day between
_DAY = timedelta(days=1)


def story_similarity(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
    """Say how alike two threads are: 0 or less is not at all, 1 the same words; evidence beside the words counts too.

    `weights` are those that their words have.

    Two threads that cannot be one story are not alike at all: each headline names a party of its own that the other text never
    names; one party deals in the same way with others; or they are parts of a series.
    """
    alike = cosine(one, other)
    if alike < _LEAST or _are_strangers(one, other, weights) or _is_other_deal(one, other, weights) or _is_other_part(one, other):
        return 0.0
    mine, theirs = one.main, other.main
    shared = mine & other.parties.keys() | theirs & one.parties.keys()
    days = abs(one.last - other.last) / _DAY if one.last and other.last else 0.0
    return (
        alike
        + _SAME_PAIR * (len(shared) > 1)
        + _SAME_SUM * bool(shared and one.sums & other.sums)
        + _SAME_QUOTATION * bool(one.quotations & other.quotations)
        + _RELATED * bool(one.related & other.members or other.related & one.members)
        + _NO_PARTY * (not mine or not theirs)
        + _NEITHER * (not mine and not theirs)
        + _OTHER_EVENT * bool(one.events and other.events and not one.events & other.events)
        + _OTHER_FOCUS * one.lacks(other) * other.lacks(one)
        + _LATER * days
    )


def cosine(one: StoryCluster, other: StoryCluster) -> float:
    """Give the likeness of the words alone, 0 to 1."""
    return dot(one.vector, other.vector) / math.sqrt(one.square * other.square) if one.square and other.square else 0.0


def _are_strangers(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Tell whether the headlines of each name a party that the other never does: one award, given to two."""
    return _has_own(one, other, weights) and _has_own(other, one, weights)


def _has_own(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    return any(not _is_named(party, other, weights) for party in one.main)


def _is_named(party: str, thread: StoryCluster, weights: IdfWeights) -> bool:
    """Tell whether a headline names a party, or a text the first word of its name; of a name too short to look for: yes."""
    return party in thread.parties or (head := weights.head(party)) is None or head in thread.vector


def _is_other_deal(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> bool:
    """Tell whether both tell the same kind of thing of one party with somebody else, whom the other does not name."""
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
    """Tell whether the headlines number themselves as different parts of a series."""
    return any(not numbers & other.numbered.get(word, numbers) for word, numbers in one.numbered.items())
