"""Questions in SQL: what they answer, what is refused, and which limits hold."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from newsgraph.api import NewsGraph
from newsgraph.core.errors import MissingExtraError, QueryError
from newsgraph.core.graph_tables import SCHEMAS
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.sql_process import LONGEST, SqlEngine
from sample import sample_graph

pytest.importorskip("duckdb", reason="questions in SQL need the extra sql")


@pytest.fixture(scope="module")
def kg() -> NewsGraph:
    return NewsGraph(sample_graph())


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_table_is_as_it_is_in_python(kg: NewsGraph, name: str) -> None:
    assert_frame_equal(kg.sql(f'SELECT * FROM "{name}"'), kg.tables[name])  # noqa: S608 - a name of ours


def test_joins_and_sums_are_answered(kg: NewsGraph) -> None:
    answer = kg.sql(
        "SELECT r.name, count(*) AS n, sum(articles) AS articles FROM events e JOIN event_roles r ON r.event = e.iri GROUP BY 1 ORDER BY 1"
    )
    expected = (
        kg.event_roles.join(kg.events, left_on="event", right_on="iri")
        .group_by("name")
        .agg(pl.len(), pl.col("articles").sum())
        .sort("name")
    )
    assert answer.rows() == expected.rows()
    assert answer.schema["articles"] == pl.Int64


@pytest.mark.parametrize("sql", ["SHOW TABLES", "DESCRIBE events", "SUMMARIZE companies", "VALUES (1)", "FROM companies", "WITH a AS (SELECT 1) FROM a",
                                 "SELECT * FROM (PIVOT events ON type IN ('deal') USING count(*))"])  # fmt: skip
def test_other_ways_to_ask_are_answered(kg: NewsGraph, sql: str) -> None:
    assert kg.sql(sql).height > 0


HOSTILE = {
    "insert": "INSERT INTO companies (name) VALUES ('x')",
    "delete": "DELETE FROM companies",
    "drop": "DROP TABLE companies",
    "create": "CREATE TABLE x AS SELECT 1",
    "temporary": "CREATE TEMP TABLE x AS SELECT 1",
    "macro": "CREATE MACRO f() AS 1",
    "two": "SELECT 1; DROP TABLE companies",
    "none": " -- nothing",
    "changing_with": "WITH x AS (INSERT INTO companies (name) VALUES ('x') RETURNING *) SELECT * FROM x",
    "explained": "EXPLAIN ANALYZE DELETE FROM companies",
    "csv": "SELECT * FROM read_csv('{file}')",
    "text": "SELECT * FROM read_text('{file}')",
    "blob": "SELECT * FROM read_blob('{file}')",
    "file_as_table": "SELECT * FROM '{file}'",
    "parquet": "SELECT * FROM read_parquet('{file}')",
    "glob": "SELECT * FROM glob('{folder}/*')",
    "copy_out": "COPY companies TO '{folder}/out.csv'",
    "copy_select": "COPY (SELECT 1) TO '{folder}/out.csv'",
    "export": "EXPORT DATABASE '{folder}'",
    "import": "IMPORT DATABASE '{folder}'",
    "attach": "ATTACH '{folder}/x.db'",
    "install": "INSTALL httpfs",
    "load": "LOAD httpfs",
    "web": "SELECT * FROM read_csv('https://example.org/x.csv')",
    "web_as_table": "SELECT * FROM 'https://example.org/x.parquet'",
    "set": "SET enable_external_access = true",
    "reset": "RESET memory_limit",
    "pragma": "PRAGMA threads = 8",
    "set_in_select": "SELECT * FROM enable_logging(storage = 'file', storage_path = '{folder}/log')",
    "call": "CALL enable_logging()",
    "prepare": "PREPARE p AS DELETE FROM companies",
    "checkpoint": "CHECKPOINT",
    "python": "SELECT * FROM kg",
    "environment": "SELECT getenv('HOME')",
    "dynamic": "SELECT * FROM query('DELETE FROM companies')",
    "nonsense": "SELEC name FROM companies",
    "unknown": "SELECT nothing FROM companies",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_statement_is_refused_and_harms_nothing(kg: NewsGraph, name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nhidden\n", encoding="utf-8")
    with pytest.raises(QueryError) as error:
        kg.sql(HOSTILE[name].format(file=secret, folder=tmp_path))
    assert "hidden" not in str(error.value)
    assert "Traceback" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert kg.sql("SELECT count(*) FROM companies").item() == kg.companies.height


@pytest.mark.parametrize("sql", [
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    "SELECT count(*) FROM range(1000000000) a, range(1000000000) b",
    "SELECT levenshtein(repeat('a', 1000000), repeat('b', 1000000))",
])  # fmt: skip
def test_a_question_that_does_not_end_is_ended(kg: NewsGraph, sql: str) -> None:
    with pytest.raises(QueryError, match=r"longer than 1 seconds|process ended|Out of Memory|too large"):
        kg.sql(sql, timeout=1)
    assert kg.sql("SELECT 1").item() == 1


@pytest.mark.parametrize("sql", ["SELECT repeat('x', 4000000000)", "SELECT list(a.range || b.range) FROM range(100000) a, range(100000) b"])
def test_a_question_that_needs_too_much_memory_is_ended(kg: NewsGraph, sql: str) -> None:
    engine = SqlEngine(kg.tables)
    with pytest.raises(QueryError):
        engine.ask(sql, QueryLimits(seconds=60, memory=256 * 2**20))
    assert engine.ask("SELECT 1", QueryLimits()).item() == 1


def test_an_answer_has_no_more_rows_than_allowed(kg: NewsGraph) -> None:
    assert kg.sql("SELECT * FROM range(1000)", max_rows=1000).height == 1000
    with pytest.raises(QueryError, match="more than 999 rows"):
        kg.sql("SELECT * FROM range(1000)", max_rows=999)
    with pytest.raises(QueryError, match="above 0"):
        kg.sql("SELECT 1", timeout=0)


@pytest.mark.parametrize("sql", ["SELECT " + "(" * 100_000 + "1" + ")" * 100_000, "SELECT " + "1+" * 200_000 + "1", "SELECT " + "-" * 99_999 + "\n1 1 1",
                                 "x" * (LONGEST + 1)], ids=["brackets", "sums", "comment", "long"])  # fmt: skip
def test_a_statement_too_deep_or_too_long_ends_in_an_error(kg: NewsGraph, sql: str) -> None:
    with pytest.raises(QueryError):
        kg.sql(sql)
    assert kg.sql("SELECT 1").item() == 1


def test_the_same_question_has_the_same_answer(kg: NewsGraph) -> None:
    sql = "SELECT hash(range) % 97 AS k, sum(sqrt(range)) AS s FROM range(300000) GROUP BY 1"
    assert_frame_equal(kg.sql(sql), NewsGraph(sample_graph()).sql(sql))


def test_an_ended_engine_is_started_again(kg: NewsGraph) -> None:
    engine = SqlEngine(kg.tables)
    engine.ask("SELECT 1", QueryLimits())
    process = engine._process  # noqa: SLF001 - what users cannot reach
    assert process is not None
    os.kill(process._worker.process.pid, 9)  # noqa: SLF001 - as above
    process._worker.process.wait()  # noqa: SLF001 - as above
    assert engine.ask("SELECT 2", QueryLimits()).item() == 2


def test_without_duckdb_the_error_names_the_extra(kg: NewsGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.query.sql_process.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"newsgraph\[sql\]"):
        NewsGraph(kg.tables).sql("SELECT 1")
