"""What a text says a company is: its sector and its place, as the words right beside its name tell, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.model import Article, Description
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.companies.descriptions import find_descriptions
from newsgraph.extract.text.article_text import read_text
from reading_cases import article, founds

NAMES = ("Zorvex", "Bolt", "ZORVEX", "AT&T", "Dunmore Foods")


def described(record: Article, confidence: float = 0.9) -> list[Description]:
    text = read_text(record)
    # what the whole article speaks of is another thing, tested by itself
    return [one for one in find_descriptions(text, founds(text, NAMES, confidence), 0.5) if one.kind != "around"]


def told(title: str, excerpt: str = "", name: str = "Zorvex") -> set[str]:
    """Give the sectors and places that an article tells of a company."""
    return {one.value for one in described(article(title, excerpt)) if one.kind != "words" and one.name == name}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Shares of Finnish drugmaker Zorvex rise", {"FI", "pharma"}),
        ("Shares of airline Zorvex rise", {"aviation"}),
        ("Shares of Atlanta-based Zorvex rise", {"US-GA"}),
        ("Shares of New York-based Zorvex rise", {"US-NY"}),
        ("Shares of San Francisco-based software company Zorvex rise", {"US-CA", "software"}),
        ("Shares of the Paris-based drug discovery company Zorvex rise", {"FR", "pharma"}),
        ("Shares of Taiwan's Zorvex rise", {"TW"}),
        ("Zorvex, a private equity firm based in Basel, grows", {"investing", "CH"}),
        ("Zorvex (a Swiss bank) grows", {"CH", "bank"}),
        ("Zorvex is an Indian maker of tyres", {"IN", "automotive"}),
        ("Zorvex was a Swiss bank", {"CH", "bank"}),
        ("Zorvex, based in Taipei, grows", {"TW"}),
        ("Zorvex, headquartered in Lyon, grows", {"FR"}),
        ("Zorvex, of Indianapolis, grows", {"US-IN"}),
        ("Zorvex, maker of tyres, grows", {"automotive"}),
        ("Finnish Drugmaker Zorvex Opens New Laboratory", {"FI", "pharma"}),
    ],
)
def test_words_beside_a_name_tell_its_sector_and_place(title: str, expected: set[str]) -> None:
    assert told(title) == expected


def test_words_beside_a_name_in_all_caps_tell_the_same() -> None:
    assert told("FINNISH DRUGMAKER ZORVEX OPENS NEW LABORATORY", name="ZORVEX") == {"FI", "pharma"}


@pytest.mark.parametrize(
    ("excerpt", "expected"),
    [
        ("The Atlanta carrier opens a route to Rome.", {"US-GA", "aviation"}),
        ("The Richmond, Virginia utility pays more.", {"US-VA", "energy"}),
        ("The Newark, New Jersey insurer pays more.", {"US-NJ", "insurance"}),
        ("The maker of tyres grows.", {"automotive"}),
        ("The Geneva watchmaker of the Dunmore group grows.", {"CH", "fashion"}),
    ],
)
def test_the_first_words_behind_a_headline_are_of_the_company_that_the_headline_begins_with(excerpt: str, expected: set[str]) -> None:
    assert told("Zorvex adds people", excerpt) == expected


@pytest.mark.parametrize(
    ("title", "excerpt"),
    [
        ("Zorvex banks on growth", "It will bank the money and mine the data."),
        ("Zorvex grows", "It was fined by a Swiss bank."),
        ("Zorvex is in talks with a Finnish bank", ""),
        ("Zorvex, which sells drugs to Swiss hospitals, grows", ""),
        ("Zorvex, a supplier to German carmakers, grows", ""),
        ("Zorvex, a partner for Swiss banks, grows", ""),
        ("Zorvex grows", "The German court fined the company."),
        ("Zorvex grows", "The Chinese government fined the founder."),
        ("Zorvex sues a bank", "The Swiss bank denies it."),
        ("Turkey sandwiches please Zorvex", ""),
        ("The carmaker's Zorvex grows", ""),
        ("The windows of Zorvex break", ""),
    ],
)
def test_nothing_is_taken_from_verbs_or_from_what_others_are(title: str, excerpt: str) -> None:
    assert told(title, excerpt) == set()


@pytest.mark.parametrize(
    "title",
    [
        "Zorvex sues Bolt, a Swiss bank",
        "Zorvex buys Swiss bank Bolt",
        "Zorvex, unlike the Swiss bank Bolt, grows",
        "Zorvex, a rival of the Swiss bank Bolt, grows",
        "Zorvex, a customer of Swiss bank Bolt, grows",
        "Zorvex and Swiss bank Bolt merge",
    ],
)
def test_what_describes_one_company_describes_no_other(title: str) -> None:
    assert told(title) == set()
    assert told(title, name="Bolt") == {"CH", "bank"}


def test_a_headline_that_begins_with_two_companies_leaves_open_which_one_is_meant() -> None:
    assert told("Zorvex and Bolt merge", "The Swiss bank denies it.") == set()


def test_a_lone_company_behind_a_headline_that_names_none_is_the_one_described() -> None:
    assert told("A quiet day", "The Swiss bank said no. Shares of Zorvex fell.") == {"CH", "bank"}


def test_a_headline_that_tells_of_another_kind_of_firm_first_leaves_open_which_one_is_meant() -> None:
    assert told("Airline sues Zorvex", "The Atlanta carrier wants money.") == set()


def test_a_weak_name_is_not_described() -> None:
    assert described(article("Finnish drugmaker Zorvex grows"), confidence=0.3) == []


def test_words_that_no_list_knows_are_told_of_names_of_one_word_only() -> None:
    words = [(one.name, one.value) for one in described(article("Zorvex, an elevator company, sues Dunmore Foods, an elevator company"))]

    assert words == [("Zorvex", "elevator")]


def test_a_thing_said_twice_is_told_once() -> None:
    found = described(article("Finnish bank Zorvex grows", "Finnish bank Zorvex grows again."))

    assert [one.value for one in found if one.kind == "sector"] == ["bank"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("R&amp;D of Finnish drugmaker Zorvex grows", {"Finnish", "drugmaker"}),
        ("AT&amp;T, a telecoms company based in D&uuml;sseldorf, grows", {"telecoms", "D&uuml;sseldorf"}),
        ("&#8220;Swiss&nbsp;bank&#8221; Bolt, a Swiss&nbsp;bank, grows", {"Swiss", "bank"}),
    ],
)
def test_places_of_descriptions_cut_their_words_out_of_a_text_with_entities(title: str, expected: set[str]) -> None:
    record = article(title)

    assert {record.text[one.start : one.end] for one in described(record) if one.kind != "words"} == expected


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        # the lead takes the company up by whose it is, or by what and where it is
        ("Zorvex thermostat learns", "Bolt's smart home company lets the dial rest.", {"electronics"}),
        ("Zorvex goes private", "Two funds pay three billion dollars for the aircraft parts supplier from Radnor.", {"aerospace", "US-PA"}),
        ("Zorvex goes private", "Two funds want to take over the Finnish drugmaker.", {"FI", "pharma"}),
        # one sign alone may be of another company, and so may a description beside a name or of a company that is named beside it
        ("Zorvex goes private", "Two funds pay, analysts at the bank said.", set()),
        ("Zorvex goes private", "Two funds pay, the Finnish bank Bolt said.", set()),
        ("Zorvex goes private", "Two funds pay for Zorvex, rivals of the Finnish drugmaker said.", set()),
        # a later sentence has more than one to speak of
        ("Zorvex goes private", "Two funds pay. They bought the Finnish drugmaker in May.", set()),
    ],
)
def test_a_lead_without_the_name_describes_the_company_of_the_headline(title: str, excerpt: str, expected: set[str]) -> None:
    assert told(title, excerpt) == expected


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        ("Der Darmstädter Pharma- und Chemiekonzern Zorvex wächst", "", {"DE", "pharma", "chemicals"}),
        ("Aktie: Motorradhändler Zorvex", "Das ist ein guter Tag.", {"automotive"}),
        ("Zorvex kauft zu", "Der Münchner Rückversicherer zahlt bar.", {"DE", "insurance"}),
        ("Zorvex kauft zu", "Der Ausrüster für Motorradfahrer aus Wolfsburg zahlt bar.", {"DE", "automotive"}),
        ("Zorvex kauft zu", "Die Bremer Werft und der Hafen hoffen.", {"DE", "shipbuilding"}),
        ("Zorvex kauft zu", "Die zweitgrößte französische Supermarktkette zahlt bar.", {"FR", "retail"}),
        ("Zorvex, ein Schweizer Softwareanbieter, wächst", "Das ist ein guter Tag.", {"CH", "software"}),
        # what is no company, belongs to another one or is in another language tells nothing
        ("Zorvex kauft zu", "Der Minister hofft auf die deutsche Chemie.", set()),
        ("Zorvex kauft zu", "Der Konkurrent Bolt ist ein Autobauer.", set()),
        ("Zorvex kauft zu", "Die Bauern hoffen.", set()),
        ("Stahlkonzern Bolt beliefert Zorvex", "Das ist ein guter Tag.", set()),
        ("Motorradhändler Zorvex", "", set()),
    ],
)
def test_a_german_text_says_what_a_company_is(title: str, excerpt: str, expected: set[str]) -> None:
    assert told(title, excerpt) == expected


PIECES = (
    *("Der", "der", "ein", "Pharma-", "und", "Chemiekonzern", "aus", "Wolfsburg", "Wolfsburger", "für", "Ausrüster"),
    *("Zorvex", "Bolt", "AT&amp;T", "Finnish", "drugmaker", "bank", "Basel", "based", "a", "an", "the", "The", "is", "of", "in", "to"),
    *(",", ".", "(", ")", "-", "'s", "&amp;", "&nbsp;", "&#x1F600;", "\n", "é", "中", "\u200b", "—"),
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30), st.lists(st.sampled_from(PIECES), max_size=30))
def test_descriptions_of_any_pieces_lie_within_the_text(title: list[str], excerpt: list[str]) -> None:
    record = article(" ".join(title), " ".join(excerpt))

    for one in described(record):
        assert 0 <= one.start < one.end <= len(record.text)
        assert one.value


@given(st.text(min_size=1), st.text())
def test_any_text_is_read_without_failing(title: str, excerpt: str) -> None:
    record = article(f"{title} Zorvex, a {excerpt}", f"The {excerpt} bank {title}")

    assert [one for one in described(record) if not 0 <= one.start < one.end <= len(record.text)] == []


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        ("Zorvex grows", "It sells milk made of peas.", {"food"}),
        ("Zorvex grows", "Bolt sells milk.", set()),  # two companies: nobody knows whose milk it is
        ("Zorvex Air grows", "It sells milk.", set()),  # a name of two words is told apart by its words
    ],
)
def test_an_article_about_one_company_of_one_word_tells_what_it_speaks_of(title: str, excerpt: str, expected: set[str]) -> None:
    text = read_text(article(title, excerpt))
    name = "Zorvex Air" if "Air" in title else "Zorvex"
    names = [name, "Bolt"] if "Bolt" in excerpt else [name]
    found = [CompanySpan(at, at + len(one.split()), one, "", "hand", 0.9) for one in names for at in [text.tokens.index(one.split()[0])]]
    assert {one.value for one in find_descriptions(text, found, 0.5) if one.kind == "around"} == expected
