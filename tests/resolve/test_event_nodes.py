"""Events as all their tellers give them, deals over several, and the IRIs that they have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from event_reports import NAMES, independent, later, node, telling
from newsgraph.core.iris import event_key
from newsgraph.core.model import Money, Status, Total
from newsgraph.decisions.decision import Decision, Decisions, EventReference, Verb
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.events.deals import deal_of
from newsgraph.resolve.events.event_decisions import DecidableNodes
from newsgraph.resolve.events.event_nodes import Events, event_of, resolve_events
from newsgraph.resolve.events.event_roles import DecidedValue, EventNode, EventRole
from newsgraph.resolve.events.resolved_reports import ResolvedReport, ResolvedTotal

BASE = "g/"
MEANT = DecidableNodes({name: frozenset({f"co/{name}"}) for name in ("acme", "bolt", "cask")}, NAMES, dict.fromkeys(NAMES, "company"))


def total(name: str, amount: float = 100, *, days: float | None = 0, status: Status = Status.ANNOUNCED, currency: str = "USD", sides: tuple[str, ...] = ("co/acme", "co/bolt"), confidence: float = 0.8) -> ResolvedTotal:  # fmt: skip
    """Make the sum over several events that an article tells."""
    return node(name, days), Total(sides, Money(amount, currency), 0, 9, f"rule_of_{name}", confidence, status), sides


def resolved(
    tellings: Sequence[ResolvedReport], totals: Sequence[ResolvedTotal] = (), decisions: Sequence[Decision] = (), kept: KeptIris = NO_IRIS
) -> Events:
    return resolve_events(tellings, totals, NAMES, BASE, independent(tellings), MEANT, Decisions(tuple(decisions)), kept)


def one(*cluster: ResolvedReport) -> EventNode:
    return event_of(cluster, NAMES, independent(cluster))


# --- one event


def test_an_event_has_what_its_tellers_say_together() -> None:
    event = one(
        telling("a", confidence=0.5, rule="weak"),
        telling("b", amount=5e6, status=Status.COMPLETED, days=1, day=later(1), confidence=0.9, rule="sure", part="mills"),
        telling("c", confidence=0.9, rule="later", part="mills"),
    )

    assert (event.type, event.label, event.status, event.money) == (
        "acquisition", "Acme acquires Bolt's mills for $5M", Status.COMPLETED, Money(5e6, "USD"),
    )  # fmt: skip
    assert (event.date, event.when, event.when_source, event.rule, event.part) == (later(0), "2024-05-01", "article", "sure", "mills")
    assert event.roles == (EventRole("acquirer", "co/acme", "Acme", "company"), EventRole("target", "co/bolt", "Bolt", "company"))
    assert event.confidence == 0.99  # 1 - 0.5 x 0.1 x 0.1, at most
    assert (event.iri, event.decided, event.parts, event.totals) == ("", (), (), ())
    assert event.members == ("acquisition|a|acme|bolt", "acquisition|b|acme|bolt", "acquisition|c|acme|bolt")


def test_evidence_of_one_article_counts_once() -> None:
    assert one(telling("a", confidence=0.5), telling("a", confidence=0.6)).confidence == 0.6
    assert one(telling("a", confidence=0.5), telling("b", confidence=0.6)).confidence == 0.8


def test_an_event_of_one_side_has_one_role() -> None:
    assert one(telling("a", "layoff", sides=("acme", None))).roles == (EventRole("company", "co/acme", "Acme", "company"),)
    assert one(telling("a", "lawsuit", sides=(None, "bolt"))).roles == (EventRole("defendant", "co/bolt", "Bolt", "company"),)
    assert one(telling("a", "lawsuit", sides=(None, "bolt"))).label == "Bolt in a lawsuit"
    assert one(telling("a")).label == "Acme acquires Bolt"


def test_a_sum_that_people_gave_stands_before_all_that_are_told() -> None:
    event = event_of(
        [telling("a", amount=5e6)], NAMES, independent([telling("a")]), [DecidedValue("amount", "", Money(7e6, "EUR"), "decided so")]
    )

    assert (event.money, event.decision("amount"), event.label) == (Money(7e6, "EUR"), "decided so", "Acme acquires Bolt for €7M")


# --- many


def test_events_are_sorted_by_iri_and_named_by_type_parties_and_month() -> None:
    found = resolved([telling("a"), telling("b", "merger", day=None), telling("c", "layoff", sides=("cask", None))]).nodes
    keys = [("acquisition", ("acme", "bolt"), "2024-05"), ("merger", ("acme", "bolt"), ""), ("layoff", ("cask",), "2024-05")]

    assert [event.iri for event in found] == sorted(f"g/event/{event_key(*key)}" for key in keys)


def test_of_events_of_one_key_the_one_published_first_has_the_plain_iri() -> None:
    first, second = telling("a", "contract", 500, days=1), telling("b", "contract", 100, days=2)
    plain = f"g/event/{event_key('contract', ('acme', 'bolt'), '2024-05')}"

    for order in ((first, second), (second, first)):
        assert {event.iri: event.money and event.money.amount for event in resolved(order).nodes} == {plain: 500, f"{plain}-2": 100}


def test_reports_of_one_article_that_are_two_events_are_told_apart_by_their_sums() -> None:
    tellings = [telling("a", "contract", 500), telling("a", "contract", 100), telling("b", "contract", 100), telling("c", "contract", 300)]
    found = resolved(tellings)

    assert {event.money and event.money.amount: found.members["event", event.iri] for event in found.nodes} == {
        500: ("contract|a|acme|bolt|500 USD",),
        100: ("contract|a|acme|bolt|100 USD", "contract|b|acme|bolt"),
        300: ("contract|c|acme|bolt",),
    }


def test_an_event_keeps_the_iri_that_it_had() -> None:
    tellings = [telling("a", "contract", 500), telling("a", "contract", 100)]
    kept = KeptIris({"event": {"g/event/old": ("contract|a|acme|bolt|100 USD",), "g/event/older": ("contract|b|acme|bolt",)}})
    found = resolved(tellings, kept=kept)

    assert {event.iri: event.money and event.money.amount for event in found.nodes}["g/event/old"] == 100
    assert found.replaced == ()

    both = KeptIris(
        {"event": {"g/event/old": ("contract|a|acme|bolt",), "g/event/older": ("contract|b|acme|bolt", "contract|c|acme|bolt")}}
    )
    (event,) = (joined := resolved([telling("a", "contract"), telling("b", "contract"), telling("c", "contract")], kept=both)).nodes
    assert event.iri == "g/event/older"
    assert [(one.old, one.new, one.kind) for one in joined.replaced] == [("g/event/old", "g/event/older", "event")]


def test_decisions_leave_an_event_out_or_give_its_sum() -> None:
    tellings = [telling("a", amount=5e6), telling("b", "merger"), telling("c", "lawsuit")]
    wrong = Decision(Verb.WRONG_EVENT, event=EventReference("merger", ("Acme", "Bolt")))
    right = Decision(Verb.RIGHT_AMOUNT, event=EventReference("acquisition", ("Acme", "Bolt")), amount=7e6, currency="EUR")
    vague = Decision(Verb.WRONG_EVENT, event=EventReference("ipo", ("Acme",)))
    found = resolved(tellings, decisions=[wrong, right, vague])

    assert {event.type: event.money for event in found.nodes} == {"acquisition": Money(7e6, "EUR"), "lawsuit": None}
    assert {event.decision("amount") for event in found.nodes} == {str(right), ""}
    assert found.used == {wrong.order, right.order}
    assert (found.ambiguous, found.clashing) == ((), frozenset())


def test_what_cannot_be_decided_is_told() -> None:
    tellings = [telling("a", "contract", 500), telling("b", "contract", 100), telling("c", "merger")]
    vague = Decision(Verb.WRONG_EVENT, event=EventReference("contract", ("Acme", "Bolt")))
    clash = [
        Decision(Verb.WRONG_EVENT, event=EventReference("merger", ("Acme", "Bolt"))),
        Decision(Verb.RIGHT_AMOUNT, event=EventReference("merger", ("Bolt", "Acme")), amount=1.0, currency="USD"),
    ]
    found = resolved(tellings, decisions=[vague, *clash])

    assert len(found.nodes) == 3
    assert found.ambiguous == ((vague, 2),)
    assert found.clashing == {one.order for one in clash}
    assert found.used == frozenset()


# --- deals

PARTS = (telling("a", "investment", 60), telling("a", "partnership"))


def test_a_deal_is_made_of_a_total_and_the_events_of_its_articles() -> None:
    found = resolved([*PARTS, telling("b", "lawsuit")], [total("a"), total("b", days=1, confidence=0.5)])
    (deal,) = (event for event in found.nodes if event.type == "deal")

    assert (deal.label, deal.money, deal.status) == ("Acme and Bolt: $100 deal", Money(100, "USD"), Status.ANNOUNCED)
    assert (deal.date, deal.when_source, deal.rule, deal.confidence) == (later(0), "article", "rule_of_a", 0.9)
    assert [(role.role, role.party) for role in deal.roles] == [("party", "co/acme"), ("party", "co/bolt")]
    assert deal.parts == tuple(sorted(event.iri for event in found.nodes if event.type != "deal"))
    assert deal.members == ("deal|a|100", "deal|b|100")
    assert [article.iri for article, _ in deal.totals] == ["art/a", "art/b"]
    assert deal.reports == ()
    assert deal.iri == f"g/event/{event_key('deal', ('acme', 'bolt'), '2024-05')}"
    assert list(found.nodes) == sorted(found.nodes, key=lambda event: event.iri)


@pytest.mark.parametrize(
    ("tellings", "totals"),
    [
        (PARTS[:1], [total("a")]),  # one event is no deal
        (PARTS, [total("b")]),  # told by others
        (PARTS, [total("a", sides=("co/acme", "co/cask"))]),  # of others
        (PARTS, []),
        ([PARTS[0], telling("b", "partnership")], [total("a")]),
    ],
)
def test_a_total_without_two_events_of_its_articles_and_parties_is_no_deal(
    tellings: Sequence[ResolvedReport], totals: Sequence[ResolvedTotal]
) -> None:
    assert [event.type for event in resolved(tellings, totals).nodes if event.type == "deal"] == []


def test_totals_of_one_sum_within_a_month_are_one_deal() -> None:
    tellings = [
        telling(name, type_name, days=days)
        for name, days in (("a", 0), ("b", 30), ("c", 61))
        for type_name in ("investment", "partnership")
    ]

    def deals(*totals: ResolvedTotal) -> list[list[str]]:
        found = [event for event in resolved(tellings, totals).nodes if event.type == "deal"]
        return sorted([article.iri.removeprefix("art/") for article, _ in deal.totals] for deal in found)

    assert deals(total("b", days=30), total("a")) == [["a", "b"]]
    assert deals(total("a"), total("b", days=30), total("c", days=61)) == [["a", "b"], ["c"]]
    assert deals(total("a"), total("b", days=30), total("c", days=60)) == [["a", "b", "c"]]
    assert deals(total("a"), total("b", 200, days=30)) == [["a"], ["b"]]
    assert deals(total("a"), total("b", days=30, currency="EUR")) == [["a"], ["b"]]
    assert deals(total("a"), total("b", days=None)) == [["a", "b"]]
    assert deals(total("a", sides=("co/bolt", "co/acme")), total("b", days=30)) == [["a", "b"]]


def test_deals_of_one_key_are_numbered_by_publication() -> None:
    tellings = [telling(name, type_name) for name in "ab" for type_name in ("investment", "partnership")]
    plain = f"g/event/{event_key('deal', ('acme', 'bolt'), '2024-05')}"
    found = resolved(tellings, [total("a", 100, days=1), total("b", 200)]).nodes

    assert {event.iri: event.money and event.money.amount for event in found if event.type == "deal"} == {plain: 200, f"{plain}-2": 100}


def deal(statuses: str, *whole: str) -> EventNode:
    """Make a deal of parts of some statuses; `whole` are the statuses that headlines over it tell, a day apart."""
    parts = [one(telling("a", "contract", status=Status(status), day=later(at))) for at, status in enumerate(statuses.split())]
    told = [total("a", days=days, status=Status(status)) for days, status in enumerate(whole or ("announced",))]
    made = deal_of(("co/acme", "co/bolt"), Money(100, "USD"), [(article, found) for article, found, _ in reversed(told)], parts, NAMES)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        ("announced completed", "announced", Status.ANNOUNCED),
        ("completed completed", "announced", Status.COMPLETED),
        ("planned announced", "announced", Status.PLANNED),
        ("rumoured completed", "announced", Status.RUMOURED),
        ("denied completed", "announced", Status.COMPLETED),  # what is called off counts no more
        ("denied announced", "announced", Status.ANNOUNCED),
        ("denied denied", "announced", Status.DENIED),
        ("announced announced", "completed", Status.COMPLETED),
        ("announced announced", "completed announced", Status.COMPLETED),
        ("announced announced", "denied", Status.DENIED),
        ("announced announced", "announced denied", Status.DENIED),
        ("announced announced", "denied announced", Status.ANNOUNCED),
        ("announced announced", "announced ended", Status.ENDED),
        ("ended completed", "announced", Status.COMPLETED),
        ("ended denied", "announced", Status.ENDED),
    ],
)
def test_a_deal_is_as_far_as_its_last_part_unless_a_teller_of_the_whole_tells_its_end(parts: str, whole: str, expected: Status) -> None:
    assert deal(parts, *whole.split()).status is expected


def test_a_deal_has_the_first_day_of_its_parts() -> None:
    parts = [
        one(telling("a", "contract", day=day, source=source)) for day, source in ((later(5), "article"), (None, ""), (later(2), "text"))
    ]
    found = deal_of(("co/acme", "co/bolt"), Money(100, "USD"), [total("a")[:2]], parts, NAMES)
    bare = deal_of(("co/acme", "co/bolt"), Money(100, "USD"), [total("a")[:2]], [parts[1], parts[1]], NAMES)

    assert found is not None
    assert bare is not None
    assert (found.when, found.when_source) == ("2024-05-03", "text")
    assert (bare.when, bare.when_source) == ("", "")
    assert deal_of(("co/acme", "co/bolt"), Money(100, "USD"), [total("z")[:2]], parts, NAMES) is None
