"""What the build before compared is not compared again, and stories are the same with and without it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.model import Article
from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.text_signature import pack_signature, text_signatures
from newsgraph.resolve.ranking_memo import RankingMemo, content_digest, digest_of
from newsgraph.resolve.stories.online_clustering import Similarity, cluster_online
from newsgraph.resolve.stories.similarity import NEVER, story_similarity
from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.story_input import ArticleContent, EventSummary
from newsgraph.resolve.stories.tfidf import IdfWeights, background_weights

FIRST = datetime(2024, 5, 1, 6, tzinfo=UTC)
PARTIES = ["sanofi", "owkin", "nokia"]
WORDS = [
    "Sanofi pays $180 million for a stake in the French start-up Owkin", "Sanofi buys into Owkin, a start-up in Paris",
    "Nokia sues Owkin over patents", "The stake of Sanofi in Owkin grows after weeks of talks", "Rain in Paris",
]  # fmt: skip

Told = tuple[int, int, int]
"""Words, day and party of one article."""


class Counted:
    """Counts how often clusters are compared, and the articles of the largest one."""

    def __init__(self, similarity: float | None = None) -> None:
        """Start at 0; `similarity` is what clusters have that may be one story, if it is not theirs."""
        self.calls = self.largest = 0
        self._similarity = similarity

    def __call__(self, one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
        """Compare two clusters."""
        self.calls += 1
        self.largest = max(self.largest, one.size, other.size)
        similarity = story_similarity(one, other, weights)
        return self._similarity if self._similarity is not None and similarity > NEVER else similarity


def clustered(
    told: list[Told], memo: RankingMemo | None = None, counted: Similarity | None = None, *, event: bool = True, copied: bool = False,
    placed: bool = False,
) -> set[frozenset[str]]:  # fmt: skip
    """Cluster articles in order of time and return the pairs, by IRI.

    `copied`: those with the same words are near-copies of the first; `placed`: they are known to be of one story.
    """
    rows = sorted(
        (FIRST + timedelta(days=day, minutes=at), f"https://x.example/article/{at}-{words}-{day}-{party}", words, party)
        for at, (words, day, party) in enumerate(told)
    )
    articles = [Article(iri, iri, WORDS[words], "More words follow here.", "a", "main", published=time) for time, iri, words, _ in rows]
    signatures = map(pack_signature, text_signatures(articles))
    summaries = [ArticleSummary(iri, time, "x.example", signature) for (time, iri, _, _), signature in zip(rows, signatures, strict=True)]
    reporting = [at for at, row in enumerate(rows) if row[2] == 0] if event else []
    events = [EventSummary("investment", ("company/owkin", "company/sanofi"), tuple(reporting), "event/1")]
    contents = [
        ArticleContent((f"company/{PARTIES[party]}",), events=(0,) if at in reporting else (), names=(f"company/{PARTIES[party]}",), related=(max(at - 1, 0),))
        for at, (_, _, _, party) in enumerate(rows)
    ]  # fmt: skip
    firsts = {words: at for at, (_, _, words, _) in reversed(list(enumerate(rows)))} if copied or placed else {}
    known = [firsts.get(words, at) for at, (_, _, words, _) in enumerate(rows)]
    copies = {at for at, first in enumerate(known) if first != at} if copied else set()
    pairs = cluster_online(summaries, contents, events, known, {}, background_weights(), counted or story_similarity, memo, copies)
    return {frozenset((summaries[one].iri, summaries[other].iri)) for one, other in pairs}


ARTICLES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 8), st.integers(0, 2)), max_size=12)


@given(
    before=ARTICLES,
    after=ARTICLES,
    event=st.booleans(),
    copied=st.booleans(),
    placed=st.booleans(),
    similarity=st.sampled_from([None, 4.0]),
)
def test_stories_are_the_same_with_what_other_news_gave(
    before: list[Told], after: list[Told], *, event: bool, copied: bool, placed: bool, similarity: float | None
) -> None:
    memo = RankingMemo()
    clustered(before, memo, Counted(similarity), copied=copied, placed=placed)
    known = RankingMemo(memo.encoded())
    anew = clustered(after, None, Counted(similarity), event=event, copied=copied, placed=placed)

    assert clustered(after, known, Counted(similarity), event=event, copied=copied, placed=placed) == anew
    assert clustered(after, RankingMemo(known.encoded()), Counted(similarity), event=event, copied=copied, placed=placed) == anew


def test_a_near_copy_is_compared_with_no_other_while_the_story_of_its_original_is_open() -> None:
    told = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 2, 0)]
    once, all_of_them, late = Counted(), Counted(), Counted()
    clustered(told[:2], counted=once, copied=True)
    clustered(told, counted=all_of_them, copied=True)
    clustered([*told[:2], (0, 5, 0)], counted=late, copied=True)

    assert once.calls == all_of_them.calls > 0
    assert late.calls == once.calls  # it opens a story of its own: the first two are closed


def test_an_article_that_is_placed_is_compared_only_while_its_story_is_small_or_closed() -> None:
    told = [(2, 0, 2), (0, 0, 0)]  # another story, and the first article of one
    first, second, third, late = Counted(), Counted(), Counted(), Counted()
    clustered(told, counted=first, event=False, placed=True)
    clustered([*told, (0, 1, 0)], counted=second, event=False, placed=True)
    clustered([*told, (0, 1, 0), (0, 2, 0)], counted=third, event=False, placed=True)
    clustered([*told, (0, 1, 0), (2, 5, 2), (0, 6, 0)], counted=late, event=False, placed=True)

    assert 0 < first.calls < second.calls == third.calls < late.calls


def test_what_a_story_is_about_is_said_by_its_first_articles_where_the_others_are_placed() -> None:
    told = [(0, 0, 0), (0, 1, 0), (0, 1, 0), (0, 2, 0), (0, 3, 0), (1, 3, 0)]
    placed, compared = Counted(), Counted()

    assert clustered(told, counted=placed, event=False, placed=True)
    assert placed.largest == 3
    assert clustered(told, counted=compared, event=False)
    assert compared.largest == 5


@pytest.mark.parametrize(("similarity", "compared"), [(4.0, 1), (3.9, 2)])
def test_an_article_that_is_surely_of_the_story_that_shares_most_is_compared_with_no_other(similarity: float, compared: int) -> None:
    told = [(2, 0, 1), (0, 0, 0)]  # stories of Nokia and of Sanofi; both, and what follows, name Owkin
    before, after = Counted(), Counted(similarity)

    assert clustered(told, counted=before) == set()
    assert len(clustered([*told, (0, 0, 0)], counted=after)) == 1
    assert after.calls == before.calls + compared


def test_a_memo_knows_nothing_of_stories_that_were_not_compared() -> None:
    def similarity(one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:  # noqa: ARG001 - by the numbers of articles alone
        return {(0, 3): 1.0, (1, 3): 4.0}.get((min(one.members), max(other.members)), NEVER)

    told = [(1, 0, 0), (0, 0, 0), (4, 0, 0), (0, 1, 0)]  # the last has the words of the second and some of the first
    changed = [told[0], (4, 0, 0), *told[2:]]
    memo = RankingMemo()
    before = clustered(told, memo, similarity, event=False)
    after = clustered(changed, RankingMemo(memo.encoded()), similarity, event=False)

    assert {frozenset(iri[-7:] for iri in pair) for pair in before} == {frozenset({"1-0-0-0", "3-0-1-0"})}
    assert {frozenset(iri[-7:] for iri in pair) for pair in after} == {frozenset({"0-1-0-0", "3-0-1-0"})}


def test_a_near_copy_keeps_the_story_of_its_original_open() -> None:
    told = [(0, 0, 0), (1, 5, 0)]

    assert clustered(told, event=False) == set()
    assert len(clustered([*told, (0, 3, 0)], event=False, copied=True)) == 1


TOLD = [(0, 0, 0), (1, 1, 0), (2, 2, 2), (3, 2, 0), (0, 3, 1), (4, 4, 1), (1, 5, 0)]


def test_unchanged_news_are_not_compared_again() -> None:
    memo, counted = RankingMemo(), Counted()
    first = clustered(TOLD, memo, counted)
    again, other = RankingMemo(memo.encoded()), Counted()

    assert first
    assert counted.calls
    assert clustered(TOLD, again, other) == first
    assert other.calls == 0
    assert again.encoded() == memo.encoded()


def test_what_has_not_changed_beside_a_changed_article_is_not_compared_again() -> None:
    told = [(number % 5, number % 2, number % 3) for number in range(12)]
    changed = [*told[:-1], (told[-1][0], told[-1][1], told[-1][2] + 1 - 3 * (told[-1][2] // 2))]
    memo, whole = RankingMemo(), Counted()
    clustered(told, memo, event=False)
    clustered(changed, RankingMemo(), whole, event=False)
    known, counted = RankingMemo(memo.encoded()), Counted()

    assert clustered(changed, known, counted, event=False) == clustered(changed, event=False)
    assert 0 < counted.calls < whole.calls / 2


def test_what_is_no_longer_used_is_forgotten() -> None:
    memo = RankingMemo()
    clustered(TOLD, memo)
    fewer = RankingMemo(memo.encoded())
    clustered(TOLD[:2], fewer)

    assert 0 < len(fewer.encoded()) < len(memo.encoded())


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x80", b"[]", b"\x81\xa1a\x01"])
def test_a_damaged_memo_is_empty(content: bytes) -> None:
    assert clustered(TOLD, RankingMemo(content)) == clustered(TOLD)


def test_a_memo_that_names_clusters_that_are_not_there_is_not_believed() -> None:
    memo = RankingMemo()
    clustered(TOLD, memo)
    forged = RankingMemo()
    for key in RankingMemo(memo.encoded())._known:  # noqa: SLF001 - to forge it
        forged.put(key, ((99, 9.0),))

    assert clustered(TOLD, RankingMemo(forged.encoded())) == clustered(TOLD)


def test_digests_differ_where_the_parts_do() -> None:
    assert digest_of(b"a" * 16, b"b" * 16) != digest_of(b"b" * 16, b"a" * 16)
    assert digest_of(b"ab") != digest_of(b"a", b"b")
    assert content_digest(("a", ("b",))) != content_digest(("a", "b"))
