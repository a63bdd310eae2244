"""Near-copies: articles whose texts are the same but for a few words.

Two articles are alike if their whole texts share .7 of their runs of three words (Jaccard), or their excerpts .8 where both
have twelve runs or more (a changed headline leaves the excerpt as it was), and if at most 30 days lie between them. Markers of
new versions ("CORRECTED-") are no part of the texts compared.

A copy group has the shape of a star: in order of time, an article joins the origin that it is most alike to, else it is an
origin itself. So all members of a group are alike to its first article, and a series that changes a little each week
falls apart into several groups instead of growing into one. Given are, for each member, its origin and those of
the three members before it that it is alike to: groups of up to five articles have all their pairs, those of
n articles at most 4 n, and connected pairs are exactly the groups.

Candidates come from buckets (`minhash`), where each bucket remembers the few origins met in it last, so that neither a text that
400 outlets print nor ten thousand reports after one template cost more than some comparisons each. What the buckets miss
(.14 % of pairs that are just alike enough, hardly any of others) is missed; what they bring is compared exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from newsgraph.core.model import Article
from newsgraph.resolve.article_summaries import ArticleSummary
from newsgraph.resolve.copies.minhash import ALONE, numbered, unpacked_keys
from newsgraph.resolve.copies.shingles import RUN_BYTES, marks_of
from newsgraph.resolve.copies.text_signature import BANDS, BANDS_EXCERPT, TextSignature, text_signature, text_signatures

if TYPE_CHECKING:
    from numpy.typing import NDArray  # slow to load

_ALIKE = 0.7  # share of runs in common (Jaccard) of whole texts
_ALIKE_EXCERPT = 0.8  # the same of excerpts, which a changed headline leaves as they were
_WINDOW = 30 * 86_400  # seconds; a text that comes back later is a series, not a copy
_REMEMBERED = 8  # origins a bucket remembers
_HELD = 4096  # texts whose runs are kept as sets, ready to be compared
_BESIDE = 3  # members before an article that it is compared with, beside its origin


def find_copies(sheets: Sequence[ArticleSummary]) -> list[tuple[str, str]]:
    """Give the pairs of articles (IRIs) that are near-copies (see above), each pair with the smaller IRI first, sorted.

    `sheets` are in order of time.
    """
    signs = [text_signature(sheet.signs) for sheet in sheets]
    stars = _Stars([sheet.published.timestamp() if sheet.published else None for sheet in sheets], signs)
    for article, row in enumerate(shared_buckets(signs)):
        stars.add(article, row[row != ALONE].tolist())
    return sorted((min(pair), max(pair)) for one, other in stars.pairs if (pair := (sheets[one].iri, sheets[other].iri)))


def shared_buckets(signs: Sequence[TextSignature]) -> NDArray[np.int64]:
    """Give the buckets of each article that hold others too, shape (articles, bands); `ALONE` where none."""
    whole = numbered(*unpacked_keys([one.keys for one in signs], BANDS))
    excerpts = numbered(*unpacked_keys([one.excerpt_keys for one in signs], BANDS_EXCERPT))
    return np.hstack([whole, np.where(excerpts == ALONE, ALONE, excerpts + whole.max(initial=ALONE) + 1)])


def shares(one: Article, other: Article) -> tuple[float, float]:
    """Give the share of runs of three words that two articles have in common, 0 to 1: of their whole texts, and of their excerpts.

    It is 0 for excerpts too short to be judged alone.
    """
    first, second = text_signatures([one, other])
    return _Likeness([first.runs, second.runs], 0.0)(0, 1), _Likeness([first.excerpt_runs, second.excerpt_runs], 0.0)(0, 1)


class _Likeness:
    """What two texts have in common: the share of runs of three words that both have, of all that either has (Jaccard)."""

    def __init__(self, packed: Sequence[bytes], least: float) -> None:
        self._sizes = [len(one) // RUN_BYTES for one in packed]
        self._marks = marks_of(packed)
        self._least = least
        self._runs = lru_cache(_HELD)(lambda text: frozenset(memoryview(packed[text]).cast("I")))

    def __call__(self, one: int, other: int) -> float:
        """Give the share, 0 to 1, or 0 where it is less than asked for."""
        first, second = self._sizes[one], self._sizes[other]
        if first < second * self._least or second < first * self._least or not first:  # whatever the words
            return 0.0
        most = first - (self._marks[one] & ~self._marks[other]).bit_count()  # a mark that only the first has is a run that only it has
        if most / (first + second - most) < self._least:
            return 0.0
        common = len(self._runs(one) & self._runs(other))
        share = common / (first + second - common)
        return share if share >= self._least else 0.0


class _Stars:
    """Copy groups that grow as articles are added in order of time."""

    def __init__(self, seconds: Sequence[float | None], signs: Sequence[TextSignature]) -> None:
        self.pairs: list[tuple[int, int]] = []
        self._seconds = seconds
        self._whole = _Likeness([one.runs for one in signs], _ALIKE)
        self._excerpts = _Likeness([one.excerpt_runs for one in signs], _ALIKE_EXCERPT)
        self._met: dict[int, tuple[int, ...]] = {}  # bucket -> origins, the one met last at the end
        self._last: dict[int, list[int]] = defaultdict(list)  # origin -> its members added last

    def add(self, article: int, shared: Sequence[int]) -> None:
        """Put an article into the group of the origin most like it, the earliest of equals, or into one of its own."""
        origin = self._origin(article, set[int]().union(*filter(None, map(self._met.get, shared))))
        if origin is None:
            origin = article
        else:
            before = self._last[origin]
            beside = [member for member in before if self._alike(member, article)]
            self.pairs += [(one, article) for one in (origin, *beside)]
            self._last[origin] = [*before, article][-_BESIDE:]
        for bucket in shared:
            met = self._met.get(bucket, ())
            if not met or met[-1] != origin:
                self._met[bucket] = (*[one for one in met if one != origin], origin)[-_REMEMBERED:]

    def _origin(self, article: int, candidates: set[int]) -> int | None:
        best, home = 0.0, None
        for candidate in sorted(candidates):
            if (alike := self._alike(candidate, article)) > best:
                best, home = alike, candidate
        return home

    def _alike(self, one: int, other: int) -> float:
        """Give how much the whole texts or the excerpts of two articles have in common; 0 where they are no copies."""
        first, second = self._seconds[one], self._seconds[other]
        if first is not None and second is not None and second - first > _WINDOW:
            return 0.0
        return max(self._whole(one, other), self._excerpts(one, other))
