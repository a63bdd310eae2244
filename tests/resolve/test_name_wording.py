"""Names that say the same in another alphabet, romanization or language, or shorter: readable cases in `cases/name_wording.csv`."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import load_lexicon
from newsgraph.resolve.companies.name_candidates import NamePair, by_initials_and_name
from newsgraph.resolve.companies.name_wording import by_wording
from newsgraph.resolve.companies.number_words import numbers_in_words

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "name_wording.csv").read_text("utf-8").splitlines()))


def candidates(*names: str) -> list[NamePair]:
    return list(by_wording({name_key(name): name for name in names}, load_lexicon().words))


def rule_of(one: str, other: str) -> str:
    """Return what joins two names: `key` if they are one before any look-up, else the rule, else nothing."""
    if name_key(one) == name_key(other):
        return "key"
    found = candidates(one, other)
    assert {frozenset((pair.name, pair.other)) for pair in found} <= {frozenset((name_key(one), name_key(other)))}
    return " ".join(f"{pair.rule} with a sign" if pair.needs_sign else pair.rule for pair in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['one']} and {case['other']}")
def test_names_are_joined_by_the_rule_of_the_case(case: dict[str, str]) -> None:
    assert rule_of(case["one"], case["other"]) == case["rule"]
    assert rule_of(case["other"], case["one"]) == case["rule"]


def test_another_alphabet_is_one_name_and_other_wordings_form_no_chains() -> None:
    assert candidates("Яндекс", "Yandex") == [NamePair("яндекс", "yandex", "transliteration")]
    assert candidates("Norgasprom", "Norgazprom") == [NamePair("norgazprom", "norgasprom", "romanization", weak=True)]
    assert candidates("Grupo Norvale", "Norvale Group") == [NamePair("gruponorvale", "norvalegroup", "translation", weak=True)]
    assert candidates("Norvale Elec", "Norvale Electric") == [NamePair("norvaleelec", "norvaleelectric", "abbreviation", weak=True)]


def test_what_may_be_short_for_two_names_is_neither() -> None:
    assert candidates("Norvale Ent", "Norvale Enterprises", "Norvale Entertainment") == []
    assert candidates("Norvale Ent", "Norvale Entertainment") != []


def test_a_name_that_has_two_translations_is_neither() -> None:
    assert candidates("Banque Norvale", "Norvale Bank", "Bank of Norvale") == []


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("NTB Norvale Trade Bank", True), ("Norvale Trade Bank NTB", True), ("N&T Norvale & Trade", True), ("NTX Norvale Trade Bank", False),
        ("N Norvale", False), ("Norvale Trade Bank", False),
    ],
)  # fmt: skip
def test_a_name_with_its_initials_is_the_name_without_them(name: str, joined: bool) -> None:  # noqa: FBT001 - a column of the table
    full = "Norvale & Trade" if "&" in name else "Norvale Trade Bank" if "Trade" in name else "Norvale"
    spelled = {name_key(one): one for one in (name, full)}

    expected = [NamePair(name_key(name), name_key(full), "initials_and_name")] if joined else []
    assert list(by_initials_and_name(spelled)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1", "one"), ("12", "twelve"), ("20", "twenty"), ("99", "ninetynine"), ("3rd", "third"), ("12th", "twelfth"), ("20th", "twentieth"),
        ("32nd", "thirtysecond"), ("3m", "threem"), ("c3ai", "c3ai"), ("st1", "st1"), ("0", "0"), ("007", "007"), ("100", "100"), ("2007", "2007"), ("", ""),
    ],
)  # fmt: skip
def test_numbers_that_people_write_out_are_words(text: str, words: str) -> None:
    assert numbers_in_words(text) == words


def test_words_of_companies_are_no_words_of_english_and_no_listed_companies() -> None:
    rows = list(csv.DictReader((files("newsgraph") / "data" / "company_words.csv").read_text("utf-8").splitlines()))
    lexicon = load_lexicon()

    assert len(rows) > 500
    assert [row["word"] for row in rows if row["english"] and (row["word"] in lexicon.words or lexicon.company(row["word"].title()))] == []
    assert {row["word"] for row in rows} & {row["english"] for row in rows} == set()


def test_thousands_of_names_have_few_candidates() -> None:
    entries = load_lexicon().companies
    found = candidates(*entries)

    apart = [pair for pair in found if not pair.needs_sign]
    assert len(entries) > 7_000
    assert len(apart) < 15  # entries of a list are different companies; the few that are not are never joined
