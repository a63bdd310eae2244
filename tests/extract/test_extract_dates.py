"""Days named in a text: readable cases in `cases/dates.md`."""

from __future__ import annotations

import re
from datetime import date

import pytest

from newsgraph.core.model import Kind
from newsgraph.extract.text.dates import find_days
from newsgraph.extract.text.times import find_times
from reading_cases import Case, facts_of, mentions, read_cases


@pytest.mark.parametrize("case", read_cases("dates.md"), ids=str)
def test_a_text_names_the_days_of_its_case(case: Case) -> None:
    found = [f'"{mention.text}" => {mention.name or "unknown"}' for mention in mentions(facts_of(case), Kind.DATE)]

    assert found == [line for line in case.expected if line != "none"]


@pytest.mark.parametrize("published", [date.min, date.max], ids=str)
@pytest.mark.parametrize(
    "words",
    ["yesterday", "on Monday", "last Monday", "next Sunday", "last week", "next week", "last month", "next month", "last year", "next year",
     "in 201٣", "in May 201٣", "500 days ago", "500 weeks ago", "500 months ago", "500 decades ago", "a year ago", "in December", "in January", "last December"],
)  # fmt: skip
def test_a_day_outside_the_calendar_is_no_day(words: str, published: date) -> None:
    text = f"It rained {words}."
    days = find_days(text, published)
    times = find_times(text, days, published)
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", time.when, re.ASCII) for time in times)
