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
    by_bracket,
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


def short_form(_: str) -> bool:
    """Say of every name that no text has it with a legal form."""
    return False


def test_a_tail_of_two_names_with_legal_forms_needs_a_sign() -> None:
    spelled = keyed(["Zorvex", "Zorvex Group"])

    assert [one.needs_sign for one in by_tail(spelled, NONE, frozenset(spelled).__contains__)] == [True]
    assert [one.needs_sign for one in by_tail(spelled, NONE, frozenset({"zorvex"}).__contains__)] == [False]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Zorvex (Schweiz)", "Zorvex"], [("zorvexschweiz", "zorvex")]),
        (["Zorvex (Hong Kong)", "Zorvex (Singapore)"], []),
        (["Zorvex (Hong Kong)", "Zorvex (Singapore)", "Zorvex"], []),
        (["Zorvex Schweiz", "Zorvex"], []),
    ],
)
def test_a_name_with_a_bracket_is_paired_with_the_name_without_it_if_no_other_bracket_competes(
    names: list[str], expected: list[tuple[str, str]]
) -> None:
    assert [(one.name, one.other) for one in by_bracket(keyed(names))] == expected


def tails(*names: str) -> list[tuple[str, str]]:
    spelled = keyed(names)
    return [(one, other) for _, one, other in pairs(by_tail(spelled, NONE, short_form), spelled)]


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
    assert [one.needs_sign for one in by_tail(keyed(["Summit", "Summit Group"]), frozenset({"summit"}), short_form)] == [True]


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
        "tail": sum(1 for _ in by_tail(spelled, NONE, short_form)),
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


# --- what a candidate says, and its limits


def test_a_candidate_says_why_and_how_strong_it_is() -> None:
    spelled = keyed(["Zorvex", "Zorvex Air"])
    both = dict.fromkeys(spelled, ("ZVX",))

    assert list(by_ticker(both, spelled)) == [NamePair("zorvexair", "zorvex", "ticker", note="ZVX")]
    assert list(by_listed_ticker({"zorvex": ["ZVX"]}, spelled, {"zorvexair": entry("Zorvex Air", tickers=["ZVX"])})) == [
        NamePair("zorvex", "zorvexair", "listed_ticker", note="ZVX")
    ]
    assert list(by_listed_alias(spelled, {"zorvex": entry("Zorvex", "Zorvex Air")})) == [NamePair("zorvexair", "zorvex", "listed_alias")]
    assert list(by_tail(keyed(["Zorvex", "Zorvex Group"]), NONE, short_form)) == [NamePair("zorvex", "zorvexgroup", "tail", weak=True)]
    assert list(by_tail(keyed(["Zorvex Technology", "Zorvex Technologies"]), frozenset({"zorvex"}), short_form)) == [
        NamePair("zorvextechnology", "zorvextechnologies", "tail", weak=True)
    ]
    assert list(by_initials(keyed(["NTB", "Norvale Trade Bank"]))) == [
        NamePair("ntb", "norvaletradebank", "initials", weak=True, needs_sign=True)
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Muenchener", "Münchener"], NamePair("muenchener", "munchener", "digraph")),
        (["Zorvexs", "Zorvex’s"], NamePair("zorvexs", "zorvex", "possessive")),
        (["Zorvex.net", "Zorvex"], NamePair("zorvexnet", "zorvex", "domain", weak=True)),
    ],
)
def test_a_candidate_of_spelling_says_what_it_is(names: list[str], expected: NamePair) -> None:
    spelled = keyed(names)

    assert list(by_spelling(spelled, NONE, dict.fromkeys(spelled, 1), NONE)) == [expected]


@pytest.mark.parametrize("end", ["com", "net", "org", "io", "co", "COM"])
def test_ends_of_addresses(end: str) -> None:
    assert [rule for rule, _, _ in spelling(f"Zorvexo.{end}", "Zorvexo")] == ["domain"]
    assert spelling(f"Zorvexo{end}", "Zorvexo") == []


def test_a_letter_with_its_mark_is_one_with_each_way_of_writing_it() -> None:
    for one, other in (
        ("Äbex", "Aebex"),
        ("Öbex", "Oebex"),
        ("Übex", "Uebex"),
        ("Øbex", "Oebex"),
        ("Åbex", "Aabex"),
        ("Æbex", "Aebex"),
        ("Graß", "Grass"),
    ):
        found = spelling(one, other)
        assert found in ([("digraph", other, one)], []), one
        assert found or name_key(one) == name_key(other), one


def test_of_several_holders_of_a_ticker_each_joins_the_first() -> None:
    spelled = keyed(["Zorvex", "Zorvex Air", "Zorvex Sea"])
    found = by_ticker({"zorvex": ["ZVXX", "A"], "zorvexair": ["ZVXX"], "zorvexsea": ["A", "ZVXX"]}, spelled)

    assert [(one.note, one.name, one.other) for one in found] == [
        ("A", "zorvexsea", "zorvex"), ("ZVXX", "zorvexair", "zorvex"), ("ZVXX", "zorvexsea", "zorvex"),
    ]  # fmt: skip


def test_of_several_entries_the_first_of_the_alphabet_counts() -> None:
    spelled = keyed(["Zorvex", "Zorvex A", "Zorvex B"])
    entries = {"zorvexb": entry("Zorvex B", "Zed", tickers=["ZVX"]), "zorvexa": entry("Zorvex A", "Zed", tickers=["ZVX", "Q"])}

    assert [one.other for one in by_listed_ticker({"zorvex": ["ZVX"]}, spelled, entries)] == ["zorvexa"]
    assert [one.other for one in by_listed_alias(keyed(["Zed"]), entries)] == ["zorvexa"]
    assert list(by_listed_ticker({"zorvexa": ["ZVX"]}, spelled, entries)) == []
    assert [one.note for one in by_listed_ticker({"zorvex": ["ZVX", "Q", "NO"]}, spelled, entries)] == ["Q", "ZVX"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["N.T.", "Norvale Trade Bank"], []),
        (["NTBX", "Norvale Trade Bank Xylo"], ["NTBX"]),
        (["NTB", "Norvale & Trade Bank"], ["NTB"]),
        (["NTB", "Norvale Trade & Bank"], ["NTB"]),
        (["NTB", "Norvale Trade bank"], []),
        (["NTB", "& Norvale Trade"], []),
        (["NTB", "NTC", "Norvale Trade Bank", "Norvale Trade Co-op"], ["NTB", "NTC"]),
    ],
)
def test_what_initials_are_made_of(names: list[str], expected: list[str]) -> None:
    assert [one for _, one, _ in pairs(by_initials(keyed(names)), keyed(names))] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Zorvex", "ZORVEX Air", True), ("Z", "Zorvex", False), ("za", "Zorvex Air", True), ("ZA", "Zorvex", False), ("Zorvex Air", "Za Foods", False),
        ("ZAF", "Zorvex Air Foods", True), ("Air Zorvex", "Air Foods", True), ("Zorvex Air", "Zulu Arms", False),
    ],
)  # fmt: skip
def test_what_makes_names_alike(one: str, other: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert are_similar(one, other) is are_similar(other, one) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Zorvex", "Zorvex Group,"], [("zorvex", "zorvexgroup")]),
        (["Zorvex", "Zorvex Group Technologies"], [("zorvex", "zorvexgrouptechnologies")]),
        (
            ["Zorvex", "Zorvex Group", "Zorvex Group Technologies"],
            [("zorvexgrouptechnologies", "zorvexgroup"), ("zorvexgroup", "zorvexgrouptechnologies")],
        ),
        (["Zorvex Technologies", "Zorvex Technology", "Zorvex Tech"], None),
    ],
)
def test_tails_are_taken_off_one_after_the_other(names: list[str], expected: list[tuple[str, str]] | None) -> None:
    found = [(one.name, one.other) for one in by_tail(keyed(names), NONE, short_form)]

    if expected is None:
        assert {other for _, other in found} == {"zorvextech"}
        assert len(found) == 2
    else:
        assert found == expected


# --- typing errors


def typing(one: str, other: str, times: int = 10, *, often: int = 1, listed: Sequence[str] = ()) -> list[tuple[str, str]]:
    spelled = keyed([one, other])
    told = {name_key(one): often, name_key(other): times}
    return [(pair.name, pair.other) for pair in by_spelling(spelled, NONE, told, frozenset(listed)) if pair.rule == "typing_error"]


def test_the_right_spelling_is_told_ten_times_as_often() -> None:
    assert typing("Zorvexan", "Zorvexon", 10) == [("zorvexan", "zorvexon")]
    assert typing("Zorvexan", "Zorvexon", 9) == []
    assert typing("Zorvexan", "Zorvexon", 20, often=2) == [("zorvexan", "zorvexon")]
    assert typing("Zorvexan", "Zorvexon", 19, often=2) == []
    assert typing("Zorvexon", "Zorvexan", 1, often=10) == [("zorvexan", "zorvexon")]


def test_a_listed_name_is_right_and_never_wrong() -> None:
    assert typing("Zorvexan", "Zorvexon", 1, listed=["zorvexon"]) == [("zorvexan", "zorvexon")]
    assert typing("Zorvexan", "Zorvexon", 1, listed=["zorvexan"]) == [("zorvexon", "zorvexan")]
    assert typing("Zorvexan", "Zorvexon", 100, listed=["zorvexan"]) == [("zorvexon", "zorvexan")]


@pytest.mark.parametrize(
    ("wrong", "right", "is_one"),
    [
        ("Zorvexon", "Zorvexoon", True), ("Zorveon", "Zorvexon", True), ("Zorvexn", "Zorvexon", True), ("Zorvexo", "Zorvexon", True),
        ("Zorvexno", "Zorvexon", True), ("Zrovexon", "Zorvexon", True), ("Zorvexox", "Zorvexon", True),
        ("Zorvexa", "Zorvexo", False), ("Zorvexo", "Zorvexoa", True), ("Zorvex", "Zorvexo", False),  # of eight letters at least
        ("Zorvexons", "Zorvexon", False), ("Zorvexon", "Zorvexons", False), ("Zorvexona", "Zorvexon", True),
        ("Borvexon", "Zorvexon", False), ("Ozrvexon", "Zorvexon", False),
        ("Zorvaxan", "Zorvexon", False), ("Zorvxeno", "Zorvexon", False), ("Zrovxeon", "Zorvexon", False), ("Zorxevon", "Zorvexon", False),
        ("Zorvexon1", "Zorvexon", False), ("Zorvexon12", "Zorvexon13", False),
    ],
)  # fmt: skip
def test_what_one_letter_off_means(wrong: str, right: str, is_one: bool) -> None:  # noqa: FBT001 - a column of the table
    assert typing(wrong, right) == ([(name_key(wrong), name_key(right))] if is_one else [])


def test_a_typing_error_of_one_name_needs_no_sign() -> None:
    spelled = keyed(["Zorvexan", "Zorvexon"])

    assert list(by_spelling(spelled, NONE, {"zorvexan": 1, "zorvexon": 10}, NONE)) == [
        NamePair("zorvexan", "zorvexon", "typing_error", weak=True)
    ]
