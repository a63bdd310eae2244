"""Lists that users write: what is wrong with one is told with its file and line, and nothing of it is swallowed."""

from __future__ import annotations

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
        ('name\n"' + "A" * 200_000 + '"\n', "line 2", "field larger than"),
        ("name,aliases\nAcme, Inc.,A\n", "line 2", "has 3 cells, but the first line has 2"),
        ("name,aliases\nAcme,\n,A\n", "line 3", "has no name"),
        ("aliases\nA\n", "companies.csv: ", "has no column 'name'"),
        ("aliases\n", "companies.csv: ", "has no column 'name'"),
        ('"name\nAcme\n', "line 1", "not closed"),
        ("name\nAc\x00me\n", "line 2", "contains a NUL byte"),
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
