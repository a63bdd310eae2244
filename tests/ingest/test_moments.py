"""Times of publication in the forms that files have, none of which asks a clock."""

from __future__ import annotations

import pytest

from newsgraph.ingest.moments import is_ambiguous, parse_moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-02-03", "2025-02-03T00:00:00"),
        ("2025-02-03T09:30:00+01:00", "2025-02-03T08:30:00"),
        ("2025-02-03 09:30:00.123456 +0100", "2025-02-03T08:30:00.123456"),
        ("20250203T083000Z", "2025-02-03T08:30:00"),
        ("20250203", "2025-02-03T00:00:00"),
        ("Mon, 03 Feb 2025 09:30:00 +0100", "2025-02-03T08:30:00"),
        ("Mon, 3 Feb 25 08:30 GMT", "2025-02-03T08:30:00"),
        ("Mon, 03 Feb 2025 03:30:00 EST", "2025-02-03T08:30:00"),
        ("Mon Feb  3 08:30:00 2025", "2025-02-03T08:30:00"),
        ("February 3rd, 2025 at 8:30 a.m.", "2025-02-03T08:30:00"),
        ("3 February 2025", "2025-02-03T00:00:00"),
        ("2025/02/03 08:30", "2025-02-03T08:30:00"),
        ("3.2.2025", "2025-02-03T00:00:00"),
        ("23/02/2025", "2025-02-23T00:00:00"),
        ("02/23/2025", "2025-02-23T00:00:00"),
        (1738571400, "2025-02-03T08:30:00"),
        (1738571400000, "2025-02-03T08:30:00"),
        ("1738571400", "2025-02-03T08:30:00"),
        ([2025, 2, 3, 8, 30, 0, 0, 34, 0], "2025-02-03T08:30:00"),
    ],
)
def test_a_time_is_read_in_each_form(written: object, moment: str) -> None:
    read = parse_moment(written)

    assert read is not None
    assert read.isoformat() == f"{moment}+00:00"


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", "2025-13-03", "2025-02-30", "0001-01-01T00:00:00Z", "9999-12-31", "31 Feb 2025", "Mon, 03 Feb 2025 25:00:00 GMT",
        "2025-02-03T09:30:00+99:00", 12, -1, 10**30, 10**400, float("inf"), float("nan"), True, None, [], [2025], ["2025", 2, 3], {}, "1" * 10_000, "03/02/2025",
    ],
)  # fmt: skip
def test_what_is_no_time_or_two_is_none(written: object) -> None:
    assert parse_moment(written) is None


def test_a_date_of_which_nobody_knows_the_order_is_told_apart() -> None:
    assert is_ambiguous("03/02/2025")
    assert not is_ambiguous("03/03/2025")
    assert not is_ambiguous("soon")
