"""Which record a company is: each rule, each contradiction, and that nothing is ever guessed."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from newsgraph.identifiers import CompanyQuery, Identifiers, link, write_pack
from newsgraph.identifiers.record_matching import MOST_LISTED, match_records
from packs import lei

# What a pack may say of companies called Zorvex, and of one called Zorvex Air.
LISTED = Identifiers("Zorvex", ("ZRX Group",), tickers=("NYSE:ZRX",), cik="0000000005", source="sec")
FRENCH = Identifiers("ZORVEX SA", (), "ZORVEX SA", lei(1), country="FR", website="https://www.zorvex.example/", source="gleif")
GERMAN = Identifiers("Zorvex GmbH", (), "Zorvex GmbH", lei(2), country="DE", website="https://zorvex.test/", source="gleif")
AIR = Identifiers("Zorvex Air Inc.", (), "Zorvex Air Inc.", lei(3), country="US", source="gleif")
AIRLESS = Identifiers("Zorvex Air", wikidata="Q9", source="wikidata")
PLAIN = Identifiers("Zorvex")


@dataclass(frozen=True)
class Case:
    """What texts know, which records there are, which is chosen and by which rule."""

    claim: str
    query: CompanyQuery
    records: tuple[Identifiers, ...]
    chosen: Identifiers | None
    rule: str
    listed: tuple[Identifiers, ...] = field(default=())


def named(*names: str, **known: Any) -> CompanyQuery:  # noqa: ANN401 - the fields of CompanyQuery
    return CompanyQuery("z", names, **known)


CASES = [
    # by id
    Case("the LEI is known", named("Other", lei=lei(1)), (FRENCH, GERMAN), FRENCH, "same_id"),
    Case("the Wikidata id is known", named("Other", wikidata="Q9"), (AIR, AIRLESS), AIRLESS, "same_id"),
    Case("an id is stronger than country and ticker", named("Zorvex", lei=lei(1), countries=("DE",), tickers=("X",)), (FRENCH, GERMAN), FRENCH, "same_id"),
    Case("ids mean two records", named("Zorvex", lei=lei(1), wikidata="Q9"), (FRENCH, AIRLESS), None, "ambiguous", (FRENCH, AIRLESS)),
    Case("ids contradict each other", named("Zorvex", lei=lei(1), wikidata="Q8"), (replace(FRENCH, wikidata="Q7"),), None, "contradicted",
         (replace(FRENCH, wikidata="Q7"),)),
    # by ticker
    Case("ticker and name", named("Zorvex", tickers=("ZRX",)), (LISTED, GERMAN), LISTED, "ticker_and_name"),
    Case("a ticker has its exchange", named("Zorvex", tickers=("NYSE:ZRX",)), (LISTED,), LISTED, "ticker_and_name"),
    Case("a ticker and an alias", named("ZRX Group", tickers=("ZRX",)), (LISTED,), LISTED, "ticker_and_name"),
    Case("share classes are written in several ways", named("Zorvex", tickers=("ZRX-B",)), (replace(LISTED, tickers=("ZRX.B",)),),
         replace(LISTED, tickers=("ZRX.B",)), "ticker_and_name"),
    Case("a ticker without the name is nothing", named("Bolt", tickers=("ZRX",)), (LISTED,), None, "unknown"),
    Case("another ticker speaks against it", named("Zorvex", tickers=("BLT",), countries=("US",)), (LISTED,), None, "contradicted", (LISTED,)),
    Case("two have ticker and name", named("Zorvex", tickers=("ZRX",)), (LISTED, replace(LISTED, cik="")), None, "ambiguous",
         (replace(LISTED, cik=""), LISTED)),
    # by legal name
    Case("the full legal name", named("Zorvex S.A."), (FRENCH, GERMAN), FRENCH, "legal_name"),
    Case("case and punctuation do not count", named("zorvex air, INC"), (AIR,), AIR, "legal_name"),
    Case("the bare name is no legal name", named("Zorvex"), (replace(PLAIN, source="own"),), None, "uncorroborated", (replace(PLAIN, source="own"),)),
    Case("two have the legal name", named("Zorvex SA"), (FRENCH, replace(FRENCH, lei=lei(9))), None, "ambiguous", (FRENCH, replace(FRENCH, lei=lei(9)))),
    Case("of two with the legal name, the country decides", named("Zorvex SA", countries=("FR",)), (FRENCH, replace(FRENCH, lei=lei(9), country="BE")),
         FRENCH, "legal_name"),
    Case("a rival in another country proves nothing", named("Zorvex SA", countries=("BE",)), (FRENCH, replace(FRENCH, lei=lei(9), country="")), None,
         "uncorroborated", (replace(FRENCH, lei=lei(9), country=""), FRENCH)),
    Case("another LEI speaks against it", named("Zorvex SA", lei=lei(8)), (FRENCH,), None, "contradicted", (FRENCH,)),
    # by domain
    Case("domain and name", named("Zorvex", domain="zorvex.example"), (FRENCH, GERMAN), FRENCH, "domain_and_name"),
    Case("a domain without the name is nothing", named("Bolt", domain="zorvex.example"), (FRENCH,), None, "unknown"),
    # by name and country
    Case("one word and the country", named("Zorvex", countries=("FR",)), (FRENCH, GERMAN), FRENCH, "name_and_country"),
    Case("several countries are known", named("Zorvex", countries=("US", "FR")), (FRENCH, GERMAN), FRENCH, "name_and_country"),
    Case("two are in the country", named("Zorvex", countries=("FR",)), (FRENCH, replace(FRENCH, lei=lei(9))), None, "ambiguous",
         (FRENCH, replace(FRENCH, lei=lei(9)))),
    Case("one may be anywhere", named("Zorvex", countries=("FR",)), (FRENCH, LISTED), None, "ambiguous", (FRENCH, LISTED)),
    Case("none is in the country", named("Zorvex", countries=("US",)), (FRENCH, GERMAN), None, "contradicted", (FRENCH, GERMAN)),
    Case("another domain speaks against it", named("Zorvex", countries=("FR",), domain="other.example"), (FRENCH,), None, "contradicted", (FRENCH,)),
    # by name alone
    Case("two words and one record", named("Zorvex Air"), (AIR,), AIR, "only_candidate"),
    Case("two words and two records", named("Zorvex Air"), (AIR, AIRLESS), None, "ambiguous", (AIRLESS, AIR)),
    Case("two words but another country", named("Zorvex Air", countries=("FR",)), (AIR,), None, "contradicted", (AIR,)),
    Case("two words, and a rival in another country", named("Zorvex Air", countries=("FR",)), (AIR, AIRLESS), None, "uncorroborated", (AIRLESS, AIR)),
    Case("one word is not enough", named("Zorvex"), (FRENCH,), None, "uncorroborated", (FRENCH,)),
    Case("one word is not enough, be it listed", named("Zorvex"), (LISTED,), None, "uncorroborated", (LISTED,)),
    Case("a legal form is no second word", named("Zorvex Ltd"), (FRENCH,), None, "uncorroborated", (FRENCH,)),
    Case("an article is no second word", named("The Zorvex"), (FRENCH,), None, "uncorroborated", (FRENCH,)),
    Case("two words written as one are one", named("ZorvexAir"), (AIR,), None, "uncorroborated", (AIR,)),
    # nothing
    Case("nobody has the name", named("Bolt"), (), None, "unknown"),
    Case("a company without a name is nobody", named("", " "), (PLAIN,), None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.claim)
def test_a_company_is_matched_by_rule(case: Case) -> None:
    found = match_records(case.query, case.records)
    assert (found.record, found.rule, tuple(one.record for one in found.candidates)) == (case.chosen, case.rule, case.listed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.claim)
def test_a_company_is_matched_from_a_pack_as_from_records(tmp_path: Path, case: Case) -> None:
    write_pack(case.records, tmp_path / "pack.parquet")
    assert link([case.query], [tmp_path / "pack.parquet"]) == (match_records(case.query, case.records),)


def test_a_candidate_says_what_speaks_for_and_against_it() -> None:
    found = match_records(named("Zorvex SA", countries=("BE",), tickers=("ZRX",), lei=lei(8)), [FRENCH, LISTED])
    assert found.rule == "ticker_and_name"
    found = match_records(named("Zorvex SA", countries=("BE",), lei=lei(8)), [FRENCH])
    assert [one.reason for one in found.candidates] == [f"same legal name; another LEI: {lei(1)}; another country: FR"]


def test_the_order_of_records_does_not_count() -> None:
    records = [LISTED, FRENCH, GERMAN, replace(FRENCH, lei=lei(9))]
    assert len({match_records(named("Zorvex"), order) for order in itertools.permutations(records)}) == 1


def test_not_more_than_twenty_candidates_are_listed() -> None:
    found = match_records(named("Zorvex"), [replace(FRENCH, lei=lei(number)) for number in range(30)])
    assert (found.rule, len(found.candidates)) == ("ambiguous", MOST_LISTED)


def test_what_fits_better_is_listed_first() -> None:
    found = match_records(named("Zorvex", countries=("DE",)), [FRENCH, GERMAN, LISTED])
    assert [one.record for one in found.candidates] == [LISTED, GERMAN, FRENCH]


def test_answers_stand_in_the_order_of_the_questions(tmp_path: Path) -> None:
    write_pack([FRENCH, AIR], tmp_path / "pack.csv")
    wanted = [CompanyQuery("b", ("Nobody",)), CompanyQuery("a", ("Zorvex Air",)), CompanyQuery("c", ("Zorvex SA",))]
    assert [(one.key, one.rule) for one in link(wanted, [tmp_path / "pack.csv"])] == [
        ("b", "unknown"),
        ("a", "only_candidate"),
        ("c", "legal_name"),
    ]


def test_records_of_two_packs_with_one_id_are_one_candidate(tmp_path: Path) -> None:
    write_pack([FRENCH], tmp_path / "a.csv")
    write_pack([Identifiers("Zorvex", tickers=("NYSE:ZRX",), lei=lei(1), source="own")], tmp_path / "b.parquet")
    [found] = link([named("Zorvex", tickers=("ZRX",))], [tmp_path / "a.csv", tmp_path / "b.parquet"])
    assert found.record is not None
    assert (found.record.country, found.record.tickers, found.record.source) == ("FR", ("NYSE:ZRX",), "gleif+own")


def test_the_order_of_packs_does_not_count(tmp_path: Path) -> None:
    write_pack([FRENCH, LISTED], tmp_path / "a.csv")
    write_pack([GERMAN, FRENCH, AIR], tmp_path / "b.csv")
    wanted = [named("Zorvex"), named("Zorvex Air"), named("Zorvex SA")]
    assert link(wanted, [tmp_path / "a.csv", tmp_path / "b.csv"]) == link(wanted, [tmp_path / "b.csv", tmp_path / "a.csv"])


def test_without_a_pack_nobody_is_known() -> None:
    assert [one.rule for one in link([named("Zorvex")], [])] == ["unknown"]
