"""Which buyers belong to others, and one sale of a part with either as its buyer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgraph.core.graph_tables import GraphTables, shortcuts
from newsgraph.core.lasting_relation import Relation
from newsgraph.core.model import Report, RoleFiller
from newsgraph.resolve import ExtractedArticle
from readings import article, graph_of, report, told


def sale(buyer: str, part: str = "parcel unit", amount: float | None = 5e8) -> Report:
    """Report that a company bought a part of Cask."""
    made = report("acquisition", buyer, None, amount)
    return replace(made, roles=(*made.roles, RoleFiller("seller", "Cask")), part=part)


def sales(*relations: Relation) -> list[ExtractedArticle]:
    """Read that Acme bought a part of Cask, and in another text that Bolt did, with what that text says of the two."""
    second = told(
        article("b", "Cask sells its parcel division to Acme's Bolt", days=1),
        "Acme",
        "Bolt",
        "Cask",
        reports=[sale("Bolt", "parcel division")],
    )
    return [
        told(article("a", "Acme buys the parcel unit of Cask"), "Acme", "Cask", reports=[sale("Acme")]),
        replace(second, facts=replace(second.facts, relations=relations)),
    ]


def test_one_sale_with_the_parent_and_with_the_subsidiary_is_one_event() -> None:
    graph = graph_of(sales(Relation("subsidiary_of", "Bolt", "Acme", 34, 45, "possessive", 0.6)))

    assert graph["events"].select("label", "articles").rows() == [("Acme and Bolt acquire Cask's parcel division for $500M", 2)]
    assert graph["event_roles"].select("role", "name").rows() == [("ng:acquirer", "Acme"), ("ng:acquirer", "Bolt"), ("ng:seller", "Cask")]


@pytest.mark.parametrize("kind", ["competes_with", "supplies_to", "owns"])
def test_buyers_of_which_none_belongs_to_the_other_bought_two_things(kind: str) -> None:
    assert graph_of(sales(Relation(kind, "Bolt", "Acme", 34, 45, "rule", 0.9)))["events"].height == 2
    assert graph_of(sales())["events"].height == 2


def test_who_sells_a_part_is_not_bought_whole() -> None:
    whole = told(article("c", "Acme buys Cask", days=1), "Acme", "Cask", reports=[report("acquisition", "Acme", "Cask", 5e8)])
    graph = graph_of([sales()[0], whole])

    assert graph["event_roles"].select("role", "name").rows() == [("ng:acquirer", "Acme"), ("ng:seller", "Cask")]
    assert shortcuts(graph)["kind"].to_list() == ["bought_part_of"]


@pytest.mark.parametrize(
    ("part", "edges"), [("stake", {("bought_part_of", "Cask")}), ("parcel unit", {("acquired", "Cask"), ("bought_part_of", "Bolt")})]
)
def test_a_share_that_an_owner_sells_is_no_part_of_the_owner(part: str, edges: set[tuple[str, str]]) -> None:
    made = report("acquisition", "Acme", "Cask", 5e8)
    sold = replace(made, roles=(*made.roles, RoleFiller("seller", "Bolt")), part=part)
    graph = graph_of([told(article("a", "Acme buys a stake in Cask from Bolt"), "Acme", "Cask", "Bolt", reports=[sold])])
    names = dict(graph["companies"].select("iri", "name").iter_rows())

    assert {(kind, names[target]) for kind, target in shortcuts(graph).select("kind", "target").iter_rows()} == edges


def test_companies_that_merge_units_have_not_merged() -> None:
    graph = graph_of(
        [
            told(
                article("a", "Acme and Bolt merge mills"),
                "Acme",
                "Bolt",
                reports=[replace(report("merger", "Acme", "Bolt", None), part="paper mills")],
            )
        ]
    )
    assert graph["events"]["label"].to_list() == ["Acme and Bolt combine paper mills"]
    assert shortcuts(graph).height == 0


@pytest.mark.parametrize(("other", "events"), [("60% stake", 1), ("stake", 1), ("40% stake", 2), ("parcel unit", 2)])
def test_shares_are_one_sale_unless_they_have_two_sizes(other: str, events: int) -> None:
    told_twice = [
        told(
            article(name, "Acme buys a stake in Cask", days=days),
            "Acme",
            "Cask",
            reports=[replace(report("acquisition", "Acme", "Cask", None), part=part)],
        )
        for name, days, part in (("a", 0, "60%"), ("b", 1, other))
    ]
    assert graph_of(told_twice)["events"].height == events


def test_the_sale_of_lyfts_unit_is_one_event(news_graph: GraphTables) -> None:
    events = news_graph["events"].filter(type="acquisition").join(
        news_graph["event_roles"].filter(role="ng:seller", name="Lyft"), left_on="iri", right_on="event", how="semi"
    )  # fmt: skip
    assert events.select("amount", "currency", "articles").rows() == [(5.5e8, "USD", 7)]
    assert "self-driving" in events["part"].item()
    roles = news_graph["event_roles"].filter(event=events["iri"].item()).select("role", "name").rows()
    assert roles == [("ng:acquirer", "Toyota"), ("ng:acquirer", "Woven Planet"), ("ng:seller", "Lyft")]


def test_parts_in_other_words_are_one_sale_for_one_sum_whatever_is_paid_at_once() -> None:
    texts = [
        told(article("a", "Acme buys the parcel unit of Cask"), "Acme", "Cask", reports=[sale("Acme")]),
        told(article("b", "Acme pays Cask for its parcel unit", days=1), "Acme", "Cask", reports=[sale("Acme", amount=2e8)]),
        told(article("c", "Cask sells its letter business to Acme", days=2), "Acme", "Cask", reports=[sale("Acme", "letter business")]),
    ]
    assert graph_of(texts)["events"].select("amount", "articles").rows() == [(5e8, 3)]
