"""What articles state about a company name, and how much two such pictures speak for or against one company."""

from __future__ import annotations

from dataclasses import fields
from itertools import combinations

import pytest

from company_units import company, is_a, lexicon, node, other, profile, unit
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry
from newsgraph.core.model import Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.mention_groups import (
    CompanyProfile,
    MentionGroup,
    affinity,
    common_names,
    conflict,
    describe_conflict,
    group_mentions,
    merge_profiles,
)

# --- against one company


@pytest.mark.parametrize(
    ("one", "other", "weight"),
    [
        ({}, {}, 0),
        ({"tickers": "A"}, {"tickers": "B"}, 2.0),
        ({"tickers": "A"}, {"tickers": "A B"}, 0),
        ({"tickers": "A"}, {}, 0),
        ({"entries": "one"}, {"entries": "two"}, 9.0),
        ({"entries": "one", "tickers": "A"}, {"entries": "two", "tickers": "A"}, 9.0),
        ({"entries": "one"}, {"entries": "one two"}, 0),
        ({"entries": "one"}, {}, 0),
        # one ticker outweighs all else
        ({"tickers": "A", "sectors": "bank", "countries": "FI"}, {"tickers": "A", "sectors": "pharma", "countries": "JP"}, 0),
        # sectors: those of one family weigh less
        ({"sectors": "bank"}, {"sectors": "pharma"}, 1.5),
        ({"sectors": "software"}, {"sectors": "games"}, 0.8),
        ({"sectors": "bank"}, {"sectors": "insurance"}, 0.8),
        ({"sectors": "health"}, {"sectors": "pharma"}, 0.8),
        ({"sectors": "rail"}, {"sectors": "shipbuilding"}, 0.8),
        ({"sectors": "energy"}, {"sectors": "mining"}, 0.8),
        ({"sectors": "food"}, {"sectors": "retail"}, 0.8),
        ({"sectors": "consulting"}, {"sectors": "education"}, 0.8),
        ({"sectors": "software bank"}, {"sectors": "bank pharma"}, 0),
        ({"sectors": "law"}, {"sectors": "museums"}, 1.5),
        # places
        ({"countries": "FI"}, {"countries": "JP"}, 1.0),
        ({"countries": "US-GA"}, {"countries": "US-IN"}, 0.8),
        ({"countries": "US"}, {"countries": "US-IN"}, 0),
        ({"countries": "US-GA US"}, {"countries": "US-IN"}, 0),
        ({"countries": "US-GA FI"}, {"countries": "FI"}, 0),
        # all of these add up
        ({"tickers": "A", "sectors": "bank", "countries": "FI"}, {"tickers": "B", "sectors": "pharma", "countries": "JP"}, 4.5),
        ({"sectors": "software", "countries": "FI"}, {"sectors": "games", "countries": "JP"}, 1.8),
        # words count only where nothing else does, and nothing is near
        ({"words": "elevator"}, {"words": "orchard"}, 0.8),
        ({"words": "elevator"}, {"words": "elevator orchard"}, 0),
        ({"words": "elevator"}, {}, 0),
        ({"words": "elevator", "countries": "FI"}, {"words": "orchard", "countries": "JP"}, 1.0),
        ({"words": "elevator", "sectors": "bank"}, {"words": "orchard", "sectors": "bank"}, 0),
        ({"words": "elevator", "countries": "FI"}, {"words": "orchard", "countries": "FI"}, 0),
        ({"words": "elevator", "countries": "US"}, {"words": "orchard", "countries": "US"}, 0.8),  # so large a country is not near
        ({"words": "elevator", "countries": "US-GA"}, {"words": "orchard", "countries": "US-GA"}, 0),
        # what the whole article is about counts last
        ({"context": "bank"}, {"context": "pharma"}, 0.8),
        ({"context": "bank"}, {"context": "insurance"}, 0),  # one family
        ({"context": "bank"}, {"context": "bank pharma"}, 0),
        ({"context": "bank"}, {}, 0),
        ({"sectors": "bank"}, {"context": "pharma"}, 0.8),
        ({"context": "bank"}, {"sectors": "pharma"}, 0.8),
        ({"context": "bank", "sectors": "software"}, {"context": "pharma", "sectors": "software"}, 0),
        ({"context": "bank", "countries": "FI"}, {"context": "pharma", "countries": "FI"}, 0),
        ({"context": "bank", "countries": "FI"}, {"context": "pharma", "countries": "JP"}, 1.0),
        ({"context": "bank", "words": "elevator"}, {"context": "pharma", "words": "orchard"}, 0.8),
        # who is named beside both speaks for one company
        ({"sectors": "bank", "co_mentions": "bolt"}, {"sectors": "pharma", "co_mentions": "bolt cask"}, 0),
        (
            {"sectors": "bank", "countries": "FI", "co_mentions": "bolt"},
            {"sectors": "pharma", "countries": "JP", "co_mentions": "bolt"},
            1.0,
        ),
        ({"sectors": "bank", "co_mentions": "bolt"}, {"sectors": "pharma", "co_mentions": "cask"}, 1.5),
        ({"co_mentions": "bolt"}, {"co_mentions": "bolt"}, 0),
    ],
)
def test_what_speaks_against_one_company(one: dict[str, str], other: dict[str, str], weight: float) -> None:
    assert conflict(profile(**one), profile(**other)) == pytest.approx(weight)
    assert conflict(profile(**other), profile(**one)) == pytest.approx(weight)


FAMILIES = (
    "software games semiconductors electronics telecom payments crypto media retail security",
    "bank payments insurance investing crypto exchange property",
    "pharma medtech health chemicals",
    "automotive aviation aerospace defence space machinery shipbuilding rail metals construction electronics logistics fleet",
    "energy mining metals chemicals waste agriculture construction textiles paper",
    "food retail fashion consumer_goods travel agriculture cannabis sport textiles",
    "consulting software education",
)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_firm_may_be_of_any_two_sectors_of_a_family(family: str) -> None:
    sectors = [sector.replace("_", " ") for sector in family.split()]
    for one, second in combinations(sectors, 2):
        assert conflict(CompanyProfile(sectors=frozenset({one})), CompanyProfile(sectors=frozenset({second}))) == 0.8


# --- for one company


@pytest.mark.parametrize(
    ("one", "other", "weight"),
    [
        ({}, {}, 0),
        ({"tickers": "A B"}, {"tickers": "B"}, 3.0),
        ({"tickers": "A"}, {"tickers": "B"}, 0),
        ({"sectors": "bank"}, {"sectors": "bank pharma"}, 1.5),
        ({"sectors": "bank"}, {"sectors": "insurance"}, 0),
        ({"countries": "US-GA"}, {"countries": "US-IN"}, 1.0),
        ({"countries": "FI"}, {"countries": "JP"}, 0),
        ({"co_mentions": "bolt"}, {"co_mentions": "bolt"}, 1.0),
        ({"co_mentions": "bolt"}, {"co_mentions": "cask"}, 0),
        ({"words": "elevator", "entries": "one"}, {"words": "elevator", "entries": "one"}, 0),
        (
            {"tickers": "A", "sectors": "bank", "countries": "FI", "co_mentions": "bolt"},
            {"tickers": "A", "sectors": "bank", "countries": "FI", "co_mentions": "bolt"},
            6.5,
        ),
    ],
)
def test_what_speaks_for_one_company(one: dict[str, str], other: dict[str, str], weight: float) -> None:
    assert affinity(profile(**one), profile(**other)) == affinity(profile(**other), profile(**one)) == weight


def test_what_two_pictures_differ_in_is_told_in_words() -> None:
    one = profile(tickers="B A", sectors="bank", countries="FI", entries="one", co_mentions="x", words="elevator")
    two = profile(tickers="C", sectors="pharma", countries="JP US", entries="two", co_mentions="y", words="orchard")

    assert describe_conflict(one, two) == "list entries one and two; tickers A/B and C; sectors bank and pharma; countries FI and JP/US"
    assert describe_conflict(one, profile(sectors="bank", countries="FI JP")) == ""
    assert describe_conflict(one, profile()) == describe_conflict(profile(), one) == ""
    assert describe_conflict(one, profile(sectors="pharma")) == "sectors bank and pharma"


def test_pictures_of_one_company_are_put_together() -> None:
    names = [field.name for field in fields(CompanyProfile)]
    one, two = (profile(**{name: f"{name}-{side}" for name in names}) for side in "ab")

    assert one | two == merge_profiles([two, one]) == profile(**{name: f"{name}-a {name}-b" for name in names})
    assert merge_profiles([]) == CompanyProfile()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, 0), ({"tickers": "A B"}, 2), ({"countries": "FI"}, 1), ({"sectors": "bank pharma"}, 1), ({"words": "x"}, 1),
        ({"co_mentions": "x", "entries": "x", "context": "x"}, 0), ({"tickers": "A", "countries": "FI", "sectors": "bank", "words": "x"}, 5),
    ],
)  # fmt: skip
def test_kinds_of_things_that_tell_a_company_apart_are_counted(words: dict[str, str], told: int) -> None:
    assert profile(**words).detail == told


def test_units_of_one_article_become_one() -> None:
    first = unit("a", "Zorvex", company("Zorvex", start=9), company("Zorvex", start=2), sectors="bank", listed_as="x")
    second = unit("a", "ZX", company("ZX", start=5), company("ZX Ltd", start=5), sectors="pharma", listed_as="y")
    both = first | second

    assert (both.key, both.group_id, both.listed_as) == ("zorvex", ("art/a", "zorvex"), frozenset("xy"))
    assert [(one.start, one.name) for one in both.mentions] == [(2, "Zorvex"), (5, "ZX"), (5, "ZX Ltd"), (9, "Zorvex")]
    assert both.profile == profile(sectors="bank pharma")
    assert (unit("a", "Z", entries="Z").listed, unit("a", "Z").listed) == (True, False)


# --- reading units out of articles


def groups(*articles: ArticleNode, entries: tuple[CompanyEntry, ...] = (), leave: str = "") -> dict[str, MentionGroup]:
    """Return the units of articles by article and key, each mention counted under its name; those named `leave` do not count."""

    def key_of(article: str, mention: Mention) -> str | None:
        assert article in {one.iri for one in articles}
        return None if mention.name == leave else name_key(mention.name)

    found = group_mentions(articles, key_of, lexicon(*entries))
    assert [unit.group_id for unit in found] == sorted(unit.group_id for unit in found)
    return {f"{unit.article.iri.removeprefix('art/')} {unit.key}": unit for unit in found}


def test_mentions_of_companies_are_put_together_by_article_and_name() -> None:
    first = node("a", company("Zorvex", start=3), company("Bolt"), company("ZORVEX", start=9), other(Kind.PERSON, "Ann"), company("Gone"))
    found = groups(first, node("b", company("Bolt")), node("c", other(Kind.PLACE, "Rome")), leave="Gone")

    assert {name: [one.name for one in unit.mentions] for name, unit in found.items()} == {
        "a bolt": ["Bolt"], "a zorvex": ["Zorvex", "ZORVEX"], "b bolt": ["Bolt"],
    }  # fmt: skip


def test_a_profile_holds_what_the_article_tells_of_that_name() -> None:
    article = node(
        "a", company("Zorvex"), company("Bolt"), other(Kind.PERSON, "Ann Lee"), other(Kind.TICKER, "ZVX", "Zorvex"), other(Kind.PLACE, "Rome"),
        descriptions=[
            is_a("Zorvex", "country", "FI"), is_a("ZORVEX", "sector", "bank"), is_a("Zorvex", "sector", "consumer goods"),
            is_a("Zorvex", "words", "lift maker"), is_a("Zorvex", "around", "energy"), is_a("Nobody", "country", "JP"),
        ],
    )  # fmt: skip
    found = groups(article)

    assert found["a zorvex"].profile == CompanyProfile(
        frozenset({"ZVX"}), frozenset({"FI"}), frozenset({"bank", "consumer goods"}), frozenset({"bolt", "annlee"}),
        words=frozenset({"lift", "maker"}), context=frozenset({"energy"}),
    )  # fmt: skip
    assert found["a bolt"].profile == CompanyProfile(co_mentions=frozenset({"zorvex", "annlee"}))
    plain = groups(node("a", company("Zorvex"), company("Bolt"), other(Kind.PERSON, "Ann Lee")))
    assert plain["a zorvex"].profile == CompanyProfile(co_mentions=frozenset({"bolt", "annlee"}))


ENTRIES = (CompanyEntry("Listed Works"), CompanyEntry("Vague", needs_evidence=True))


def test_entries_are_those_that_a_reader_marked_or_that_a_list_has() -> None:
    def entries(*mentions: Mention) -> set[str]:
        return {entry for unit in groups(node("a", *mentions), entries=ENTRIES).values() for entry in unit.profile.entries}

    assert entries(company("LISTED WORKS", known="Listed Works")) == {"Listed Works"}
    assert entries(company("Listed Works")) == {"Listed Works"}
    assert entries(company("Unlisted Works")) == set()
    assert entries(company("Vague")) == set()  # it may be anybody's
    assert entries(company("Other", "Another", known="Listed Works")) == {"Listed Works"}
    assert entries(company("Listed Works"), company("Listed Works", "LW", known="Another Entry")) == {"Listed Works", "Another Entry"}


def test_a_mention_that_counts_under_another_name_has_no_entry() -> None:
    def entries(key: str, *mentions: Mention) -> set[str]:
        (found,) = group_mentions([node("a", *mentions)], lambda *_: key, lexicon(*ENTRIES))
        return set(found.profile.entries)

    assert entries("own", company("Listed Works", "LW", known="Listed Works")) == set()
    assert entries("lw", company("Listed Works", "LW", known="Listed Works")) == {"Listed Works"}
    assert entries("listedworks", company("Listed Works", "LW", known="Listed Works")) == {"Listed Works"}
    assert entries("own", company("Listed Works")) == {"Listed Works"}
    twice = [company("Listed Works", "Own", known="Listed Works"), company("Listed Works", "LW", known="Listed Works")]
    assert entries("own", *twice) == entries("own", *twice[::-1]) == {"Listed Works"}


def test_names_with_and_without_other_facts_have_the_same_entries() -> None:
    bare = groups(node("a", company("Listed Works")), entries=ENTRIES)
    more = groups(node("a", company("Listed Works"), descriptions=[is_a("Listed Works", "country", "FI")]), entries=ENTRIES)

    assert bare["a listedworks"].profile.entries == more["a listedworks"].profile.entries == {"Listed Works"}


def test_a_name_that_counts_by_its_own_words_is_not_what_a_list_has_it_for() -> None:
    def key_of(_article: str, mention: Mention) -> str:
        return mention.text.casefold()

    marked = company("Listed Works", "LW", known="Listed Works")
    (own,) = group_mentions([node("a", marked)], key_of, lexicon(*ENTRIES))
    assert (own.key, own.listed_as) == ("lw", frozenset({"listedworks"}))
    assert [(one.name, one.text, one.known) for one in own.mentions] == [("LW", "LW", "")]

    same = company("listedworks", known="Listed Works")
    (listed,) = group_mentions([node("a", same)], key_of, lexicon(*ENTRIES))
    assert (listed.listed_as, listed.mentions) == (frozenset(), (same,))
    (plain,) = group_mentions([node("a", company("Zorvex", "ZX"))], key_of, lexicon(*ENTRIES))
    assert (plain.listed_as, plain.mentions[0].name) == (frozenset(), "Zorvex")


AMERICAN = "American Medical Response"


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([company("American Airlines", "AMR", known="American Airlines"), company(AMERICAN)], ["americanmedicalresponse"]),
        ([company("American Airlines", "AMR", known="American Airlines")], ["americanairlines"]),
        ([company("American Airlines", "Amr", known="American Airlines"), company(AMERICAN)], ["americanairlines", "americanmedicalresponse"]),
        ([company("AMR", known="AMR"), company(AMERICAN)], ["amr", "americanmedicalresponse"]),
        ([company("AMR"), company(AMERICAN)], ["amr", "americanmedicalresponse"]),  # in no list: other rules look at it
        (
            [company("American Airlines", "AMR", known="American Airlines"), company(AMERICAN, known="American Airlines")],
            ["americanairlines", "americanmedicalresponse"],
        ),
        (
            [company("American Airlines", "AMR", known="American Airlines"), company(AMERICAN), company("Alpine Metal Rods")],
            ["alpinemetalrods", "americanairlines", "americanmedicalresponse"],
        ),
        ([company("Airlines", "A", known="Airlines"), company("Acme")], ["acme", "airlines"]),
        ([company("Listed", "ABCDEFG", known="Listed"), company("A B C D E F G")], ["abcdefg", "listed"]),
        ([company("Listed", "AB", known="Listed"), company("Alpha of Beta")], ["alphaofbeta"]),
        ([company("Listed", "ABCDEF", known="Listed"), company("A B C D E F")], ["abcdef"]),
    ],
)  # fmt: skip
def test_an_acronym_is_the_name_that_the_article_spells_it_out_as(mentions: list[Mention], expected: list[str]) -> None:
    assert [name.removeprefix("a ") for name in groups(node("a", *mentions))] == sorted(expected)


# --- names that are beside everybody


def test_a_name_beside_more_than_twenty_others_is_common() -> None:
    def common(count: int, articles: int) -> frozenset[str]:
        return common_names([unit(f"a{number}", f"Name {number}", co_mentions="bolt") for number in range(count)], articles)

    assert common(20, 20) == frozenset()
    assert common(21, 21) == {"bolt"}
    assert common(21, 2099) == {"bolt"}
    assert common(21, 2100) == frozenset()
    assert common(22, 2199) == {"bolt"}


def test_to_be_named_counts_as_to_be_beside() -> None:
    units = [unit(f"a{number}", "Zorvex") for number in range(21)]

    assert common_names(units, 21) == {"zorvex"}
