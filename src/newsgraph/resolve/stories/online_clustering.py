"""Articles gathered into threads in order of time, each looked up by its heaviest words and never compared with all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import islice

from newsgraph.resolve.article_summaries import ArticleContent, ArticleSummary, EventSummary
from newsgraph.resolve.stories.similarity import story_similarity
from newsgraph.resolve.stories.story_clusters import StoryCluster, story_cluster
from newsgraph.resolve.stories.tfidf import IdfWeights
from newsgraph.resolve.union_find import UnionFind

_OPEN = timedelta(days=3)  # so long a thread waits for another article that only its words join to it
_LONGEST = timedelta(days=10)  # from its first article to its last: what goes on longer in the same words is a series
_ALIKE = 0.27  # likeness at which an article joins a thread
_MERGED = 0.42  # and at which two threads that grew apart are one: such a mistake costs more
_LATEST = 200  # threads looked at a word, those that grew last: a story that is much told is always among them
_COMPARED = 12  # threads that share the heaviest words, compared in full
_EVER = datetime.max.replace(tzinfo=UTC)
_SWEEP = 500  # articles after which the groups of threads that have ended are forgotten, for their memory


def cluster_online(
    sheets: Sequence[ArticleSummary],
    contents: Sequence[ArticleContent],
    happenings: Sequence[EventSummary],
    known: Sequence[int],
    weights: IdfWeights,
) -> Iterator[tuple[int, int]]:
    """Pair articles (numbers) that tell one story in words alike; `sheets` are in order of time.

    `known` gives the group that an article is in already: articles of one group are one thread from the beginning.
    """
    board = _Board(weights)
    for number, (sheet, content) in enumerate(zip(sheets, contents, strict=True)):
        yield from board.place(story_cluster(number, sheet, content, happenings, weights), known[number])
        if (number + 1) % _SWEEP == 0:
            board.sweep()


class _Board:
    """The threads that are open, by number, and the words by which they are found."""

    def __init__(self, weights: IdfWeights) -> None:
        self._weights = weights
        self._now: datetime | None = None
        self._threads: dict[int, StoryCluster] = {}
        self._ends: list[tuple[datetime, int]] = []  # a heap: when each thread may end, or later
        self._merged: UnionFind[int] = UnionFind()
        self._home: dict[int, int] = {}
        self._index: dict[int, dict[int, None]] = {}
        self._count = 0

    def place(self, new: StoryCluster, group: int) -> Iterator[tuple[int, int]]:
        """Put a new article where it belongs and give the pairs that this joins."""
        # One without a date comes after all others, as if it were of the last day.
        self._now = new.last or self._now
        self._close()
        own = self._number(group)
        alike = [number for score, number in self._ranked(new) if number != own and score >= _ALIKE]
        if own is None and alike:
            own = alike.pop(0)
            yield self._threads[own].first, new.first
        if own is None:
            own = self._begin(new)
        else:
            self._grow(own, new)
        self._home[group] = own
        for number in alike:
            if story_similarity(self._threads[own], self._threads[number], self._weights) >= _MERGED:
                yield self._threads[own].first, self._threads[number].first
                self._merge(own, number)

    def sweep(self) -> None:
        """Forget the groups whose threads have ended."""
        self._home = {group: number for group, number in self._home.items() if self._merged.find(number) in self._threads}

    def _close(self) -> None:
        """Forget the threads that have ended."""
        while self._now and self._ends and self._ends[0][0] < self._now:
            _, number = heappop(self._ends)
            thread = self._threads.get(number)
            if thread is not None and (end := _end(thread)) is not None:
                if end < self._now:
                    self._forget(number)
                else:
                    heappush(self._ends, (end, number))

    def _number(self, group: int) -> int | None:
        number = self._merged.find(self._home[group]) if group in self._home else None
        return number if number in self._threads else None

    def _ranked(self, new: StoryCluster) -> list[tuple[float, int]]:
        """Give the open threads that share the heaviest words, most alike first."""
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(new.keys):
            numbers, weight = self._index.get(word), new.vector[word]
            for number in islice(reversed(numbers), _LATEST) if numbers else ():
                shared[number] += weight
        least = sorted(shared.values())[-_COMPARED] if len(shared) > _COMPARED else 0.0
        near = sorted([(-weight, number) for number, weight in shared.items() if weight >= least])[:_COMPARED]
        return sorted([(story_similarity(self._threads[n], new, self._weights), n) for _, n in near], key=lambda row: (-row[0], row[1]))

    def _begin(self, new: StoryCluster) -> int:
        self._count += 1
        self._threads[self._count] = new
        self._watch(self._count)
        self._note(self._count, new)
        return self._count

    def _grow(self, number: int, new: StoryCluster) -> None:
        self._threads[number].take(new)
        self._note(number, new)

    def _merge(self, number: int, other: int) -> None:
        gone = self._forget(other)
        self._threads[number].take(gone)
        self._merged.join(number, other)
        self._watch(number)
        self._note(number, gone)

    def _forget(self, number: int) -> StoryCluster:
        """Take a thread away, and its number from its words."""
        gone = self._threads.pop(number)
        for word in gone.keys:
            numbers = self._index[word]
            del numbers[number]
            if not numbers:
                del self._index[word]
        return gone

    def _watch(self, number: int) -> None:
        """Note when a thread may end: where it grows by what is later, it ends later, where it grows by what began before, sooner."""
        if (end := _end(self._threads[number])) is not None:
            heappush(self._ends, (end, number))

    def _note(self, number: int, thread: StoryCluster) -> None:
        """Make a thread the last that grew, at each of the words by which it is found."""
        for word in thread.keys:
            numbers = self._index.setdefault(word, {})
            numbers.pop(number, None)
            numbers[number] = None


def _end(thread: StoryCluster) -> datetime | None:
    """Give until when a thread is open, if nothing joins it; one without a date stays open."""
    if thread.begun is None or thread.last is None:
        return None
    return min(min(thread.last, _EVER - _OPEN) + _OPEN, min(thread.begun, _EVER - _LONGEST) + _LONGEST)
