"""A story cluster that is put together only when it is compared: what is known of it from the build before needs no words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from newsgraph.resolve.ranking_memo import digest_of
from newsgraph.resolve.stories.story_clusters import ArticleWords, StoryCluster

MakeCluster = Callable[[ArticleWords | None], StoryCluster]
"""Makes the cluster of one article, out of its words if they are at hand."""


class OpenCluster:
    """A cluster by the number of its first article: its time, its heaviest words, a digest of its content, and the content when it is needed.

    `size` counts the articles, without near-copies.
    """

    __slots__ = ("_content", "_copies", "_make", "_merged", "_words", "digest", "keys", "last", "number", "size", "start")

    def __init__(self, number: int, published: datetime | None, make: MakeCluster, digest: bytes = b"") -> None:
        """Make a cluster of one article, without words by which it could be found."""
        self.number, self.start, self.last, self.digest = number, published, published, digest
        self.size = 1
        self.keys: set[str] = set()
        self._make = make
        self._words: ArticleWords | None = None
        self._content: StoryCluster | None = None
        self._merged: list[OpenCluster] = []
        self._copies: list[int] = []

    def set_words(self, words: ArticleWords) -> None:
        """Set the words of the article, by the heaviest of which it is found."""
        self.keys, self._words = set(words.keys), words

    @property
    def content(self) -> StoryCluster:
        """The cluster with everything that has been merged into it."""
        content = self._content
        if content is None:
            content = self._content = self._make(self._words)
            self._words = None  # they are large, and the content has what is needed of them
        if self._merged:
            for other in self._merged:
                content.merge(other.content)
            self._merged.clear()
        if self._copies:
            content.members.update(self._copies)
            content.last = self.last
            self._copies.clear()
        return content

    def weights(self) -> dict[str, float]:
        """Return the weights of the heaviest words of an article, in alphabetical order; empty once its content is put together."""
        words = self._words
        return {word: words.vector[word] for word in sorted(words.keys)} if words else {}

    def merge(self, other: OpenCluster) -> None:
        """Merge another cluster into this one; the other one must not change any more."""
        self._merged.append(other)
        self.digest = digest_of(self.digest, other.digest)
        self.size += other.size
        self.keys |= other.keys
        self.start = min((time for time in (self.start, other.start) if time), default=None)
        self.last = max((time for time in (self.last, other.last) if time), default=None)

    def add_copy(self, number: int, published: datetime | None, digest: bytes) -> None:
        """Add a near-copy of one of the articles: it says nothing new, but the story goes on, and others may refer to it."""
        self._copies.append(number)
        self.digest = digest_of(self.digest, digest)
        self.last = max((time for time in (self.last, published) if time), default=None)
