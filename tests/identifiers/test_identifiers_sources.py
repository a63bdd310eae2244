"""Files of GLEIF, the SEC and Wikidata: what is read of them, what is dropped, and how a wrong file is told."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from newsgraph.core import check_digits
from newsgraph.core.errors import InputError
from newsgraph.identifiers import Identifiers, make_pack
from newsgraph.identifiers.company_record import check_record
from newsgraph.identifiers.gleif import read_gleif
from newsgraph.identifiers.sec import read_sec
from newsgraph.identifiers.wikidata import read_wikidata
from packs import csv_file, gleif_file, gleif_row, isin, lei, sec_file, wikidata_file


def gleif(path: Path, dropped: Counter[str] | None = None) -> list[Identifiers]:
    return [record for _, records in read_gleif(path, Counter() if dropped is None else dropped) for record in records]


# --- values


@pytest.mark.parametrize(
    ("check", "good", "form"),
    [
        (check_digits.lei, lei(7), lei(7)),
        (check_digits.lei, lei(7).lower(), lei(7)),
        (check_digits.isin, "US0378331005", "US0378331005"),
        (check_digits.cik, "320193", "0000320193"),
        (check_digits.cik, "CIK0000320193", "0000320193"),
        (check_digits.wikidata, "Q42", "Q42"),
        (check_digits.wikidata, "http://www.wikidata.org/entity/Q42", "Q42"),
        (check_digits.wikidata, "q42", "Q42"),
        (check_digits.website, "http://Zorvex.example/", "http://zorvex.example/"),
        (check_digits.domain, "www.Zorvex.example.", "zorvex.example"),
        (check_digits.domain, "münchen.example", "xn--mnchen-3ya.example"),
        (check_digits.country, "fr", "FR"),
        (check_digits.ticker, "nyse: brk-b", "nyse:BRK-B"),
        (check_digits.ticker, "ZRX", "ZRX"),
        (check_digits.ticker, "Nasdaq Copenhagen:NOVO B", "Nasdaq Copenhagen:NOVO B"),
    ],
)
def test_a_good_value_is_given_in_its_one_form(check: Callable[[str], str], good: str, form: str) -> None:
    assert check(good) == form


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (check_digits.lei, lei(7)[:-2] + "00"),
        (check_digits.lei, "٣" * 20),
        (check_digits.lei, ""),
        (check_digits.isin, "US0378331006"),
        (check_digits.isin, "0378331005"),
        (check_digits.cik, "0"),
        (check_digits.cik, "12345678901"),
        (check_digits.cik, "-5"),
        (check_digits.wikidata, "Q0"),
        (check_digits.wikidata, "P31"),
        (check_digits.website, "javascript:alert(1)"),
        (check_digits.website, "ftp://zorvex.example/"),
        (check_digits.website, "zorvex.example"),
        (check_digits.website, "https://localhost/"),
        (check_digits.website, "https://"),
        (check_digits.domain, "https://zorvex.example"),
        (check_digits.domain, "user@zorvex.example"),
        (check_digits.domain, "zorvex.example:80"),
        (check_digits.domain, "zorvex.example evil"),
        (check_digits.domain, "../../evil"),
        (check_digits.domain, "192.0.2.1"),
        (check_digits.domain, "localhost"),
        (check_digits.country, "FRA"),
        (check_digits.country, "F1"),
        (check_digits.ticker, "NYSE:"),
        (check_digits.ticker, "a ticker of many words"),
    ],
)
def test_a_bad_value_is_none(check: Callable[[str], str], bad: str) -> None:
    assert check(bad) == ""


def test_bad_values_are_dropped_and_counted_and_the_rest_is_kept() -> None:
    dropped: Counter[str] = Counter()
    row = Identifiers("Zorvex\x00 \n Corp", ("", "x" * 501), lei="nonsense", isins=("US0", isin(1)), website="javascript:x", country="FR")
    assert check_record(row, dropped) == Identifiers("Zorvex Corp", isins=(isin(1),), country="FR")
    assert +dropped == Counter(lei=1, isins=1, website=1, aliases=1)


def test_a_row_without_any_name_is_no_record() -> None:
    assert check_record(Identifiers(" \t", cik="320193"), Counter()) is None


# --- GLEIF


def test_an_entity_is_read_with_its_names_and_country(tmp_path: Path) -> None:
    row = gleif_row(1, "Zorvex SA", Other="Zorvex Pay", Transliterated="ZORVEKS SA", Country="FR")
    assert gleif(gleif_file(tmp_path / "g.csv", [row])) == [
        Identifiers("Zorvex SA", ("ZORVEKS SA", "Zorvex Pay"), "Zorvex SA", lei(1), country="FR", source="gleif")
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"EntityStatus": "INACTIVE"}, {"EntityStatus": ""}, {"RegistrationStatus": "RETIRED"}, {"RegistrationStatus": "DUPLICATE"},
        {"EntityCategory": "BRANCH"}, {"LEI": "529900NONSENSE"},
    ],
)  # fmt: skip
def test_an_entity_that_is_not_active_registered_and_whole_is_left_out(tmp_path: Path, cells: dict[str, str]) -> None:
    assert gleif(gleif_file(tmp_path / "g.csv", [gleif_row(1, "Zorvex SA", **cells)])) == []


def test_a_registration_that_lapsed_still_names_its_entity(tmp_path: Path) -> None:
    assert len(gleif(gleif_file(tmp_path / "g.csv", [gleif_row(1, "Zorvex SA", RegistrationStatus="LAPSED")]))) == 1


def test_a_name_may_hold_a_line_break_a_quote_and_a_comma(tmp_path: Path) -> None:
    assert gleif(gleif_file(tmp_path / "g.csv", [gleif_row(1, 'Zorvex "Z",\nInc.')]))[0].name == 'Zorvex "Z", Inc.'


def test_the_zip_file_is_read_as_the_csv_file_in_it(tmp_path: Path) -> None:
    plain = gleif_file(tmp_path / "g.csv", [gleif_row(1, "Zorvex SA")])
    with zipfile.ZipFile(tmp_path / "g.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "golden-copy.csv")
    assert gleif(tmp_path / "g.zip") == gleif(plain)


def test_a_zip_file_of_two_csv_files_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as archive:
        archive.writestr("a.csv", "LEI")
        archive.writestr("b.csv", "LEI")
    with pytest.raises(InputError, match="2 CSV files"):
        gleif(tmp_path / "g.zip")


def test_a_zip_file_that_is_damaged_is_told(tmp_path: Path) -> None:
    rows = [gleif_row(number, f"Zorvex {number} SA") for number in range(500)]
    with zipfile.ZipFile(tmp_path / "g.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(gleif_file(tmp_path / "g.csv", rows), "g.csv")
    data = bytearray((tmp_path / "g.zip").read_bytes())
    data[2000:2100] = bytes(100)
    (tmp_path / "g.zip").write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        gleif(tmp_path / "g.zip")


GOOD_HEAD = b"LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityStatus,Registration.RegistrationStatus\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n", "no column 'LEI'"),
        (b"", "no column 'LEI'"),
        (b"[1, 2, 3]\n", "no column 'LEI'"),
        (b"LEI,Entity.LegalName\nx,y\n", "no column 'Entity.LegalAddress.Country'"),
        (b"\xff\xfeL\x00E\x00I\x00\n\x00", "NUL"),
        (b"a" * (10 << 20), "line 1: is longer than"),
        (b"LEI,LEI\n", "names the column 'LEI' twice"),
        (GOOD_HEAD + b"x,y,US,ACTIVE,ISSUED\nx,y\n", "row 3: has 2 cells, not 5"),
        (GOOD_HEAD + b"x,y,US,ACTIVE,ISSUED\nx,a\x00b,US,ACTIVE,ISSUED\n", "row 3: Entity.LegalName: contains a NUL byte"),
        (GOOD_HEAD + b"x,\xff\xff,US,ACTIVE,ISSUED\n", "is not UTF-8"),
        (GOOD_HEAD + b'x,"' + b"a" * (20 << 20) + b'",US,ACTIVE,ISSUED\n', "longer than 8 MiB"),
    ],
)
def test_a_file_that_is_no_golden_copy_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "g.csv").write_bytes(data)
    with pytest.raises(InputError, match=told):
        gleif(tmp_path / "g.csv")


def test_a_golden_copy_of_column_names_alone_holds_nothing(tmp_path: Path) -> None:
    assert gleif(gleif_file(tmp_path / "g.csv", [])) == []


# --- SEC


def test_both_files_of_the_sec_are_read(tmp_path: Path) -> None:
    plain = sec_file(tmp_path / "a.json", (320193, "zrx", "Zorvex Inc. /DE/"))
    (tmp_path / "b.json").write_text(
        '{"fields": ["cik", "name", "ticker", "exchange"], "data": [[7, "Bolt", "BLT", "NYSE"], [8, "Cane", null, null]]}'
    )
    assert read_sec(plain, Counter()) == (1, [Identifiers("Zorvex Inc.", tickers=("ZRX",), cik="0000320193", source="sec")])
    assert read_sec(tmp_path / "b.json", Counter()) == (
        2, [Identifiers("Bolt", tickers=("NYSE:BLT",), cik="0000000007", source="sec"), Identifiers("Cane", cik="0000000008", source="sec")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html></html>", "line 1: is not JSON"),
        ("[]", "not an object of companies"),
        ('{"0": [1, 2]}', "0: is not an object with cik_str"),
        ('{"0": {"ticker": "A"}}', "0: is not an object with cik_str"),
        ('{"fields": ["a"], "data": []}', "fields: does not list"),
        ('{"fields": ["cik", "name"], "data": {}}', "data: is not a list"),
        ('{"fields": ["cik", "name"], "data": [[1, "A"], [2]]}', r"data\[1\]: is not a list of 2"),
        ("[" * 100_000, "nested too deep"),
        ('{"0": \x00}', "line 1: contains a NUL byte"),
        ('{"0": {"cik_str": ' + "9" * 5000 + "}}", "too long"),
    ],
)
def test_a_file_that_is_none_of_the_sec_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "s.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_sec(tmp_path / "s.json", Counter())


def test_values_of_other_types_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(
        '{"0": {"cik_str": true, "ticker": ["A"], "title": "Zorvex \\ud800"}, "1": {"cik_str": 1, "title": null}}'
    )
    assert read_sec(tmp_path / "s.json", Counter()) == (2, [Identifiers("Zorvex", source="sec")])


# --- Wikidata

ZORVEX = {
    "item": "http://www.wikidata.org/entity/Q77", "itemLabel": "Zorvex", "aliases": "Zorvex Group|ZRX Ltd", "ticker": "ZRX",
    "exchangeLabel": "Euronext Paris", "isin": isin(1), "lei": lei(1), "cik": "5", "website": "https://zorvex.example/", "country": "FR",
}  # fmt: skip
RECORD = Identifiers(
    "Zorvex", ("ZRX Ltd", "Zorvex Group"), "", lei(1), ("Euronext Paris:ZRX",), (isin(1),), "0000000005", "Q77", "https://zorvex.example/", "FR",
    "wikidata",
)  # fmt: skip


def test_an_item_is_read_from_csv(tmp_path: Path) -> None:
    assert read_wikidata(wikidata_file(tmp_path / "w.csv", ZORVEX), Counter()) == (1, [RECORD])


def test_an_item_is_read_from_tsv_with_terms_as_sparql_writes_them(tmp_path: Path) -> None:
    terms = {name: f"<{cell}>" if cell.startswith("http") else f'"{cell}"@en' for name, cell in ZORVEX.items()}
    (tmp_path / "w.tsv").write_text("\t".join(f"?{name}" for name in terms) + "\n" + "\t".join(terms.values()) + "\n")
    assert read_wikidata(tmp_path / "w.tsv", Counter()) == (1, [RECORD])


def test_an_item_is_read_from_plain_tsv(tmp_path: Path) -> None:
    (tmp_path / "w.tsv").write_text("\t".join(ZORVEX) + "\r\n" + "\t".join(ZORVEX.values()) + "\r\n")
    assert read_wikidata(tmp_path / "w.tsv", Counter()) == (1, [RECORD])


def test_an_item_is_read_from_both_shapes_of_json(tmp_path: Path) -> None:
    bindings = [{name: {"type": "literal", "value": cell} for name, cell in ZORVEX.items()}]
    (tmp_path / "a.json").write_text(json.dumps({"head": {}, "results": {"bindings": bindings}}))
    (tmp_path / "b.json").write_text(json.dumps([ZORVEX]))
    assert read_wikidata(tmp_path / "a.json", Counter()) == read_wikidata(tmp_path / "b.json", Counter()) == (1, [RECORD])


def test_the_rows_of_one_item_are_one_record(tmp_path: Path) -> None:
    other = {**ZORVEX, "aliases": "Zed", "ticker": "ZRXY", "exchangeLabel": "NYSE", "isin": isin(2)}
    count, [record] = read_wikidata(wikidata_file(tmp_path / "w.csv", ZORVEX, other), Counter())
    assert count == 2
    assert record.tickers == ("Euronext Paris:ZRX", "NYSE:ZRXY")
    assert record.isins == (isin(1), isin(2))
    assert record.aliases == ("ZRX Ltd", "Zed", "Zorvex Group")


def test_an_id_of_which_an_item_has_two_is_none_and_counted(tmp_path: Path) -> None:
    dropped: Counter[str] = Counter()
    path = wikidata_file(tmp_path / "w.csv", ZORVEX, {**ZORVEX, "lei": lei(2), "country": "DE"})
    _, [record] = read_wikidata(path, dropped)
    assert (record.lei, record.country, record.cik) == ("", "", "0000000005")
    assert +dropped == Counter(lei=2, country=2)


def test_an_item_without_a_label_takes_an_alias_for_its_name(tmp_path: Path) -> None:
    rows = ({"item": "Q5", "itemLabel": "Q5", "aliases": "Bolt"}, {"item": "Q6", "itemLabel": "Q6"})
    assert [record.name for record in read_wikidata(wikidata_file(tmp_path / "w.csv", *rows), Counter())[1]] == ["Bolt"]


def test_a_website_that_is_a_script_is_dropped_for_one_that_is_none(tmp_path: Path) -> None:
    rows = ({**ZORVEX, "website": "javascript:x"}, ZORVEX)
    assert read_wikidata(wikidata_file(tmp_path / "w.csv", *rows), Counter())[1] == [RECORD]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("w.csv", "<html>\n<body>", "line 1: has no columns item and itemLabel"),
        ("w.csv", "", "is empty"),
        ("w.csv", "item,itemLabel\nQ1,Zorvex\nQ2\n", "line 3: has 1 cells, not 2"),
        ("w.csv", "item,itemLabel\nL1,Zorvex\n", "line 2: has no Wikidata item"),
        ("w.csv", "item,itemLabel\nQ1,Zor\x00vex\n", "line 2: contains a NUL byte"),
        ("w.csv", "item,itemLabel\nQ1," + "a" * (10 << 20), "line 2: cannot be read as CSV"),
        ("w.tsv", "item\titemLabel\nQ1\tZorvex\tmore\n", "line 2: has 3 cells, not 2"),
        ("w.json", "[1]", "row 0: is not an object"),
        ("w.json", '{"results": []}', "contains no results with bindings"),
        ("w.json", '[{"item": "Zorvex"}]', "row 0: has no Wikidata item"),
        ("w.json", "item,itemLabel", "line 1: is not JSON"),
        ("w.xlsx", "", "ends in none of .csv"),
    ],
)
def test_a_file_that_is_no_answer_about_companies_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_wikidata(tmp_path / name, Counter())


# --- all


def test_a_file_of_another_source_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'LEI'"):
        make_pack(tmp_path / "out.parquet", [csv_file(tmp_path / "w.csv", ["item", "itemLabel"], [])])
    assert [path.name for path in tmp_path.iterdir()] == ["w.csv"]
