"""Which reports tell of one event: parties, types, days and sums."""

from __future__ import annotations

from itertools import permutations

import pytest

from event_reports import DAY, later, telling
from newsgraph.core.model import Money, Status
from newsgraph.resolve.events.resolved_reports import ResolvedReport, are_one_amount, by_day, cluster_reports


def clusters(*tellings: ResolvedReport) -> list[str]:
    """Return the names of the articles of each event, joined; the order of the tellings must not matter."""
    found = [[one.article.iri.removeprefix("art/") for one in cluster] for cluster in cluster_reports(tellings)]
    for order in list(permutations(tellings))[:6]:
        assert [[one.article.iri.removeprefix("art/") for one in cluster] for cluster in cluster_reports(order)] == found
    return sorted("".join(names) for names in found)


# --- parties and types


def test_reports_of_one_type_and_pair_are_one_event() -> None:
    assert clusters(telling("a"), telling("b"), telling("c")) == ["abc"]
    assert clusters(telling("a"), telling("b", "merger")) == ["a", "b"]
    assert clusters(telling("a"), telling("b", sides=("acme", "cask"))) == ["a", "b"]
    assert clusters(telling("a", "lawsuit", sides=("acme", None)), telling("b", "lawsuit", sides=("acme", "bolt"))) == ["a", "b"]
    assert clusters(telling("a", "layoff", sides=("acme", None)), telling("b", "layoff", sides=("acme", None))) == ["ab"]


@pytest.mark.parametrize(
    ("type_name", "expected"), [("acquisition", ["ab"]), ("investment", ["ab"]), ("lawsuit", ["a", "b"]), ("contract", ["a", "b"])]
)
def test_who_does_it_to_whom_is_told_both_ways_of_some_types(type_name: str, expected: list[str]) -> None:
    assert clusters(telling("a", type_name), telling("b", type_name, sides=("bolt", "acme"))) == expected


def test_one_side_alone_is_not_turned_round() -> None:
    assert clusters(telling("a", sides=("acme", None)), telling("b", sides=(None, "acme"))) == ["a", "b"]
    assert clusters(telling("a", "lawsuit", sides=("acme", None)), telling("b", "lawsuit", sides=(None, "acme"))) == ["a", "b"]


def test_events_come_sorted_by_type_and_parties() -> None:
    tellings = [telling("d", "merger"), telling("c", sides=("cask", "bolt")), telling("b", sides=("acme", "cask")), telling("a")]

    assert [cluster[0].article.iri for cluster in cluster_reports(tellings)] == ["art/a", "art/b", "art/c", "art/d"]


def test_a_report_is_named_by_what_stays_when_names_are_joined() -> None:
    assert telling("a").member == telling("a", sides=("bolt", "acme")).member == "acquisition|a|acme|bolt"
    assert telling("a", "layoff", sides=("acme", None)).member == "layoff|a|acme"


# --- days

WINDOWS = {"product_launch": 3, "financial_result": 10, "appointment": 5, "award": 5, "expansion": 7, "layoff": 14, "lawsuit": 14}


@pytest.mark.parametrize(("type_name", "days"), [*WINDOWS.items(), ("investment", 30), ("partnership", 30), ("contract", 30)])
def test_reports_within_some_days_of_each_other_are_one_event(type_name: str, days: int) -> None:
    first = telling("a", type_name)

    assert clusters(first, telling("b", type_name, day=later(days))) == ["ab"]
    assert clusters(first, telling("b", type_name, day=later(days + 1))) == ["a", "b"]


@pytest.mark.parametrize("type_name", sorted(WINDOWS))
def test_of_what_happens_often_the_days_are_counted_from_the_first_telling(type_name: str) -> None:
    days = WINDOWS[type_name]
    tellings = [telling(name, type_name, day=later(at)) for name, at in (("a", 0), ("b", days), ("c", days + 1), ("d", 2 * days + 1))]

    assert clusters(*tellings) == ["ab", "cd"]


def test_of_a_deal_the_days_are_counted_from_the_last_telling_for_four_months() -> None:
    def told(*days: int) -> list[str]:
        return clusters(*(telling(name, "partnership", day=later(at)) for name, at in zip("abcdefg", days, strict=False)))

    assert told(0, 30, 60, 90, 120) == ["abcde"]
    assert told(0, 30, 60, 90, 120, 121) == ["abcde", "f"]
    assert told(0, 30, 61) == ["ab", "c"]


@pytest.mark.parametrize("type_name", ["acquisition", "merger", "ipo"])
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DENIED])
def test_the_end_of_a_takeover_may_come_much_later(type_name: str, status: Status) -> None:
    first = telling("a", type_name)

    assert clusters(first, telling("b", type_name, day=later(550), status=status)) == ["ab"]
    assert clusters(first, telling("b", type_name, day=later(551), status=status)) == ["a", "b"]
    assert clusters(first, telling("b", type_name, day=later(31), status=Status.PLANNED)) == ["a", "b"]


def test_a_company_is_bought_once() -> None:
    first, clearance = telling("a"), telling("b", day=later(200))

    assert clusters(first, clearance) == ["ab"]
    assert clusters(first, telling("c", day=later(40), status=Status.COMPLETED), clearance) == ["acb"]
    assert clusters(first, telling("b", day=later(551))) == ["a", "b"]


def test_parts_of_a_company_are_bought_again_and_so_is_one_whose_sale_ended() -> None:
    assert clusters(telling("a", part="mill"), telling("b", part="mill", day=later(200))) == ["a", "b"]
    assert clusters(telling("a", percent=5.0), telling("b", percent=5.0, day=later(200))) == ["a", "b"]
    assert clusters(telling("a"), telling("b", day=later(40), status=Status.ENDED), telling("c", day=later(200))) == ["ab", "c"]


def test_the_end_of_other_things_does_not() -> None:
    assert clusters(telling("a", "partnership"), telling("b", "partnership", day=later(31), status=Status.COMPLETED)) == ["a", "b"]


def test_a_report_without_a_day_may_be_of_any_day_and_is_asked_last() -> None:
    assert clusters(telling("a"), telling("b", day=None)) == ["ab"]
    assert clusters(telling("a", day=None), telling("b", day=None)) == ["ab"]
    assert clusters(telling("a", "award"), telling("b", "award", day=later(6)), telling("c", "award", day=None)) == ["ac", "b"]


def test_tellings_are_sorted_by_day_then_by_publication_then_by_place() -> None:
    ordered = [
        telling("b", day=DAY, days=1), telling("a", day=DAY, days=2), telling("a", day=DAY, days=2, start=5), telling("c", day=DAY, days=None),
        telling("z", day=later(1), days=0), telling("y", day=None, days=0),
    ]  # fmt: skip

    turned = ordered[::-1]
    assert sorted(turned, key=by_day) == ordered


# --- sums


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((100, "USD"), (100, "USD"), True),
        ((100, "USD"), (110, "USD"), True),
        ((100, "USD"), (111, "USD"), False),
        ((100, "USD"), (199, "EUR"), True),  # without rates: of one size
        ((100, "USD"), (200, "EUR"), True),
        ((100, "USD"), (201, "EUR"), False),
        ((100, "GBP"), (250, "CHF"), False),
        ((100, "CAD"), (250, "AUD"), False),
        ((100, "USD"), (9000, "INR"), True),  # of these nobody knows
        ((100, "SEK"), (900, "NOK"), True),
        ((100, "SEK"), (111, "SEK"), False),
    ],
)
def test_two_sums_may_be_one_sum_told_differently(one: tuple[float, str], other: tuple[float, str], expected: bool) -> None:  # noqa: FBT001 - a case
    assert are_one_amount(Money(*one), Money(*other)) is are_one_amount(Money(*other), Money(*one)) is expected


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([100, 110], ["ab"]),
        ([100, 200], ["a", "b"]),
        ([100, None], ["ab"]),
        ([None, 100, 200], ["ab", "c"]),
        ([100, 110, 120], ["ab", "c"]),  # like each that is told, not only like one
        ([100, 96, 105], ["abc"]),
    ],
)
def test_reports_join_where_their_sums_can_be_one(sums: list[float | None], expected: list[str]) -> None:
    tellings = [
        telling(name, "contract", amount, days=at, day=later(4 * at)) for at, (name, amount) in enumerate(zip("abc", sums, strict=False))
    ]

    assert clusters(*tellings) == expected


def test_a_sum_is_compared_in_its_own_currency_where_one_is_told() -> None:
    dollars, euros = telling("a", "contract", 100), telling("b", "contract", 90, "EUR", days=1, day=later(4))

    assert clusters(dollars, euros, telling("c", "contract", 180, "EUR", days=2, day=later(8))) == ["ab", "c"]
    assert clusters(dollars, euros, telling("c", "contract", 95, "EUR", days=2, day=later(8))) == ["abc"]
    assert clusters(dollars, telling("b", "contract", 900, "EUR", day=later(4))) == ["a", "b"]
    assert clusters(dollars, euros, telling("c", "contract", 170, "GBP", days=2, day=later(8))) == ["abc"]  # like one of them


@pytest.mark.parametrize(
    ("amount", "days", "expected"),
    [(135, 3, ["ab"]), (136, 3, ["a", "b"]), (135, 4, ["a", "b"]), (135, 0, ["ab"]), (110, 4, ["ab"]), (111, 4, ["a", "b"])],
)
def test_sums_that_are_near_within_three_days_are_one_on_which_tellers_disagree(amount: float, days: int, expected: list[str]) -> None:
    assert clusters(telling("a", "contract", 100), telling("b", "contract", amount, days=days, day=later(days))) == expected


@pytest.mark.parametrize("type_name", ["acquisition", "merger", "ipo"])
def test_what_happens_once_has_one_sum_up_to_three_times_another(type_name: str) -> None:
    first = telling("a", type_name, 100)

    assert clusters(first, telling("b", type_name, 300, day=later(20))) == ["ab"]
    assert clusters(first, telling("b", type_name, 301, day=later(20))) == ["a", "b"]
    assert clusters(first, telling("b", type_name, 300, "EUR", day=later(20))) == ["a", "b"]
    assert clusters(first, telling("b", "investment", 300, day=later(20)), telling("c", "investment", 100)) == ["a", "b", "c"]


def test_a_disagreement_is_one_with_each_that_is_told() -> None:
    assert clusters(telling("a", amount=100), telling("b", amount=250, days=1), telling("c", amount=400, days=2)) == ["ab", "c"]
    assert clusters(telling("a"), telling("b", amount=250, days=1), telling("c", amount=400, days=2)) == ["abc"]


def test_sums_without_days_are_told_on_one_day() -> None:
    assert clusters(telling("a", "contract", 100, day=None), telling("b", "contract", 130, day=None)) == ["ab"]
    assert clusters(telling("a", "contract", 100, day=None), telling("b", "contract", 140, day=None)) == ["a", "b"]


# --- parts of a company


@pytest.mark.parametrize("type_name", ["acquisition", "investment"])
def test_two_parts_bought_for_two_sums_are_two_events(type_name: str) -> None:
    ships = telling("a", type_name, 100, part="its ships")

    assert clusters(ships, telling("b", type_name, 120, part="its mills")) == ["a", "b"]
    assert clusters(ships, telling("b", type_name, 120, part="ITS SHIPS")) == ["ab"]
    assert clusters(ships, telling("b", type_name, 100, part="its mills")) == ["ab"]  # one sum over both
    assert clusters(ships, telling("b", type_name, 120)) == ["ab"]
    assert clusters(telling("a", type_name, 100), telling("b", type_name, 120, part="its mills")) == ["ab"]


def test_parts_of_other_events_say_nothing() -> None:
    assert clusters(telling("a", "contract", 100, part="its ships"), telling("b", "contract", 120, part="its mills")) == ["ab"]


def test_a_report_of_a_year_joins_one_event_of_it_and_no_event_to_another() -> None:
    days = [telling("a", "product_launch"), telling("b", "product_launch", day=later(60), days=60)]
    year = telling("c", "product_launch", day="2024", source="text", days=90)

    assert clusters(*days, year) == ["ac", "b"]
    assert clusters(telling("a"), telling("b", day="2024-05", source="text"), telling("c", day="2018", source="text")) == ["ab", "c"]
