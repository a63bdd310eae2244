"""Phrases of roles and parts without the words at their ends that say nothing."""

from __future__ import annotations

import pytest

from newsgraph.core.model import Kind, Report, RoleFiller
from newsgraph.extract.events.tidy_words import tidy_words, with_tidy_words


@pytest.mark.parametrize(
    ("words", "tidied"),
    [
        ("Self-Driving Car Division For", "Self-Driving Car Division"),
        ("the wafer plant,", "wafer plant"),
        ("its parcel unit in", "parcel unit"),
        ("of the", ""),
        ("the laboratory there", "laboratory"),
        ('its own "third-type" drink', '"third-type" drink'),
        ("drink based", "drink"),
        ("Another Eden", "Another Eden"),
        ("stake in HERE", "stake in HERE"),
        ("Bank of America", "Bank of America"),
    ],
)
def test_linking_words_at_the_ends_are_cut_off(words: str, tidied: str) -> None:
    assert tidy_words(words) == tidied


@pytest.mark.parametrize(
    ("part", "kept"), [("banco", None), ("34", None), ("1,200", None), ("the card unit of", "card unit"), (None, None)]
)
def test_a_part_is_neither_a_number_nor_a_partys_own_name(part: str | None, kept: str | None) -> None:
    report = Report("acquisition", (RoleFiller("target", "Novo Banco"),), 0, 9, "acquires", 0.9, part=part)
    assert with_tidy_words(report).part == kept


def test_a_role_whose_phrase_says_nothing_is_left_out_and_names_stay() -> None:
    fillers = (RoleFiller("company", "The Body Shop of"), RoleFiller("product", "a premium", None), RoleFiller("product", "of the", None))
    report = Report("product_launch", fillers, 0, 9, "launches", 0.9)
    assert with_tidy_words(report).roles == (
        RoleFiller("company", "The Body Shop of", Kind.COMPANY),
        RoleFiller("product", "premium", None),
    )


def test_the_minus_of_a_grade_is_no_mark() -> None:
    report = Report("rating", (RoleFiller("company", "Acme"), RoleFiller("effect", "downgrade to B-", None)), 0, 9, "rates", 0.9)
    assert [filler.name for filler in with_tidy_words(report).roles] == ["Acme", "downgrade to B-"]
