"""Which names look-ups hold for one company, by finder, and which they must not; the cost grows with the number of names only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from string import ascii_lowercase

import pytest

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.resolve.companies.name_candidates import (
    NamePair,
    are_similar,
    by_initials,
    by_listed_alias,
    by_listed_ticker,
    by_spelling,
    by_tail,
    by_ticker,
)

NONE: frozenset[str] = frozenset()


def keyed(names: Iterable[str]) -> dict[str, str]:
    """Give the spellings by folded name, as clusters have them."""
    return {name_key(name): name for name in names}


def pairs(found: Iterable[NamePair], spelled: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Give rule, name and the name that it is one with, as they are spelled."""
    return sorted((one.rule, spelled[one.name], spelled[one.other]) for one in found)


def spelling(
    *names: str, often: Sequence[str] = (), ordinary: Sequence[str] = (), listed: Sequence[str] = ()
) -> list[tuple[str, str, str]]:
    """Run the finders of spellings; `often` names are told twenty times."""
    spelled = keyed(names)
    told = {key: 20 if name in often else 1 for key, name in spelled.items()}
    return pairs(by_spelling(spelled, frozenset(map(name_key, ordinary)), told, frozenset(map(name_key, listed))), spelled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # legal forms and marks fold into one name before any look-up
        ("Zorvex", "Zorvex S.A."),
        ("Zorvex", "Zorvex GmbH & Co. KG"),
        ("Zorvex", "Zorvex Pty Ltd"),
        ("Газпром", "ПАО «Газпром»"),
        ("トヨタ自動車", "トヨタ自動車株式会社"),
        ("Zorvex", "PT Zorvex Tbk"),
        ("Zorvex & Dunmore", "Zorvex and Dunmore"),
        ("Zorvex's", "Zorvex"),
        ("Nestlé", "Nestle"),
        ("Coca-Cola", "Coca Cola"),
    ],
)
def test_spellings_that_fold_into_one_name_need_no_candidate(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("rule", "name", "other"),
    [
        ("digraph", "Muenchener Rueck", "Münchener Rück"),
        ("digraph", "Soelvberg", "Sølvberg"),
        ("digraph", "Aalborg Zorvex", "Ålborg Zorvex"),
        ("digraph", "Groessbier", "Größbier"),
        ("transliteration", "Яндекс", "Yandex"),
        ("transliteration", "Газпром", "Gazprom"),
        ("transliteration", "Сбербанк", "Sberbank"),
        ("possessive", "Zorvexs", "Zorvex's"),
        ("domain", "Zorvex.com", "Zorvex"),
        ("domain", "Zorvex.IO", "Zorvex"),
    ],
)
def test_names_that_are_spelled_otherwise_are_candidates(rule: str, name: str, other: str) -> None:
    assert spelling(name, other) == [(rule, name, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zorvex", "Zorvix"),
        ("Zorvex", "Zorvex.ai"),
        ("Zorvex", "Yandex"),
        ("Mueller", "Möller"),
        ("Газпром", "Rosneft"),
        ("Zorvex's", "Zorvexa"),
        ("Münchener Rück", "Münchner Rück"),
    ],
)
def test_names_that_are_no_other_spelling_are_no_candidates(one: str, other: str) -> None:
    assert spelling(one, other) == []


@pytest.mark.parametrize("wrong", ["Zorvexo Industris", "Zorvexo Industtries", "Zorvexo Indistries", "Zorvexo Idnustries"])
def test_one_letter_left_out_put_in_changed_or_swapped_is_a_typing_error(wrong: str) -> None:
    right = "Zorvexo Industries"

    assert spelling(wrong, right, often=[right]) == [("typing_error", wrong, right)]
    assert spelling(wrong, right, listed=[right]) == [("typing_error", wrong, right)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Zorvexo Industrees", "Zorvexo Industreis Xa", id="two letters"),
        pytest.param("Corvexo Industries", "Zorvexo Industries", id="the first letter"),
        pytest.param("Zorvexon", "Zorvexons", id="a plural"),
        pytest.param("Zorvexo 4000", "Zorvexo 4001", id="a digit"),
        pytest.param("Zorve", "Zorvex", id="a short name"),
    ],
)
def test_what_is_no_typing_error(one: str, other: str) -> None:
    assert spelling(one, other, often=[other]) == []


def test_two_names_told_equally_often_are_no_typing_error_of_each_other() -> None:
    assert spelling("Zorvexan", "Zorvexon") == []


def test_two_listed_names_are_no_typing_error_of_each_other() -> None:
    assert spelling("Zorvexan", "Zorvexon", listed=["Zorvexan", "Zorvexon"]) == []


def test_a_typing_error_of_one_of_two_names_needs_a_sign() -> None:
    spelled = keyed(["Zorvexan", "Zorvexin", "Zorvexon"])
    found = list(by_spelling(spelled, NONE, {"zorvexan": 20, "zorvexin": 1, "zorvexon": 20}, NONE))

    assert [(one.name, one.other, one.needs_sign) for one in found] == [("zorvexin", "zorvexan", True), ("zorvexin", "zorvexon", True)]


def test_a_domain_of_an_ordinary_word_needs_a_sign() -> None:
    spelled = keyed(["Hotels.com", "Hotels", "Zorvex.com", "Zorvex"])
    found = by_spelling(spelled, frozenset({"hotels"}), dict.fromkeys(spelled, 1), NONE)

    assert {one.other: one.needs_sign for one in found} == {"hotels": True, "zorvex": False}


def tails(*names: str) -> list[tuple[str, str]]:
    spelled = keyed(names)
    return [(one, other) for _, one, other in pairs(by_tail(spelled, NONE), spelled)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Zorvex", "Zorvex Technologies"], [("Zorvex", "Zorvex Technologies")]),
        (["Zorvex", "Zorvex Group"], [("Zorvex", "Zorvex Group")]),
        (["Zorvex Technology", "Zorvex Technologies"], [("Zorvex Technology", "Zorvex Technologies")]),
        (["Zorvex Holding", "Zorvex Holdings"], [("Zorvex Holdings", "Zorvex Holding")]),
        (["Zorvex", "Zorvex Pharma Group"], [("Zorvex", "Zorvex Pharma Group")]),
        (["Zorvex", "Zorvex Foods"], []),
        (["Zorvex", "Zorvex Bank"], []),
        (["Zorvex", "Group Zorvex"], []),
        (["Zorvex Group", "Dunmore Group"], []),
        (["Zorvex Technologies", "Zorvex Pharma"], []),
        (["Zorvex", "Zorvex Technologies", "Zorvex Pharma"], []),
        (["Group", "Holdings"], []),
    ],
)
def test_tails_that_say_nothing_make_candidates(names: list[str], expected: list[tuple[str, str]]) -> None:
    found = tails(*names)

    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in expected}


def test_an_ordinary_word_with_a_tail_needs_a_sign() -> None:
    assert [one.needs_sign for one in by_tail(keyed(["Summit", "Summit Group"]), frozenset({"summit"}))] == [True]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["NTB", "Norvale Trade Bank"], [("NTB", "Norvale Trade Bank")]),
        (["N.T.B.", "Norvale Trade Bank"], [("N.T.B.", "Norvale Trade Bank")]),
        (["NTB", "Norvale of Trade Bank"], [("NTB", "Norvale of Trade Bank")]),
        (["NTB", "Norvale Trade Bank", "North Trust Bank"], []),
        (["NT", "Norvale Trade"], []),
        (["Ntb", "Norvale Trade Bank"], []),
        (["NTB", "Norvale Trade"], []),
        (["NTB", "Northern Bank Trust"], []),
    ],
)
def test_initials_make_candidates_that_need_a_sign(names: list[str], expected: list[tuple[str, str]]) -> None:
    spelled = keyed(names)
    found = list(by_initials(spelled))

    assert [(one, other) for _, one, other in pairs(found, spelled)] == expected
    assert all(one.needs_sign and one.weak for one in found)


def entry(name: str, *aliases: str, tickers: Sequence[str] = ()) -> CompanyEntry:
    return CompanyEntry(name, aliases=tuple(aliases), tickers=tuple(tickers))


@pytest.mark.parametrize(
    ("one", "other", "ticker", "joined"),
    [
        ("Zorvex", "Zorvex Air", "ZVX", True),
        ("NTB", "Norvale Trade Bank", "N", True),
        ("Zorvex", "Dunmore", "ZVDM", True),
        ("Zorvex", "Dunmore", "ZVX", False),
        ("Zorvex", "Dunmore", "Z", False),
    ],
)
def test_one_ticker_joins_names_that_are_alike_and_a_long_one_all(one: str, other: str, ticker: str, joined: bool) -> None:  # noqa: FBT001 - a column of the table
    spelled = keyed([one, other])

    assert bool(list(by_ticker(dict.fromkeys(spelled, (ticker,)), spelled))) is joined


def test_two_tickers_make_no_candidate() -> None:
    spelled = keyed(["Zorvex", "Zorvex Air"])

    assert list(by_ticker({"zorvex": ["ZVX"], "zorvexair": ["ZVA"]}, spelled)) == []


@pytest.mark.parametrize(("name", "joined"), [("Zorvex", True), ("Dunmore", False)])
def test_a_listed_ticker_joins_a_name_that_is_like_the_listed_one(name: str, joined: bool) -> None:  # noqa: FBT001 - a column of the table
    spelled = keyed([name, "Zorvex Air Lines"])
    found = by_listed_ticker({name_key(name): ["ZVX"]}, spelled, {"zorvexairlines": entry("Zorvex Air Lines", tickers=["ZVX"])})

    assert [(one.rule, one.other) for one in found] == ([("listed_ticker", "zorvexairlines")] if joined else [])


def test_a_listed_alias_joins_in_any_spelling() -> None:
    spelled = keyed(["Zed-Works", "Zorvex", "Zed Foods"])
    found = by_listed_alias(spelled, {"zorvex": entry("Zorvex", "ZED WORKS Inc.")})

    assert pairs(found, spelled) == [("listed_alias", "Zed-Works", "Zorvex")]


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("Zorvex Air", "Zorvex", True), ("NTB", "Norvale Trade Bank", True), ("Zorvex", "Air Zorvex", False)]
)
def test_names_are_alike_by_their_first_word_or_their_initials(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert are_similar(one, other) is are_similar(other, one) is expected


def random_names(count: int) -> Iterator[str]:
    draw = Random(1)  # noqa: S311 - repeatable names, no secret
    for _ in range(count):
        words = ["".join(draw.choices(ascii_lowercase, k=draw.randint(4, 10))).capitalize() for _ in range(draw.randint(1, 3))]
        yield " ".join(words) + draw.choice(["", "", " Group", ".com", " Technologies"])


def test_50000_names_make_few_candidates() -> None:
    spelled = keyed(random_names(50_000))
    told = dict.fromkeys(spelled, 1) | dict.fromkeys(sorted(spelled)[::2], 10)

    counts = {
        "spelling": sum(1 for _ in by_spelling(spelled, NONE, told, NONE)),
        "tail": sum(1 for _ in by_tail(spelled, NONE)),
        "initials": sum(1 for _ in by_initials(spelled)),
    }

    assert len(spelled) > 49_000
    assert max(counts.values()) < 500


def test_thousands_of_names_with_one_ticker_make_a_candidate_each() -> None:
    spelled = keyed(f"Zorvex {number}" for number in range(3_000))

    assert len(list(by_ticker(dict.fromkeys(spelled, ("ZVXX",)), spelled))) == len(spelled) - 1


def test_the_order_of_names_does_not_matter() -> None:
    names = ["Zorvex.com", "Zorvex", "Zorvex Group", "Dörvex", "Doervex", "Яндекс", "Yandex", "Dunmores", "Dunmore's"]

    assert spelling(*names) == spelling(*reversed(names))
    assert sorted(tails(*names)) == sorted(tails(*reversed(names)))
