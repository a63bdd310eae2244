"""The list of former names, and which of them a company had on a day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.renamings import RENAMED, FormerName, former_names_of, former_names_used, name_of_day

ROWS = list(csv.DictReader((Path(__file__).parents[2] / "src/newsgraph/data/renamings.csv").read_text("utf-8").splitlines()))
FIRST, SECOND = FormerName(date(2004, 8, 20), "Old", "Newest"), FormerName(date(2011, 5, 6), "Middle", "Newest")


def test_every_company_is_listed_and_has_the_former_name_as_an_alias() -> None:
    entries = load_lexicon().companies
    assert [row for row in ROWS if row["company"] not in entries] == []
    for row in ROWS:
        entry = load_lexicon().company(row["former"])
        assert entry is not None, row
        assert entry.name == row["company"], row
        assert name_key(row["former"]) != name_key(row["company"]), row
        assert date(1995, 1, 1) < date.fromisoformat(row["until"]) < date(2026, 1, 1), row


def test_a_company_with_several_former_names_had_them_one_after_the_other() -> None:
    names = [name_of_day("Newest", [SECOND, FIRST], day) for day in (date(2004, 8, 19), date(2004, 8, 20), date(2011, 5, 6))]
    assert names == ["Old", "Middle", "Newest"]


def test_only_former_names_that_texts_use_count() -> None:
    assert [old.name for old in former_names_used("Safran", ["Snecma SA", "Safran"])] == ["Snecma"]
    assert list(former_names_used("Safran", ["Safran"])) == []
    assert list(former_names_used("Zorvex", ["Snecma"])) == []


def test_a_former_name_is_written_and_read_as_a_note() -> None:
    assert FIRST.note == "until 2004-08-20, now Newest"
    assert FormerName.of_note("Old", FIRST.note) == FIRST


def test_two_companies_that_became_one_have_its_name() -> None:
    both = [FormerName(date(2022, 11, 14), name, "Newest") for name in ("One", "Other")]

    assert name_of_day("Newest", both, date(2020, 1, 1)) == "Newest"
    assert name_of_day("Newest", both[:1], date(2020, 1, 1)) == "One"
    assert name_of_day("Newest", [FIRST, *both], date(2004, 1, 1)) == "Old"


def test_former_names_are_read_from_the_merges_of_lists_only() -> None:
    rows = [("g/newest", "Old", RENAMED, FIRST.note), ("g/newest", "Bolt", "former", ""), ("g/acme", "Acme", "decision", "")]

    assert former_names_of(rows) == {"g/newest": [FIRST]}
