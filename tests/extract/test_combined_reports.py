"""Two voices on one article: each event once, whoever reports it, and what tells two events apart."""

from __future__ import annotations

import pytest

from newsgraph.core.model import EventAmount, Kind, Mention, Money, Report, RoleFiller, Status
from newsgraph.extract.events.combined_reports import combine
from newsgraph.extract.events.event_confidence import ArticleEvidence

ARTICLE = ArticleEvidence((), 40, 400)


def sale(
    *buyers: str, amount: float | None = None, of: str = "price", when: str = "2024-05-01", start: int = 0, background: bool = False
) -> Report:
    roles = (*(RoleFiller("acquirer", buyer) for buyer in buyers), RoleFiller("target", "Cask"))
    amounts = (EventAmount(Money(amount, "USD"), of),) if amount else ()
    return Report("acquisition", roles, start, start + 30, "reader", 0.8, Status.ANNOUNCED, amounts, when, "article", background)


def test_an_event_that_both_report_is_one_and_surer() -> None:
    (both,) = combine([sale("Acme")], [sale("Acme")], ARTICLE)
    (alone,) = combine([sale("Acme")], [], ARTICLE)
    assert both.confidence > alone.confidence


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (sale("Acme", "Bolt", start=100), 1),  # more of the buyers of the same sale
        (sale("Acme Motor", start=100), 1),
        (sale("Acme", amount=2e8, of="other", start=100), 1),  # a sum that is not the price
        (sale("Acme", amount=3e8, start=100), 2),
        (sale("Acme", when="2019", start=100, background=True), 2),
        (sale("Bolt", start=100), 2),
    ],
)
def test_a_second_report_of_one_event_is_left_out(second: Report, count: int) -> None:
    assert len(combine([sale("Acme", amount=5e8), second], [], ARTICLE)) == count


def test_of_two_reports_of_one_event_the_one_with_more_parties_is_kept() -> None:
    (kept,) = combine([sale("Acme", amount=5e8), sale("Acme", "Bolt", start=100)], [], ARTICLE)
    assert [filler.name for filler in kept.roles] == ["Acme", "Bolt", "Cask"]


def test_what_happened_to_one_party_alone_is_no_event() -> None:
    one, two = (
        Report("other", tuple(RoleFiller("party", name) for name in names), 0, 9, "reader", 0.9) for names in (["Acme"], ["Acme", "Bolt"])
    )
    assert [report.roles for report in combine([one, two], [], ARTICLE)] == [two.roles]


@pytest.mark.parametrize(
    ("places", "first", "second"),
    [
        ([110], 0, 1),  # in the sentence of the second sale alone
        ([10, 110], 1, 1),
        ([210], 1, 1),  # in neither
    ],
)
def test_a_sum_in_the_sentence_of_another_event_is_that_events(places: list[int], first: int, second: int) -> None:
    mentions = [Mention(Kind.MONEY, "500000000 USD", at, at + 12, "$500 million", "money", 1.0) for at in places]
    reports = combine([sale("Acme", amount=5e8), sale("Bolt", amount=5e8, start=100)], [], ArticleEvidence(mentions, 40, 400))
    assert [len(report.amounts) for report in reports] == [first, second]
