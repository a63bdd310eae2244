"""Which events the decisions of people mean, and what becomes of decisions that mean several or contradict each other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from event_reports import also, later, telling
from newsgraph.core.company_names import name_key
from newsgraph.decisions.decision import Decision, EventReference, Verb
from newsgraph.resolve.events.event_decisions import DecidableNodes, DecidedReports, match_decisions
from newsgraph.resolve.events.resolved_reports import ResolvedReport


def meaning(candidates: Mapping[str, frozenset[str]]) -> DecidableNodes:
    """Return nodes of which names mean some."""
    return DecidableNodes(candidates, {}, {})


MEANT = meaning({"acme": frozenset({"co/acme"}), "bolt": frozenset({"co/bolt"}), "cask": frozenset({"co/cask"})})
TAKEOVER = EventReference("acquisition", ("Acme", "Bolt"))


def wrong(
    type_name: str = "acquisition", parties: tuple[str, ...] = ("Acme", "Bolt"), month: str = "", amount: float | None = None
) -> Decision:
    """Decide that an event is none."""
    return Decision(Verb.WRONG_EVENT, event=EventReference(type_name, parties, month, amount))


def right(amount: float, currency: str = "USD", event: EventReference = TAKEOVER, who: str = "") -> Decision:
    """Decide the sum of an event."""
    return Decision(Verb.RIGHT_AMOUNT, event=event, amount=amount, currency=currency, who=who)


def is_meant(decision: Decision, *cluster: ResolvedReport, meant: DecidableNodes = MEANT) -> bool:
    """Return whether a decision means the event of some tellings."""
    found = match_decisions([list(cluster)], [decision], meant)
    assert (found.wrong == frozenset({0})) is (found.used == frozenset({decision.order}))
    return bool(found.wrong)


def test_without_decisions_nothing_is_decided() -> None:
    assert match_decisions([[telling("a")]], [], MEANT) == DecidedReports()
    assert match_decisions([[telling("a")]], [Decision(Verb.WRONG_EVENT)], MEANT) == DecidedReports()
    assert match_decisions([], [wrong()], MEANT) == DecidedReports()


def test_a_decision_means_an_event_of_its_type_and_parties() -> None:
    assert is_meant(wrong(), telling("a"))
    assert is_meant(wrong(parties=("Bolt", "ACME Inc.")), telling("a"))
    assert not is_meant(wrong("merger"), telling("a"))
    assert not is_meant(wrong(parties=("Acme", "Cask")), telling("a"))
    assert not is_meant(wrong(parties=("Acme",)), telling("a"))
    assert not is_meant(wrong(parties=("Acme", "Bolt", "Cask")), telling("a"))
    assert not is_meant(wrong(parties=("Acme", "Nobody")), telling("a"))
    assert is_meant(wrong("layoff", ("Acme",)), telling("a", "layoff", sides=("acme", None)))
    assert not is_meant(wrong("layoff", ("Acme", "Bolt")), telling("a", "layoff", sides=("acme", None)))


def test_each_party_must_be_one_of_the_sides_and_each_side_one_of_the_parties() -> None:
    both = meaning({"acme": frozenset({"co/acme", "co/bolt"}), "bolt": frozenset({"co/acme"}), "cask": frozenset({"co/cask", "co/acme"})})

    assert is_meant(wrong(), telling("a"), meant=both)
    assert not is_meant(wrong(parties=("Bolt", "Cask")), telling("a"), meant=both)
    assert not is_meant(wrong(parties=("Acme", "Acme")), telling("a"), meant=MEANT)


@pytest.mark.parametrize(("month", "expected"), [("", True), ("2024-05", True), ("2024-06", False), ("2023-05", False)])
def test_a_month_is_that_of_the_day_of_the_event(month: str, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_meant(wrong(month=month), telling("a"), telling("b", day=later(40))) is expected


def test_an_event_without_a_day_is_of_no_month() -> None:
    assert is_meant(wrong(), telling("a", day=None))
    assert not is_meant(wrong(month="2024-05"), telling("a", day=None))


def test_an_article_is_one_that_reports_the_event() -> None:
    told = telling("a")
    meant = MEANT._replace(articles={"https://news.example/a": told.article.iri, "https://news.example/b": "article/b"})
    for link, expected in (("https://news.example/a", True), ("https://news.example/b", False), ("https://news.example/z", False)):
        reference = EventReference("acquisition", ("Acme", "Bolt"), article=link)
        assert is_meant(Decision(Verb.WRONG_EVENT, event=reference), told, meant=meant) is expected


def test_of_an_event_of_a_year_any_month_of_it_is_right() -> None:
    assert is_meant(wrong(month="2018-05"), telling("a", day="2018", source="text"))
    assert is_meant(wrong(month="2018-05"), telling("a", day="2018-05", source="text"))
    assert not is_meant(wrong(month="2019-05"), telling("a", day="2018", source="text"))


def test_the_person_of_an_appointment_need_not_be_named() -> None:
    named = also(telling("a", "appointment", sides=("acme", None)), "person", "Maria Dorn", "pe/maria", "person")
    meant = meaning({**MEANT.candidates, name_key("Maria Dorn"): frozenset({"pe/maria"})})

    assert is_meant(wrong("appointment", ("Acme",)), named, meant=meant)
    assert is_meant(wrong("appointment", ("Acme", "Maria Dorn")), named, meant=meant)
    assert not is_meant(wrong("appointment", ("Maria Dorn",)), named, meant=meant)


def test_two_names_mean_an_event_with_more_parties_unless_one_has_just_these() -> None:
    pair, three = [telling("a", "partnership", days=40, day=later(40))], [also(telling("b", "partnership"), "party", "Cask", "co/cask")]

    assert match_decisions([three], [wrong("partnership")], MEANT).wrong == {0}
    assert match_decisions([three, pair], [wrong("partnership")], MEANT).wrong == {1}


@pytest.mark.parametrize(
    ("amount", "expected"), [(100.0, True), (110.0, True), (111.0, False), (91.0, True), (90.0, False), (205.0, True), (300.0, False)]
)
def test_a_sum_is_near_one_that_is_told(amount: float, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_meant(wrong(amount=amount), telling("a"), telling("b", amount=100), telling("c", amount=200)) is expected
    assert not is_meant(wrong(amount=amount), telling("a"))
    assert is_meant(wrong(), telling("a", amount=100))


# --- several


def clusters() -> list[list[ResolvedReport]]:
    return [[telling("a", "lawsuit")], [telling("b", amount=100)], [telling("c", amount=500, day=later(60))]]


def test_a_decision_that_means_several_events_is_applied_to_none() -> None:
    found = match_decisions(clusters(), [wrong(), wrong(amount=500)], MEANT)

    assert (found.wrong, found.ambiguous) == (frozenset({2}), ((wrong(), 2),))
    assert found.used == frozenset({wrong(amount=500).order})
    assert found.clashing == frozenset()


def test_a_sum_is_decided_of_the_event_that_is_meant() -> None:
    takeover = EventReference("acquisition", ("Acme", "Bolt"), "2024-05")
    found = match_decisions(clusters(), [right(120, event=takeover), wrong("lawsuit")], MEANT)

    assert found.changes == {1: (right(120, event=takeover),)}
    assert found.wrong == frozenset({0})
    assert len(found.used) == 2


def test_decisions_that_say_the_same_of_one_event_by_other_words_both_count() -> None:
    one, other = right(120, event=EventReference("acquisition", ("Acme", "Bolt"), "2024-05")), right(120, event=EventReference("acquisition", ("Bolt", "Acme"), "2024-05", 100.0), who="Ann")  # fmt: skip
    found = match_decisions(clusters(), [one, other], MEANT)

    assert found.changes == {1: (one, other)}
    assert found.used == frozenset({one.order, other.order})
    assert found.clashing == frozenset()


@pytest.mark.parametrize(
    "other",
    [
        wrong(month="2024-05"),
        right(130, event=EventReference("acquisition", ("Bolt", "Acme"), "2024-05")),
        right(120, "EUR", EventReference("acquisition", ("Bolt", "Acme"), "2024-05")),
    ],
)
def test_decisions_that_say_different_things_of_one_event_clash_and_none_counts(other: Decision) -> None:
    one = right(120, event=EventReference("acquisition", ("Acme", "Bolt"), "2024-05"))
    found = match_decisions(clusters(), [one, other, wrong("lawsuit")], MEANT)

    assert found.clashing == frozenset({one.order, other.order})
    assert (found.changes, found.wrong, found.used) == ({}, frozenset({0}), frozenset({wrong("lawsuit").order}))
