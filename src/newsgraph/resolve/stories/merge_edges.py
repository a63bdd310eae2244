"""What joins articles to stories: copies, one event, words alike. Articles are numbers here, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from newsgraph.resolve.article_summaries import ArticleContent, ArticleSummary, EventSummary
from newsgraph.resolve.copies.stems import stems
from newsgraph.resolve.copies.text_signature import wording_in
from newsgraph.resolve.stories.online_clustering import cluster_online
from newsgraph.resolve.stories.tfidf import IdfWeights, Vector, dot
from newsgraph.resolve.union_find import UnionFind

RULES = ("near_copy", "same_event", "like_text")
"""Reasons, strongest first."""

Join = tuple[int, int, str]
"""Two articles and the rule that joins them."""

_NEAR = timedelta(days=5)  # between one teller of an event and the next
_SAME_WORDS = 0.12  # likeness of words that an event of one party takes: a company launches several things a week
_BACK = 10  # tellers before it with which a teller is compared
_TWO = 2


class StoryInput(NamedTuple):
    """Articles in order of time, what each is about, what happened, and the pairs of near-copies."""

    sheets: Sequence[ArticleSummary]
    contents: Sequence[ArticleContent]
    happenings: Sequence[EventSummary]
    copies: Sequence[tuple[int, int]]


def story_edges(laid: StoryInput) -> list[Join]:
    """Join articles to stories: each join makes two groups one, so that they are as few as may be."""
    weights = IdfWeights(laid.sheets, laid.contents)
    groups: UnionFind[int] = UnionFind(range(len(laid.sheets)))
    joined: list[Join] = []
    for rule, pairs in zip(RULES, (laid.copies, _event_pairs(laid, weights)), strict=False):
        joined += [(one, other, rule) for one, other in pairs if _join(groups, one, other)]
    known = [groups.find(number) for number in range(len(laid.sheets))]
    pairs = cluster_online(laid.sheets, laid.contents, laid.happenings, known, weights)
    joined += [(one, other, RULES[-1]) for one, other in pairs if _join(groups, one, other)]
    return joined


def _join(groups: UnionFind[int], one: int, other: int) -> bool:
    """Make two articles' groups one, called by the earlier; tell whether they were two."""
    first, second = sorted((groups.find(one), groups.find(other)))
    groups.join(first, second)
    return first != second


def _event_pairs(laid: StoryInput, weights: IdfWeights) -> Iterator[tuple[int, int]]:
    """Pair the tellers of one event that are close in time; where it has one party, their words must be alike too."""
    for event in laid.happenings:
        alone = len(event.parties) < _TWO <= len(event.tellers)
        likeness = _MergeRule(event, laid.sheets, weights) if alone else None
        for at, other in enumerate(event.tellers):
            for one in reversed(event.tellers[max(at - _BACK, 0) : at]):
                if _is_near(laid.sheets[one], laid.sheets[other]) and (likeness is None or likeness(one, other) >= _SAME_WORDS):
                    yield one, other
                    break


def _is_near(one: ArticleSummary, other: ArticleSummary) -> bool:
    return one.published is None or other.published is None or other.published - one.published <= _NEAR


class _MergeRule:
    """How alike the words of an event's tellers are, beside the names of its parties, which they share anyway."""

    def __init__(self, event: EventSummary, sheets: Sequence[ArticleSummary], weights: IdfWeights) -> None:
        words = (stem for iri in event.parties for stem in stems(iri.rsplit("/", 1)[-1].replace("-", " ")))
        self._names = frozenset(weights.numbers(words))
        self._sheets, self._weights = sheets, weights
        self._vectors: dict[int, Vector] = {}

    def __call__(self, one: int, other: int) -> float:
        return dot(self._vector(one), self._vector(other))

    def _vector(self, article: int) -> Vector:
        found = self._vectors.get(article)
        if found is None:
            whole = self._weights.vector(wording_in(self._sheets[article].signs))
            self._vectors[article] = found = {word: weight for word, weight in whole.items() if word not in self._names}
        return found
