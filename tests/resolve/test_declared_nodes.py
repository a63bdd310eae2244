"""Providers, topics, organisations, products, people and places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgraph.core.graph_tables import edges, frame, make_tables
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Description, Facts, Kind, Mention, Post, Provider
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision, NamedThing, Verb
from newsgraph.resolve import ExtractedArticle, resolve
from newsgraph.resolve.resolution import UserDecisions
from readings import BASE, THRESHOLD, article, graph_of, mention, short, told


def of_provider(number: int, name: str, domain: str = "wire.example") -> ExtractedArticle:
    """Make an article of a provider."""
    return told(article(f"p{number}", f"Title {number}", provider=Provider(name, domain)))


def with_topics(number: int, *topics: str) -> ExtractedArticle:
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


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        (("Health", "Disease and condition", "Cancer"), {"cancer": "disease-and-condition", "disease-and-condition": "health", "health": None}),
        (("Health", "Cancer"), {"cancer": "health", "health": None}),
        (("Large Language Models", "science and technology"), {"large-language-models": "science-and-technology", "science-and-technology": None}),
        (("Cancer", "Sport"), {"cancer": None, "sport": None}),
    ],
)  # fmt: skip
def test_a_topic_lies_under_the_nearest_topic_of_the_table_that_occurs(topics: tuple[str, ...], expected: dict[str, str | None]) -> None:
    graph = graph_of([with_topics(0, *topics)])

    assert {short(iri): broader and short(broader) for iri, broader in graph["topics"].select("iri", "broader").iter_rows()} == expected


@pytest.mark.parametrize(
    ("kind", "table"), [(Kind.ORGANISATION, "organisations"), (Kind.PRODUCT, "products"), (Kind.PERSON, "people"), (Kind.PLACE, "places")]
)
def test_what_is_no_company_is_one_a_name(kind: Kind, table: str) -> None:
    readings = []
    for number, name in enumerate(["Zorvex", "ZORVEX", "Zorvex"]):
        record = article(f"e{number}", f"{name} grows")
        readings.append(ExtractedArticle(record, Facts((mention(record.text, name, kind=kind),))))

    assert graph_of(readings)[table].select("name", "articles", "mentions").rows() == [("Zorvex", 3, 3)]


def test_a_product_is_made_by_its_maker_where_that_is_in_the_graph() -> None:
    record = article("e0", "Zorvex sells the Glimm")
    glimm = mention(record.text, "Glimm", kind=Kind.PRODUCT, detail="Zorvex")
    graph = graph_of([ExtractedArticle(record, Facts((mention(record.text, "Zorvex"), glimm)))])

    assert [short(iri) for iri in graph["products"]["maker"]] == ["zorvex"]


def test_a_product_of_a_maker_that_no_article_names_has_none() -> None:
    record = article("e0", "Who sells the Glimm")
    graph = graph_of([ExtractedArticle(record, Facts((mention(record.text, "Glimm", kind=Kind.PRODUCT, detail="Zorvex"),)))])

    assert graph["products"]["maker"].to_list() == [None]


def test_a_surname_is_another_name_of_the_person() -> None:
    record = article("e0", "Jane Roe came, Roe saw")
    roe = replace(mention(record.text, "Roe saw", kind=Kind.PERSON, name="Jane Roe"), text="Roe")
    graph = graph_of([ExtractedArticle(record, Facts((mention(record.text, "Jane Roe", kind=Kind.PERSON), roe)))])

    assert graph["people"].select("name", "aliases", "mentions").rows() == [("Jane Roe", ["Roe"], 2)]


def with_post(*mentions: Mention, role: str | None, employer: str | None) -> ExtractedArticle:
    """Make a reading of an article that tells one post of Jane Roe."""
    record = article("e0", "Zorvex chief Jane Roe came")
    post = Post("Jane Roe", role, employer, 0, 21, "hand", 0.8)
    return ExtractedArticle(
        record, Facts((*mentions, mention(record.text, "Jane Roe", kind=Kind.PERSON)), posts=(post,), extractor="hand/1")
    )


def test_a_person_works_for_the_company_that_the_post_names() -> None:
    graph = graph_of([with_post(mention("Zorvex chief", "Zorvex"), role="chief", employer="Zorvex")])

    assert [(short(a), b, short(c)) for a, b, c in graph["posts"].select("person", "role", "employer").rows()] == [
        ("jane-roe", "chief", "zorvex")
    ]
    assert edges(graph).filter(kind="works_for").select("weight", "confidence").rows() == [(1, 0.8)]


def test_a_person_works_for_the_organisation_that_the_post_names() -> None:
    graph = graph_of([with_post(mention("Zorvex chief", "Zorvex", kind=Kind.ORGANISATION), role="chief", employer="Zorvex")])

    assert graph["posts"]["employer"].to_list() == [f"{BASE}organisation/zorvex"]


def test_an_employer_that_was_not_accepted_leaves_the_role_alone() -> None:
    graph = graph_of([with_post(mention("Zorvex chief", "Zorvex", 0.1), role="chief", employer="Zorvex")])

    assert graph["posts"].select("role", "employer").rows() == [("chief", None)]
    assert edges(graph).filter(kind="works_for").is_empty()


def test_a_post_without_role_and_employer_is_none() -> None:
    graph = graph_of([with_post(mention("Zorvex chief", "Zorvex", 0.1), role=None, employer="Zorvex")])

    assert graph["posts"].is_empty()


def test_amounts_and_days_are_mentions_without_a_node() -> None:
    record = article("e0", "It cost $5")
    graph = graph_of([ExtractedArticle(record, Facts((mention(record.text, "$5", kind=Kind.MONEY, name="5 USD"),)))])

    assert graph["other_mentions"].select("kind", "entity", "name", "text").rows() == [("money", None, "5 USD", "$5")]


def publishers(*readings: ExtractedArticle) -> dict[str, str | None]:
    """Give the company that each provider is, by domain."""
    rows = graph_of(readings)["providers"].select("domain", "company").iter_rows()
    return {domain: company and short(company) for domain, company in rows}


@pytest.mark.parametrize(
    ("name", "domain", "company"),
    [
        ("Zorvex", "zorvex.com", "zorvex"),
        ("Zorvex", "www.zorvex.com", "zorvex"),
        ("Zorvex Inc.", "zorvex.com", "zorvex"),
        ("ZORVEX", "zorvex.co.uk", "zorvex"),
        ("Zorvex", "wire.example", None),
        ("Zorvex News", "zorvex.com", None),
        ("The Daily", "zorvex.com", None),
        ("Dunmore", "dunmore.com", None),
    ],
)
def test_a_provider_is_the_company_that_has_its_name_and_its_domain(name: str, domain: str, company: str | None) -> None:
    record = article("p0", "Zorvex grows", provider=Provider(name, domain))

    assert publishers(told(record, "Zorvex")) == {domain: company}


def test_nasdaq_publishes_at_its_own_address() -> None:
    assert publishers(told(article("p0", "Nasdaq grows", provider=Provider("Nasdaq", "nasdaq.com")), "Nasdaq")) == {"nasdaq.com": "nasdaq"}


def test_a_provider_is_none_of_two_companies_that_have_its_name() -> None:
    own = Provider("Zorvex", "zorvex.com")
    records = [article(f"p{number}", f"Zorvex grows {number}", days=number, provider=own) for number in range(2)]
    readings = [
        ExtractedArticle(
            record,
            Facts((mention(record.text, "Zorvex"),), descriptions=(Description("Zorvex", "sector", sector, 0, 6),)),
        )
        for record, sector in zip(records, ["pharma", "aviation"], strict=True)
    ]

    assert publishers(*readings) == {"zorvex.com": None}


def parents(*readings: ExtractedArticle) -> dict[str, str | None]:
    """Give the parent of each company, by name."""
    rows = graph_of(readings)["companies"].select("name", "parent").iter_rows()
    return {name: parent and short(parent) for name, parent in rows}


def listed(number: int, *names: str) -> ExtractedArticle:
    """Make an article whose companies stand in the shipped list."""
    record = article(f"l{number}", f"{' beside '.join(names)} {number}", days=number)
    found = (replace(mention(record.text, name), known=name) for name in names)
    return ExtractedArticle(record, Facts(tuple(found)))


def test_a_unit_stays_apart_from_its_parent_and_is_linked_to_it() -> None:
    assert parents(listed(0, "Google Cloud"), listed(1, "Google")) == {"Google": None, "Google Cloud": "google"}


def test_a_unit_and_its_parent_in_one_article_stay_two() -> None:
    record = article("l0", "Google Cloud grows, says Google.", "The chief of Google was glad.")
    text = record.text
    names = (replace(mention(text, "Google Cloud"), known="Google Cloud"), replace(mention(text, "Google.", name="Google"), known="Google"))

    assert parents(ExtractedArticle(record, Facts(names))) == {"Google": None, "Google Cloud": "google"}


def test_a_parent_that_no_article_names_is_no_node() -> None:
    assert parents(listed(0, "Google Cloud")) == {"Google Cloud": None}


def test_of_two_companies_with_the_parents_name_the_one_told_most_is_the_parent() -> None:
    record = article("l9", "Google opens a bakery", days=9)
    bakery = ExtractedArticle(
        record,
        Facts(
            (mention(record.text, "Google"),),
            descriptions=(Description("Google", "sector", "food", 0, 6), Description("Google", "country", "FI", 0, 6)),
        ),
    )
    engines = [listed(number, "Google") for number in range(1, 4)]
    readings = [
        replace(
            one,
            facts=replace(
                one.facts, descriptions=(Description("Google", "sector", "software", 0, 6), Description("Google", "country", "US-CA", 0, 6))
            ),
        )
        for one in engines
    ]
    graph = graph_of([bakery, listed(0, "Google Cloud"), *readings])

    parent = graph["companies"].filter(name="Google Cloud")["parent"].item()
    assert graph["companies"].filter(iri=parent)["articles"].to_list() == [3]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        pytest.param(
            Decision(Verb.RENAME, companies=(NamedThing("Google"),), name="Search Works"),
            {"Search Works": None, "Google Cloud": "google"},
            id="a parent that people named otherwise is still the parent",
        ),
        pytest.param(
            Decision(Verb.SAME, companies=(NamedThing("Google Cloud"), NamedThing("Google"))),
            {"Google Cloud": None},
            id="no company is its own parent",
        ),
    ],
)
def test_decisions_keep_parents_right(decision: Decision, expected: dict[str, str | None]) -> None:
    readings = [listed(0, "Google Cloud"), listed(1, "Google Cloud"), listed(2, "Google")]
    rows = resolve(readings, load_lexicon(), BASE, THRESHOLD, UserDecisions(decisions=combine_decisions([decision])))

    found = make_tables({name: frame(name, table) for name, table in rows})["companies"].select("name", "parent").iter_rows()
    assert {name: parent and short(parent) for name, parent in found} == expected
