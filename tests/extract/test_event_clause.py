"""The clause of an event: where it begins and ends, what is set apart in it, and what its words say of time."""

from __future__ import annotations

import pytest

from newsgraph.extract.events.event_clause import clause_of, is_background, is_of_something_else, words_of


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("@0 buys @1", "buys", "@0 buys @1"),
        ("@0 may go , but @1 buys @2", "buys", "@1 buys @2"),
        ("@0 buys @1 while @2 may go", "buys", "@0 buys @1"),
        ("@0 , which may go , buys @1", "@0 , which may go , buys @1", "@0 buys @1"),
        ("@0 , which bought @1 in 2019 , may go", "@0 , which bought @1", "@0 , which bought @1 in 2019"),
        ("@0 , who sued @1", "@0 , who sued @1", "@0 , who sued @1"),
        ("after @0 went , @1 buys @2 ; @3 may go", "@1 buys @2", "@0 went , @1 buys @2"),
    ],
)
def test_a_clause_is_what_stands_between_its_bounds(line: str, words: str, expected: str) -> None:
    start = line.index(words)
    assert " ".join(words_of(line, clause_of(line, start, start + len(words))).split()) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("@0 buys @1", False), ("@0 had earlier bought @1", True), ("following its acquisition of @1", True), ("@0 , which bought @1", True),
        ("@0 said it had bought @1", False), ("@0 bought @1 two years ago", True), ("founded in 2001 , @0 bought @1", False),
    ],
)  # fmt: skip
def test_words_say_that_an_event_is_known_from_before(clause: str, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_background(clause) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("Zorvex, founded in ", True), ("Since ", True), ("Compared with ", True), ("bought Quorl in ", False), ("", False)],
)
def test_a_time_may_be_that_of_something_else(before: str, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_of_something_else(before) is expected
