"""The entries of the ledger one by one: field, value, relation, note, and who told it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from event_reports import NAMES, independent, later, node, telling
from newsgraph.core.model import Money, Status, Total
from newsgraph.resolve.corroboration import Counts
from newsgraph.resolve.events.event_nodes import event_of, resolve_events
from newsgraph.resolve.events.event_roles import DecidedValue, EventNode
from newsgraph.resolve.events.ledger import LedgerEntry, ledger
from newsgraph.resolve.events.resolved_reports import ResolvedReport

TIMES = {f"art/{name}": node(name, days).published for days, name in enumerate("abcdefgh")} | {"art/x": None}


def entries(*events: EventNode, superseded: Sequence[str] = ()) -> list[LedgerEntry]:
    tellings = [one for event in events for one in event.reports] + [telling(name) for name in "abcdefghx"]
    return list(ledger(events, NAMES, independent(tellings, superseded), TIMES))


def event(*tellings: ResolvedReport, given: Sequence[DecidedValue] = (), superseded: Sequence[str] = ()) -> EventNode:
    return replace(event_of(tellings, NAMES, independent(tellings, superseded), given), iri="g/one")


def lines(found: Sequence[LedgerEntry], field: str) -> list[str]:
    """Write the entries of a field as `relation value tellers (note)`."""
    return [
        f"{one.relation} {one.value} {''.join(iri.removeprefix('art/') for iri in one.articles)}{f' ({one.note})' if one.note else ''}"
        for one in found
        if one.field == field
    ]


def test_an_entry_has_its_event_its_tellers_and_the_time_of_the_first() -> None:
    found = entries(event(telling("b", amount=5e6, days=1), telling("c", amount=5e6, days=2), telling("a", amount=9e6)))
    first, second, status = found

    assert first == LedgerEntry(
        "g/one", "amount", "$5M", Money(5e6, "USD"), "main", "", Counts(2, 2, 2), ("art/b", "art/c"), TIMES["art/b"]
    )  # fmt: skip
    assert (second.relation, second.value, second.first) == ("disputed", "$9M", TIMES["art/a"])
    assert (status.field, status.value, status.money, status.relation, status.counts) == (
        "status", "announced", None, "main", Counts(3, 3, 3),
    )  # fmt: skip


def test_an_article_without_a_time_is_not_the_first() -> None:
    found = entries(event(telling("x", days=None), telling("c", days=2)))

    assert [(one.field, one.first) for one in found] == [("status", TIMES["art/c"])]
    assert entries(event(telling("x", days=None)))[0].first is None


# --- amounts


def test_a_sum_that_all_tell_alike_needs_no_entry() -> None:
    assert lines(entries(event(telling("a", amount=5e6), telling("b", amount=5e6))), "amount") == []
    assert lines(entries(event(telling("a"), telling("b"))), "amount") == []


def test_other_sums_stand_to_the_main_one() -> None:
    tellings = [
        telling("a", amount=1.2e9), telling("b", amount=1.2e9), telling("c", amount=1.24e9, days=2), telling("d", "acquisition", 1.1e9, "EUR", days=3),
        telling("e", amount=1.5e9, days=4), telling("f", "acquisition", 9e9, "EUR", days=5),
    ]  # fmt: skip

    assert lines(entries(event(*tellings)), "amount") == [
        "main $1.2B ab", "rounded $1.24B c", "converted €1.1B d (in another currency)", "disputed $1.5B e", "disputed €9B f",
    ]  # fmt: skip


def test_a_sum_that_only_corrected_articles_tell_is_superseded() -> None:
    tellings = [telling("a", amount=1.2e9), telling("b", amount=1.24e9, days=1), telling("c", "acquisition", 1.1e9, "EUR", days=2)]
    found = entries(event(*tellings, superseded="bc"), superseded="bc")

    assert lines(found, "amount") == ["main $1.2B a", "superseded $1.24B b", "superseded €1.1B c"]


def test_a_sum_that_people_gave_stands_first_with_what_they_said() -> None:
    given = [DecidedValue("amount", "", Money(5e6, "USD"), "decided")]

    assert lines(entries(event(telling("a", amount=5e6), given=given)), "amount") == ["decided $5M a (decided)"]
    assert lines(entries(event(telling("a", amount=9e6), telling("b", amount=5.1e6, days=1), given=given)), "amount") == [
        "decided $5M  (decided)", "disputed $9M a", "rounded $5.1M b",
    ]  # fmt: skip
    assert lines(entries(event(telling("a"), given=given)), "amount") == ["decided $5M  (decided)"]
    (bare,) = (one for one in entries(event(telling("a"), given=given)) if one.field == "amount")
    assert (bare.counts, bare.first, bare.money) == (Counts(0, 0, 0), None, Money(5e6, "USD"))


def test_an_amount_that_people_removed_is_disputed() -> None:
    given = [DecidedValue("amount", "", None, "no amount")]

    assert lines(entries(event(telling("a", amount=5e6), given=given)), "amount") == ["decided none  (no amount)", "disputed $5M a"]


def test_a_decided_time_status_and_part_come_with_the_decision() -> None:
    given = [
        DecidedValue("date", "2024-05", None, "d"),
        DecidedValue("status", "completed", None, "s"),
        DecidedValue("part", "", None, "p"),
    ]
    found = entries(event(telling("a", day=later(3), source="text"), telling("b", status=Status.COMPLETED, days=1), given=given))

    assert lines(found, "date") == ["decided 2024-05  (d)", "rounded 2024-05-04 a"]
    assert lines(found, "status") == ["stage announced a", "decided completed b (s)"]
    assert lines(found, "part") == ["decided none  (p)"]


# --- days, roles and statuses


def test_days_that_texts_name_stand_side_by_side() -> None:
    tellings = [
        telling("a", day=later(3), source="text"),
        telling("b", day=later(2), source="text"),
        telling("c", day=later(2), source="text"),
    ]

    assert lines(entries(event(*tellings)), "date") == ["main 2024-05-03 bc", "disputed 2024-05-04 a"]
    assert lines(entries(event(*tellings), superseded="a"), "date") == ["main 2024-05-03 bc", "superseded 2024-05-04 a"]
    assert lines(entries(event(*tellings[1:])), "date") == []


def test_roles_told_both_ways_stand_side_by_side() -> None:
    tellings = [telling("a"), telling("b"), telling("c", sides=("bolt", "acme"), days=2), telling("d", sides=("acme", None), days=3)]

    assert lines(entries(event(*tellings)), "roles") == [
        "main Acme -> Bolt ab", "disputed Bolt -> Acme c",
    ]  # fmt: skip
    assert lines(entries(event(*tellings), superseded="c"), "roles")[1] == "superseded Bolt -> Acme c"
    assert lines(entries(event(*tellings[:2])), "roles") == []


def test_every_status_has_an_entry_as_a_stage_of_one_course() -> None:
    told = [("a", Status.RUMOURED), ("b", Status.ANNOUNCED), ("c", Status.COMPLETED)]
    tellings = [telling(name, status=status, days=at) for at, (name, status) in enumerate(told)]

    assert lines(entries(event(*tellings)), "status") == ["stage rumoured a", "stage announced b", "main completed c"]
    assert lines(entries(event(tellings[0])), "status") == ["main rumoured a"]


def test_a_denial_and_what_is_denied_dispute_each_other() -> None:
    tellings = [telling("a"), telling("b", status=Status.DENIED, days=1), telling("c", status=Status.RUMOURED, days=-1)]

    assert lines(entries(event(*tellings)), "status") == ["disputed rumoured c", "disputed announced a", "main denied b"]
    assert lines(entries(event(*tellings), superseded="a"), "status")[1] == "superseded announced a"

    back = [telling("a", status=Status.DENIED), telling("b", days=1)]
    assert lines(entries(event(*back)), "status") == ["disputed denied a", "main announced b"]
    assert lines(entries(event(*back, superseded="a"), superseded="a"), "status") == ["superseded denied a", "main announced b"]


# --- deals


def deals(*sums: tuple[str, float | None, str], whole: float = 100e6) -> list[LedgerEntry]:
    """Resolve a deal over a contract, a partnership and whatever else is given, all told by one article."""
    tellings = [telling("a", type_name, amount, currency) for type_name, amount, currency in sums]
    total = (node("a"), Total(("co/acme", "co/bolt"), Money(whole, "USD"), 0, 9, "hand", 0.8), ("co/acme", "co/bolt"))
    events = resolve_events(tellings, [total], NAMES, "g/", independent(tellings)).nodes
    return entries(*events)


def of_deal(found: Sequence[LedgerEntry]) -> list[str]:
    (iri,) = {one.event for one in found if one.relation == "part"} or {""}
    return lines([one for one in found if one.event == iri], "amount")


def test_the_sum_of_a_deal_is_told_with_those_of_its_parts() -> None:
    found = deals(("contract", 60e6, "USD"), ("partnership", 40e6, "USD"))
    whole, *parts = of_deal(found)

    assert whole in {"main $100M a ($60M + $40M = $100M)", "main $100M a ($40M + $60M = $100M)"}
    assert sorted(parts) == [
        "part $40M a (Acme and Bolt: $40M partnership)",
        "part $60M a (Acme wins a $60M contract from Bolt)",
    ]
    totals = [one for one in found if one.relation == "total"]
    assert {one.note for one in totals} == {f"the whole of {whole.partition('(')[2][:-1]}"}
    assert {(one.value, one.money, one.articles) for one in totals} == {("$100M", Money(100e6, "USD"), ("art/a",))}
    assert len({one.event for one in totals}) == 2


def test_the_own_sum_of_a_part_stands_beside_the_total() -> None:
    found = deals(("contract", 60e6, "USD"), ("partnership", None, "USD"))
    contract, partnership = ({one.event for one in found if one.relation == relation} for relation in ("part", "total"))

    assert sorted(lines(found, "amount")) == [
        "main $100M a ($60M, which is not $100M)", "main $60M a", "part $60M a (Acme wins a $60M contract from Bolt)",
        "total $100M a (the whole of $60M, which is not $100M)", "total $100M a (the whole of $60M, which is not $100M)",
    ]  # fmt: skip
    assert len(contract) == 1
    assert len(partnership) == 2


def test_parts_that_do_not_add_up_are_told_so() -> None:
    assert "which is not $100M" in of_deal(deals(("contract", 60e6, "USD"), ("partnership", 41e6, "USD")))[0]
    assert "which is not $100M" in of_deal(deals(("contract", 60e6, "USD"), ("partnership", 40e6, "EUR")))[0]
    assert "= $100M" in of_deal(deals(("contract", 60e6, "USD"), ("partnership", 40e6 + 0.5, "USD")))[0]
    assert "which is not $100M" in of_deal(deals(("contract", 60e6, "USD"), ("partnership", 40e6 + 1, "USD")))[0]
    assert sorted(lines(deals(("contract", None, "USD"), ("partnership", None, "USD")), "amount")) == [
        "main $100M a (2 parts without sums)", "total $100M a (the whole of 2 parts without sums)",
        "total $100M a (the whole of 2 parts without sums)",
    ]  # fmt: skip


def test_tellers_of_a_part_are_those_of_its_sum_in_order_of_publication() -> None:
    tellings = [
        telling("c", "contract", 60e6, days=2), telling("a", "contract", 60e6), telling("b", "contract", 61e6, days=1), telling("a", "contract", 60e6),
        telling("a", "partnership"),
    ]  # fmt: skip
    total = (node("a"), Total(("co/acme", "co/bolt"), Money(100e6, "USD"), 0, 9, "hand", 0.8), ("co/acme", "co/bolt"))
    events = resolve_events(tellings, [total, total], NAMES, "g/", independent(tellings)).nodes
    found = entries(*events)

    assert [line for line in lines(found, "amount") if line.startswith("part")] == ["part $60M ac (Acme wins a $60M contract from Bolt)"]
    assert [line.split()[2] for line in lines(found, "amount") if line.startswith("total")] == ["a", "a"]
