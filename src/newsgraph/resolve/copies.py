"""Near-copies: articles whose texts are the same but for a few words, found by shared rare word runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsgraph.resolve.articles import ArticleNode

Runs = NDArray[np.uint32]

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
    pairs = []
    for (one, other), count in _shared(whole).items():
        first, second = articles[one], articles[other]
        if (
            count * 3 >= min(len(whole[one]), len(whole[other]))
            and _near(first, second)
            and _alike(first, second, whole[one], whole[other])
        ):
            pairs.append((min(first.iri, second.iri), max(first.iri, second.iri)))
    return sorted(pairs)


def _runs(text: str) -> Runs:
    """Give the runs of three words of a text as sorted checksums: small, and the same on every machine."""
    words = _WORD.findall(text.lower())
    runs = {crc32(" ".join(run).encode()) for run in zip(*(words[at:] for at in range(_RUN)), strict=False)}
    return np.array(sorted(runs), dtype=np.uint32)


def _shared(texts: Sequence[Runs]) -> Counter[tuple[int, int]]:
    """Count for each pair of texts the runs they share, but for runs that too many share."""
    shared: Counter[tuple[int, int]] = Counter()
    if not texts:
        return shared
    runs = np.concatenate(texts)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order = np.argsort(runs, kind="stable")
    runs, owners = runs[order], owners[order]
    bounds = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1], True]) if len(runs) else np.zeros(1, dtype=int)
    sizes = np.diff(bounds)
    for number in np.flatnonzero((sizes > 1) & (sizes <= _COMMON)):
        shared.update(combinations(owners[bounds[number] : bounds[number + 1]].tolist(), 2))
    return shared


def _alike(first: ArticleNode, second: ArticleNode, one: Runs, other: Runs) -> bool:
    if _jaccard(one, other) >= _ALIKE:
        return True
    excerpts = [_runs(article.chosen.article.excerpt) for article in (first, second)]
    return min(map(len, excerpts)) >= _LONG_EXCERPT and _jaccard(*excerpts) >= _ALIKE_EXCERPT


def _jaccard(one: Runs, other: Runs) -> float:
    common = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - common
    return common / union if union else 0.0


def _near(one: ArticleNode, other: ArticleNode) -> bool:
    return one.published is None or other.published is None or abs(one.published - other.published) <= _WINDOW
