"""Which reports tell of one event, what it is called, and which edges it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from newsgraph.core.graph_tables import GraphTables, edges, shortcuts
from newsgraph.core.iris import event_key
from newsgraph.core.model import Money, Report, Status, Total
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.resolve import ExtractedArticle
from readings import BASE, DAY_ONE, article, graph_of, report, short, told

DAY = DAY_ONE.date()
SHORTCUTS = {
    "investment": "invested_in",
    "acquisition": "acquired",
    "merger": "merged_with",
    "partnership": "partnered_with",
    "lawsuit": "sued",
    "contract": "supplies",
}


def tells(
    number: int, *reports: Report, days: float = 0, title: str = "", outlet: str = "", totals: tuple[Total, ...] = ()
) -> ExtractedArticle:
    """Make an article in its own outlet that names Acme and Bolt and tells of some events."""
    heading = title or f"Acme and Bolt {'xyzuvw'[number] * 3} {number}"
    record = article(f"a{number}", heading, days=days, outlet=outlet or f"outlet{number}.example")
    return told(record, "Acme", "Bolt", reports=reports, totals=totals)


def bought(amount: float | None = None, status: Status = Status.ANNOUNCED, day: date | None = DAY, currency: str = "USD") -> Report:
    """Make a report of one acquisition."""
    return report("acquisition", "Acme", "Bolt", amount, status=status, day=day, currency=currency)


def paid(amount: float, currency: str = "USD") -> Report:
    """Make a report of one investment."""
    return report("investment", "Acme", "Bolt", amount, currency=currency)


def events(graph: GraphTables) -> list[tuple[object, ...]]:
    return graph["events"].sort("date", "amount").select("type", "amount", "articles").rows()


def test_an_event_is_named_by_type_parties_and_month() -> None:
    graph = graph_of([tells(0, bought())])

    assert graph["events"]["iri"].to_list() == [f"{BASE}event/{event_key('acquisition', ('acme', 'bolt'), '2024-05')}"]


def test_the_name_of_an_event_does_not_depend_on_which_party_comes_first() -> None:
    assert event_key("merger", ("bolt", "acme"), "2024-05") == event_key("merger", ("acme", "bolt"), "2024-05")


def test_half_of_a_deal_makes_an_event_only_if_it_is_surer() -> None:
    half = replace(report("partnership", "Acme", None), confidence=0.6)
    assert events(graph_of([tells(1, half)])) == []
    assert len(events(graph_of([tells(1, replace(half, confidence=0.7))]))) == 1


def test_an_event_with_one_party_has_a_name_of_its_own() -> None:
    names = {event_key("layoff", slugs, "2024-05") for slugs in [("acme",), ("acme", "bolt"), ("bolt",)]}

    assert len(names) == 3


def test_reports_of_one_event_in_two_articles_are_one_event() -> None:
    assert events(graph_of([tells(0, bought(7e6)), tells(1, bought(7e6), days=1)])) == [("acquisition", 7e6, 2)]


def test_amounts_within_rounding_are_one_event_and_the_amount_told_most_stands() -> None:
    graph = graph_of([tells(0, bought(1.24e9)), tells(1, bought(1.2e9)), tells(2, bought(1.2e9))])

    assert events(graph) == [("acquisition", 1.2e9, 3)]
    assert sorted(graph["reports"]["amount"]) == [1.2e9, 1.2e9, 1.24e9]


def test_different_amounts_are_two_events_numbered_in_order_of_publication() -> None:
    graph = graph_of([tells(0, paid(9e6), days=1), tells(1, paid(5e6), days=0)])

    key = event_key("investment", ("acme", "bolt"), "2024-05")
    assert [(short(iri), amount) for iri, amount in graph["events"].select("iri", "amount").iter_rows()] == [(key, 5e6), (f"{key}-2", 9e6)]


def test_an_amount_in_another_currency_is_the_same_event() -> None:
    assert len(events(graph_of([tells(0, bought(10e6)), tells(1, bought(9e6, currency="EUR"))]))) == 1


def test_sums_in_two_currencies_that_no_rate_makes_equal_are_two_events() -> None:
    assert len(events(graph_of([tells(0, bought(10e6)), tells(1, bought(2e9, currency="EUR"))]))) == 2


def test_a_sum_joins_by_its_own_currency_before_another() -> None:
    graph = graph_of([tells(0, paid(10e6)), tells(1, paid(9e6, "EUR")), tells(2, paid(18e6, "EUR"))])

    assert [articles for _, _, articles in events(graph)] == [2, 1]


def test_a_report_without_an_amount_joins_the_one_that_has_it() -> None:
    assert events(graph_of([tells(0, bought()), tells(1, bought(5e6))])) == [("acquisition", 5e6, 2)]


def test_reports_months_apart_are_two_events() -> None:
    later = DAY + timedelta(days=120)

    assert len(events(graph_of([tells(0, paid(5e6)), tells(1, replace(paid(5e6), when=later.isoformat()), days=120)]))) == 2


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DENIED])
def test_the_end_of_a_takeover_belongs_to_its_announcement_months_before(status: Status) -> None:
    later = DAY + timedelta(days=300)
    graph = graph_of([tells(0, bought(5e6)), tells(1, bought(status=status, day=later), days=300)])

    assert graph["events"].select("status", "articles").rows() == [(status.value, 2)]


def test_a_firm_that_launches_something_every_other_day_launches_more_than_one_thing() -> None:
    days = [DAY + timedelta(days=number) for number in (0, 2, 4)]
    graph = graph_of([tells(number, report("product_launch", "Acme", None, day=day), days=2 * number) for number, day in enumerate(days)])

    assert sorted(graph["events"]["articles"]) == [1, 2]


def test_different_types_between_one_pair_are_different_events() -> None:
    assert len(events(graph_of([tells(0, bought(), report("lawsuit", "Acme", "Bolt"))]))) == 2


@pytest.mark.parametrize("type_name", ["lawsuit", "contract"])
def test_direction_keeps_events_apart(type_name: str) -> None:
    graph = graph_of([tells(0, report(type_name, "Acme", "Bolt")), tells(1, report(type_name, "Bolt", "Acme"))])

    assert graph["events"].height == 2
    assert graph["events"]["iri"].n_unique() == 2


def test_a_day_that_texts_name_wins_over_days_of_articles() -> None:
    named = report("acquisition", "Acme", "Bolt", day=DAY - timedelta(days=2), source="text")
    graph = graph_of([tells(0, bought()), tells(1, bought(day=DAY + timedelta(days=1)), days=1), tells(2, named, days=1)])

    assert graph["events"].select("date", "date_source").rows() == [(DAY - timedelta(days=2), "text")]


def test_without_a_named_day_the_earliest_article_dates_the_event() -> None:
    graph = graph_of([tells(0, bought(day=DAY + timedelta(days=1)), days=1), tells(1, bought())])

    assert graph["events"].select("date", "date_source").rows() == [(DAY, "article")]


def test_an_event_without_any_date_has_none() -> None:
    graph = graph_of([tells(0, bought(day=None))])

    assert graph["events"].select("date", "date_source").rows() == [(None, None)]


@pytest.mark.parametrize(
    ("told_in_order", "status"),
    [
        ([Status.RUMOURED, Status.ANNOUNCED], "announced"),
        ([Status.RUMOURED, Status.ANNOUNCED, Status.COMPLETED], "completed"),
        ([Status.COMPLETED, Status.RUMOURED], "completed"),
        ([Status.ANNOUNCED, Status.DENIED], "denied"),
        ([Status.DENIED, Status.ANNOUNCED], "announced"),
        ([Status.PLANNED, Status.RUMOURED], "planned"),
    ],
)
def test_the_furthest_status_stands_unless_a_denial_is_the_last_word(told_in_order: list[Status], status: str) -> None:
    graph = graph_of([tells(number, bought(status=one), days=number) for number, one in enumerate(told_in_order)])

    assert graph["events"]["status"].to_list() == [status]


@pytest.mark.parametrize("type_name", sorted(SHORTCUTS))
@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.COMPLETED])
def test_an_event_that_stands_gives_an_edge_between_its_parties(type_name: str, status: Status) -> None:
    graph = graph_of([tells(0, report(type_name, "Acme", "Bolt", status=status))])

    assert [(short(s), short(t), kind) for s, t, kind in shortcuts(graph).select("source", "target", "kind").iter_rows()] == [
        ("acme", "bolt", SHORTCUTS[type_name])
    ]


@pytest.mark.parametrize("type_name", sorted(SHORTCUTS))
@pytest.mark.parametrize("status", [Status.RUMOURED, Status.DENIED, Status.PLANNED])
def test_what_has_not_happened_gives_no_edge_between_companies(type_name: str, status: Status) -> None:
    graph = graph_of([tells(0, report(type_name, "Acme", "Bolt", status=status))])

    assert graph["events"].height == 1
    assert shortcuts(graph).height == 0


def test_every_edge_has_a_kind_of_the_vocabulary() -> None:
    graph = graph_of([tells(number, report(type_name, "Acme", "Bolt")) for number, type_name in enumerate(sorted(SHORTCUTS))])

    assert set(edges(graph)["kind"]) <= set(EDGE_KINDS)


def test_roles_say_who_did_what() -> None:
    graph = graph_of([tells(0, bought())])

    assert graph["event_roles"].select("role", "name").rows() == [("ng:acquirer", "Acme"), ("ng:target", "Bolt")]


def test_two_articles_of_one_outlet_are_one_outlet() -> None:
    graph = graph_of([tells(0, bought(), outlet="wire.example"), tells(1, bought(), outlet="wire.example")])

    assert graph["events"].select("articles", "outlets", "origins").rows() == [(2, 1, 2)]


def test_a_report_of_a_company_on_itself_is_none() -> None:
    assert graph_of([tells(0, report("acquisition", "Acme", "Acme Inc."))])["events"].height == 0


def test_more_tellers_make_an_event_surer() -> None:
    one = graph_of([tells(0, bought())])["events"]["confidence"].item()
    two = graph_of([tells(0, bought()), tells(1, bought())])["events"]["confidence"].item()

    assert one < two < 1


def total(amount: float, parties: tuple[str, ...] = ("Acme", "Bolt")) -> Total:
    return Total(parties, Money(amount, "USD"), 0, 10, "hand", 0.8)


def test_a_total_over_two_events_is_a_deal_with_both_as_parts() -> None:
    parts = (report("investment", "Acme", "Bolt", 6e6), report("partnership", "Acme", "Bolt", 4e6))
    graph = graph_of([tells(0, *parts, totals=(total(1e7),))])

    deal = graph["events"].filter(type="deal").row(0, named=True)
    assert (deal["amount"], deal["currency"], deal["articles"]) == (1e7, "USD", 1)
    assert set(graph["event_parts"]["event"]) == {deal["iri"]}
    assert set(graph["event_parts"]["part"]) == set(graph["events"].filter(graph["events"]["type"] != "deal")["iri"])


def test_a_total_is_evidence_of_the_deal_and_no_report() -> None:
    parts = (report("investment", "Acme", "Bolt", 6e6), report("partnership", "Acme", "Bolt", 4e6))
    graph = graph_of([tells(0, *parts, totals=(total(1e7),))])

    assert sorted(graph["reports"]["type"]) == ["investment", "partnership"]
    assert graph["totals"]["event"].to_list() == graph["events"].filter(type="deal")["iri"].to_list()


def test_a_deal_gives_no_edge_between_companies_but_its_parts_do() -> None:
    parts = (report("investment", "Acme", "Bolt", 6e6), report("partnership", "Acme", "Bolt", 4e6))
    graph = graph_of([tells(0, *parts, totals=(total(1e7),))])

    assert sorted(shortcuts(graph)["kind"]) == ["invested_in", "partnered_with"]


def test_a_total_over_one_event_is_no_deal() -> None:
    graph = graph_of([tells(0, bought(1e7), totals=(total(1e7),))])

    assert graph["events"]["type"].to_list() == ["acquisition"]
    assert graph["totals"].height == 0


def test_a_total_over_a_name_that_was_not_accepted_is_dropped() -> None:
    parts = (report("investment", "Acme", "Bolt", 6e6), report("partnership", "Acme", "Bolt", 4e6))
    graph = graph_of([tells(0, *parts, totals=(total(1e7, ("Acme", "Nobody")),))])

    assert "deal" not in graph["events"]["type"].to_list()


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_readings_does_not_matter(seed: int) -> None:
    amounts = [5e6, 5.2e6, 9e6, None, 5e6, 8.4e6]
    statuses = [Status.RUMOURED, Status.ANNOUNCED, Status.DENIED, Status.COMPLETED, Status.PLANNED, Status.ANNOUNCED]
    readings = [
        tells(number, bought(amount, status, DAY + timedelta(days=number * 9)), report("merger", "Bolt", "Acme", amount), days=number * 9)
        for number, (amount, status) in enumerate(zip(amounts, statuses, strict=True))
    ]
    expected = graph_of(readings)

    Random(seed).shuffle(readings)  # noqa: S311 - a repeatable order, no secret
    shuffled = graph_of(readings)

    assert [name for name in expected.tables if not expected[name].equals(shuffled[name])] == []
