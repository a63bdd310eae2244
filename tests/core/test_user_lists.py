"""Lists that users write: what is wrong with one is told with its file and line, and nothing of it is swallowed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.user_lists import read_user_companies


def written(folder: Path, text: str) -> Path:
    path = folder / "companies.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ('name,aliases\nAcme,\n"Bolt,B\nCorp,C\n', "line 3", "not closed"),
        ('name,aliases\n"Acme,A\nBolt,"B;C"\n', "line 2", "not closed"),
        ('name,aliases\n"Acme,A\nBolt",B\n', "line 2", "goes on in the next line"),
        ('name,aliases\n\nAcme,"A\r\nB"\r\n', "line 3", "goes on in the next line"),
        ('name,aliases\n"Acme" Inc,A\n', "line 2", "does not end with it"),
        ("name\n" + "A" * 200_000 + "\n", "line 2", "has a cell of more than 131,072 characters. Shorten it"),
        ('name\n"' + "A" * 200_000 + '"\n', "line 2", "has a cell of more than 131,072 characters"),
        ('name\nAcme\n"' + "Bolt\n" * 50_000, "line 3", "not closed"),
        ("name,aliases\nAcme, Inc.,A\n", "line 2", "has 3 cells, but the first line has 2"),
        ("name,aliases\nAcme,\n,A\n", "line 3", "has no name"),
        ("aliases\nA\n", "companies.csv: ", "has no column 'name'"),
        ("aliases\n", "companies.csv: ", "has no column 'name'"),
        ('"name\nAcme\n', "line 1", "not closed"),
        ("name\nAc\x00me\n", "line 2", "contains a NUL byte"),
        ("name\nAc\x01me\n", "line 2: name", "contains the unprintable character U+0001"),
        ("name,aliases\nAcme,A|B\x9bC\n", "line 2: aliases", "contains the unprintable character U+009B"),
        ("name,ticker\nAcme,A\tC\n", "line 2: ticker", "contains the unprintable character U+0009"),
        ("name,tickers\nAcme,ACM\n", "line 1", "names the column 'tickers', which a company list does not have. Did you mean ticker? Columns of a company list are: name,"),
        ("name,Remarks\u202e\nAcme,\n", "line 1", r"names the column 'Remarks\u202e', which a company list does not have. Remove it."),
        ("\nname,lei,Name\nAcme,,Bolt\n", "line 2", "names the column 'name' twice"),
        ("name,,lei\nAcme,A,\n", "line 2", "has a cell in a column without a name"),
        ("name,aliases\nHalden Ports,HP\nAcme,\nhalden  Ports,HQ\n", "line 4: name", "'halden  Ports' is the company of line 2 already"),
        ("name,lei\nAcme,XXXXXXXXXXXXXXXXXXXX\n", "line 2: lei", "'XXXXXXXXXXXXXXXXXXXX' is no legal entity identifier"),
        ("name,LEI\nAcme,529900T8BM49AURSDO56\n", "line 2: lei", "is no legal entity identifier"),
        ("name,wikidata\nAcme,javascript:1\n", "line 2: wikidata", "'javascript:1' is no item of Wikidata"),
        ("name,wikidata\nAcme,../../x\n", "line 2: wikidata", "is no item of Wikidata"),
        ("name,domain\nAcme,https://user:pw@evil.example/?x\n", "line 2: domain", "'https://user:pw@evil.example/?x' is no host name"),
        ("name,domain\nAcme,../../../evil\n", "line 2: domain", "is no host name"),
        ("name,domain\nAcme," + "a" * 99 + "\n", "line 2: domain", "'" + "a" * 60 + "...' is no host name"),
    ],
)  # fmt: skip
def test_a_company_list_that_cannot_be_read_is_told_with_its_line(text: str, where: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        load_lexicon(written(tmp_path, text))
    assert str(told.value).startswith(f"{tmp_path / 'companies.csv'}: ")
    assert where in str(told.value)
    assert problem in str(told.value)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("name\n", []),
        ('name\n"Acme ""A"" Corp"\nBolt "B" Corp\n', ['Acme "A" Corp', 'Bolt "B" Corp']),
        ("\ufeffname,aliases\r\nAcme,A\r\n\r\nBolt\r\n", ["Acme", "Bolt"]),
        ("name\rAcme\rBolt\r", ["Acme", "Bolt"]),
        ('name,aliases,,\n"Acme, Inc.","A;B",,,\n', ["Acme, Inc."]),
    ],
)  # fmt: skip
def test_a_company_list_is_read_whole(text: str, names: list[str], tmp_path: Path) -> None:
    assert [row["name"] for row in read_user_companies(written(tmp_path, text))] == names


def test_columns_have_names_in_any_case_and_identifiers_their_normal_forms(tmp_path: Path) -> None:
    text = "Name, LEI ,Ticker,WikiData,Domain\nAcme,529900t8bm49aursdo55,ACM,https://www.wikidata.org/wiki/Q42,www.Acme.example\n"

    lexicon = load_lexicon(written(tmp_path, text))

    entry = lexicon.companies["Acme"]
    assert (entry.lei, entry.tickers, entry.wikidata, entry.domain) == ("529900T8BM49AURSDO55", ("ACM",), "Q42", "acme.example")


def test_a_cell_is_too_long_whatever_limit_others_have_set(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(InputError, match=r"line 2: has a cell of more than 131,072 characters"):
            list(read_user_companies(written(tmp_path, "name\n" + "A" * 200_000 + "\n")))
    finally:
        csv.field_size_limit(before)
