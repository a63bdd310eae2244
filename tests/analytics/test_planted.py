"""What is planted in news is found, and where nothing is planted nothing is found."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

from newsgraph.api import NewsGraph
from planted_graph import Planted, planted_graph

SURE = 0.001  # of eight outlets of plain news one may be lucky at 5 %


@pytest.fixture(scope="module", params=[1, 3], ids=lambda seed: f"seed{seed}")
def news(request: pytest.FixtureRequest) -> tuple[NewsGraph, Planted]:
    """Return a graph of planted news."""
    return planted_graph(seed=request.param)


@pytest.fixture(scope="module")
def plain() -> NewsGraph:
    """Return a graph of news in which nothing is planted."""
    return planted_graph(plain=True)[0]


def test_nearly_all_planted_deals_are_in_the_deal_flow_and_no_others(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    flow = kg.analytics.deal_flow()
    told = Counter((month, kind) for month, kind, _ in planted.deals)
    read = Counter({(month, kind): deals for month, kind, deals in flow.group_by("period", "type").agg(pl.col("deals").sum()).rows()})
    assert read - told == Counter()
    assert read.total() >= 0.9 * told.total()


def test_planted_amounts_add_up(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    flow = kg.analytics.deal_flow("year")
    assert set(flow["currency"].drop_nulls()) == {"USD"}
    assert flow["amount"].sum() == pytest.approx(sum(amount for *_, amount in planted.deals), rel=0.1)


def test_planted_communities_are_found_whole_and_apart(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    members = kg.analytics.communities().group_by("community").agg("company_name")["company_name"].to_list()
    assert [sum(len(community & set(names)) == len(community) for names in members) for community in planted.communities] == [1, 1, 1]
    assert [sum(len(community & set(names)) > 0 for community in planted.communities) for names in members] == [1, 1, 1]


def test_communities_keep_their_numbers_and_names_from_quarter_to_quarter(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    members = kg.analytics.communities("quarter")
    last = members.filter(pl.col("period") == members["period"].max())
    for community in planted.communities:
        counts = last.filter(pl.col("company_name").is_in(sorted(community)))["community"].value_counts()
        now = counts.sort(["count", "community"], descending=[True, False])["community"][0]
        then = members.filter((pl.col("community") == now) & (pl.col("period") < members["period"].max()))
        assert then["period"].n_unique() >= 1
        assert members.filter(community=now)["community_name"].n_unique() == 1
        assert len(community & set(then["company_name"])) >= len(community) // 2


def test_planted_brokers_are_between_the_communities(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    brokers = kg.analytics.brokers()
    assert brokers["company_name"][0] in planted.brokers
    assert set(brokers.sort("participation", descending=True)["company_name"][:2]) == planted.brokers
    assert planted.brokers <= set(brokers.filter(pl.col("communities") == 3)["company_name"])


def test_the_planted_burst_is_found_and_no_other(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    assert kg.analytics.emerging()["name"].to_list() == [planted.burst]


def test_the_planted_outlet_is_first_and_no_other(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    assert kg.analytics.first_movers().filter(pl.col("q_value") < SURE)["name"].to_list() == [planted.scoops]
    ranked = kg.analytics.coverage().sort("first", descending=True)
    assert ranked["name"][0] == planted.scoops


def test_planted_co_investors_come_first(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    first = kg.analytics.co_investors().row(0, named=True)
    assert {first["one_name"], first["other_name"]} == planted.co_investors
    assert (first["companies"], len(first["shared_companies"])) == (4, 4)


def test_companies_named_together_again_and_again_are_a_trend_and_the_backbone(news: tuple[NewsGraph, Planted]) -> None:
    kg, planted = news
    pairs = [set(pair) for pair in kg.analytics.backbone().select("one_name", "other_name").rows()]
    assert planted.together in pairs
    trend = kg.analytics.trends(by=None).row(0, named=True)
    strongest = kg.analytics.trends(by=None).sort("happenings", descending=True).row(0, named=True)
    assert {strongest["one_name"], strongest["other_name"]} == planted.together
    assert trend["lift"] > 1


def test_where_nothing_is_planted_nothing_is_found(plain: NewsGraph) -> None:
    analytics = plain.analytics
    assert analytics.links().height > 50
    found = [analytics.communities(), analytics.communities("quarter"), analytics.brokers(), analytics.emerging(), analytics.backbone(),
             analytics.emerging(kind="topic"), analytics.first_movers().filter(pl.col("q_value") < SURE),
             analytics.trends(by=None).filter(pl.col("q_value") < 0.05), analytics.co_investors().filter(pl.col("companies") > 3)]  # fmt: skip
    assert [frame.height for frame in found] == [0] * len(found)
