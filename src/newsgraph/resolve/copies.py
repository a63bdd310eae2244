"""Near-copies: articles whose texts are the same but for a few words, found by shared rare word runs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from newsgraph.resolve.articles import ArticleNode

_WORD = re.compile(r"\w+")
_RUN = 3  # words a run
_COMMON = 60  # a run that stands in more articles than this tells nothing about copying
_ALIKE = 0.7  # share of runs in common (Jaccard) of whole texts
_ALIKE_EXCERPT = 0.8  # the same of excerpts, which a changed headline leaves as they were
_LONG_EXCERPT = 12  # runs an excerpt must have to be judged alone
_WINDOW = timedelta(days=30)  # a text that comes back later is a series, not a copy


def find_copies(articles: Sequence[ArticleNode]) -> list[tuple[str, str]]:
    """Give the pairs of articles that are near-copies, each pair with the smaller IRI first, sorted."""
    whole = [_runs(article.chosen.article.text) for article in articles]
    excerpt = [_runs(article.chosen.article.excerpt) for article in articles]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, runs in enumerate(whole):
        for run in runs:
            places[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in places.values():
        if 1 < len(numbers) <= _COMMON:
            for at, one in enumerate(numbers):
                for other in numbers[at + 1 :]:
                    shared[one, other] += 1
    pairs = []
    for (one, other), count in shared.items():
        if count * 3 < min(len(whole[one]), len(whole[other])) or not _near(articles[one], articles[other]):
            continue
        if _jaccard(whole[one], whole[other]) >= _ALIKE or _same_excerpt(excerpt[one], excerpt[other]):
            first, second = sorted((articles[one].iri, articles[other].iri))
            pairs.append((first, second))
    return sorted(pairs)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return frozenset(zip(*(words[at:] for at in range(_RUN)), strict=False))


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _same_excerpt(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return min(len(one), len(other)) >= _LONG_EXCERPT and _jaccard(one, other) >= _ALIKE_EXCERPT


def _near(one: ArticleNode, other: ArticleNode) -> bool:
    return one.published is None or other.published is None or abs(one.published - other.published) <= _WINDOW
