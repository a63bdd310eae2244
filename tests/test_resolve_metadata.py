"""Providers, topics, organisations and products."""

from __future__ import annotations

import pytest

from newsgraph.model import Facts, Kind, Provider
from newsgraph.resolve import Reading
from readings import article, graph_of, mention, short, told


def of_provider(number: int, name: str, domain: str = "wire.example") -> Reading:
    """Make an article of a provider."""
    return told(article(f"p{number}", f"Title {number}", provider=Provider(name, domain)))


def with_topics(number: int, *topics: str) -> Reading:
    """Make an article on some topics."""
    return told(article(f"t{number}", f"Title {number}", topics=topics))


def test_a_provider_is_one_a_domain_and_called_by_the_name_used_most() -> None:
    graph = graph_of([of_provider(0, "The Wire"), of_provider(1, "The Wire"), of_provider(2, "Wire")])

    assert graph["providers"].select("name", "domain", "articles").rows() == [("The Wire", "wire.example", 3)]


def test_one_name_under_two_domains_is_two_providers() -> None:
    graph = graph_of([of_provider(0, "Wire"), of_provider(1, "Wire", "wire.other.example")])

    assert graph["providers"].height == 2


def test_an_article_without_a_provider_has_none() -> None:
    graph = graph_of([told(article("p0", provider=None))])

    assert graph["articles"]["provider"].to_list() == [None]
    assert graph["providers"].height == 0


def test_topics_that_differ_in_case_are_one() -> None:
    graph = graph_of([with_topics(0, "Machine Vision"), with_topics(1, "machine vision"), with_topics(2, "Machine Vision")])

    assert graph["topics"].select("name", "articles").rows() == [("Machine Vision", 3)]
    assert graph["article_topics"].height == 3


def test_topics_that_make_one_readable_part_are_two_with_two_names() -> None:
    graph = graph_of([with_topics(0, "C+"), with_topics(1, "C!")])

    assert sorted(short(iri) for iri in graph["topics"]["iri"]) == ["c", "c-2"]


def test_x_in_y_lies_under_x_where_both_occur() -> None:
    graph = graph_of([with_topics(0, "Robots in Farming", "Robots")])

    above = {short(iri): broader and short(broader) for iri, broader in graph["topics"].select("iri", "broader").iter_rows()}
    assert above == {"robots-in-farming": "robots", "robots": None}
    assert graph["topics"].filter(name="Robots in Farming")["rule"].to_list() == ["x_in_y"]


def test_x_in_y_alone_lies_under_nothing() -> None:
    assert graph_of([with_topics(0, "Robots in Farming")])["topics"]["broader"].to_list() == [None]


def test_the_shipped_table_of_topics_comes_first() -> None:
    graph = graph_of([with_topics(0, "AI in Healthcare", "AI")])

    assert graph["topics"].filter(name="AI in Healthcare")["rule"].to_list() == ["topic_table"]


@pytest.mark.parametrize(("kind", "table"), [(Kind.ORGANISATION, "organisations"), (Kind.PRODUCT, "products")])
def test_an_organisation_or_product_is_one_a_name(kind: Kind, table: str) -> None:
    readings = []
    for number, name in enumerate(["Zorvex", "ZORVEX", "Zorvex"]):
        record = article(f"e{number}", f"{name} grows")
        readings.append(Reading(record, Facts((mention(record.text, name, kind=kind),))))

    assert graph_of(readings)[table].select("name", "articles", "mentions").rows() == [("Zorvex", 3, 3)]


def test_a_product_is_made_by_its_maker_where_that_is_in_the_graph() -> None:
    record = article("e0", "Zorvex sells the Glimm")
    glimm = mention(record.text, "Glimm", kind=Kind.PRODUCT, detail="Zorvex")
    graph = graph_of([Reading(record, Facts((mention(record.text, "Zorvex"), glimm)))])

    assert [short(iri) for iri in graph["products"]["maker"]] == ["zorvex"]


def test_a_product_of_a_maker_that_no_article_names_has_none() -> None:
    record = article("e0", "Who sells the Glimm")
    graph = graph_of([Reading(record, Facts((mention(record.text, "Glimm", kind=Kind.PRODUCT, detail="Zorvex"),)))])

    assert graph["products"]["maker"].to_list() == [None]


def test_amounts_and_days_are_mentions_without_a_node() -> None:
    record = article("e0", "It cost $5")
    graph = graph_of([Reading(record, Facts((mention(record.text, "$5", kind=Kind.MONEY, name="5 USD"),)))])

    assert graph["other_mentions"].select("kind", "entity", "name", "text").rows() == [("money", None, "5 USD", "$5")]
