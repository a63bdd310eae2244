"""What events came to: readable cases in `cases/effects.md`."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.event_effect import COUNTED, counted_effect, effect_of, has_effect
from newsgraph.extract.text.counts import find_counts

_LINE = re.compile(r"- (\w+): (.+?) \| (.+)")
CASES = [
    match.groups()
    for line in (ROOT / "tests" / "cases" / "effects.md").read_text(encoding="utf-8").splitlines()
    if (match := _LINE.fullmatch(line))
]


@pytest.mark.parametrize(("type_name", "effect", "sentence"), CASES)
def test_a_sentence_says_what_an_event_came_to(type_name: str, effect: str, sentence: str) -> None:
    count = int(find_counts(sentence)[0].number) if type_name in COUNTED else 0
    found = counted_effect(type_name, count, sentence) if count else effect_of(type_name, sentence)

    assert found == ("" if effect == "none" else effect)


@pytest.mark.parametrize("type_name", EVENT_TYPES)
def test_the_types_with_an_effect_are_those_that_have_the_role(type_name: str) -> None:
    assert has_effect(type_name) is ("effect" in EVENT_TYPES[type_name].roles)
    assert not has_effect(type_name) or any(case[0] == type_name for case in CASES)
