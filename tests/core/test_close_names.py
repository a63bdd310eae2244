"""Suggestions for mistyped names: the nearest, also where a graph has very many names as long as headlines."""

from __future__ import annotations

from difflib import get_close_matches

import pytest

from newsgraph.core import close_names as module
from newsgraph.core.close_names import close_names

HEADLINES = [f"Company {number} of Springfield wins contract number {number * 7} for grid batteries" for number in range(6_000)]


def test_the_nearest_names_come_first_and_case_does_not_count() -> None:
    assert close_names("SANOFY", ["Owkin", "Sanofi", "sanofi", "Sanoma"]) == ("Sanofi", "Sanoma")
    assert close_names("zzz", ["Owkin"]) == close_names("", ["Owkin"]) == close_names("a", []) == ()


def test_of_many_long_names_few_are_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def matches(word: str, known: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(known))
        return get_close_matches(word, known, n=n, cutoff=cutoff)

    monkeypatch.setattr(module, "get_close_matches", matches)
    assert close_names("Company 17 of Springfeild wins contrakt number 119 for grid batteries", HEADLINES)[0] == HEADLINES[17]
    assert close_names("Nothing that anybody ever wrote about", HEADLINES) == ()
    assert max(compared) <= 300


def test_few_names_and_short_ones_are_all_compared() -> None:
    few = ["Vantrell Storage Solutions Holding", "Osterholt"]
    assert close_names("Vantrel Storrage Solution Holdings", few) == (few[0],)
    assert close_names("Vantrel", [*HEADLINES, "Vantrell"]) == ("Vantrell",)
