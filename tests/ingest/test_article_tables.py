"""Tables of articles: CSV, TSV, Parquet and SQLite, whole and damaged."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsgraph.core.model import Severity
from newsgraph.ingest import parse_document
from newsgraph.ingest.document_parser import read_file
from newsgraph.ingest.raw_record import SourceFile

HEAD = "title,date,text\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_separator_is_found_by_the_first_line(separator: str, end: str) -> None:
    rows = ["title,date,text", 'Ports grow,2025-02-03,"More, and ""more""', 'ships."']

    articles, problems = parse_document(end.join(rows).replace(",", separator).encode(), "news.csv")

    assert [article.title for article in articles] == ["Ports grow"]
    assert articles[0].body == f'More{separator} and "more"\nships.'.replace("\t ", "\t ")
    assert problems == ()


def test_a_quote_that_never_ends_costs_its_row_only() -> None:
    text = f'{HEAD}One,2025-02-03,"never ends\nTwo,2025-02-03,fine\nThree,2025-02-03,fine\n'

    reading = read_file(SourceFile("news.csv", text.encode()))

    assert [article.title for article in reading.articles] == ["Two", "Three"]
    assert reading.losses.whole == 1
    assert [problem.field for problem in reading.problems] == ["line 2"]


def test_a_long_cell_is_read_and_leaves_the_limit_of_the_process_as_it_was() -> None:
    before = csv.field_size_limit()

    (found,), problems = parse_document(f"{HEAD}One,2025-02-03,{'a' * 2 * before}\n".encode(), "news.csv")

    assert (len(found.body), problems) == (2 * before, ())
    assert csv.field_size_limit() == before


def test_many_quotes_that_never_end_take_little_time_and_are_told() -> None:
    text = HEAD + '"a" b,2025-02-03,x\n' * 100

    reading = read_file(SourceFile("news.csv", text.encode()))

    assert reading.articles == ()
    assert "as many before; the rest was left out" in reading.problems[-1].what


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", HEAD])
def test_a_table_without_articles_says_why(text: str) -> None:
    articles, (problem,) = parse_document(text.encode(), "news.csv")

    assert articles == ()
    assert problem.severity is Severity.DOCUMENT


def test_a_row_that_is_too_long_is_told_and_kept() -> None:
    (article,), (problem,) = parse_document(f"{HEAD}One,2025-02-03,More, ships\n".encode(), "news.csv")

    assert article.title == "One"
    assert (problem.field, problem.severity) == ("item[0]", Severity.FIELD)


@pytest.mark.parametrize("head", ["title,title,url,title", ' title ,"title",url,title'])
def test_of_columns_of_one_name_the_first_is_kept_and_that_is_told_once(head: str) -> None:
    text = f"{head}\nOne,Two,https://h.example/t1,Three\nFour,Five,https://h.example/t2\n"

    reading = read_file(SourceFile("news.csv", text.encode()))

    assert [article.title for article in reading.articles] == ["One", "Four"]
    (problem,) = reading.problems
    assert (problem.field, problem.what) == ("title", "is the name of more than one column; the first one was kept")
    assert problem.severity is Severity.FIELD


def test_a_table_without_rows_is_told_where_columns_are_of_one_name_too() -> None:
    articles, problems = parse_document(b"title,url,url\n", "news.csv")

    assert articles == ()
    assert [problem.what for problem in problems][1:] == ["is a table without rows"]


def test_columns_without_a_name_are_not_told_as_columns_of_one_name() -> None:
    (article,), problems = parse_document(b"title,url,,\nOne,https://h.example/t1,,\n", "news.csv")

    assert (article.title, problems) == ("One", ())


def test_of_columns_of_one_name_in_parquet_the_first_is_kept() -> None:
    columns = [pa.array(["One"]), pa.array(["Two"]), pa.array(["More ships."])]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, names=["title", "title", "text"]), file)

    (article,), (problem,) = parse_document(file.getvalue(), "news.parquet")

    assert (article.title, article.body) == ("One", "More ships.")
    assert (problem.field, problem.what) == ("title", "is the name of more than one column; the first one was kept")


def test_types_of_parquet_are_read_as_what_they_are() -> None:
    table = pa.table(
        {
            "headline": ["Ports grow", None],
            "date": pa.array([1738571400000, 0], pa.timestamp("ms", "UTC")),
            "tags": [["robotics", "ports"], []],
            "source": [{"name": "Wire", "domain": "wire.example"}, None],
        }
    )
    file = io.BytesIO()
    pq.write_table(table, file)

    articles, problems = parse_document(file.getvalue(), "news.parquet")

    (article,) = articles
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-03T08:30:00+00:00"
    assert article.topics == ("robotics", "ports")
    assert article.provider is not None
    assert article.provider.domain == "wire.example"
    assert [(problem.field, problem.what) for problem in problems] == [("item[1].title", "is missing")]


@pytest.mark.parametrize("keep", [4, 100, 300])
def test_a_parquet_file_that_breaks_off_is_told(keep: int) -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"title": ["Ports grow"] * 100}), file)

    articles, (problem,) = parse_document(file.getvalue()[:keep], "news.parquet")

    assert articles == ()
    assert "is a damaged Parquet file" in problem.what


def database(path: Path, *, wal: bool = False) -> bytes:
    with closing(sqlite3.connect(path)) as opened:
        if wal:
            opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("CREATE TABLE news (title, date, text)")
        opened.execute("CREATE TABLE settings (key, value)")
        opened.executemany(
            "INSERT INTO news VALUES (?, '2025-02-03', ?)", [(f"Ports grow {number}", "More ships. " * 50) for number in range(50)]
        )
        opened.commit()
        if wal:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


@pytest.mark.parametrize("wal", [False, True])
def test_tables_of_a_database_with_a_title_are_read_and_nothing_is_written(tmp_path: Path, wal: bool) -> None:  # noqa: FBT001
    data = database(tmp_path / "news.sqlite", wal=wal)
    before = sorted(path.name for path in tmp_path.iterdir())

    articles, problems = parse_document(data, "news.sqlite")

    assert len(articles) == 50
    assert problems == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("keep", [16, 100, 4096, 9000])
def test_a_database_that_breaks_off_or_is_being_written_is_told(tmp_path: Path, keep: int) -> None:
    articles, problems = parse_document(database(tmp_path / "news.sqlite")[:keep], "news.sqlite")

    assert len(articles) < 50
    assert any(problem.severity is not Severity.FIELD for problem in problems)


def test_triggers_and_views_of_a_database_are_not_run(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as opened:
        opened.execute("CREATE TABLE news (title)")
        opened.execute("INSERT INTO news VALUES ('Ports grow')")
        opened.execute("CREATE VIEW endless AS WITH RECURSIVE n(title) AS (SELECT 1 UNION ALL SELECT title + 1 FROM n) SELECT title FROM n")
        opened.commit()

    articles, problems = parse_document((tmp_path / "a.db").read_bytes(), "a.db")

    assert [article.title for article in articles] == ["Ports grow"]
    assert problems == ()


def test_a_column_that_is_computed_moves_no_value_to_another(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as opened:
        opened.execute("CREATE TABLE news (title, slug AS (lower(title)), text)")
        opened.execute("INSERT INTO news(title, text) VALUES ('Ports grow', 'More ships.')")
        opened.commit()

    (article,), _ = parse_document((tmp_path / "a.db").read_bytes(), "a.db")

    assert (article.title, article.body) == ("Ports grow", "More ships.")


def test_a_column_that_computes_a_long_cell_costs_its_table_only(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as opened:
        opened.execute("CREATE TABLE bomb (title, text AS (hex(zeroblob(400000000))))")
        opened.execute("INSERT INTO bomb(title) VALUES ('Ports shrink')")
        opened.execute("CREATE TABLE news (title)")
        opened.execute("INSERT INTO news VALUES ('Ports grow')")
        opened.commit()

    articles, (problem,) = parse_document((tmp_path / "a.db").read_bytes(), "a.db")

    assert [article.title for article in articles] == ["Ports grow"]
    assert (problem.field, problem.severity) == ("table bomb", Severity.ARTICLE)
    assert problem.what == "cannot be read to its end: string or blob too big; the rows before that place were read"


@pytest.mark.parametrize("nested", [False, True])
def test_a_parquet_file_of_few_bytes_unpacks_to_so_much_only(monkeypatch: pytest.MonkeyPatch, *, nested: bool) -> None:
    monkeypatch.setattr("newsgraph.ingest.dialects.binary_table._MOST_UNPACKED", 1_000_000)
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 50, pa.int32()), pa.array(["Ports grow. " * 5_000]))
    columns = {"title": [f"Ports grow {number}" for number in range(50)], "text": texts}
    if nested:
        columns["tags"] = pa.array([["ports"]] * 50)
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)

    articles, (problem,) = parse_document(file.getvalue(), "news.parquet")

    assert len(articles) == 16  # of 60,000 characters
    assert problem.what == "unpacks to more than 1,000,000 bytes; the 16 rows before that place were read"
    assert problem.severity is Severity.ARTICLE
