"""Amounts and percentages: readable cases in `cases/money.md`, and the upper ends of ranges."""

from __future__ import annotations

import random

import pytest

from newsgraph.core.model import Kind
from newsgraph.extract.text.money import MOST, find_money
from reading_cases import Case, facts_of, mentions, read_cases


@pytest.mark.parametrize("case", read_cases("money.md"), ids=str)
def test_a_text_holds_the_amounts_of_its_case(case: Case) -> None:
    facts = facts_of(case)

    found = [f'"{mention.text}" => {mention.name}' for mention in mentions(facts, Kind.MONEY)]
    found += [mention.text for mention in mentions(facts, Kind.PERCENT)]

    assert found == [line for line in case.expected if line != "none"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$29-34 billion", 29e9, 34e9),
        ("$2 million to $3 million", 2e6, 3e6),
        ("€500m-€1bn", 5e8, 1e9),
        ("10 to 12 million euros", 1e7, 1.2e7),
        ("between $100 and $120 million", 1e8, 1.2e8),
        ("between $900 million and $1.1 billion", 9e8, 1.1e9),
        ("between $4m and $6m", 4e6, 6e6),
    ],
)
def test_a_range_keeps_both_ends(text: str, low: float, high: float) -> None:
    (amount,) = find_money(text)

    assert (amount.amount, amount.high) == (low, high)


def test_an_amount_that_is_no_range_has_no_upper_end() -> None:
    assert [amount.high for amount in find_money("$5 million")] == [None]


def test_cents_are_kept() -> None:
    assert [amount.amount for amount in find_money("an offer of $12.50 per share")] == [12.5]


_PIECES = (
    "between|and|from|to|$|€|Rs.|N|Dh|1.000.000|1.000|5|5.5|1,000|0|999999999999999999|million|bn|k|crore|euros|dollars|rials|Thai|baht|half a|"
    "twenty-five|a hundred|three hundred and fifty|thousand|and a half|-|,|.|a share|c|10-cent|410p|centavos|ranging from|Toronto|TSX|1.2.3.4|1e9"
).split("|")


@pytest.mark.parametrize("seed", range(20))
def test_amounts_of_any_pieces_lie_in_the_text_and_within_bounds(seed: int) -> None:
    choice = random.Random(seed)  # noqa: S311 - texts for a test
    for _ in range(200):
        text = "".join(choice.choice(_PIECES) + choice.choice((" ", " ", "")) for _ in range(choice.randint(1, 14)))
        for amount in find_money(text):
            assert 0 <= amount.start < amount.end <= len(text)
            assert 0 < amount.amount <= MOST
            assert amount.high is None or amount.high <= MOST
