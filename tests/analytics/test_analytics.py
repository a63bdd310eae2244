"""Analytics: what the columns mean, where the edges are, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import networkx as nx
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from newsgraph.analytics.community_history import communities
from newsgraph.analytics.disparity_backbone import disparity
from newsgraph.analytics.graph_analytics import Analytics
from newsgraph.analytics.time_periods import PERIODS, period_of, period_of_text
from newsgraph.api import NewsGraph
from newsgraph.core.errors import InputError, MissingExtraError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from planted_graph import planted_graph
from sample import sample_graph

Method = Callable[[Analytics], pl.DataFrame]
ALL: dict[str, Method] = {
    "deal_flow": lambda a: a.deal_flow(), "coverage": lambda a: a.coverage(), "first_movers": lambda a: a.first_movers(), "links": lambda a: a.links(),
    "backbone": lambda a: a.backbone(), "communities": lambda a: a.communities(), "by_month": lambda a: a.communities("month"),
    "brokers": lambda a: a.brokers(), "co_investors": lambda a: a.co_investors(), "trends": lambda a: a.trends(), "emerging": lambda a: a.emerging(),
    "topics": lambda a: a.trends(kind="topic"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_an_empty_graph_has_the_same_columns_and_no_rows(name: str) -> None:
    empty, full = ALL[name](Analytics(make_tables({}))), ALL[name](planted_graph()[0].analytics)
    assert empty.schema == full.schema
    assert empty.height == 0


@pytest.mark.parametrize("name", ALL)
def test_a_frame_is_the_same_whatever_the_order_of_the_tables(name: str) -> None:
    kg = planted_graph()[0]
    reversed_tables = GraphTables({table: data.reverse() for table, data in kg.tables.tables.items()})
    assert_frame_equal(ALL[name](Analytics(reversed_tables)), ALL[name](kg.analytics))


@pytest.mark.parametrize("name", ALL)
def test_a_frame_goes_to_pandas(name: str) -> None:
    result = ALL[name](planted_graph()[0].analytics)
    assert list(result.to_pandas().columns) == result.columns


def test_an_unknown_word_is_told_with_the_known_ones() -> None:
    analytics = Analytics(sample_graph())
    calls: tuple[Callable[[], pl.DataFrame], ...] = (
        lambda: analytics.deal_flow("months"), lambda: analytics.deal_flow(types=["aquisition"]), lambda: analytics.trends(kind="compny"),
        lambda: analytics.links(["adviserr"]), lambda: analytics.first_movers("mergers"),
    )  # fmt: skip
    for call in calls:
        with pytest.raises(UnknownNameError, match="Did you mean"):
            call()
    with pytest.raises(UnknownNameError, match="no such engine"):
        analytics.communities(engine="igraph")
    with pytest.raises(InputError, match="above 0"):
        analytics.emerging(days=0)
    with pytest.raises(InputError, match="above 0"):
        analytics.impact("Acme invests $1.5M in Bolt", days=-1)
    with pytest.raises(UnknownNameError):
        analytics.impact("Acme invests nothing")


def test_a_missing_engine_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.analytics.community_detection.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"newsgraph\[networkit\]"):
        planted_graph()[0].analytics.communities(engine="networkit")


@pytest.mark.parametrize("method", ["communities", "brokers"])
def test_networkit_finds_what_networkx_finds(method: str) -> None:
    pytest.importorskip("networkit", reason="compares with networkit")
    kg, planted = planted_graph()
    ours, theirs = (getattr(kg.analytics, method)(engine=engine) for engine in ("networkx", "networkit"))
    if method == "brokers":
        assert theirs["company_name"][0] == ours["company_name"][0]
        return
    members = theirs.group_by("community").agg("company_name")["company_name"].to_list()
    assert all(any(community <= set(names) for names in members) for community in planted.communities)


def test_events_that_are_only_known_from_before_are_left_out_unless_asked_for() -> None:
    kg = NewsGraph(_with_events({"background": True}))
    assert kg.analytics.deal_flow().height == 0
    assert kg.analytics.deal_flow(background=True)["deals"].to_list() == [1]


def test_a_valuation_is_no_money_that_was_paid() -> None:
    flow = NewsGraph(_with_events({"amount_of": "valuation"})).analytics.deal_flow()
    assert flow.select("deals", "currency", "amount").rows() == [(1, None, None)]


@pytest.mark.parametrize(("when", "by", "period"), [
    ("2021-11-18", "day", "2021-11-18"), ("2021-11-18", "week", "2021-W46"), ("2021-11-18", "month", "2021-11"), ("2021-11-18", "quarter", "2021-Q4"),
    ("2021-11", "day", None), ("2021-11", "month", "2021-11"), ("2021-11", "quarter", "2021-Q4"), ("2021", "month", None), ("2021", "year", "2021"),
    ("2021-01-01", "week", "2020-W53"), (None, "year", None),
])  # fmt: skip
def test_a_time_is_counted_in_the_period_that_it_names(when: str | None, by: str, period: str | None) -> None:
    assert pl.DataFrame({"when": [when]}, schema={"when": pl.String}).select(period_of_text(pl.col("when"), by)).item() == period


@pytest.mark.parametrize("by", PERIODS)
def test_periods_of_times_and_of_texts_are_the_same(by: str) -> None:
    days = pl.DataFrame({"day": [date(2019, 12, 28) + timedelta(days=number) for number in range(800)]})
    rows = days.select(period_of(pl.col("day"), by).alias("one"), period_of_text(pl.col("day").dt.to_string("%Y-%m-%d"), by).alias("other"))
    assert rows["one"].to_list() == rows["other"].to_list()
    assert rows["one"].is_sorted()


def test_the_disparity_filter_is_that_of_the_paper() -> None:
    """The probability of a share of at least s among k - 1 cuts of an interval is the integral of (k - 1)(1 - x)^(k - 2) from s to 1."""
    links = pl.DataFrame({"one": ["a", "a", "a", "b"], "other": ["b", "c", "d", "c"], "happenings": [8, 1, 1, 2]})
    ends = {"a": (10, 3), "b": (10, 2), "c": (3, 2), "d": (1, 1)}
    for one, other, weight, p_value in disparity(links).select("one", "other", "happenings", "p_value").rows():
        tails = []
        for total, degree in (ends[one], ends[other]):
            if degree == 1:
                tails.append(1.0)
                continue
            steps = 20_000
            share = weight / total
            width = (1 - share) / steps
            points = (share + (step + 0.5) * width for step in range(steps))
            tails.append(sum((degree - 1) * (1 - point) ** (degree - 2) * width for point in points))
        assert p_value == pytest.approx(min(tails), rel=1e-3)


def test_weights_keep_advisers_and_names_in_passing_apart() -> None:
    graph = _news([("s1", ["a", "b"], 0), ("s2", ["a", "c"], 1)], weights={"c": "adviser"})
    assert Analytics(graph).links().select("one_name", "other_name").rows() == [("A", "B")]
    assert Analytics(graph).links(None).height == 2
    assert Analytics(graph).links("adviser").height == 0


def test_copies_and_articles_of_a_story_count_once() -> None:
    graph = _news([("s1", ["a", "b"], 0), ("s1", ["a", "b"], 1), ("s1", ["a", "b"], 2)], copies=True)
    assert Analytics(graph).links().select("happenings", "origins", "articles").rows() == [(1, 1, 3)]


def test_a_network_has_the_links_and_names() -> None:
    kg = planted_graph()[0]
    network, links = kg.analytics.network(), kg.analytics.links()
    assert network.number_of_edges() == links.height
    assert all(data["distance"] == 1 / data["weight"] for *_, data in network.edges(data=True))
    assert set(nx.get_node_attributes(network, "label").values()) == {*links["one_name"], *links["other_name"]}


def test_a_community_that_sleeps_wakes_under_its_name() -> None:
    first = [(f"s{number}", group, day) for day in range(0, 200, 8) for number, group in _groups(day)]
    rows = communities(_news([one for one in first if not 60 <= one[2] < 120]), "month")
    by_period = rows.group_by("period", maintain_order=True).agg(
        pl.col("community").unique().sort(), pl.col("community_name").unique().sort()
    )
    assert by_period.height >= 3
    assert by_period["community"].to_list() == [[1, 2]] * by_period.height
    assert by_period["community_name"].n_unique() == 1


def _groups(day: int) -> list[tuple[int, list[str]]]:
    left, right = ["a", "b", "c", "d"], ["e", "f", "g", "h"]
    pairs = [(one, other) for group in (left, right) for one in group for other in group if one < other]
    return [(100 * day + number, list(pair)) for number, pair in enumerate(pairs)]


def test_more_news_of_everything_is_no_burst() -> None:
    quiet = [(f"q{day}{name}", [name], day) for day in range(150) for name in "abcd"[day % 4]]
    loud = [(f"l{day}{name}{number}", [name], day) for day in range(150, 180) for name in "abcd" for number in range(5)]
    assert Analytics(_news(quiet + loud)).emerging(days=30, baseline=150).height == 0
    burst = [(f"b{day}", ["e"], day) for day in range(150, 180)]
    found = Analytics(_news(quiet + burst)).emerging(days=30, baseline=150)
    assert found.select("name", "happenings", "is_new").rows() == [("E", 30, True)]
    assert Analytics(_news(quiet + burst)).emerging(days=30, baseline=100, until=date(2021, 5, 1)).height == 0


def test_impact_counts_what_follows_an_event() -> None:
    kg = planted_graph()[0]
    event = kg.events.filter((pl.col("type") == "acquisition") & ~pl.col("background")).sort("first", "iri").row(8, named=True)
    parties = set(kg.event_roles.filter(event=event["iri"], kind="company")["name"])
    result = (
        kg.analytics.impact(event["label"]) if kg.events.filter(label=event["label"]).height == 1 else kg.analytics.impact(event["iri"])
    )
    assert set(result["company_name"]) == parties
    assert result["after"].min() >= 3  # type: ignore[operator] # a number
    assert result["outlets"].min() >= 3  # type: ignore[operator] # a number


def _with_events(change: dict[str, object]) -> GraphTables:
    row: dict[str, object] = {"iri": "https://a.example/event/1", "type": "acquisition", "label": "A", "when": "2021-05-01", "amount": 5.0, "currency": "USD",
                              "amount_of": "price", "status": "completed", "background": False}  # fmt: skip
    return make_tables({"events": frame("events", [row | change])})


def _news(stories: list[tuple[str, list[str], int]], weights: dict[str, str] | None = None, *, copies: bool = False) -> GraphTables:
    """Return a graph of articles, each with its story, the companies that it is about, and the day of the year."""
    start = datetime(2021, 1, 1, 12, tzinfo=UTC)
    articles, mentions = [], []
    for number, (story, companies, day) in enumerate(stories):
        iri = f"https://a.example/article/{number:05d}"
        group = f"https://a.example/article/{0:05d}" if copies else iri
        articles.append({"iri": iri, "title": story, "story": story, "copy_group": group, "published": start + timedelta(days=day)})
        mentions += [{"article": iri, "company": name, "weight": (weights or {}).get(name, "subject")} for name in companies]
    names = sorted({str(row["company"]) for row in mentions})
    return make_tables({
        "articles": frame("articles", articles), "mentions": frame("mentions", mentions),
        "companies": frame("companies", [{"iri": name, "name": name.upper()} for name in names]),
    })  # fmt: skip
