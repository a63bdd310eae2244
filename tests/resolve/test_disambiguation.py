"""One spelling, several companies: what parts the articles of a name, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Description, Facts, Kind, Naming
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import resolve_articles
from newsgraph.resolve.companies.disambiguation import SplitThresholds, split_homonyms
from newsgraph.resolve.companies.mention_groups import DISTINCT, LISTED, ORDINARY, CompanyProfile, MentionGroup, conflict, group_mentions
from readings import BASE, article, graph_of, mention, told

AIRLINE = {"sector": "aviation", "country": "US-GA"}
TAPS = {"sector": "construction", "country": "US-IN"}
THRESHOLDS = SplitThresholds(LISTED, DISTINCT)


def tells(
    number: int, name: str = "Zorvex", *, ticker: str = "", beside: Sequence[str] = (), known: str = "", **is_a: str
) -> ExtractedArticle:
    """Make an article that names a company and says what it is; `is_a` are kinds of descriptions."""
    title = f"{name} grows {number} with {' and '.join(beside)} ({ticker})"
    record = article(f"a{number}", title, days=number)
    one = replace(mention(title, name), known=known)
    tickers = [mention(title, ticker, kind=Kind.TICKER, detail=name)] if ticker else []
    descriptions = tuple(Description(name, kind, value, 0, 1) for kind, value in is_a.items())
    return ExtractedArticle(record, Facts((one, *tickers, *(mention(title, other) for other in beside)), descriptions=descriptions))


def companies(readings: Iterable[ExtractedArticle], name: str = "Zorvex") -> list[list[str]]:
    """Give the numbers of the articles of each company of a name, largest company first."""
    graph = graph_of(list(readings))
    urls = dict(graph["articles"].select("iri", "url").iter_rows())
    found: dict[str, list[str]] = {}
    of_name = set(graph["companies"].filter(name=name)["iri"])
    for iri, where in graph["mentions"].select("company", "article").iter_rows():
        if iri in of_name:
            found.setdefault(iri, []).append(urls[where].rpartition("/a")[2])
    return sorted((sorted(numbers, key=int) for numbers in found.values()), key=lambda numbers: (-len(numbers), numbers))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"ticker": "ZVX"}, {"ticker": "ZORV"}, id="tickers"),
        pytest.param(AIRLINE, TAPS, id="sector and state"),
        pytest.param({"sector": "aviation"}, {"sector": "pharma"}, id="sectors that no firm joins"),
        pytest.param({"sector": "software", "country": "FI"}, {"sector": "games", "country": "JP"}, id="kin sectors in two countries"),
    ],
)
def test_articles_that_tell_of_two_companies_are_of_two(one: dict[str, str], other: dict[str, str]) -> None:
    assert companies([tells(0, **one), tells(1, **other)]) == [["0"], ["1"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"ticker": "ZVX", **AIRLINE}, {"ticker": "ZVX", **TAPS}, id="one ticker"),
        pytest.param({"sector": "software"}, {"sector": "games"}, id="kin sectors"),
        pytest.param({"country": "FI"}, {"country": "JP"}, id="offices in two countries"),
        pytest.param({"country": "US"}, {"country": "US-GA"}, id="a state and its country"),
        pytest.param(AIRLINE, {}, id="one tells nothing"),
        pytest.param({"words": "elevator"}, {"words": "lift"}, id="other words for a name like no other"),
        pytest.param({"beside": ["Bolt Works"], **AIRLINE}, {"beside": ["Bolt Works"], **TAPS}, id="named beside the same company"),
    ],
)
def test_articles_that_one_company_may_be_told_by_are_of_one(one: dict[str, str], other: dict[str, str]) -> None:
    assert companies([tells(0, **one), tells(1, **other)]) == [["0", "1"]]


def test_other_words_part_a_name_that_is_an_ordinary_word() -> None:
    assert companies([tells(0, "Summit", words="elevator"), tells(1, "Summit", words="orchard")], "Summit") == [["0"], ["1"]]


def test_a_country_parts_a_name_that_is_an_ordinary_word() -> None:
    assert companies([tells(0, "Summit", country="FI"), tells(1, "Summit", country="JP")], "Summit") == [["0"], ["1"]]


def groups(*profiles: CompanyProfile) -> list[MentionGroup]:
    """Make a mention group of each profile, in articles a day apart."""
    nodes = resolve_articles(
        [told(article(f"a{number}", f"Zorvex {number}", days=number), "Zorvex") for number in range(len(profiles))], BASE
    )
    ordered = sorted(nodes, key=lambda node: node.order)
    return [MentionGroup(node, "zorvex", (mention("Zorvex", "Zorvex"),), profile) for node, profile in zip(ordered, profiles, strict=True)]


def profile(sectors: str = "", countries: str = "", **more: str) -> CompanyProfile:
    """Make a profile; what is parted by blanks is several."""
    sets = {name: frozenset(text.split()) for name, text in more.items()}
    return CompanyProfile(sectors=frozenset(sectors.split()), countries=frozenset(countries.split()), **sets)


def parts(found: Sequence[MentionGroup], thresholds: SplitThresholds = THRESHOLDS) -> list[list[int]]:
    """Return the positions of the groups of each company after a split."""
    order = {group.group_id: number for number, group in enumerate(sorted(found, key=lambda group: group.article.order))}
    return [sorted(order[group.group_id] for group in cluster) for cluster in split_homonyms(found, thresholds, frozenset())]


def test_two_list_entries_are_two_companies_whatever_else_they_share() -> None:
    shared = {"sectors": "aviation", "countries": "US-GA", "co_mentions": "bolt"}

    assert parts(groups(profile(**shared, entries="one"), profile(**shared, entries="two"))) == [[0], [1]]


def test_a_group_that_says_nothing_goes_to_the_company_told_most() -> None:
    airline, taps = profile("aviation", "US-GA"), profile("construction", "US-IN")

    assert parts(groups(taps, airline, airline, profile())) == [[1, 2, 3], [0]]


def test_a_group_that_says_nothing_goes_with_who_is_named_beside_it() -> None:
    airline, taps = profile("aviation", "US-GA"), profile("construction", "US-IN", co_mentions="bolt")

    assert parts(groups(taps, airline, airline, profile(co_mentions="bolt"))) == [[0, 3], [1, 2]]


def test_who_is_named_beside_everybody_says_nothing() -> None:
    found = groups(profile("aviation", "US-GA", co_mentions="bolt"), profile("construction", "US-IN", co_mentions="bolt"))

    assert len(split_homonyms(found, THRESHOLDS, frozenset())) == 1
    assert len(split_homonyms(found, THRESHOLDS, frozenset({"bolt"}))) == 2


def test_a_half_fitting_article_ties_no_two_companies_together() -> None:
    airline, taps, between = profile("aviation", "US-GA"), profile("pharma", "CH"), profile("", "CH")

    assert len(parts(groups(airline, taps, between, profile("aviation")))) == 2


def test_a_listed_name_takes_more_to_part_than_another() -> None:
    found = groups(profile("aviation"), profile("pharma"))

    assert (len(parts(found, SplitThresholds(DISTINCT, DISTINCT))), len(parts(found, SplitThresholds(LISTED, LISTED)))) == (2, 1)


def many(sectors: Sequence[str], places: Sequence[str], seed: int, count: int = 200) -> list[CompanyProfile]:
    """Describe one company in many articles: any of its sectors, any of its places, both or neither."""
    draw = Random(seed)  # noqa: S311 - a repeatable choice, no secret
    return [profile(draw.choice([*sectors, ""]), draw.choice([*places, ""])) for _ in range(count)]


CITIES = ("US-CA", "US-NY", "GB", "DE", "FR", "IN", "JP", "SG", "BR", "CN", "AU", "CA")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("places", [CITIES[:4], CITIES], ids=["four places", "twelve places"])
@pytest.mark.parametrize("thresholds", [SplitThresholds(LISTED, LISTED), THRESHOLDS], ids=["listed", "not listed"])
@pytest.mark.parametrize("sectors", [("software", "bank", "retail"), ("software", "media", "electronics", "health", "automotive")], ids=len)
def test_200_articles_of_one_company_with_many_sectors_and_places_stay_one(
    seed: int,
    places: Sequence[str],
    thresholds: SplitThresholds,
    sectors: Sequence[str],
) -> None:
    found = groups(*many(sectors, places, seed))

    assert len(parts(found, thresholds)) == 1


@pytest.mark.parametrize("seed", range(5))
def test_200_articles_of_two_companies_stay_two_though_a_few_are_placed_wrong(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - a repeatable choice, no secret
    tyres = [profile(draw.choice(["automotive", ""]), draw.choices(["IN", "GB", ""], [6, 1, 4])[0]) for _ in range(100)]
    clinics = [profile(draw.choice(["health", ""]), draw.choices(["IN", "US", ""], [6, 1, 4])[0]) for _ in range(100)]
    found = groups(*(one for pair in zip(tyres, clinics, strict=True) for one in pair))

    clusters = split_homonyms(found, SplitThresholds(LISTED, DISTINCT), frozenset())

    kinds = [{sector for group in cluster for sector in group.profile.sectors} for cluster in clusters]
    assert sorted(map(sorted, kinds)) == [["automotive"], ["health"]]


PROFILES = st.builds(
    profile,
    st.sampled_from(["", "aviation", "pharma", "bank", "software games"]),
    st.sampled_from(["", "FI", "US", "US-GA", "JP"]),
    tickers=st.sampled_from(["", "ZVX", "ZORV"]),
    co_mentions=st.sampled_from(["", "bolt", "acme"]),
    words=st.sampled_from(["", "elevator", "orchard"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PROFILES, min_size=2, max_size=12), st.randoms(use_true_random=False), st.sampled_from([ORDINARY, DISTINCT, LISTED]))
def test_the_order_of_groups_does_not_matter_and_none_is_lost(profiles: list[CompanyProfile], draw: Random, least: float) -> None:
    found = groups(*profiles)
    expected = split_homonyms(found, SplitThresholds(least, least), frozenset())
    draw.shuffle(found)

    assert split_homonyms(found, SplitThresholds(least, least), frozenset()) == expected
    assert sorted(group.group_id for cluster in expected for group in cluster) == sorted(group.group_id for group in found)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_articles_does_not_matter(order: list[int]) -> None:
    readings = [
        *(tells(0, **AIRLINE), tells(1, **TAPS), tells(2), tells(3, sector="aviation"), tells(4, country="US-IN")),
        *(tells(5, ticker="ZVX"), tells(6, ticker="ZORV"), tells(7, "Zorvex Group")),
    ]
    expected = graph_of(readings)

    shuffled = graph_of([readings[at] for at in order])

    assert [name for name in expected.tables if not expected[name].equals(shuffled[name])] == []


def chain(*names: str, times: Sequence[int] = ()) -> list[ExtractedArticle]:
    """Make articles that name companies, each so many times."""
    counts = times or [1] * len(names)
    return [
        told(article(f"{at}-{n}", f"{name} grows {n} {at}"), name)
        for at, (name, count) in enumerate(zip(names, counts, strict=True))
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("names", "times"),
    [
        pytest.param(("Zorvexon Group", "Zorvexon", "Zorvexan"), (1, 12, 1), id="tail, typing error"),
        pytest.param(("Zorvexon.com", "Zorvexon", "Zorvexon Group"), (1, 1, 1), id="domain, tail"),
        pytest.param(("Zörvexon Group", "Zörvexon", "Zoervexon", "Zoervexan"), (1, 10, 10, 1), id="tail, umlaut, typing error"),
    ],
)
def test_a_chain_of_weak_links_never_joins_two_companies(names: tuple[str, ...], times: tuple[int, ...]) -> None:
    graph = graph_of(chain(*names, times=times))
    first, last = (graph["mentions"].filter(text=name)["company"].unique().item() for name in (names[0], names[-1]))

    assert first != last


def test_a_wrong_letter_between_two_right_names_joins_neither() -> None:
    graph = graph_of(chain("Zorvexin", "Zorvexan", "Zorvexon", times=(1, 10, 10)))

    assert sorted(graph["companies"]["name"]) == ["Zorvexan", "Zorvexin", "Zorvexon"]
    assert {frozenset(pair) for pair in graph["doubts"].select("one", "other").iter_rows()} >= {
        frozenset({"Zorvexin", "Zorvexan"}),
        frozenset({"Zorvexin", "Zorvexon"}),
    }


def test_what_is_parted_is_asked() -> None:
    graph = graph_of([tells(0, **AIRLINE), tells(1, **TAPS)])

    assert graph["doubts"].select("verb", "rule").rows() == [("same", "homonym")]


def test_an_article_that_says_two_names_are_one_joins_even_what_seems_to_differ() -> None:
    new = tells(0, "Zorvex", **AIRLINE)
    both = told(
        article("n", "Zorvex, formerly Bolt Works", days=9), "Zorvex", "Bolt Works", namings=[Naming("Bolt Works", "Zorvex", "former_name")]
    )

    graph = graph_of([new, both, tells(1, "Bolt Works", **TAPS)])

    assert graph["companies"]["articles"].to_list() == [3]


def test_groups_carry_what_their_article_tells_of_their_own_company_only() -> None:
    reading = tells(0, beside=["Bolt Works"], ticker="ZVX", **AIRLINE)
    found = group_mentions(resolve_articles([reading], BASE), lambda _, one: one.name.casefold(), load_lexicon())

    assert [(group.key, sorted(group.profile.sectors), sorted(group.profile.co_mentions)) for group in found] == [
        ("bolt works", [], ["zorvex"]),
        ("zorvex", ["aviation"], ["bolt works"]),
    ]


def test_every_two_sectors_weigh_the_same_both_ways() -> None:
    kinds = ["aviation", "pharma", "bank", "software", "games", "consumer goods"]
    assert [(a, b) for a, b in product(kinds, kinds) if conflict(profile(a), profile(b)) != conflict(profile(b), profile(a))] == []
    assert all(conflict(profile(a), profile(b)) > 0 for a, b in pairwise(kinds))


# --- the steps of a split


@pytest.mark.parametrize("kind", ["tickers", "sectors", "countries", "entries", "words", "context"])
def test_a_name_is_looked_at_where_two_values_of_any_kind_are_told(kind: str) -> None:
    strict = SplitThresholds(-1.0, -1.0)  # so that everything speaks against one company

    assert parts(groups(profile(**{kind: "x"}), profile(**{kind: "y"})), strict) == [[0], [1]]
    assert parts(groups(profile(**{kind: "x"}), profile(**{kind: "x"})), strict) == [[0, 1]]
    assert parts(groups(profile(co_mentions="x"), profile(co_mentions="y")), strict) == [[0, 1]]


def test_groups_that_tell_most_are_looked_at_first() -> None:
    bare, place, both = profile("", "FI"), profile("bank", ""), profile("pharma", "FI")

    # the one that tells most is the first company, and so the one that tells only a place is a part of it
    assert parts(groups(bare, place, both), SplitThresholds(LISTED, 1.0)) == [[0, 2], [1]]


def test_a_group_joins_the_company_that_it_fits_best() -> None:
    bank, drugs = profile("bank", "FI"), profile("pharma", "JP")

    assert parts(groups(bank, drugs, profile("", "JP"), profile("bank"))) == [[0, 3], [1, 2]]
    assert parts(groups(bank, drugs, drugs, profile())) == [[1, 2, 3], [0]]  # the most told
    assert parts(groups(bank, drugs, profile())) == [[0, 2], [1]]  # of equals the first


def test_what_a_group_adds_counts_for_the_next_one() -> None:
    bank, drugs = profile("bank", "FI"), profile("pharma", "JP")

    # the third tells that the bank is in Sweden too, and so the fourth is the bank
    assert parts(groups(bank, drugs, profile("bank", "SE FI"), profile("", "SE"))) == [[0, 2, 3], [1]]


def test_a_group_that_fits_two_companies_for_nothing_adds_nothing() -> None:
    bank, drugs = profile("bank", "FI"), profile("pharma", "JP")
    told = groups(bank, drugs, profile("", "", words="pill"), profile("", "", words="vault"))

    assert [sorted(cluster) for cluster in parts(told, SplitThresholds(LISTED, ORDINARY))] == [[0, 2, 3], [1]]


def test_companies_of_most_articles_come_first_then_the_earlier() -> None:
    bank, drugs = profile("bank"), profile("pharma")

    assert parts(groups(bank, drugs, drugs)) == [[1, 2], [0]]
    assert parts(groups(drugs, bank)) == [[0], [1]]
    assert parts(groups(drugs, bank, bank, drugs)) == [[0, 3], [1, 2]]


def test_groups_in_a_list_need_more_against_them_only_where_both_are() -> None:
    thresholds = SplitThresholds(listed=5.0, other=1.0)
    in_list = {"entries": "one"}

    assert len(parts(groups(profile("bank", **in_list), profile("pharma", **in_list)), thresholds)) == 1
    assert len(parts(groups(profile("bank", **in_list), profile("pharma")), thresholds)) == 2
    assert len(parts(groups(profile("bank"), profile("pharma", **in_list)), thresholds)) == 2
    assert (thresholds.of(listed=True), thresholds.of(listed=False)) == (5.0, 1.0)


# --- one company in many places


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # each has two places; what they share beside the one that they share most decides
        ("FI FI JP", "FI FI JP", 1),
        ("FI FI FI JP", "FI FI FI JP", 1),
        ("FI FI FI FI JP", "FI FI FI FI JP", 2),
        ("FI FI", "FI FI", 2),
        ("FI JP", "FI JP", 2),  # two values show nothing
        ("FI FI JP", "FI FI SE", 2),
    ],
)
def test_a_spread_is_a_quarter_beside_the_greatest_share(first: str, second: str, expected: int) -> None:
    def cluster(sector: str, places: str) -> list[CompanyProfile]:
        return [profile(sector, place, tickers="") for place in places.split()]

    found = groups(*cluster("bank", first), *cluster("pharma", second))

    assert len(parts(found, SplitThresholds(9.0, DISTINCT))) == expected


def test_tickers_and_entries_that_differ_keep_clusters_apart_whatever_their_spread() -> None:
    def cluster(sector: str, **more: str) -> list[CompanyProfile]:
        return [profile(sector, place, **more) for place in ("FI", "FI", "JP")]

    for kind in ("tickers", "entries"):
        assert len(parts(groups(*cluster("bank", **{kind: "x"}), *cluster("pharma", **{kind: "y"})))) == 2
        assert len(parts(groups(*cluster("bank", **{kind: "x"}), *cluster("pharma")))) == 1
