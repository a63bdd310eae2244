"""A story cluster that is put together only when it is compared: the words of most reports of a long story are never needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from newsgraph.resolve.ranking_memo import digest_of
from newsgraph.resolve.stories.story_clusters import ArticleWords, StoryCluster

MakeCluster = Callable[[ArticleWords], StoryCluster]
"""Makes the cluster of one article, out of its words."""


class OpenCluster:
    """A cluster by the number of its first article: its time, its heaviest words, a digest of its content, and the content when it is needed.

    `size` counts the articles that are in its content, without those that `add_known` added.
    """

    __slots__ = ("_content", "_known", "_make", "_merged", "digest", "keys", "last", "number", "size", "start")

    def __init__(self, number: int, published: datetime | None, words: ArticleWords, make: MakeCluster, digest: bytes = b"") -> None:
        """Make a cluster of one article, found by the heaviest of its words."""
        self.number, self.start, self.last, self.digest = number, published, published, digest
        self.size = 1
        self.keys = set(words.keys)
        self._make = make
        self._content: StoryCluster | ArticleWords = words  # words are large, and are forgotten once the content is made of them
        self._merged: list[OpenCluster] = []
        self._known: list[int] = []

    @property
    def content(self) -> StoryCluster:
        """The cluster with everything that has been merged into it."""
        content = self._content
        if isinstance(content, ArticleWords):
            content = self._content = self._make(content)
        if self._merged:
            for other in self._merged:
                content.merge(other.content)
            self._merged.clear()
        if self._known:
            content.members.update(self._known)
            content.last = self.last
            self._known.clear()
        return content

    def weights(self) -> dict[str, float]:
        """Return the weights of the heaviest words of an article, in alphabetical order; empty once its content is put together."""
        words = self._content
        return {word: words.vector[word] for word in sorted(words.keys)} if isinstance(words, ArticleWords) else {}

    def merge(self, other: OpenCluster) -> None:
        """Merge another cluster into this one; the other one must not change any more."""
        self._merged.append(other)
        self.digest = digest_of(self.digest, other.digest)
        self.size += other.size
        self.keys |= other.keys
        self.start = min((time for time in (self.start, other.start) if time), default=None)
        self.last = max((time for time in (self.last, other.last) if time), default=None)

    def add_known(self, number: int, published: datetime | None, digest: bytes) -> None:
        """Add an article without its words: the story goes on, and others may refer to the article."""
        self._known.append(number)
        self.digest = digest_of(self.digest, digest)
        self.last = max((time for time in (self.last, published) if time), default=None)
