"""What the tellers of one event say: the value that stands for all, by how many tell it independently, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from event_reports import independent, later, telling
from newsgraph.core.model import Money, Status
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.event_labels import money_text
from newsgraph.resolve.events.event_values import (
    amounts,
    confidence_by_article,
    directions,
    reported_times,
    reported_values,
    status_of,
    statuses,
    time_of,
)
from newsgraph.resolve.events.resolved_reports import ResolvedReport


def sums(tellings: Sequence[ResolvedReport], witnesses: Witnesses | None = None) -> list[tuple[float, str]]:
    """Return the sums that are told and the articles that tell them, joined."""
    found = amounts(tellings, witnesses or independent(tellings))
    return [(one.value.amount, "".join(iri.removeprefix("art/") for iri in one.articles)) for one in found]


# --- which value comes first


def test_values_have_their_tellers_in_the_order_of_publication() -> None:
    tellings = [
        telling("c", amount=5, days=2),
        telling("a", amount=5, days=1),
        telling("b", amount=5),
        telling("d"),
        telling("b", amount=5),
    ]

    assert sums(tellings) == [(5, "bac")]
    assert sums([telling("a", amount=7)]) == [(7, "a")]
    assert sums([telling("a")]) == sums([telling("a"), telling("b")]) == sums([]) == []


def test_the_value_of_most_origins_comes_first() -> None:
    tellings = [telling(name, amount=5) for name in "abc"] + [telling(name, amount=6, days=1) for name in "de"]

    assert sums(tellings) == [(5, "abc"), (6, "de")]
    assert sums(tellings, independent(tellings, a="x", b="x", c="x")) == [(6, "de"), (5, "abc")]


def test_of_as_many_origins_the_value_of_most_outlets_comes_first_then_of_most_articles() -> None:
    tellings = [telling(name, amount=6) for name in "de"] + [telling(name, amount=5, days=1) for name in "abc"]
    origins = dict.fromkeys((f"art/{name}" for name in "abc"), "x") | dict.fromkeys((f"art/{name}" for name in "de"), "y")
    outlets = {f"art/{name}": name for name in "abcde"}

    assert sums(tellings, Witnesses(outlets, origins)) == [(5, "abc"), (6, "de")]
    assert sums(tellings, Witnesses(outlets | {"art/b": "a", "art/c": "a"}, origins)) == [(6, "de"), (5, "abc")]
    assert sums(tellings, Witnesses(dict.fromkeys(outlets, "one"), origins)) == [(5, "abc"), (6, "de")]


def test_of_equals_the_value_told_first_comes_first_and_of_these_the_smaller_text() -> None:
    assert sums([telling("a", amount=5, days=2), telling("b", amount=6, days=1)]) == [(6, "b"), (5, "a")]
    assert sums([telling("a", amount=7), telling("a", amount=5, start=9)]) == [(5, "a"), (7, "a")]
    tellings = [
        telling("a", amount=5, days=2),
        telling("b", amount=6, days=1),
        telling("c", amount=5, days=0),
        telling("d", amount=6, days=3),
    ]
    assert sums(tellings) == [(5, "ca"), (6, "bd")]


def test_what_was_corrected_counts_only_where_nothing_else_is_told() -> None:
    tellings = [telling(name, amount=5) for name in "abc"] + [telling("d", amount=6, days=1)]

    assert sums(tellings, independent(tellings, superseded="abc")) == [(6, "d"), (5, "abc")]
    assert sums(tellings, independent(tellings, superseded="abcd")) == [(5, "abc"), (6, "d")]


def test_the_articles_of_a_value_that_none_gives_are_nobodys() -> None:
    tellings = [telling("a"), telling("b", amount=5)]

    assert [one.articles for one in reported_values(tellings, lambda one: one.report.money, independent(tellings))] == [("art/b",)]


def test_directions_are_who_is_said_to_do_it_to_whom() -> None:
    tellings = [
        telling("a"),
        telling("b", sides=("bolt", "acme")),
        telling("c", sides=("bolt", "acme")),
        telling("d", sides=("acme", None)),
    ]

    found = directions(tellings, independent(tellings))

    assert [one.value for one in found] == [("co/bolt", "co/acme"), ("co/acme", "co/bolt")]
    assert directions([telling("a", sides=(None, "bolt"))], independent(tellings))[0].value == ("", "co/bolt")


# --- statuses


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("rumoured announced", Status.ANNOUNCED),
        ("completed rumoured", Status.COMPLETED),
        ("planned rumoured", Status.PLANNED),
        ("announced planned", Status.ANNOUNCED),
        ("completed denied", Status.DENIED),
        ("denied rumoured", Status.RUMOURED),
        ("denied rumoured denied", Status.DENIED),
        ("denied", Status.DENIED),
        ("rumoured ended", Status.ENDED),
        ("ended announced", Status.ANNOUNCED),
        ("completed announced", Status.COMPLETED),
        ("completed announced planned", Status.ANNOUNCED),
        ("completed announced announced completed", Status.COMPLETED),
        ("completed completed announced announced", Status.COMPLETED),
        ("completed rumoured rumoured", Status.COMPLETED),
    ],
)
def test_the_furthest_status_counts_unless_a_denial_is_the_last_word(told: str, expected: Status) -> None:
    tellings = [telling(f"a{at}", status=Status(name), days=at) for at, name in enumerate(told.split())]

    assert status_of(tellings, independent(tellings)) is status_of(tellings[::-1], independent(tellings)) is expected


def test_a_status_of_corrected_articles_counts_only_where_all_are() -> None:
    tellings = [telling("a", status=Status.COMPLETED), telling("b", days=1)]

    assert status_of(tellings, independent(tellings, superseded="a")) is Status.ANNOUNCED
    assert status_of(tellings, independent(tellings, superseded="ab")) is Status.COMPLETED


def test_statuses_come_in_the_order_in_which_they_were_first_told() -> None:
    told = [(0, "announced"), (1, "rumoured"), (2, "announced"), (3, "denied"), (-1, "planned")]
    tellings = [telling(f"a{at}", status=Status(name), days=days) for at, (days, name) in enumerate(told)]

    assert [one.value.value for one in statuses(tellings, independent(tellings))] == ["planned", "announced", "rumoured", "denied"]

    at_once = [telling("a", status=status, start=at) for at, status in enumerate((Status.COMPLETED, Status.RUMOURED, Status.ANNOUNCED))]
    assert [one.value.value for one in statuses(at_once, independent(at_once))] == ["rumoured", "announced", "completed"]


# --- days


def test_the_day_that_texts_name_most_often_is_the_events_and_of_equals_the_earlier() -> None:
    named = [telling(name, day=later(at), source="text") for name, at in (("a", 3), ("b", 2), ("c", 3), ("d", 2))]

    assert time_of([*named, telling("e"), telling("f")]) == ("2024-05-03", "text")
    assert time_of(named[:3]) == ("2024-05-04", "text")
    assert time_of([telling("a", day=later(2)), telling("b", day=later(1)), telling("c", day=None)]) == ("2024-05-02", "article")
    assert time_of([telling("a", day=None)]) == ("", "")


def test_of_times_named_as_often_the_most_precise_is_the_events() -> None:
    named = [telling(name, day=when, source="text") for name, when in (("a", "2018"), ("b", "2018-07"), ("c", "2018-07-06"))]

    assert time_of(named) == ("2018-07-06", "text")
    assert time_of([*named, telling("d", day="2018", source="text")]) == ("2018", "text")


def test_days_that_texts_name_come_with_the_events_first() -> None:
    told = [("a", 1, "text"), ("b", 2, "text"), ("c", 2, "text"), ("d", 0, "article"), ("e", 1, "text")]
    tellings = [telling(name, day=later(at), source=source) for name, at, source in told]

    assert [(one.value, one.articles) for one in reported_times(tellings, independent(tellings))] == [
        ("2024-05-02", ("art/a", "art/e")), ("2024-05-03", ("art/b", "art/c")),
    ]  # fmt: skip
    fewer = independent(tellings, a="x", e="x")
    assert [one.value for one in reported_times(tellings, fewer)] == [
        "2024-05-02",
        "2024-05-03",
    ]  # by articles it is told as often, and earlier
    assert [one.value for one in reported_times(tellings[:3], independent(tellings))] == ["2024-05-03", "2024-05-02"]


def test_an_article_is_as_sure_as_its_surest_report() -> None:
    tellings = [telling("a", confidence=0.5), telling("b", confidence=0.7), telling("a", confidence=0.9), telling("a", confidence=0.6)]

    assert confidence_by_article(tellings) == {"art/a": 0.9, "art/b": 0.7}


# --- what an event is called


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        (180e6, "USD", "$180M"), (1.2e9, "EUR", "€1.2B"), (300e6, "SEK", "300M SEK"), (5e3, "GBP", "£5K"), (999.0, "JPY", "¥999"),
        (1000.0, "JPY", "¥1K"), (2e12, "INR", "₹2T"), (1e6, "USD", "$1M"), (1e9, "USD", "$1B"), (1e12, "USD", "$1T"), (1234567.0, "USD", "$1.235M"),
        (999999.0, "USD", "$1000K"), (12.5, "CHF", "12.5 CHF"),
    ],
)  # fmt: skip
def test_money_is_written_as_headlines_do(amount: float, currency: str, expected: str) -> None:
    assert money_text(amount, currency) == expected


def test_a_value_is_what_is_told() -> None:
    assert amounts([telling("a", amount=5, currency="EUR")], independent([telling("a")]))[0].value == Money(5, "EUR")


def test_background_without_a_time_of_its_own_dates_no_event() -> None:
    assert time_of([telling("a", background=True), telling("b", background=True, day=None)]) == ("", "")
    assert time_of([telling("a", background=True, days=-9, day=later(-9)), telling("b")]) == ("2024-05-01", "article")
    assert time_of([telling("a", background=True, day="2018", source="text"), telling("b", background=True)]) == ("2018", "text")
