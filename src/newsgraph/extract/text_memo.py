"""Results of reading that are taken again for an equal text: outlets print the same words, and documents list the same articles.

A result is kept by a digest of all that it depends on, as long as it is among the last that were used: memory does not grow with the news.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from newsgraph.core.model import Article, Facts
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.text.article_text import ArticleText

Value = TypeVar("Value")
TOKENS = 20_000
"""Tokens of the texts whose recognition is kept: the reader keeps about 2 KB of each."""
FACTS = 4096
"""Articles whose facts are kept."""

Recognize = Callable[[Sequence[Article], Sequence[ArticleText]], Iterable[RecognizerFeatures]]


class Memo(Generic[Value]):
    """The values that were used last, up to a total weight.

    >>> memo = Memo(2)
    >>> memo.put("a", 1); memo.put("b", 2); memo.put("c", 3)
    >>> memo.get("a"), memo.get("c")
    (None, 3)
    """

    def __init__(self, most: int) -> None:
        """Start empty; `most` is the greatest total weight."""
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._most, self._weight = most, 0

    def get(self, key: Hashable) -> Value | None:
        """Return the value of a key, None if it is not kept."""
        known = self._values.get(key)
        if known is None:
            return None
        self._values.move_to_end(key)
        return known[0]

    def put(self, key: Hashable, value: Value, weight: int = 1) -> None:
        """Keep a value, and forget those that were used longest ago."""
        self._weight += weight - self._values.pop(key, (value, 0))[1]
        self._values[key] = value, weight
        while self._weight > self._most and self._values:
            self._weight -= self._values.popitem(last=False)[1][1]


def facts_key(article: Article, lists: str) -> bytes:
    """Return a digest of all that the facts of an article depend on; `lists` is the version of the lists."""
    provider = article.provider.name if article.provider else ""
    day = article.published.date().isoformat() if article.published else ""
    return _digest((article.title, article.excerpt, article.body, day, provider, article.language, lists, *article.topics))


def remembering(recognize: Recognize) -> Recognize:
    """Return a recognizer that recognizes each text once; what it says of a text may depend on the text alone."""
    memo: Memo[RecognizerFeatures] = Memo(TOKENS)

    def recognize_new(articles: Sequence[Article], texts: Sequence[ArticleText]) -> Iterator[RecognizerFeatures]:
        for article, text in zip(articles, texts, strict=True):
            key = _digest((article.title, article.excerpt, article.body, *text.tokens))
            known = memo.get(key)
            if known is None:
                (known,) = recognize([article], [text])
                memo.put(key, known, len(text.tokens) + 1)
            yield known

    return recognize_new


def remember_facts(
    memo: Memo[Facts], articles: Sequence[Article], lists: str, read: Callable[[Sequence[Article]], list[Facts]]
) -> list[Facts]:
    """Return the facts of articles; `read` reads those that are not in the memo, each of several equal ones once."""
    keys = [facts_key(article, lists) for article in articles]
    known = {key: facts for key in keys if (facts := memo.get(key)) is not None}
    new = {key: article for key, article in zip(keys, articles, strict=True) if key not in known}
    for key, facts in zip(new, read(list(new.values())), strict=True):
        known[key] = facts
        memo.put(key, facts)
    return [known[key] for key in keys]


def _digest(parts: Iterable[str]) -> bytes:
    """Return a digest of some texts in which no two different sequences of them are the same."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8, "little"))
        whole.update(content)
    return whole.digest()
