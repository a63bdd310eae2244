"""What tellers say of one event, value by value: which one stands for all, how the others stand to it, and nothing averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Money, Report, Status, Total
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision, EventReference, Verb
from newsgraph.resolve import ExtractedArticle, resolve
from newsgraph.resolve.resolution import UserDecisions
from readings import BASE, DAY_ONE, THRESHOLD, article, graph_of, report, short, told

DAY = DAY_ONE.date()
WORDS = (
    "harbour orchard violin granite lantern meadow copper saddle anchor walnut ribbon glacier pepper cradle thimble marble",
    "beacon cinder falcon garnet hazel ivory jasper kettle lemon magnet nutmeg onyx parrot quartz raven sable",
    "tulip umber velvet willow xenon yarrow zephyr almond basil cedar dahlia ember fennel ginger hyssop iris",
    "juniper kelp lilac mango nectar olive papaya quince rhubarb saffron thyme urchin vanilla wheat yucca zinc",
    "acorn birch clover daisy elder fern grove heath ivy jute knot lotus moss nettle oak pine",
)


def tells(name: str, *reports: Report, words: int = 0, days: float = 0, title: str = "", totals: Sequence[Total] = ()) -> ExtractedArticle:
    """Make an article in an outlet of its own that names Acme and Bolt; equal `words` are one wire text."""
    record = article(name, title or f"Acme and Bolt {WORDS[words][:30]}", WORDS[words] + ".", days=days, outlet=f"{name}.example")
    return told(record, "Acme", "Bolt", reports=reports, totals=totals)


def bought(amount: float | None = None, status: Status = Status.ANNOUNCED, day: date = DAY, **more: str) -> Report:
    """Make a report of one acquisition."""
    return report("acquisition", "Acme", "Bolt", amount, status=status, day=day, **more)


def paid(amount: float | None = None, status: Status = Status.ANNOUNCED, day: date = DAY) -> Report:
    """Make a report of one investment."""
    return report("investment", "Acme", "Bolt", amount, status=status, day=day)


def on(day: date, one: Report) -> Report:
    """Let the text of a report name a day."""
    return replace(one, when=day.isoformat(), when_source="text")


def entries(graph: GraphTables, field: str, kind: str = "") -> list[tuple[str, str]]:
    """Give relation and value of each entry of a field: the main one first, statuses by time; `kind` picks events of one type."""
    events = graph["events"].filter(type=kind) if kind else graph["events"]
    of_events = graph["ledger"].filter(graph["ledger"]["event"].is_in(events["iri"].to_list()), field=field)
    rows = list(of_events.select("relation", "value", "first").iter_rows())
    rows.sort(key=(lambda row: row[2]) if field == "status" else lambda row: (row[0] not in {"main", "decided"}, row[1]))
    return [(relation, value) for relation, value, _ in rows]


def amounts(graph: GraphTables) -> list[float]:
    return graph["events"].sort("amount")["amount"].to_list()


# --- the main value


def test_two_independent_texts_outweigh_five_copies_of_one() -> None:
    copies = [tells(f"wire{number}", bought(5e6), title="Acme and Bolt make one of both") for number in range(5)]
    own = [tells("one", bought(6e6), words=1), tells("two", bought(6e6), words=2)]

    graph = graph_of([*copies, *own])

    assert amounts(graph) == [6e6]
    assert set(graph["ledger"].filter(field="amount").select("value", "relation", "articles", "origins").rows()) == {
        ("$6M", "main", 2, 2),
        ("$5M", "disputed", 5, 1),
    }


def test_of_equally_many_origins_more_outlets_stand() -> None:
    copies = [tells(f"wire{number}", bought(5e6), title="Acme and Bolt make one of both") for number in range(2)]

    assert amounts(graph_of([*copies, tells("one", bought(6e6), words=1, days=-1)])) == [5e6]


def test_of_equals_the_value_told_first_stands() -> None:
    assert amounts(graph_of([tells("one", bought(5e6), words=0, days=1), tells("two", bought(6e6), words=1)])) == [6e6]


@pytest.mark.parametrize("told_sums", list(permutations([5e6, 5.4e6, 6e6]))[:4])
def test_nothing_is_averaged(told_sums: tuple[float, ...]) -> None:
    graph = graph_of([tells(f"a{number}", bought(amount), words=number) for number, amount in enumerate(told_sums)])

    assert amounts(graph)[0] in told_sums
    assert sorted(graph["ledger"].filter(field="amount")["amount"]) == sorted(told_sums)


def test_a_value_told_by_all_alike_needs_no_entry() -> None:
    assert entries(graph_of([tells("one", bought(5e6)), tells("two", bought(5e6), words=1)]), "amount") == []


# --- how other values stand to it


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        pytest.param(bought(1.24e9), "rounded", id="rounded"),
        pytest.param(bought(1.1e9, currency="EUR"), "converted", id="in another currency"),
        pytest.param(bought(1.5e9), "disputed", id="another sum"),
    ],
)
def test_another_sum_stands_beside_the_main_one(other: Report, relation: str) -> None:
    graph = graph_of([tells("one", bought(1.2e9)), tells("two", bought(1.2e9), words=1), tells("three", other, words=2)])

    assert [one for one, _ in entries(graph, "amount")] == ["main", relation]
    assert amounts(graph) == [1.2e9]


def corrected(reports: tuple[Report, Report]) -> GraphTables:
    """Resolve a wire text, its copy elsewhere, and the correction of it."""
    wrong, right = reports
    title = "Acme and Bolt make one of both"
    return graph_of(
        [
            tells("wire", wrong, title=title),
            tells("copy", wrong, title=title, days=0.1),
            tells("right", right, title=f"CORRECTED-{title}", days=0.2),
        ]
    )


def test_what_only_corrected_articles_tell_is_superseded() -> None:
    graph = corrected((bought(5e6), bought(6e6)))

    assert entries(graph, "amount") == [("main", "$6M"), ("superseded", "$5M")]
    assert amounts(graph) == [6e6]


def test_a_status_that_only_corrected_articles_tell_does_not_count() -> None:
    graph = corrected((bought(status=Status.COMPLETED), bought(status=Status.ANNOUNCED)))

    assert graph["events"]["status"].to_list() == ["announced"]


def test_a_corrected_value_that_another_text_tells_too_is_disputed() -> None:
    title = "Acme and Bolt make one of both"
    graph = graph_of(
        [
            tells("wire", bought(5e6), title=title),
            tells("right", bought(6e6), title=f"CORRECTED-{title}", days=0.2),
            tells("own", bought(5e6), words=1, days=0.3),
            tells("own2", bought(6e6), words=2, days=0.3),
        ]
    )

    assert entries(graph, "amount") == [("main", "$6M"), ("disputed", "$5M")]


def test_roles_told_both_ways_stand_side_by_side() -> None:
    turned = report("acquisition", "Bolt", "Acme")
    graph = graph_of([tells("one", bought()), tells("two", bought(), words=1), tells("three", turned, words=2)])

    assert entries(graph, "roles") == [("main", "Acme -> Bolt"), ("disputed", "Bolt -> Acme")]
    assert graph["event_roles"].select("role", "name").rows() == [("ng:acquirer", "Acme"), ("ng:target", "Bolt")]


def test_days_that_texts_name_stand_side_by_side_the_one_named_most_first() -> None:
    early, late = DAY - timedelta(days=2), DAY - timedelta(days=1)
    graph = graph_of([tells("a", on(early, bought())), tells("b", on(late, bought()), words=1), tells("c", on(late, bought()), words=2)])

    assert entries(graph, "date") == [("main", late.isoformat()), ("disputed", early.isoformat())]


def test_statuses_stand_in_the_order_in_which_they_were_told() -> None:
    told_in_order = [Status.RUMOURED, Status.ANNOUNCED, Status.COMPLETED]
    graph = graph_of([tells(f"a{number}", bought(status=one), words=number, days=number) for number, one in enumerate(told_in_order)])

    assert entries(graph, "status") == [("stage", "rumoured"), ("stage", "announced"), ("main", "completed")]


def test_a_denial_disputes_what_was_told() -> None:
    graph = graph_of([tells("one", bought()), tells("two", bought(status=Status.DENIED), words=1, days=1)])

    assert graph["events"]["status"].to_list() == ["denied"]
    assert entries(graph, "status") == [("disputed", "announced"), ("main", "denied")]


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (6e6, [("decided", "$6M"), ("disputed", "$5M")]),
        (7e6, [("decided", "$7M"), ("disputed", "$5M"), ("disputed", "$6M")]),
    ],
    ids=["a sum that is told", "a sum that nobody tells"],
)
def test_a_decided_sum_stands_before_all_that_are_told(decided: float, expected: list[tuple[str, str]]) -> None:
    happening = EventReference("acquisition", ("Acme", "Bolt"), "2024-05")
    rulings = UserDecisions(decisions=combine_decisions([Decision(Verb.RIGHT_AMOUNT, event=happening, amount=decided, currency="USD")]))
    readings = [tells("one", bought(5e6)), tells("two", bought(5e6), words=1), tells("three", bought(6e6), words=2)]

    rows = resolve(readings, load_lexicon(), BASE, THRESHOLD, rulings)
    graph = make_tables({name: frame(name, table) for name, table in rows})

    assert amounts(graph) == [decided]
    assert entries(graph, "amount") == expected


# --- totals and parts


def total(amount: float, status: Status = Status.ANNOUNCED) -> Total:
    return Total(("Acme", "Bolt"), Money(amount, "USD"), 0, 10, "hand", 0.8, status)


def partnered(amount: float | None = None, status: Status = Status.ANNOUNCED, day: date = DAY) -> Report:
    return report("partnership", "Acme", "Bolt", amount, status=status, day=day)


def deal(*more: ExtractedArticle, status: Status = Status.ANNOUNCED, whole: float = 1e7) -> GraphTables:
    """Resolve an article on a deal of two parts, and some more."""
    return graph_of([tells("deal", paid(6e6), partnered(4e6), totals=[total(whole, status)]), *more])


def status_of(graph: GraphTables, kind: str) -> str:
    return str(graph["events"].filter(type=kind)["status"].item())


def test_a_total_and_its_parts_are_no_rivals() -> None:
    graph = deal()

    assert [relation for relation, _ in entries(graph, "amount", "deal")] == ["main", "part", "part"]
    assert entries(graph, "amount", "investment") == [("main", "$6M"), ("total", "$10M")]
    assert entries(graph, "amount", "partnership") == [("main", "$4M"), ("total", "$10M")]


@pytest.mark.parametrize(("whole", "note"), [(1e7, "= $10M"), (1.2e7, "which is not $12M")])
def test_a_total_says_whether_its_parts_add_up(whole: float, note: str) -> None:
    graph = deal(whole=whole)

    main = graph["ledger"].join(graph["events"].filter(type="deal").select(event="iri"), on="event").filter(relation="main", field="amount")
    assert main["note"].str.contains(note, literal=True).to_list() == [True]


def test_one_part_that_is_completed_completes_neither_the_deal_nor_its_other_part() -> None:
    graph = deal(tells("paid", paid(6e6, Status.COMPLETED, DAY + timedelta(days=7)), words=1, days=7))

    assert [status_of(graph, kind) for kind in ("investment", "partnership", "deal")] == ["completed", "announced", "announced"]
    assert graph["events"].height == 3


def test_a_deal_whose_parts_are_all_completed_is_completed() -> None:
    later = DAY + timedelta(days=7)
    graph = deal(tells("paid", paid(6e6, Status.COMPLETED, later), partnered(4e6, Status.COMPLETED, later), words=1, days=7))

    assert status_of(graph, "deal") == "completed"


def test_a_part_that_is_denied_does_not_hold_its_deal_back() -> None:
    later = DAY + timedelta(days=7)
    graph = deal(tells("paid", paid(6e6, Status.COMPLETED, later), partnered(4e6, Status.DENIED, later), words=1, days=7))

    assert status_of(graph, "deal") == "completed"


def test_a_deal_without_a_living_part_is_denied() -> None:
    later = DAY + timedelta(days=7)
    graph = deal(tells("off", paid(6e6, Status.DENIED, later), partnered(4e6, Status.DENIED, later), words=1, days=7))

    assert status_of(graph, "deal") == "denied"


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.DENIED])
def test_the_end_of_the_whole_is_the_end_of_the_deal(status: Status) -> None:
    assert status_of(deal(status=status), "deal") == status.value


# --- which tellings are one event


def test_sums_that_differ_a_little_within_days_are_one_event_disputed() -> None:
    graph = graph_of([tells("one", paid(1e8)), tells("two", paid(1.3e8, day=DAY + timedelta(days=2)), words=1, days=2)])

    assert graph["events"].height == 1
    assert [relation for relation, _ in entries(graph, "amount")] == ["main", "disputed"]


@pytest.mark.parametrize(("second", "days"), [(1.3e8, 9), (2e8, 1)], ids=["told later", "far more"])
def test_two_instalments_are_two_events(second: float, days: int) -> None:
    graph = graph_of([tells("one", paid(1e8)), tells("two", paid(second, day=DAY + timedelta(days=days)), words=1, days=days)])

    assert amounts(graph) == [1e8, second]


@pytest.mark.parametrize("kind", ["acquisition", "merger", "ipo"])
def test_what_happens_once_is_one_event_though_tellers_differ_in_the_sum(kind: str) -> None:
    other = None if kind == "ipo" else "Bolt"
    first, second = report(kind, "Acme", other, 1e9), report(kind, "Acme", other, 2e9, day=DAY + timedelta(days=20))

    assert graph_of([tells("one", first), tells("two", second, words=1, days=20)])["events"].height == 1


@pytest.mark.parametrize("kind", ["acquisition", "merger", "ipo"])
def test_the_completion_of_what_was_announced_a_year_before_is_the_same_event(kind: str) -> None:
    other = None if kind == "ipo" else "Bolt"
    later = DAY + timedelta(days=365)
    first = report(kind, "Acme", other, 1e9)
    last = report(kind, "Acme", other, status=Status.COMPLETED, day=later)

    graph = graph_of([tells("one", first), tells("two", last, words=1, days=365)])

    assert graph["events"].select("status", "amount", "articles").rows() == [("completed", 1e9, 2)]


def test_the_completion_of_a_partnership_a_year_later_is_another_event() -> None:
    later = DAY + timedelta(days=365)

    assert (
        graph_of([tells("one", partnered()), tells("two", partnered(status=Status.COMPLETED, day=later), words=1, days=365)])[
            "events"
        ].height
        == 2
    )


def test_two_parts_of_one_company_bought_for_two_sums_are_two_events() -> None:
    ships, mills = (replace(bought(amount), part=part) for amount, part in ((1e8, "its ships"), (2e8, "its mills")))

    assert graph_of([tells("one", ships), tells("two", mills, words=1)])["events"].height == 2


def test_the_counts_of_an_event_tell_copies_from_independent_texts() -> None:
    copies = [tells(f"wire{number}", bought(), title="Acme and Bolt make one of both") for number in range(3)]
    graph = graph_of([*copies, tells("own", bought(), words=1)])

    assert graph["events"].select("articles", "outlets", "origins").rows() == [(4, 4, 2)]
    assert graph["companies"].select("name", "articles", "outlets", "origins").rows() == [("Acme", 4, 4, 2), ("Bolt", 4, 4, 2)]


def test_every_entry_names_its_tellers_and_when_the_first_told_it() -> None:
    graph = graph_of([tells("one", bought(5e6)), tells("two", bought(6e6), words=1, days=1)])

    first = graph["ledger"].filter(field="amount").select("value", "first", "tellers").sort("first").rows()
    assert [(value, day - DAY_ONE, len(tellers)) for value, day, tellers in first] == [("$5M", timedelta(0), 1), ("$6M", timedelta(1), 1)]
    assert {short(iri) for _, _, tellers in first for iri in tellers} == {short(iri) for iri in graph["articles"]["iri"]}
