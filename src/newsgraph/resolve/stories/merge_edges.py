"""Edges that merge articles into stories: decisions, near-copies, one event, similar words. Articles are numbers here, in order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.text_signature import wording_of
from newsgraph.resolve.ranking_memo import RankingMemo
from newsgraph.resolve.stories.online_clustering import cluster_online
from newsgraph.resolve.stories.story_input import EventSummary, StoryInput
from newsgraph.resolve.stories.tfidf import IdfWeights, Vector, background_weights, dot, name_words
from newsgraph.resolve.union_find import UnionFind

RULES = ("decision", "near_copy", "same_event", "like_text")
"""Reasons for an edge, strongest first."""

Edge = tuple[int, int, str]
"""Two articles and the rule that merges them."""

_NEAR = timedelta(days=5)  # between one report of an event and the next
_SAME_WORDS = 0.12  # similarity of words that an event with one party requires: a company launches several products a week
_BACK = 10  # earlier reports with which a report is compared
_TWO = 2


def story_edges(story_input: StoryInput) -> tuple[list[Edge], bytes]:
    """Find the edges that merge articles into stories; each edge connects two groups, so that they form a forest.

    Also returns what the next build may know from this one; empty if nothing is kept.
    """
    summaries = story_input.summaries
    weights = background_weights()
    groups = _Groups(len(summaries), story_input.different)
    edges: list[Edge] = []
    for rule, pairs in zip(RULES, (story_input.same, story_input.copies, _event_pairs(story_input, weights)), strict=False):
        edges += [(one, other, rule) for one, other in pairs if groups.join(one, other)]
    known = [groups.find(number) for number in range(len(summaries))]
    memo = None if story_input.memo is None else RankingMemo(story_input.memo)
    copies = frozenset(map(max, story_input.copies))
    pairs = cluster_online(summaries, story_input.contents, story_input.events, known, groups.apart(), weights, memo=memo, copies=copies)
    edges += [(one, other, RULES[-1]) for one, other in pairs if groups.join(one, other)]
    return edges, memo.encoded() if memo else b""


class _Groups:
    """Groups of articles that are one story, and the articles that must not be in one group."""

    def __init__(self, articles: int, different: Iterable[tuple[int, int]]) -> None:
        self._groups: UnionFind[int] = UnionFind(range(articles))
        self._others: dict[int, set[int]] = defaultdict(set)  # by representative
        for one, other in different:
            self._others[one].add(other)
            self._others[other].add(one)

    def find(self, article: int) -> int:
        """Return the representative of an article's group, its earliest article."""
        return self._groups.find(article)

    def join(self, one: int, other: int) -> bool:
        """Merge the groups of two articles, with the earlier representative; return whether they were two groups that may be one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second or any(self.find(article) == second for article in self._others.get(first, ())):
            return False
        self._groups.join(first, second)
        if second in self._others:
            self._others[first] |= self._others.pop(second)
        return True

    def apart(self) -> dict[int, frozenset[int]]:
        """Return the representatives of the groups that each group must not be merged with, by its representative."""
        return {group: frozenset(map(self.find, others)) for group, others in self._others.items()}


def _event_pairs(story_input: StoryInput, weights: IdfWeights) -> Iterator[tuple[int, int]]:
    """Pair articles that report one event close in time; if the event has one party, their words must be similar too."""
    summaries = story_input.summaries
    for event in story_input.events:
        has_one_party = len(event.parties) < _TWO <= len(event.articles)
        similarity = _WordSimilarity(event, summaries, weights) if has_one_party else None
        for at, article in enumerate(event.articles):
            for earlier in reversed(event.articles[max(at - _BACK, 0) : at]):
                is_near = _is_near(summaries[earlier], summaries[article])
                if is_near and (similarity is None or similarity(earlier, article) >= _SAME_WORDS):
                    yield earlier, article
                    break


def _is_near(earlier: ArticleSummary, later: ArticleSummary) -> bool:
    return earlier.published is None or later.published is None or later.published - earlier.published <= _NEAR


class _WordSimilarity:
    """The similarity of the words of two articles on an event, without the names of its parties, which they share anyway."""

    def __init__(self, event: EventSummary, summaries: Sequence[ArticleSummary], weights: IdfWeights) -> None:
        self._names = frozenset(word for iri in event.parties for word in name_words(iri))
        self._summaries, self._weights = summaries, weights
        self._vectors: dict[int, Vector] = {}

    def __call__(self, one: int, other: int) -> float:
        return dot(self._vector(one), self._vector(other))

    def _vector(self, article: int) -> Vector:
        vector = self._vectors.get(article)
        if vector is None:
            whole = self._weights.text_vector(wording_of(self._summaries[article].signature))
            self._vectors[article] = vector = {word: weight for word, weight in whole.items() if word not in self._names}
        return vector
