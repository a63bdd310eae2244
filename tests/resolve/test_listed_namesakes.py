"""Which of several listed companies of one name an article means, by the country that it states."""

from __future__ import annotations

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Description, Facts, Kind, Mention
from newsgraph.resolve.companies.listed_namesakes import mentions_by_country

LEXICON = load_lexicon()


def entries(countries: tuple[str, ...], *known: str) -> list[str]:
    """Return the list entries that the mentions of an article have after its countries were considered."""
    mentions = tuple(Mention(Kind.COMPANY, name, 10 * at, 10 * at + 5, name, "list", 0.9, known=name) for at, name in enumerate(known))
    described = tuple(Description("Merck", "country", country, 0, 2) for country in countries)
    return [mention.known for mention in mentions_by_country(Facts(mentions=mentions, descriptions=described), LEXICON)]


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        (("DE",), "Merck KGaA"),
        (("US-NJ",), "Merck"),
        (("US",), "Merck"),
        ((), "Merck"),
        (("FR",), "Merck"),  # neither is there
        (("DE", "US"), "Merck"),  # both are
    ],
)
def test_the_stated_country_tells_namesakes_apart(countries: tuple[str, ...], expected: str) -> None:
    assert entries(countries, "Merck") == [expected]


def test_an_article_that_names_both_keeps_both() -> None:
    assert entries(("DE",), "Merck", "Merck KGaA") == ["Merck", "Merck KGaA"]


def test_a_company_without_namesakes_stays_what_it_is() -> None:
    assert entries(("DE",), "Apple") == ["Apple"]


def test_namesakes_differ_in_country_and_in_legal_form_alone() -> None:
    assert LEXICON.namesakes["merck"] == ("Merck", "Merck KGaA")
    assert {len({LEXICON.companies[name].country for name in names}) - len(names) for names in LEXICON.namesakes.values()} == {0}
