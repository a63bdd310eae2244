"""Numbers of things, in digits and in words."""

from __future__ import annotations

import pytest

from newsgraph.extract.text.counts import find_counts, places_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It sheds 1,700 jobs", [1700]),
        ("It recalled 1.7 million ampoules, 2.1 lakh bottles and 1.2 mln trains", [1.7e6, 2.1e5, 1.2e6]),
        ("Some 38m names and 12k passwords", [38e6, 12e3]),
        ("A tower 38m tall, a door 1.5 m wide or 2.5m wide, and a 10k run", []),
        ("Forty-four people left; six hundred and ten stayed", [44, 610]),
        ("About four million users, over three lakh packs, twenty-five thousand seats", [4e6, 3e5, 25e3]),
        ("two thousand five hundred of them, nineteen of these, two dozen, a dozen, a hundred", [2500, 19, 24, 12, 100]),
        ("One or two of the seventeen", [1, 2, 17]),
        ("45 percent, 4.5 per cent, 5%, 30 pence", []),
        ("five billion, twenty-five billion and 3 billion", []),
        ("$45, €5m, £30,000", []),
        ("at 10:30 by a vote of 3:2", []),
        ("the 20th plant, a 737MAX and 5G", []),
        ("3.5 points", []),
        ("", []),
    ],
)
def test_a_text_has_these_numbers(text: str, numbers: list[float]) -> None:
    found = sorted(find_counts(text))
    assert [count.number for count in found] == numbers
    assert all(text[count.start : count.end].strip() == text[count.start : count.end] != "" for count in found)


def test_a_number_is_found_however_it_is_written() -> None:
    text = "Of 610 people, six hundred and ten left, not 6,100"
    assert [text[place.start : place.end] for place in places_of(610, text)] == ["610", "six hundred and ten"]
    assert places_of(61, text) == []
