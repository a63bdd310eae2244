"""How an article is worded: its words with weights, rare ones heavy, so that two articles can be laid side by side."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from newsgraph.resolve.articles import ArticleNode

Vector = dict[str, float]
"""Words to weights; its length (the root of the sum of squares) is 1, or 0 where there is no word."""

_LETTERS = 600  # of an excerpt or body: news tells what happened first
_HEADLINE = 2  # how often a word of the headline counts
_UNSEEN = 50  # articles that a small corpus lacks: without them a word of its one story would weigh nothing
_SHORTEST = 4  # letters that a stem keeps
_TOKEN = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d")
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ians", "ian", "ies", "ers", "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SMALL = frozenset(
    """
    about after all also amid and any are because been before being but can could did does during each for from had has have her his how
    into its just may more most new not now off one only other our out over own per said say says she should some such than that the
    their them then there these they this those through under until upon was way were what when where which while who why will with
    would you your
    """.split()
)


def stems_of(article: ArticleNode) -> tuple[list[str], list[str]]:
    """Give the stems of an article's headline, and of how the text below it begins."""
    chosen = article.chosen.article
    return stems(chosen.title), stems((chosen.excerpt or chosen.body)[:_LETTERS])


class Weights:
    """How much each word tells: little where it stands in many articles."""

    def __init__(self, articles: Sequence[ArticleNode], companies: Mapping[str, frozenset[str]]) -> None:
        """Count words; of the articles of one week whose headlines name one company, the root of their number counts.

        A story that is told three hundred times would make its own words common otherwise, and a publisher that says the same
        of three hundred reports would make its phrases rare.
        """
        seen: dict[str, float] = defaultdict(float)
        total = float(_UNSEEN)
        for heap in _heaps(articles, companies):
            total += math.sqrt(len(heap))
            for word, count in Counter(chain.from_iterable({*chain(*stems_of(article))} for article in heap)).items():
                seen[word] += math.sqrt(count)
        self._weight = {word: math.log(1 + total / count) for word, count in seen.items()}
        self._rarest = math.log(1 + total)

    def vector(self, headline: Sequence[str], below: Sequence[str]) -> Vector:
        """Weigh the stems of an article (see `stems_of`)."""
        counts = Counter(below)
        for word in headline:
            counts[word] += _HEADLINE
        found = {word: (1 + math.log(count)) * self._weight.get(word, self._rarest) for word, count in counts.items()}
        length = math.sqrt(math.fsum(value * value for value in found.values())) or 1.0
        return {word: value / length for word, value in found.items()}


def dot(one: Vector, other: Vector) -> float:
    """Add up the products of the weights of shared words."""
    small, large = sorted((one, other), key=len)
    return math.fsum(weight * large[word] for word, weight in small.items() if word in large)


def stems(text: str) -> list[str]:
    """Give the words of a text that count, without endings, so that Australia and Australians meet; small words are left out."""
    return [_stem(word) for word in _TOKEN.findall(text.lower()) if word not in _SMALL]


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def _heaps(articles: Sequence[ArticleNode], companies: Mapping[str, frozenset[str]]) -> Iterator[list[ArticleNode]]:
    """Put the articles of a week under the company that most of its headlines name; others stand alone."""
    named: Counter[tuple[int, str]] = Counter()
    for article in articles:
        named.update((_week(article), iri) for iri in companies.get(article.iri, ()))
    heaps: dict[tuple[int, str], list[ArticleNode]] = defaultdict(list)
    for article in articles:
        keys = [(_week(article), iri) for iri in companies.get(article.iri, ())]
        heaps[min(keys, key=lambda key: (-named[key], key), default=(0, article.iri))].append(article)
    yield from heaps.values()


def _week(article: ArticleNode) -> int:
    return article.published.toordinal() // 7 if article.published else 0
