"""Near-copies: articles whose texts differ in a few words only, and the copy groups that they form.

Two articles are near-copies if their whole texts share .7 of their shingles (Jaccard), or their excerpts .8 if both have twelve shingles
or more (a changed headline leaves the excerpt as it was), and if at most 30 days lie between them. Cues of new versions ("CORRECTED-")
are not part of the compared texts.

A copy group has the shape of a star: in order of time, an article joins the most similar origin, else it becomes an origin itself. So
all members of a group are similar to its first article, and a series that changes a little each week falls apart into several groups
instead of growing into one. Each member is paired with its origin and with those of the three members before it that it is similar to:
groups of up to five articles have all their pairs, those of n articles at most 4 n, and the connected pairs are exactly the groups.

Candidates come from MinHash buckets (`minhash`). Each bucket remembers the few origins that were last seen in it, so that neither a text
that 400 outlets print nor ten thousand reports after one template cost more than a few comparisons each. What the buckets miss (.14 % of
pairs that are just similar enough, hardly any of others) is missed; what they find is compared exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsgraph.core.model import Article
from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.minhash import ALONE, distinct_buckets, number_buckets, unpacked_keys
from newsgraph.resolve.copies.shingles import SHINGLE_BYTES, bit_sketches
from newsgraph.resolve.copies.text_signature import BANDS, BANDS_EXCERPT, TextSignature, text_signature, text_signatures
from newsgraph.resolve.ranking_memo import Ranked, RankingMemo, content_digest, digest_of
from newsgraph.resolve.union_find import UnionFind

if TYPE_CHECKING:
    from numpy.typing import NDArray  # slow to load

_SIMILAR = 0.7  # Jaccard similarity of whole texts
_SIMILAR_EXCERPT = 0.8  # the same for excerpts, which a changed headline leaves as they were
_WINDOW = 30 * 86_400  # seconds; a text that returns later is a series, not a copy
_REMEMBERED = 8  # origins that a bucket remembers
_CACHED = 4096  # texts whose shingles are cached as sets, ready for comparison
_RECENT = 3  # earlier members that an article is compared with, apart from its origin
_MEMBERS = b"members"  # part of the key of a comparison with these


class CopyInput(NamedTuple):
    """Articles in order of time, and what the build before kept, see `RankingMemo`; None if nothing is kept."""

    summaries: Sequence[ArticleSummary]
    memo: bytes | None = None


def find_copies(summaries: Sequence[ArticleSummary]) -> list[tuple[str, str]]:
    """Find the pairs of articles (IRIs) that are near-copies (see above): each pair with the smaller IRI first, sorted.

    `summaries` are in order of time.
    """
    return find_copies_again(CopyInput(summaries))[0]


def find_copies_again(copy_input: CopyInput) -> tuple[list[tuple[str, str]], bytes]:
    """Find near-copies like `find_copies`; also return what the next build may know from this one, empty if nothing is kept."""
    summaries = copy_input.summaries
    memo = None if copy_input.memo is None else RankingMemo(copy_input.memo)
    digests = [content_digest((summary.published, summary.signature)) for summary in summaries] if memo else []
    signatures = [text_signature(summary.signature) for summary in summaries]
    seconds = [summary.published.timestamp() if summary.published else None for summary in summaries]
    stars = _Stars(seconds, signatures, digests, memo)
    for article, buckets in enumerate(distinct_buckets(shared_buckets(signatures))):
        stars.add(article, buckets)
    pairs = [(summaries[origin].iri, summaries[copy].iri) for origin, copy in stars.pairs]
    return sorted((min(pair), max(pair)) for pair in pairs), memo.encoded() if memo else b""


def copy_groups(ordered: Iterable[str], copies: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map each article to the origin of its copy group, the earliest article; `ordered` are IRIs in order of time."""
    position = {iri: at for at, iri in enumerate(ordered)}
    groups: UnionFind[str] = UnionFind(position)
    for one, other in copies:
        groups.join(*sorted((groups.find(one), groups.find(other)), key=position.__getitem__))
    return {iri: groups.find(iri) for iri in position}


def shared_buckets(signatures: Sequence[TextSignature]) -> NDArray[np.int64]:
    """Return the buckets of each article that contain other articles too, shape (articles, bands); else `ALONE`."""
    whole = number_buckets(*unpacked_keys([signature.keys for signature in signatures], BANDS))
    excerpts = number_buckets(*unpacked_keys([signature.excerpt_keys for signature in signatures], BANDS_EXCERPT))
    return np.hstack([whole, np.where(excerpts == ALONE, ALONE, excerpts + whole.max(initial=ALONE) + 1)])


def shares(one: Article, other: Article) -> tuple[float, float]:
    """Return the Jaccard similarity of two articles, 0 to 1: of their whole texts, and of their excerpts.

    It is 0 for excerpts that are too short to be compared alone.
    """
    first, second = text_signatures([one, other])
    whole = _Similarity([first.shingles, second.shingles], 0.0)
    excerpts = _Similarity([first.excerpt_shingles, second.excerpt_shingles], 0.0)
    return whole(0, 1), excerpts(0, 1)


class _Similarity:
    """The Jaccard similarity of two texts: the shingles that both have, as a share of those that either has."""

    def __init__(self, packed: Sequence[bytes], least: float) -> None:
        self._sizes = [len(data) // SHINGLE_BYTES for data in packed]
        self._sketches = bit_sketches(packed)
        self._least = least
        self._shingles = lru_cache(_CACHED)(lambda text: frozenset(memoryview(packed[text]).cast("I")))

    def __call__(self, one: int, other: int, best: float = 0.0) -> float:
        """Return the similarity, 0 to 1, or 0 if it is less than required or not more than the `best` so far."""
        first, second, least = self._sizes[one], self._sizes[other], self._least
        if first < second * least or second < first * least or not first:  # whatever the words
            return 0.0
        # a bit that only the first sketch has comes from a shingle that only the first text has
        most = first - (self._sketches[one] & ~self._sketches[other]).bit_count()
        highest = most / (first + second - most)
        if highest < least or highest <= best:
            return 0.0
        common = len(self._shingles(one) & self._shingles(other))
        share = common / (first + second - common)
        return share if share >= least and share > best else 0.0


class _Stars:
    """Copy groups that grow as articles (numbers) are added in order of time.

    What comparisons give depends on the texts and times that `digests` are of, so that the `memo` may know it from an earlier build.
    """

    def __init__(
        self, seconds: Sequence[float | None], signatures: Sequence[TextSignature], digests: Sequence[bytes], memo: RankingMemo | None
    ) -> None:
        self.pairs: list[tuple[int, int]] = []
        self._seconds, self._digests, self._memo = seconds, digests, memo
        self._whole = _Similarity([signature.shingles for signature in signatures], _SIMILAR)
        self._excerpts = _Similarity([signature.excerpt_shingles for signature in signatures], _SIMILAR_EXCERPT)
        self._origins: dict[int, tuple[int, ...]] = {}  # by bucket, the last seen at the end
        self._recent: dict[int, list[int]] = defaultdict(list)  # origin -> the members that were added last

    def add(self, article: int, buckets: Sequence[int]) -> None:
        """Add an article to the group of the most similar origin (the earliest of equals), or make it an origin."""
        candidates = sorted(set[int]().union(*filter(None, map(self._origins.get, buckets))))
        found = self._known(article, candidates, b"", self._most_similar)
        origin = candidates[found[0][0]] if found else article
        if found:
            recent = self._recent[origin]
            similar = [recent[at] for at, _ in self._known(article, recent, _MEMBERS, self._all_similar)]
            self.pairs += [(member, article) for member in (origin, *similar)]
            self._recent[origin] = [*recent, article][-_RECENT:]
        if not candidates or candidates == [origin]:  # no bucket remembers another one, as of most articles
            self._origins.update(dict.fromkeys(buckets, (origin,)))
            return
        for bucket in buckets:
            seen = self._origins.get(bucket, ())
            if not seen or seen[-1] != origin:
                self._origins[bucket] = (*[member for member in seen if member != origin], origin)[-_REMEMBERED:]

    def _known(self, article: int, others: Sequence[int], kind: bytes, compare: Callable[[int, Sequence[int]], Ranked]) -> Ranked:
        """Return which of some others (positions) an article is similar to, from the memo if that knows it."""
        if self._memo is None or not others:
            return compare(article, others)
        digests = self._digests
        key = digest_of(kind, digests[article], *[digests[other] for other in others])
        known = self._memo.get(key)
        if known is None or any(at >= len(others) for at, _ in known):
            self._memo.put(key, known := compare(article, others))
        return known

    def _most_similar(self, article: int, candidates: Sequence[int]) -> Ranked:
        best, origin = 0.0, -1
        for at, candidate in enumerate(candidates):
            if similarity := self._similarity(candidate, article, best):
                best, origin = similarity, at
                if best >= 1:  # the words are the same, and no later origin is more similar
                    break
        return ((origin, best),) if best else ()

    def _all_similar(self, article: int, members: Sequence[int]) -> Ranked:
        return tuple([(at, similarity) for at, member in enumerate(members) if (similarity := self._similarity(member, article))])

    def _similarity(self, one: int, other: int, best: float = 0.0) -> float:
        """Return the similarity of the whole texts or of the excerpts of two articles.

        It is 0 if they are not near-copies, or not more similar than the `best` so far.
        """
        first, second = self._seconds[one], self._seconds[other]
        if first is not None and second is not None and second - first > _WINDOW:
            return 0.0
        whole = self._whole(one, other, best)
        return whole if whole >= 1 else self._excerpts(one, other, max(whole, best)) or whole
