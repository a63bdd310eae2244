"""Days named in a text: readable cases in `cases/dates.md`."""

from __future__ import annotations

import pytest

from newsgraph.core.model import Kind
from reading_cases import Case, facts_of, mentions, read_cases


@pytest.mark.parametrize("case", read_cases("dates.md"), ids=str)
def test_a_text_names_the_days_of_its_case(case: Case) -> None:
    found = [f'"{mention.text}" => {mention.name or "unknown"}' for mention in mentions(facts_of(case), Kind.DATE)]

    assert found == [line for line in case.expected if line != "none"]
