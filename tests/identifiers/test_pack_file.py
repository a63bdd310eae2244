"""The pack: what one company is, what is folded, what is written, and that the same input gives the same bytes."""

from __future__ import annotations

import itertools
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.identifiers import CompanyQuery, Identifiers, Match, PackReport, SourceCount, link, make_pack, write_pack
from newsgraph.identifiers.company_record import COLUMNS
from newsgraph.identifiers.pack_file import keys_column
from newsgraph.identifiers.record_folding import fold_records
from newsgraph.identifiers.record_matching import RULES
from newsgraph.identifiers.record_search import find_records, read_pack, records_of
from packs import csv_file, gleif_file, gleif_row, isin, lei, sec_file, wikidata_file

FULL = Identifiers(
    "Zorvex", ('Zed "Z", Inc.', "Z|X \\ Co", "Zörvex"), "Zorvex SA", lei(1), ("NYSE:ZRX", "ZRXF"), (isin(1), isin(2)), "0000000005", "Q77",
    "https://zorvex.example/", "FR", "gleif+sec",
)  # fmt: skip
BARE = Identifiers("Bolt")
SUFFIXES = pytest.mark.parametrize("suffix", [".csv", ".parquet"])


def read(path: Path) -> list[Identifiers]:
    return [record for piece in read_pack(path) for record in records_of(piece)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


# --- folding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Identifiers("A", lei=lei(1)), Identifiers("B", lei=lei(1), cik="0000000005")),
        (Identifiers("A", cik="0000000005"), Identifiers("B", cik="0000000005")),
        (Identifiers("A", wikidata="Q5"), Identifiers("B", wikidata="Q5")),
        (Identifiers("A", country="FR", source="own"), Identifiers("A", country="FR", source="sec")),
    ],
)
def test_records_with_one_id_or_nothing_that_differs_are_one(one: Identifiers, other: Identifiers) -> None:
    assert len(fold_records([one, other]).records) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Identifiers("A"), Identifiers("A", country="FR")),
        (Identifiers("Zorvex Inc.", lei=lei(1)), Identifiers("Zorvex Inc.", cik="0000000005")),
        (Identifiers("A", lei=lei(1)), Identifiers("A", lei=lei(2))),
        (Identifiers("A", cik="0000000005", lei=lei(1)), Identifiers("A", cik="0000000005", lei=lei(2))),
        (Identifiers("A", isins=(isin(1),)), Identifiers("B", isins=(isin(1),))),
    ],
)
def test_a_name_alone_or_contradictory_ids_make_no_one_record(one: Identifiers, other: Identifiers) -> None:
    assert fold_records([one, other]).records == tuple(sorted([one, other]))


def test_ids_join_over_a_third_record() -> None:
    rows = [Identifiers("A", lei=lei(1)), Identifiers("B", cik="0000000005"), Identifiers("C", lei=lei(1), cik="0000000005", wikidata="Q5")]
    assert [(row.lei, row.cik, row.wikidata) for row in fold_records(rows).records] == [(lei(1), "0000000005", "Q5")]


def test_records_between_which_ids_contradict_stay_apart_and_so_does_what_fits_both() -> None:
    rows = [Identifiers("A", lei=lei(1)), Identifiers("B", lei=lei(1), wikidata="Q1"), Identifiers("C", lei=lei(1), wikidata="Q2")]
    done = fold_records(rows)
    assert (done.records, done.folded, done.apart) == (tuple(sorted(rows)), 0, 3)


def test_a_folded_record_is_called_as_people_do_and_registered_as_the_law_does() -> None:
    rows = [
        Identifiers("ZORVEX SA", (), "ZORVEX SA", lei(1), country="FR", source="gleif"),
        Identifiers("Zorvex", ("Zed",), "", lei(1), ("NYSE:ZRX",), cik="0000000005", wikidata="Q5", country="US", source="wikidata"),
        Identifiers("ZORVEX", tickers=("ZRX",), cik="0000000005", source="sec"),
    ]
    assert fold_records(rows).records == (
        Identifiers(
            "Zorvex", ("ZORVEX", "Zed"), "ZORVEX SA", lei(1), ("NYSE:ZRX",), (), "0000000005", "Q5", "", "FR", "gleif+sec+wikidata",
        ),
    )  # fmt: skip


def test_the_order_of_records_does_not_count() -> None:
    rows = [
        FULL,
        BARE,
        Identifiers("Z", lei=lei(1), source="own"),
        Identifiers("Y", wikidata="Q77", country="DE"),
        Identifiers("X", cik="0000000005"),
    ]
    assert len({fold_records(order) for order in itertools.permutations(rows)}) == 1


# --- the file


@SUFFIXES
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    write_pack([FULL, BARE], tmp_path / f"pack{suffix}")
    assert read(tmp_path / f"pack{suffix}") == [BARE, FULL]


@SUFFIXES
def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    rows = [FULL, BARE, Identifiers("Bolt", country="FR"), Identifiers("Bolt", ("Bolt X",)), Identifiers("Bolt", ("Bolt Y",))]
    paths = [tmp_path / f"{number}{suffix}" for number in (1, 2)]
    write_pack(rows, paths[0])
    write_pack(reversed(rows), paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_lists_of_a_csv_pack_are_joined_by_bars(tmp_path: Path) -> None:
    write_pack([Identifiers("Zorvex", ("A|B", "C"), tickers=("NYSE:ZRX", "ZRXF"))], tmp_path / "pack.csv")
    assert (tmp_path / "pack.csv").read_text() == (
        f"{','.join(COLUMNS)},{keys_column()}\nZorvex,A\\|B|C,,,NYSE:ZRX|ZRXF,,,,,,,a\\|b|c|zorvex\n"
    )


def test_a_parquet_pack_holds_true_lists(tmp_path: Path) -> None:
    write_pack([FULL], tmp_path / "pack.parquet")
    assert pl.read_parquet(tmp_path / "pack.parquet")["tickers"].to_list() == [["NYSE:ZRX", "ZRXF"]]


@SUFFIXES
def test_an_empty_pack_is_a_pack(tmp_path: Path, suffix: str) -> None:
    write_pack([], tmp_path / f"pack{suffix}")
    assert read(tmp_path / f"pack{suffix}") == []


def test_many_rows_of_one_name_are_all_written(tmp_path: Path) -> None:
    rows = [Identifiers("Bolt", lei=lei(number)) for number in range(20)] + [Identifiers("Cane"), Identifiers("Acme")]
    write_pack(rows, tmp_path / "pack.parquet")
    assert read(tmp_path / "pack.parquet") == sorted(rows)


def test_a_list_made_by_hand_needs_only_names(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("\ufeffname\r\nZorvex SA\r\n\r\nBolt\r\n", encoding="utf-8")
    assert find_records(tmp_path / "own.csv", (), (), {"zorvex"}) == [Identifiers("Zorvex SA")]


def test_columns_of_a_list_made_by_hand_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "own.csv", ["note", "lei", "aliases", "name"], [["mine", f" {lei(1).lower()} ", "Zed| Zee |", "Zorvex"]])
    assert find_records(path, {lei(1)}, (), ()) == [Identifiers("Zorvex", ("Zed", "Zee"), lei=lei(1))]


def test_bad_values_of_a_list_made_by_hand_are_left_out(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "own.csv", ["name", "website", "cik"], [["Zorvex", "javascript:alert(1)", "5"]])
    assert read(path) == [Identifiers("Zorvex", cik="0000000005")]


def test_name_keys_of_another_version_are_not_trusted(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "own.csv", ["name", "name_keys_00000000"], [["Zorvex", "bolt"]])
    assert find_records(path, (), (), {"zorvex"}) == [Identifiers("Zorvex")]


def test_a_row_that_was_added_by_hand_has_its_keys_made(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "own.csv", ["name", keys_column()], [["Zorvex", "zorvex"], ["Bolt Inc.", ""]])
    assert find_records(path, (), (), {"bolt"}) == [Identifiers("Bolt Inc.")]


def test_a_table_of_other_types_is_a_pack_where_they_are_plain(tmp_path: Path) -> None:
    pl.DataFrame({"name": ["Zorvex"], "cik": [5], "tickers": ["ZRX|ZRXF"], "aliases": [[]]}).write_parquet(tmp_path / "own.parquet")
    assert read(tmp_path / "own.parquet") == [Identifiers("Zorvex", tickers=("ZRX", "ZRXF"), cik="0000000005")]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("p.csv", b"company,lei\nA,B\n", "has no column 'name'"),
        ("p.csv", b"<html></html>", "has no column 'name'"),
        ("p.csv", b'["name"]', "has no column 'name'"),
        ("p.csv", b"name;lei\nA;B\n", "has no column 'name'"),
        ("p.csv", b"name,lei\nA\n", "row 2: has 1 cells, not 2"),
        ("p.csv", b"name,lei\nA,B,C\n", "row 2: has 3 cells, not 2"),
        ("p.csv", b"name\nA\x00B\n", "row 2: name: contains a NUL byte"),
        ("p.csv", b"name\n\xff\n", "is not UTF-8"),
        ("p.parquet", b"name\nA\n", "cannot be read as Parquet"),
        ("p.parquet", b"", "cannot be read as Parquet"),
        ("p.json", b"{}", "ends in none of .parquet, .csv"),
    ],
)
def test_a_file_that_is_no_pack_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=told):
        find_records(tmp_path / name, (), (), {"a"})


@pytest.mark.parametrize(("frame", "told"), [({"lei": ["x"]}, "no column 'name'"), ({"name": [["x"]]}, "name: is of type List")])
def test_a_table_of_other_columns_is_told(tmp_path: Path, frame: dict[str, list[object]], told: str) -> None:
    pl.DataFrame(frame).write_parquet(tmp_path / "p.parquet")
    with pytest.raises(InputError, match=told):
        find_records(tmp_path / "p.parquet", (), (), ())


def test_a_pack_that_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("none.csv", "none.parquet"):
        with pytest.raises(InputError, match="cannot be read"):
            link([CompanyQuery("z", ("Zorvex",))], [tmp_path / name])


# --- made of all sources


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Publish Zorvex by all three sources, and others by one each."""
    rows = [
        gleif_row(1, "ZORVEX SA", Country="FR"),
        gleif_row(2, "Bolt GmbH", Country="DE"),
        gleif_row(3, "Gone Ltd", EntityStatus="INACTIVE"),
    ]
    return (
        gleif_file(tmp_path / "g.csv", rows),
        sec_file(tmp_path / "s.json", (5, "ZRX", "ZORVEX"), (5, "ZRXY", "ZORVEX"), (6, "CN", "Cane Inc")),
        wikidata_file(
            tmp_path / "w.csv",
            {"item": "Q7", "itemLabel": "Zorvex", "lei": lei(1), "cik": "5", "website": "javascript:x"},
            {"item": "Q8", "itemLabel": "Dune"},
        ),
    )


def test_a_company_of_three_sources_is_one_record_and_the_report_counts(tmp_path: Path, files: tuple[Path, Path, Path]) -> None:
    gleif, sec, wikidata = files
    report = make_pack(tmp_path / "pack.parquet", [gleif], [sec], [wikidata])
    assert report == PackReport(
        records=4,
        sources=(SourceCount("gleif", 3, 2), SourceCount("sec", 3, 3), SourceCount("wikidata", 2, 2)),
        folded=3,
        apart=0,
        dropped=(("website", 1),),
    )
    assert read(tmp_path / "pack.parquet") == [
        Identifiers("Bolt GmbH", (), "Bolt GmbH", lei(2), country="DE", source="gleif"),
        Identifiers("Cane Inc", tickers=("CN",), cik="0000000006", source="sec"),
        Identifiers("Dune", wikidata="Q8", source="wikidata"),
        Identifiers("Zorvex", ("ZORVEX",), "ZORVEX SA", lei(1), ("ZRX", "ZRXY"), (), "0000000005", "Q7", "", "FR", "gleif+sec+wikidata"),
    ]


@SUFFIXES
def test_the_same_files_in_any_order_make_the_same_pack(tmp_path: Path, files: tuple[Path, Path, Path], suffix: str) -> None:
    gleif, sec, wikidata = files
    second = gleif_file(tmp_path / "g2.csv", [gleif_row(number, f"Zorvex {number} SA") for number in (9, 1, 4)])
    make_pack(tmp_path / f"a{suffix}", [gleif, second], [sec], [wikidata])
    make_pack(tmp_path / f"b{suffix}", [second, gleif], [sec], [wikidata])
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_an_entity_in_two_files_of_gleif_is_one_record(tmp_path: Path) -> None:
    paths = [gleif_file(tmp_path / f"{name}.csv", [gleif_row(1, f"Zorvex {name}")]) for name in ("Old", "New")]
    assert make_pack(tmp_path / "pack.csv", paths).records == 1
    assert read(tmp_path / "pack.csv")[0].names == ("Zorvex New", "Zorvex Old")


def test_a_list_of_ones_own_goes_before_other_sources(tmp_path: Path, files: tuple[Path, Path, Path]) -> None:
    own = csv_file(tmp_path / "own.csv", ["name", "lei", "country", "isins"], [["My Zorvex", lei(1), "BE", "US0"], ["Mine", "", "", ""]])
    report = make_pack(tmp_path / "pack.csv", [files[0]], own=[own])
    assert {(row.name, row.country, row.source) for row in read(tmp_path / "pack.csv")} == {
        ("My Zorvex", "BE", "gleif+own"), ("Bolt GmbH", "DE", "gleif"), ("Mine", "", "own"),
    }  # fmt: skip
    assert report.dropped == (("isins", 1),)


def test_a_pack_made_of_a_pack_is_that_pack(tmp_path: Path, files: tuple[Path, Path, Path]) -> None:
    gleif, sec, wikidata = files
    make_pack(tmp_path / "a.csv", [gleif], [sec], [wikidata])
    make_pack(tmp_path / "b.csv", own=[tmp_path / "a.csv"])
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_pack_is_matched_from_csv_as_from_parquet(tmp_path: Path, files: tuple[Path, Path, Path]) -> None:
    gleif, sec, wikidata = files
    wanted = [CompanyQuery("z", ("Zorvex",), tickers=("ZRX",)), CompanyQuery("b", ("Bolt GmbH",)), CompanyQuery("n", ("Nobody",))]
    answers: set[tuple[Match, ...]] = set()
    for name in ("a.csv", "a.parquet"):
        make_pack(tmp_path / name, [gleif], [sec], [wikidata])
        answers.add(link(wanted, [tmp_path / name]))
    [answer] = answers
    assert [(one.key, one.rule, one.record and one.record.lei) for one in answer] == [
        ("z", "ticker_and_name", lei(1)), ("b", "legal_name", lei(2)), ("n", "unknown", None),
    ]  # fmt: skip


# --- the command


def test_the_command_says_what_came_from_where(tmp_path: Path, files: tuple[Path, Path, Path]) -> None:
    gleif, sec, wikidata = files
    result = run("pack", tmp_path / "pack.parquet", "--gleif", gleif, "--sec", sec, "--wikidata", wikidata)
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["records", "4", "in", str(tmp_path / "pack.parquet")],
        ["gleif", "2", "of", "3", "rows"],
        ["sec", "3", "of", "3", "rows"],
        ["wikidata", "2", "of", "2", "rows"],
        ["merged", "3", "into", "a", "record", "with", "the", "same", "id"],
        ["dropped", "1", "invalid", "values:", "1", "website"],
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pack.parquet"], "would be empty"),
        (["pack.xlsx", "--own", "own.csv"], "ends in none of .parquet, .csv"),
        (["own.csv", "--own", "own.csv"], "is one of the files to be read"),
        (["no/pack.csv", "--own", "own.csv"], "is not a folder"),
        (["pack.csv", "--sec", "own.csv"], "is not JSON"),
    ],
)
def test_a_command_that_cannot_work_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    csv_file(tmp_path / "own.csv", ["name"], [["Zorvex"]])
    result = run("pack", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert told in result.stderr


# --- the documentation


@pytest.mark.parametrize(
    "name", [*COLUMNS, *(rule for rule, *_ in RULES), "ambiguous", "uncorroborated", "contradicted", "unknown", "--own"]
)
def test_every_column_rule_and_answer_is_documented(name: str) -> None:
    assert f"`{name}" in (Path(__file__).parents[2] / "docs" / "identifiers.md").read_text(encoding="utf-8")
