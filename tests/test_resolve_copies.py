"""Near-copies and origins."""

from __future__ import annotations

from newsgraph.graph import GraphTables
from newsgraph.resolve import Reading
from readings import article, graph_of, report, told

WIRE = "Acme is buying the bolt maker Bolt for a sum that neither side wished to name, the two told reporters in Lyon on Thursday morning."


def wire(number: int, title: str, excerpt: str = WIRE, days: float = 0, outlet: str = "") -> Reading:
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
