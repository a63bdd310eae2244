"""Near-copies and origins."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Facts
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import ArticleNode, resolve_articles, summarize_articles
from newsgraph.resolve.copies.minhash import ALONE, distinct_buckets
from newsgraph.resolve.copies.near_copies import CopyInput, copy_groups, find_copies, find_copies_again
from newsgraph.resolve.copies.shingles import shingles_of
from readings import BASE, article, graph_of, report, told

WIRE = "Acme is buying the bolt maker Bolt for a sum that neither side wished to name, the two told reporters in Lyon on Thursday morning."


def wire(number: int, title: str, excerpt: str = WIRE, days: float = 0, outlet: str = "") -> ExtractedArticle:
    """Make an article of a wire text in an outlet."""
    record = article(f"w{number}", title, excerpt, days=days + number / 24, outlet=outlet or f"outlet{number}.example")
    return told(record, "Acme", reports=[report("expansion", "Acme", None)])


def pairs(graph: GraphTables) -> list[tuple[str, str]]:
    url = dict(graph["articles"].select("iri", "url").iter_rows())
    return sorted(tuple(sorted((url[one][-2:], url[other][-2:]))) for one, other in graph["copies"].iter_rows())


def test_the_same_text_in_two_outlets_is_a_copy() -> None:
    assert pairs(graph_of([wire(1, "Acme buys Bolt"), wire(2, "Acme buys Bolt")])) == [("w1", "w2")]


def test_a_corrected_headline_leaves_a_copy_a_copy() -> None:
    graph = graph_of([wire(1, "CORRECTED-Carmaker Acme buys Bolt for $5 mln"), wire(2, "Carmaker Acme Buys Bolt for $5 Million")])

    assert pairs(graph) == [("w1", "w2")]


def test_a_headline_of_its_own_over_the_same_excerpt_is_a_copy() -> None:
    assert pairs(graph_of([wire(1, "Acme goes shopping"), wire(2, "What the Bolt sale tells us")])) == [("w1", "w2")]


def test_other_words_on_the_same_event_are_no_copy() -> None:
    other = (
        "Bolt, which makes bolts, becomes part of Acme; the price is a secret, as both firms said after a long night of talks in France."
    )

    assert pairs(graph_of([wire(1, "Acme buys Bolt"), wire(2, "Bolt is sold", other)])) == []


def test_a_text_that_quotes_half_of_another_and_goes_on_in_its_own_words_is_no_copy() -> None:
    half = WIRE[: len(WIRE) // 2]
    own = f"{half} which surprised the town, where many had hoped that the old works by the river would stay in the hands of its founders."

    assert pairs(graph_of([wire(1, "Acme buys Bolt"), wire(2, "A town asks what comes next for Bolt", own)])) == []


def test_a_short_excerpt_alone_makes_no_copy() -> None:
    assert pairs(graph_of([wire(1, "Acme buys Bolt today", "Read on."), wire(2, "Nothing of that kind at Acme", "Read on.")])) == []


def test_the_same_text_months_later_is_a_series_and_no_copy() -> None:
    assert pairs(graph_of([wire(1, "Acme buys Bolt"), wire(2, "Acme buys Bolt", days=90)])) == []


def test_copies_have_the_origin_that_was_seen_first() -> None:
    graph = graph_of([wire(3, "Acme buys Bolt"), wire(1, "CORRECTED-Acme buys Bolt"), wire(2, "Acme buys Bolt")])

    first = graph["articles"].filter(url="https://news.example/w1")["iri"].item()
    assert set(graph["articles"]["copy_group"]) == {first}


def test_an_article_without_copies_is_its_own_origin() -> None:
    graph = graph_of([wire(1, "Acme buys Bolt")])

    assert graph["articles"]["copy_group"].to_list() == graph["articles"]["iri"].to_list()


def test_copies_of_one_wire_text_are_one_origin_of_an_event() -> None:
    graph = graph_of([wire(1, "Acme buys Bolt"), wire(2, "CORRECTED-Acme buys Bolt"), wire(3, "Acme Buys Bolt", outlet="outlet1.example")])

    assert graph["events"].select("articles", "outlets", "origins").rows() == [(3, 2, 1)]


def test_articles_without_a_date_can_be_copies() -> None:
    one, other = (told(article(name, "Acme buys Bolt", WIRE, published=None, outlet=f"{name}.example"), "Acme") for name in ("w1", "w2"))

    assert pairs(graph_of([one, other])) == [("w1", "w2")]


def nodes(texts: list[str], *, days: float = 0.01) -> list[ArticleNode]:
    """Make articles of excerpts under headlines of their own, one published after the other."""
    return resolve_articles(
        [ExtractedArticle(article(f"n{n:04}", f"Headline {n} of its own", text, days=n * days), Facts()) for n, text in enumerate(texts)],
        BASE,
    )


def groups(articles: list[ArticleNode]) -> list[list[int]]:
    """Give the numbers of the articles of each copy group, the origin first."""
    number = {node.iri: int(node.chosen.article.key[-4:]) for node in articles}
    found: dict[int, list[int]] = {}
    summaries = summarize_articles(articles)
    for iri, origin in copy_groups([summary.iri for summary in summaries], find_copies(summaries)).items():
        found.setdefault(number[origin], []).append(number[iri])
    return sorted(sorted(members) for members in found.values())


def chance_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - invented texts


def invented(count: int, words: int, seed: int) -> list[list[str]]:
    """Make texts of invented words, so that no two share a run by chance."""
    chance = chance_of(seed)
    return [[f"w{chance.randrange(10**6)}" for _ in range(words)] for _ in range(count)]


def changed(text: list[str], share: float, chance: Random) -> list[str]:
    """Change the end of a text, so that about a share of its runs stays."""
    kept = round(len(text) * share)
    return text[:kept] + [f"w{chance.randrange(10**6)}" for _ in text[kept:]]


def jaccard(one: str, other: str) -> float:
    first, second = (shingles_of([text]).of(0) for text in (one, other))
    return len(first & second) / len(first | second)


@pytest.mark.parametrize(
    "title", ["CORRECTED-Acme buys Bolt", "UPDATE 1-Acme buys Bolt", "Refile-Acme buys Bolt", "(Corrects price) Acme buys Bolt"]
)
def test_a_marker_of_a_new_version_makes_a_short_text_no_other(title: str) -> None:
    assert pairs(graph_of([wire(1, "Acme buys Bolt", "It did."), wire(2, title, "It did.")])) == [("w1", "w2")]


def test_a_note_of_correction_before_the_text_leaves_a_copy_a_copy() -> None:
    note = "(Corrects the spelling of the name of the maker of bolts in the first paragraph and in the third paragraph, adds dropped word)"

    assert pairs(graph_of([wire(1, "Acme buys Bolt"), wire(2, "Acme buys Bolt", f"{note} {WIRE}")])) == [("w1", "w2")]


@pytest.mark.parametrize("count", [70, 400])
def test_a_text_that_many_outlets_print_is_one_group_of_few_pairs(count: int) -> None:
    articles = nodes([WIRE] * count)

    assert groups(articles) == [list(range(count))]
    assert len(find_copies(summarize_articles(articles))) <= 4 * count


def test_small_groups_have_all_their_pairs() -> None:
    assert len(find_copies(summarize_articles(nodes([WIRE] * 5)))) == 10


def test_a_series_that_changes_a_little_each_week_is_not_one_group() -> None:
    words = invented(1, 60, seed=1)[0]
    series = [" ".join(words[place : place + 40]) for place in range(0, 16, 4)]
    assert [jaccard(one, other) >= 0.8 for one, other in pairwise(series)] == [True] * 3

    found = groups(nodes(series))

    assert found == [[0, 1], [2, 3]]


def test_every_copy_is_alike_to_its_origin() -> None:
    chance = chance_of(3)
    texts = [" ".join(changed(text, chance.uniform(0.7, 1), chance)) for text in invented(20, 60, seed=2) for _ in range(15)]

    likeness = [jaccard(texts[members[0]], texts[member]) for members in groups(nodes(texts)) for member in members[1:]]

    assert len(likeness) > 100
    assert min(likeness) >= 0.7


def test_reports_after_one_template_are_no_copies() -> None:
    template = invented(1, 60, seed=4)[0]
    chance = chance_of(5)
    texts = [" ".join(changed(template, 0.6, chance)) for _ in range(200)]

    assert find_copies(summarize_articles(nodes(texts))) == []


def test_a_copy_among_many_reports_after_one_template_is_found() -> None:
    template = invented(1, 60, seed=6)[0]
    chance = chance_of(7)
    texts = [" ".join(changed(template, 0.6, chance)) for _ in range(200)]

    assert [members for members in groups(nodes([*texts, texts[100]])) if len(members) > 1] == [[100, 200]]


def test_the_order_in_which_articles_come_changes_nothing() -> None:
    chance = chance_of(8)
    texts = [" ".join(changed(text, chance.uniform(0.6, 1), chance)) for text in invented(30, 50, seed=9) for _ in range(6)]
    articles = nodes(texts)
    shuffled = chance.sample(articles, len(articles))

    assert find_copies(summarize_articles(shuffled)) == find_copies(summarize_articles(articles)) != []


def test_copies_are_found_as_comparing_all_with_all_finds_them() -> None:
    chance = chance_of(10)
    pairs_of_texts = [(text, changed(text, chance.uniform(0.6, 1), chance)) for text in invented(100, 60, seed=11)]
    texts = [" ".join(text) for pair in pairs_of_texts for text in pair]
    articles = nodes(texts)
    number = {node.iri: int(node.chosen.article.key[-4:]) for node in articles}

    found = {tuple(sorted((number[one], number[other]))) for one, other in find_copies(summarize_articles(articles))}
    whole = [f"Headline {n} of its own {text}" for n, text in enumerate(texts)]
    true = {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if jaccard(whole[one], whole[other]) >= 0.7 or jaccard(texts[one], texts[other]) >= 0.8
    }

    assert len(true) > 20
    assert found == true


def test_no_articles_have_no_copies() -> None:
    assert find_copies([]) == []


def test_texts_without_a_run_are_no_copies() -> None:
    assert (
        find_copies(summarize_articles(resolve_articles([ExtractedArticle(article(f"n{n}", "Acme", ""), Facts()) for n in range(3)], BASE)))
        == []
    )


TEXTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=14)


def versions(chosen: list[tuple[int, int]]) -> list[str]:
    """Make texts: each a version of one of four, with more words changed the higher the version."""
    originals = invented(4, 50, seed=12)
    return [" ".join(changed(originals[text], 1 - version / 15, chance_of(10 * text + version))) for text, version in chosen]


@given(before=TEXTS, after=TEXTS)
def test_copies_are_the_same_with_what_other_news_gave(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    _, learned = find_copies_again(CopyInput(summarize_articles(nodes(versions(before))), b""))
    summaries = summarize_articles(nodes(versions(after)))
    pairs_found, again = find_copies_again(CopyInput(summaries, learned))

    assert pairs_found == find_copies(summaries)
    assert find_copies_again(CopyInput(summaries, again)) == (pairs_found, again)


def test_texts_that_were_compared_before_are_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    summaries = summarize_articles(nodes(versions([(0, 0), (0, 1), (1, 0), (0, 2), (1, 1)])))
    first, learned = find_copies_again(CopyInput(summaries, b""))
    monkeypatch.setattr("newsgraph.resolve.copies.near_copies._Similarity.__call__", None)

    assert len(first) > 2
    assert find_copies_again(CopyInput(summaries, learned)) == (first, learned)


def test_nothing_is_learned_where_nothing_is_kept() -> None:
    assert find_copies_again(CopyInput(summarize_articles(nodes([WIRE] * 3)))) == (find_copies(summarize_articles(nodes([WIRE] * 3))), b"")


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), max_size=8))
def test_buckets_with_the_same_texts_count_once(rows: list[list[int]]) -> None:
    buckets = (
        np.array([[ALONE if number == 3 else 3 * band + number for band, number in enumerate(row)] for row in rows])
        .reshape(-1, 4)
        .astype(np.int64)
    )
    texts = {int(number): frozenset(np.flatnonzero((buckets == number).any(axis=1)).tolist()) for number in buckets.flat if number != ALONE}
    lowest = {members: min(number for number in texts if texts[number] == members) for members in texts.values()}

    expected = [sorted(number for number in row if number != ALONE and lowest[texts[number]] == number) for row in buckets.tolist()]
    assert distinct_buckets(buckets) == expected
