"""Clusters of names that grow together: who may join whom, what a company is called, and why each name joined."""

from __future__ import annotations

import pytest

from company_units import company, lexicon, profile, unit
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Mention
from newsgraph.resolve.companies.clustering import ClusterMerger, conflict_threshold, display_name
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyClusters, MergeQuestion, listing, spelling
from newsgraph.resolve.companies.mention_groups import DISTINCT, LISTED, ORDINARY
from newsgraph.resolve.companies.name_candidates import NamePair

WHY = ClusterMerge("Zorvex", "hand", "")
ENTRIES = (CompanyEntry("Listed Works"), CompanyEntry("Vague", needs_evidence=True), CompanyEntry("Zorvex Group"))


def clusters(*names: str, listed: str = "", **profiles: str) -> CompanyClusters:
    """Make a cluster of each name; `profiles` give names their sectors, `listed` is a name that a list has."""
    found = CompanyClusters()
    for number, name in enumerate(names):
        sectors = profiles.get(name, "")
        found.add(name, [unit(f"a{number}", name, sectors=sectors)], name.title(), name.title() if name == listed else "")
    return found


# --- joining


def test_names_are_companies_of_their_own_until_they_are_joined() -> None:
    found = clusters("cask", "acme", "bolt", "dent")
    assert found.companies() == [("acme",), ("bolt",), ("cask",), ("dent",)]

    found.join("acme", "bolt", WHY)
    found.join("cask", "bolt", WHY)

    assert found.companies() == [("acme", "bolt", "cask"), ("dent",)]
    assert found.find("acme") == found.find("cask") == found.find("bolt") == "bolt"
    assert found.find("dent") == "dent"
    assert found.merges == {"acme": [WHY], "cask": [WHY]}


def test_a_long_way_leads_to_one_end() -> None:
    found = clusters("acme", "bolt", "cask", "dent")
    for one, other in (("acme", "bolt"), ("bolt", "cask"), ("cask", "dent")):
        found.join(one, other, WHY)

    assert [found.find(name) for name in ("acme", "bolt", "cask", "dent", "acme")] == ["dent"] * 5
    assert found.companies() == [("acme", "bolt", "cask", "dent")]


def test_a_company_knows_what_its_names_know() -> None:
    found = clusters("acme", "bolt", "cask", listed="acme", acme="bank", bolt="pharma")
    found.join("acme", "bolt", WHY)

    assert found.profile("acme") == found.profile("bolt") == profile(sectors="bank pharma")
    assert found.listed("bolt") == found.listed("acme") == {"Acme"}
    assert (found.profile("cask"), found.listed("cask")) == (profile(), frozenset())
    assert (found.all["bolt"].profile, found.all["bolt"].listed) == (profile(sectors="pharma"), "")


def test_joining_what_is_one_already_notes_only_why() -> None:
    found = clusters("acme", "bolt")
    found.join("acme", "bolt", WHY)
    found.join("acme", "bolt", WHY)

    assert found.merges["acme"] == [WHY, WHY]
    assert found.companies() == [("acme", "bolt")]


def test_what_must_differ_must_differ_whatever_it_is_one_with() -> None:
    found = clusters("acme", "bolt", "cask", "dent")
    found.keep_apart("acme", "bolt")
    assert found.must_differ("acme", "bolt")
    assert found.must_differ("bolt", "acme")
    assert not found.must_differ("acme", "cask")
    assert not found.must_differ("dent", "acme")

    found.join("cask", "acme", WHY)
    found.join("bolt", "dent", WHY)
    assert found.must_differ("cask", "dent")
    assert found.must_differ("dent", "cask")

    one_way = clusters("acme", "bolt", "cask")
    one_way.keep_apart("acme", "bolt")
    one_way.join("acme", "cask", WHY)
    assert one_way.must_differ("cask", "bolt")
    assert one_way.must_differ("bolt", "cask")


def test_what_two_joined_names_were_told_apart_from_is_told_apart_from_both() -> None:
    found = clusters("acme", "bolt", "cask", "dent")
    found.keep_apart("acme", "cask")
    found.keep_apart("bolt", "dent")
    found.join("acme", "bolt", WHY)

    assert all(found.must_differ(one, other) for one in ("acme", "bolt") for other in ("cask", "dent"))


def test_later_companies_of_one_name_are_numbered() -> None:
    found = CompanyClusters()
    names = [
        found.add("acme", [unit(f"a{number}", "Acme", sectors=sector)], "Acme", "") for number, sector in enumerate(["bank", "pharma", ""])
    ]

    assert names == ["acme", "acme#2", "acme#3"]
    assert found.of_key == {"acme": names}
    assert found.of_group == {("art/a0", "acme"): "acme", ("art/a1", "acme"): "acme#2", ("art/a2", "acme"): "acme#3"}
    assert [found.profile(name).sectors for name in names] == [{"bank"}, {"pharma"}, frozenset()]
    assert [display_name(found.all[name]) for name in names] == ["Acme", "Acme (in art/a1)", "Acme (in art/a2)"]


# --- what a name is, and how it is written


def test_a_name_is_written_as_it_is_most_often_and_of_equals_by_the_alphabet() -> None:
    def written(*names: str, key: str = "Zorvex") -> str:
        return spelling([unit(f"a{number}", key, company(name)) for number, name in enumerate(names)])

    assert written("ZORVEX", "Zorvex", "Zorvex") == "Zorvex"
    assert written("Zorvex", "ZORVEX") == "ZORVEX"
    assert written("Other", "Zorvex", "Other") == "Zorvex"  # by its own name, where it is used at all
    assert written("Other", "Name", "Other") == "Other"
    assert spelling([unit("a", "Zorvex", company("Zorvex", "ZORVEX Inc."), company("Other", "Zorvex"), company("Zorvex"))]) == "Zorvex"
    assert spelling([unit("a", "Zorvex", company("Other", "Zorvex Inc."), company("Other"))]) == "Zorvex"


def test_a_unit_has_the_entry_that_its_mentions_are_marked_with_or_that_their_name_has() -> None:
    def entry(*mentions: Mention, listed_as: str = "") -> str:
        return listing([unit("a", "Zorvex", *mentions, listed_as=filter(None, [listed_as]))], lexicon(*ENTRIES))

    assert entry(company("Zorvex", known="B Works"), company("Zorvex", known="A Works")) == "A Works"
    assert entry(company("Listed Works", known="A Works")) == "A Works"
    assert entry(company("Listed Works"), company("Zorvex")) == "Listed Works"
    assert entry(company("Zorvex")) == ""
    assert entry(company("Listed Works"), listed_as="other") == ""  # decided otherwise


@pytest.mark.parametrize(
    ("key", "listed", "expected"),
    [
        ("zorvex", "", DISTINCT),
        ("summit", "", ORDINARY),
        ("summit", "Listed Works", LISTED),
        ("zorvex", "Vague", DISTINCT),
        ("summit", "Vague", ORDINARY),
    ],
)
def test_how_much_must_speak_against_one_company_depends_on_the_name(key: str, listed: str, expected: float) -> None:
    assert conflict_threshold(key, listed, lexicon(*ENTRIES)) == expected


# --- joining by candidates


def merge(found: CompanyClusters, *pairs: NamePair) -> list[MergeQuestion]:
    """Join the candidates one after the other and return what is left open."""
    questions: list[MergeQuestion] = []
    merger = ClusterMerger(found, lexicon(*ENTRIES), questions)
    for pair in pairs:
        merger.merge(pair, ClusterMerge(pair.name, pair.rule, ""))
    return questions


def weak(name: str, other: str, *, needs_sign: bool = False) -> NamePair:
    return NamePair(name, other, "tail", weak=True, needs_sign=needs_sign)


def strong(name: str, other: str, rule: str = "digraph") -> NamePair:
    return NamePair(name, other, rule)


def test_a_candidate_that_nothing_speaks_against_is_joined() -> None:
    found = clusters("acmea", "bolta")

    assert merge(found, strong("acmea", "bolta")) == []
    assert found.companies() == [("acmea", "bolta")]
    assert found.merges == {"acmea": [ClusterMerge("acmea", "digraph", "")]}


def test_a_candidate_that_much_speaks_against_is_asked() -> None:
    found = clusters("acmea", "bolta", acmea="bank", bolta="pharma")

    assert merge(found, strong("acmea", "bolta")) == [
        MergeQuestion("same", "Acmea", "Bolta", "digraph", "sectors bank and pharma", 1)
    ]  # fmt: skip
    assert found.companies() == [("acmea",), ("bolta",)]
    assert found.merges == {}


def test_a_former_name_is_joined_whatever_speaks_against_it() -> None:
    found = clusters("acmea", "bolta", acmea="bank", bolta="pharma")

    assert merge(found, strong("acmea", "bolta", "former_name")) == []
    assert found.companies() == [("acmea", "bolta")]


def test_less_must_speak_against_a_weak_candidate_and_more_against_a_listed_name() -> None:
    for pair, joined in ((strong("acmea", "bolta"), True), (weak("acmea", "bolta"), False)):
        found = clusters("acmea", "bolta", acmea="software", bolta="games")
        assert (merge(found, pair) == []) is joined

    half = CompanyClusters()
    for name, sector, place, listed in (("listedworks", "software", "FI", "Listed Works"), ("zorvexgroup", "games", "JP", "Zorvex Group")):
        half.add(name, [unit(name, name, sectors=sector, countries=place)], name, listed)
    assert [one.note for one in merge(half, strong("listedworks", "zorvexgroup"))] == ["listed apart: Listed Works, Zorvex Group"]

    for second, joined in (("Listed Works", True), ("", False)):
        found = CompanyClusters()
        found.add("listedworks", [unit("a", "Listed Works", sectors="bank")], "Listed Works", "Listed Works")
        found.add("other", [unit("b", "Other", sectors="pharma")], "Other", second)
        assert (merge(found, strong("listedworks", "other")) == []) is joined


def test_what_is_one_already_or_must_differ_is_passed_over() -> None:
    found = clusters("acmea", "bolta", "caska")
    found.join("acmea", "bolta", WHY)
    found.keep_apart("bolta", "caska")

    assert merge(found, strong("acmea", "bolta"), strong("acmea", "caska")) == []
    assert found.companies() == [("acmea", "bolta"), ("caska",)]
    assert found.merges == {"acmea": [WHY]}


def test_a_candidate_that_needs_a_sign_is_joined_only_with_one() -> None:
    assert [one.note for one in merge(clusters("acmea", "bolta"), weak("acmea", "bolta", needs_sign=True))] == [
        "nothing told of both agrees"
    ]  # fmt: skip
    signed = clusters("acmea", "bolta", acmea="bank", bolta="bank")
    assert merge(signed, weak("acmea", "bolta", needs_sign=True)) == []
    assert signed.companies() == [("acmea", "bolta")]


CHAIN = "would be a chain of weak reasons"


@pytest.mark.parametrize(
    ("pairs", "notes", "companies"),
    [
        # one name may carry several that hang on it, but what hangs carries none
        ([weak("acmea", "bolta"), weak("caska", "bolta")], [], [("acmea", "bolta", "caska")]),
        ([weak("acmea", "bolta"), weak("bolta", "caska")], [CHAIN], [("acmea", "bolta"), ("caska",)]),
        ([weak("acmea", "bolta"), weak("caska", "acmea")], [CHAIN], [("acmea", "bolta"), ("caska",)]),
        ([weak("acmea", "bolta"), weak("acmea", "caska")], [CHAIN], [("acmea", "bolta"), ("caska",)]),
        # strong reasons make one name of two, hanging and carrying as one
        ([strong("acmea", "bolta"), weak("caska", "acmea"), weak("denta", "bolta")], [], [("acmea", "bolta", "caska", "denta")]),
        ([strong("acmea", "bolta"), weak("caska", "acmea"), weak("bolta", "denta")], [CHAIN], [("acmea", "bolta", "caska"), ("denta",)]),
        ([weak("acmea", "bolta"), strong("acmea", "caska"), weak("denta", "caska")], [CHAIN], [("acmea", "bolta", "caska"), ("denta",)]),
        ([weak("acmea", "bolta"), strong("bolta", "caska"), weak("caska", "denta")], [CHAIN], [("acmea", "bolta", "caska"), ("denta",)]),
        ([weak("acmea", "bolta"), strong("bolta", "caska"), weak("denta", "caska")], [], [("acmea", "bolta", "caska", "denta")]),
        ([weak("acmea", "bolta"), strong("bolta", "caska")], [], [("acmea", "bolta", "caska")]),
    ],
)
def test_weak_reasons_make_no_chain(pairs: list[NamePair], notes: list[str], companies: list[tuple[str, ...]]) -> None:
    found = clusters("acmea", "bolta", "caska", "denta")

    assert [one.note for one in merge(found, *pairs)] == notes
    assert [
        names for names in found.companies() if len(names) > 1 or names[0] in {name for pair in pairs for name in (pair.name, pair.other)}
    ] == companies


def test_what_people_joined_counts_as_one_name() -> None:
    found = clusters("acmea", "bolta", "caska", "denta")
    found.join("acmea", "bolta", WHY)

    assert [one.note for one in merge(found, weak("acmea", "caska"), weak("denta", "bolta"))] == [CHAIN]


def test_questions_name_the_articles_of_the_name_that_would_join() -> None:
    found = CompanyClusters()
    found.add("acmea", [unit("a", "Acmea", sectors="bank"), unit("b", "Acmea")], "Acmea", "")
    found.add("bolta", [unit("c", "Bolta", sectors="pharma")], "Bolta", "")

    assert [one.articles for one in merge(found, strong("acmea", "bolta"), strong("bolta", "acmea"))] == [2, 1]


# --- which of several full names a short one stands for


@pytest.mark.parametrize(
    ("mine", "fulls", "expected"),
    [
        ("", {"alpha": ""}, "alpha"),  # the only one, and nothing against it
        ("bank", {"alpha": "pharma"}, ""),
        ("software", {"alpha": "games"}, "alpha"),
        ("", {"alpha": "", "beta": ""}, ""),  # nothing tells which
        ("bank", {"alpha": "bank", "beta": ""}, "alpha"),
        ("bank", {"alpha": "bank", "beta": "pharma"}, "alpha"),
        ("bank", {"alpha": "bank", "beta": "bank"}, ""),
        ("bank", {}, ""),
    ],
)
def test_a_short_name_stands_for_the_company_that_fits(mine: str, fulls: dict[str, str], expected: str) -> None:
    found = clusters("zorvex", *fulls, zorvex=mine, **fulls)

    assert ClusterMerger(found, lexicon(), []).best("zorvex", set(fulls)) == expected


def test_an_ordinary_word_stands_only_for_a_company_that_is_told_to_be_alike() -> None:
    for mine, expected in (("", ""), ("bank", "alpha")):
        found = clusters("summit", "alpha", summit=mine, alpha="bank")
        assert ClusterMerger(found, lexicon(), []).best("summit", {"alpha"}) == expected


def test_the_company_that_most_speaks_for_is_the_one() -> None:
    found = CompanyClusters()
    for name, sector, place in (("zorvex", "bank", "FI"), ("alpha", "bank", ""), ("beta", "bank", "FI")):
        found.add(name, [unit(name, name, sectors=sector, countries=place)], name, "")

    assert ClusterMerger(found, lexicon(), []).best("zorvex", {"alpha", "beta"}) == "beta"
