"""Online clustering of articles into stories in order of time; an article is compared only with clusters that share its heaviest words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.ranking_memo import Ranked, RankingMemo, content_digest, digest_of
from newsgraph.resolve.stories.open_cluster import OpenCluster
from newsgraph.resolve.stories.similarity import NEVER, story_similarity
from newsgraph.resolve.stories.story_clusters import ArticleWords, StoryCluster, article_words, story_cluster
from newsgraph.resolve.stories.story_input import ArticleContent, EventSummary
from newsgraph.resolve.stories.tfidf import IdfWeights
from newsgraph.resolve.stories.word_index import WordIndex
from newsgraph.resolve.union_find import UnionFind

_OPEN = timedelta(days=3)  # time for which a cluster accepts articles by their words alone
_LONGEST = timedelta(days=10)  # from first to last article: what continues longer in the same words is a series
_JOIN = 0.0  # similarity at which an article joins a cluster
_MERGE = 2.0  # similarity at which two clusters are merged: such a mistake costs more
_SURE = 4.0  # similarity of the cluster that shares most words at which no other is compared
_COPY_OF = 1  # article: what a near-copy adds to the cluster of its group, its original has said
_FIRST_COMPARED = 2  # articles of a cluster that are compared although it is known where they belong: those after them merge hardly any
_FIRST_READ = 3  # articles that say what a cluster is about: of those after them that belong to it anyway, the words are not read
_MAX_TIME = datetime.max.replace(tzinfo=UTC)
Similarity = Callable[[StoryCluster, StoryCluster, IdfWeights], float]
_NO_GROUPS: frozenset[int] = frozenset()
_CLEAN_UP = 500  # articles after which the groups of closed clusters are forgotten, to save memory


def cluster_online(
    summaries: Sequence[ArticleSummary],
    contents: Sequence[ArticleContent],
    events: Sequence[EventSummary],
    known: Sequence[int],
    apart: Mapping[int, frozenset[int]],
    weights: IdfWeights,
    similarity: Similarity = story_similarity,
    memo: RankingMemo | None = None,
    copies: Collection[int] = (),
) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles (numbers) that report one story in similar words; `summaries` are in order of time.

    `known` has the group to which each article belongs already: articles of one group are one cluster from the start, of which only the
    first are compared with other clusters, and say what it is about. `apart` has the groups with which a group must not be merged.
    `similarity` compares two clusters, see `story_similarity`. `memo` has results of the same `similarity` with the same weights. `copies`
    are near-copies of earlier articles: while the cluster of their group is open they are compared with no other, which their originals
    were.
    """
    clusters = _OpenClusters(weights, similarity, memo)
    for number, (summary, content) in enumerate(zip(summaries, contents, strict=True)):
        if number % _CLEAN_UP == 0:
            clusters.clean_up()
        if clusters.add_known(number, summary, known[number], _COPY_OF if number in copies else _FIRST_READ):
            continue
        separate = apart.get(known[number], _NO_GROUPS)

        def make(words: ArticleWords, at: int = number, separate: frozenset[int] = separate) -> StoryCluster:
            made = story_cluster(at, summaries[at], contents[at], events, weights, words)
            made.groups.add(known[at])
            made.apart |= separate
            return made

        digest = _digest(number, summaries, content, events, known, separate) if memo else b""
        article = OpenCluster(number, summary.published, article_words(summary, weights), make, digest)
        yield from clusters.add(article, known[number])


def _digest(
    number: int, summaries: Sequence[ArticleSummary], content: ArticleContent, events: Sequence[EventSummary], known: Sequence[int],
    apart: frozenset[int],
) -> bytes:  # fmt: skip
    """Return a digest of all that the cluster of one article is made of, with IRIs in place of numbers, which other articles change."""
    summary = summaries[number]
    return content_digest((
        summary.iri, summary.published, summary.signature, content.companies, content.organisations, content.sums, content.names,
        [(events[at].iri, events[at].type, events[at].parties) for at in content.events], [summaries[at].iri for at in content.related],
        summaries[known[number]].iri, sorted(summaries[at].iri for at in apart),
    ))  # fmt: skip


class _OpenClusters:
    """The clusters that still accept articles, by number, with an index of their heaviest words."""

    def __init__(self, weights: IdfWeights, similarity: Similarity, memo: RankingMemo | None = None) -> None:
        self._weights, self._similarity, self._memo = weights, similarity, memo
        self._now: datetime | None = None
        self._clusters: dict[int, OpenCluster] = {}
        self._ends: list[tuple[datetime, int]] = []  # a heap: the earliest time at which each cluster may close
        self._merged: UnionFind[int] = UnionFind()
        self._cluster_of_group: dict[int, int] = {}
        self._index = WordIndex()
        self._count = 0

    def add(self, article: OpenCluster, group: int) -> Iterator[tuple[int, int]]:
        """Add an article, as a cluster of one, where it belongs, and yield the pairs that this connects."""
        own = self._own(article.last, group)
        placed = own is not None and self._clusters[own].size >= _FIRST_COMPARED
        if placed:
            article.keys.clear()  # words of other reports of its event lead to other stories
        similar = [] if placed else [number for _, number in self._ranked(article) if number != own]
        if own is None and similar:
            own = similar.pop(0)
            yield self._clusters[own].number, article.number
        if own is None:
            own = self._start(article)
        else:
            self._grow(own, article)
        self._cluster_of_group[group] = own
        for number in similar:
            if self._compare(self._clusters[own], self._clusters[number]) >= _MERGE:
                yield self._clusters[own].number, self._clusters[number].number
                self._merge(own, number)

    def add_known(self, number: int, article: ArticleSummary, group: int, least: int) -> bool:
        """Add an article to the cluster of its group without its words; return False if that has fewer than `least` articles or is closed."""
        own = self._own(article.published, group)
        if own is None or self._clusters[own].size < least:
            return False
        self._clusters[own].add_known(number, article.published, content_digest((article.iri, article.published)) if self._memo else b"")
        self._cluster_of_group[group] = own
        return True

    def clean_up(self) -> None:
        """Forget the groups whose clusters are closed."""
        self._cluster_of_group = {
            group: number for group, number in self._cluster_of_group.items() if self._merged.find(number) in self._clusters
        }  # fmt: skip

    def _close(self) -> None:
        """Remove the clusters that have ended."""
        while self._now and self._ends and self._ends[0][0] < self._now:
            _, number = heappop(self._ends)
            cluster = self._clusters.get(number)
            if cluster is not None and (end := _end(cluster)) is not None:
                if end < self._now:
                    self._remove(number)
                else:
                    heappush(self._ends, (end, number))

    def _own(self, published: datetime | None, group: int) -> int | None:
        """Move on to the time of an article; return the cluster (number) of its group if that is still open.

        An article without a date comes after all others, as if it were of the last day.
        """
        self._now = published or self._now
        self._close()
        number = self._merged.find(self._cluster_of_group[group]) if group in self._cluster_of_group else None
        return number if number in self._clusters else None

    def _ranked(self, article: OpenCluster) -> list[tuple[float, int]]:
        """Return the candidates to which an article is similar, with their similarity, the most similar first."""
        candidates = self._index.nearest(article.weights())
        scores = self._scores(article, [self._clusters[number] for number in candidates])
        return sorted(((score, candidates[at]) for at, score in scores), key=lambda item: (-item[0], item[1]))

    def _scores(self, article: OpenCluster, clusters: Sequence[OpenCluster]) -> Ranked:
        """Return the clusters (positions) to which an article, or a cluster, is similar."""
        if not self._memo or not clusters:
            return self._compared(article, clusters, range(len(clusters)))
        digests = [cluster.digest for cluster in clusters]
        known, unknown = self._memo.known_of(article.digest, digests)
        if any(at >= len(clusters) for at, _ in known):
            known, unknown = (), range(len(clusters))
        if unknown and not _first_is_sure(known):
            known = tuple(sorted((*known, *self._compared(article, clusters, unknown))))
        if _first_is_sure(known):
            known, digests = known[:1], digests[:1]
        self._memo.put_of(article.digest, digests, known)
        return known

    def _compared(self, article: OpenCluster, clusters: Sequence[OpenCluster], positions: Sequence[int]) -> Ranked:
        if not positions:  # then its content is not needed at all
            return ()
        similarity, weights, content = self._similarity, self._weights, article.content
        scores: list[tuple[int, float]] = []
        for at in positions:
            score = similarity(clusters[at].content, content, weights)
            if score >= _JOIN:
                scores.append((at, score))
                if _first_is_sure(scores):
                    break
        return tuple(scores)

    def _compare(self, one: OpenCluster, other: OpenCluster) -> float:
        """Return the similarity of two clusters; any below `_JOIN` may come out as `NEVER`."""
        key = digest_of(other.digest, one.digest) if self._memo else b""
        scores = self._memo.get(key) if self._memo else None
        if scores is None:
            scores = self._compared(other, [one], [0])
            if self._memo:
                self._memo.put(key, scores)
        return scores[0][1] if scores else NEVER

    def _start(self, article: OpenCluster) -> int:
        self._count += 1
        self._clusters[self._count] = article
        self._schedule_end(self._count)
        self._index.add(self._count, article.keys)
        return self._count

    def _grow(self, number: int, article: OpenCluster) -> None:
        self._clusters[number].merge(article)
        self._index.add(number, article.keys)

    def _merge(self, number: int, other: int) -> None:
        removed = self._remove(other)
        self._clusters[number].merge(removed)
        self._merged.join(number, other)
        self._schedule_end(number)
        self._index.add(number, removed.keys)

    def _remove(self, number: int) -> OpenCluster:
        """Remove a cluster, and its number from the index."""
        cluster = self._clusters.pop(number)
        self._index.remove(number, cluster.keys)
        return cluster

    def _schedule_end(self, number: int) -> None:
        """Note when a cluster may end: later articles move the end back, but a merger with an earlier cluster may move it forward."""
        if (end := _end(self._clusters[number])) is not None:
            heappush(self._ends, (end, number))


def _first_is_sure(scores: Sequence[tuple[int, float]]) -> bool:
    """Return whether the candidate that shares most words is so similar that no other is compared."""
    return bool(scores) and scores[0][0] == 0 and scores[0][1] >= _SURE


def _end(cluster: OpenCluster) -> datetime | None:
    """Return when a cluster closes if nothing joins it; None for one without a date, which stays open."""
    if cluster.start is None or cluster.last is None:
        return None
    return min(min(cluster.last, _MAX_TIME - _OPEN) + _OPEN, min(cluster.start, _MAX_TIME - _LONGEST) + _LONGEST)
