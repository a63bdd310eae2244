"""How sure a report must be to make an event: one of two parties says half."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgraph.core.acceptance import is_accepted
from newsgraph.core.model import Report
from readings import report


def sure(one: Report, confidence: float) -> Report:
    return replace(one, confidence=confidence)


@pytest.mark.parametrize("kind", ["acquisition", "merger", "investment", "partnership", "contract"])
def test_half_of_an_event_of_two_parties_needs_twice_the_odds(kind: str) -> None:
    half, whole = report(kind, "Acme", None), report(kind, "Acme", "Bolt")
    assert [is_accepted(sure(half, confidence)) for confidence in (0.5, 0.66, 0.67)] == [False, False, True]
    assert [is_accepted(sure(whole, confidence)) for confidence in (0.49, 0.5)] == [False, True]


def test_other_events_of_one_party_are_whole() -> None:
    assert is_accepted(sure(report("lawsuit", "Acme", None), 0.5))
    assert is_accepted(sure(report("layoff", "Acme", None), 0.5))


def test_a_part_that_is_sold_says_the_other_half() -> None:
    assert is_accepted(sure(replace(report("acquisition", "Acme", None), part="mill"), 0.5))


def test_the_limit_moves_both() -> None:
    half = report("partnership", "Acme", None)
    assert is_accepted(sure(half, 0.0), 0.0)
    assert not is_accepted(sure(half, 0.99), 1.0)
