"""Which records are one article, and whose words stand for it."""

from __future__ import annotations

from random import Random

import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Image
from newsgraph.resolve import ExtractedArticle
from readings import article, graph_of, report, told


def records(*readings: ExtractedArticle) -> GraphTables:
    return graph_of(readings)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.news.example/story",
        "https://www.news.example/story/",
        "https://www.news.example/story?utm_source=mail",
        "https://www.news.example/story#comments",
        "https://www.news.example:443/story",
        "https://m.news.example/story",
        "https://amp.news.example/story",
        "https://www.news.example/amp/story",
        "https://www.news.example/story?amp",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/story?amp",
        "https://www.google.com/amp/s/www.news.example/story",
    ],
)
def test_every_form_of_an_address_is_one_article(address: str) -> None:
    graph = records(told(article("https://www.news.example/story")), told(article(address, source="b.txt")))

    assert graph["articles"].height == 1
    assert graph["versions"]["source"].to_list() == ["a.txt", "b.txt"]


def test_an_article_is_the_same_as_the_one_that_its_amp_address_names() -> None:
    graph = records(
        told(article("story-long", amp="https://mobile.news.example/p/77")), told(article("https://www.news.example/p/77", source="b.txt"))
    )

    assert graph["articles"]["url"].to_list() == ["https://news.example/story-long"]


def test_two_articles_with_one_title_are_two() -> None:
    assert records(told(article("one")), told(article("two")))["articles"].height == 2


def test_a_main_record_and_a_related_one_of_one_article_are_one_and_the_main_text_wins() -> None:
    graph = records(
        told(article("story", "A much longer title in the list", "And a long excerpt.", part="related[0]")),
        told(article("story", "Short title", source="b.txt")),
    )

    assert graph["articles"].select("title", "source", "part").rows() == [("Short title", "b.txt", "main")]


def test_of_related_records_the_longest_text_wins() -> None:
    graph = records(
        told(article("story", "Short", part="related[0]")), told(article("story", "Short", "but more.", source="b.txt", part="related[3]"))
    )

    assert graph["articles"]["source"].to_list() == ["b.txt"]


def test_of_equally_long_texts_the_smallest_wins() -> None:
    graph = records(told(article("story", "Bbb", part="related[0]")), told(article("story", "Abb", source="b.txt", part="related[0]")))

    assert graph["articles"]["title"].to_list() == ["Abb"]


def test_items_of_a_feed_are_main_records() -> None:
    graph = records(
        told(article("story", "Short", part="item[3]")), told(article("story", "A long title", source="b.txt", part="item[0].related[1]"))
    )

    assert graph["articles"]["part"].to_list() == ["item[3]"]


def test_every_version_of_a_text_is_kept() -> None:
    graph = records(
        told(article("story", "One", "x", quality=3.0)), told(article("story", "Two", "y", source="b.txt", part="related[0]", heat=2.0))
    )

    assert graph["versions"].drop("article").rows() == [
        ("a.txt", "main", "One", "x", 3.0, None),
        ("b.txt", "related[0]", "Two", "y", None, 2.0),
    ]


def test_an_article_is_of_all_documents_that_hold_it() -> None:
    graph = records(
        told(article("story")), told(article("story", source="b.txt", part="related[0]")), told(article("other", source="b.txt"))
    )

    assert sorted(graph["article_sources"]["source"]) == ["a.txt", "b.txt", "b.txt"]


def test_topics_images_and_addresses_of_all_records_come_together() -> None:
    graph = records(
        told(article("story", topics=("AI",), images=(Image("https://i.example/1"),), amp="https://news.example/amp/one")),
        told(article("story", topics=("Law", "AI"), images=(Image("https://i.example/2"), Image("https://i.example/1")), source="b.txt")),
    )

    assert sorted(graph["topics"]["name"]) == ["AI", "Law"]
    assert graph["images"].select("number", "url").rows() == [(1, "https://i.example/1"), (2, "https://i.example/2")]
    assert graph["aliases"]["kind"].to_list() == ["amp"]


def test_a_record_without_a_date_takes_it_from_another_one() -> None:
    graph = records(told(article("story", published=None)), told(article("story", days=2, source="b.txt", part="related[0]")))

    assert [str(time)[:10] for time in graph["articles"]["published"]] == ["2024-05-03"]


def test_what_a_record_lists_as_related_is_an_edge_to_the_article_itself() -> None:
    graph = records(told(article("story", related=("other?utm_source=x",))), told(article("other", part="related[0]")))

    iris = dict(graph["articles"].select("url", "iri").iter_rows())
    assert graph["relations"].rows() == [(iris["https://news.example/story"], iris["https://news.example/other"])]


def test_an_article_is_never_related_to_itself() -> None:
    assert records(told(article("story", related=("story",))))["relations"].height == 0


def test_only_the_chosen_text_is_read() -> None:
    graph = records(
        told(article("story", "Acme buys Bolt"), "Acme", "Bolt", reports=[report("acquisition", "Acme", "Bolt")]),
        told(article("story", "Cane buys Dune", part="related[0]", source="b.txt"), "Cane", "Dune"),
    )

    assert graph["companies"]["name"].to_list() == ["Acme", "Bolt"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_readings_does_not_matter(seed: int) -> None:
    readings = [
        told(
            article(
                f"s{number % 7}",
                f"Acme buys Bolt {number}",
                days=number % 5,
                source=f"{number}.txt",
                part=f"related[{number}]",
                topics=(f"T{number % 3}",),
            ),
            "Acme",
            ("Bolt", 0.4 + number / 50),
            reports=[report("acquisition", "Acme", "Bolt", 100.0 + 9 * number)],
        )
        for number in range(20)
    ]
    expected = graph_of(readings)

    Random(seed).shuffle(readings)  # noqa: S311 - a repeatable order, no secret
    shuffled = graph_of(readings)

    assert [name for name in expected.tables if not expected[name].equals(shuffled[name])] == []
