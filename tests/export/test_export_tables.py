"""Parquet, CSV and SQLite hold every table whole."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import polars as pl
import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.export.csv_tables import write_csv
from newsgraph.export.parquet import read_tables, write_parquet
from newsgraph.export.sqlite import write_sqlite
from sample import ACME, GAMMA, HOSTILE, sample_graph


def test_parquet_gives_the_same_graph_back(tmp_path: Path) -> None:
    graph = sample_graph()
    write_parquet(graph, tmp_path)
    back = read_tables(tmp_path)
    assert [name for name in SCHEMAS if not back[name].equals(graph[name])] == []


def test_a_folder_without_a_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no newsgraph graph"):
        read_tables(tmp_path)


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    write_parquet(sample_graph(), tmp_path)
    (tmp_path / "tables" / "events.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(
        InputError, match=r"is incomplete or damaged: tables/events\.parquet has 12 bytes instead of [\d,]+\. Copy the whole"
    ):
        read_tables(tmp_path)
    with pytest.raises(InputError, match=r"events\.parquet: cannot be read"):
        read_tables(tmp_path, checked=False)


def test_a_table_with_one_other_byte_is_named(tmp_path: Path) -> None:
    write_parquet(sample_graph(), tmp_path)
    path = tmp_path / "tables" / "events.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"tables/events\.parquet is not what was written"):
        read_tables(tmp_path)


def test_missing_tables_are_an_error(tmp_path: Path) -> None:
    write_parquet(sample_graph(), tmp_path)
    for name in ("articles", "events", "stories"):
        (tmp_path / "tables" / f"{name}.parquet").unlink()
    with pytest.raises(InputError, match=r"tables/articles\.parquet is missing, and 2 more files"):
        read_tables(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"files": [1]}', b'{"files": {"a": 1}}', b"\xff"])
def test_an_output_of_this_version_without_a_whole_manifest_is_refused(tmp_path: Path, content: bytes | None) -> None:
    write_parquet(_of_version(version("newsgraph")), tmp_path)
    manifest = tmp_path / "tables" / "manifest.json"
    manifest.unlink()
    if content is not None:
        manifest.write_bytes(content)
    with pytest.raises(InputError, match=r"is incomplete.*tables/manifest\.json"):
        read_tables(tmp_path)


def _of_version(name: str) -> GraphTables:
    tables = dict(sample_graph().tables)
    return GraphTables({**tables, "dataset": tables["dataset"].with_columns(pl.lit(name).alias("program_version"))})


def _of_older_version(folder: Path) -> GraphTables:
    """Write a graph as a version did that knew no manifest, and return it."""
    graph = _of_version("0.1.0")
    write_parquet(graph, folder)
    (folder / "tables" / "manifest.json").unlink()
    return graph


def test_a_table_that_an_older_version_did_not_write_is_empty(tmp_path: Path) -> None:
    graph = _of_older_version(tmp_path)
    (tmp_path / "tables" / "merges.parquet").unlink()

    back = read_tables(tmp_path)

    assert (back["merges"].height, dict(back["merges"].schema)) == (0, SCHEMAS["merges"])
    assert [name for name in SCHEMAS if name != "merges" and not back[name].equals(graph[name])] == []


def test_a_column_that_an_older_version_did_not_write_is_null(tmp_path: Path) -> None:
    graph = _of_older_version(tmp_path)
    graph["companies"].drop("isins", "parent").write_parquet(tmp_path / "tables" / "companies.parquet")

    back = read_tables(tmp_path)["companies"]

    assert (back["isins"].null_count(), back["parent"].null_count()) == (back.height, back.height)
    assert back["name"].equals(graph["companies"]["name"])


def test_a_column_of_a_newer_version_is_left_out(tmp_path: Path) -> None:
    graph = _of_older_version(tmp_path)
    graph["stories"].with_columns(later=1).write_parquet(tmp_path / "tables" / "stories.parquet")

    assert read_tables(tmp_path)["stories"].equals(graph["stories"])


def test_a_table_with_other_types_is_refused(tmp_path: Path) -> None:
    graph = _of_older_version(tmp_path)
    graph["stories"].with_columns(pl.col("size").cast(pl.String())).write_parquet(tmp_path / "tables" / "stories.parquet")
    with pytest.raises(InputError, match="columns of other types"):
        read_tables(tmp_path)


def test_csv_holds_every_table_nodes_and_edges(tmp_path: Path) -> None:
    assert {path.stem for path in write_csv(sample_graph(), tmp_path)} == {"nodes", "edges", *SCHEMAS}


def test_csv_keeps_a_hostile_title_whole(tmp_path: Path) -> None:
    write_csv(sample_graph(), tmp_path)
    articles = pl.read_csv(tmp_path / "csv" / "articles.csv")
    assert articles.filter(pl.col("iri") == GAMMA)["title"].to_list() == [HOSTILE]


def test_csv_writes_lists_as_json(tmp_path: Path) -> None:
    write_csv(sample_graph(), tmp_path)
    companies = pl.read_csv(tmp_path / "csv" / "companies.csv")
    assert json.loads(companies.filter(pl.col("iri") == ACME)["aliases"].item()) == ["Acme Inc.", "ACME"]


def test_csv_writes_times_in_utc(tmp_path: Path) -> None:
    write_csv(sample_graph(), tmp_path)
    times = pl.read_csv(tmp_path / "csv" / "articles.csv")["published"].to_list()
    assert times == ["2024-05-01T06:30:00Z", "2024-05-01T07:00:00.500Z", None]


def test_sqlite_answers_a_join(tmp_path: Path) -> None:
    (path,) = write_sqlite(sample_graph(), tmp_path)
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute(
            "SELECT c.name, COUNT(*) FROM mentions m JOIN companies c ON c.iri = m.company GROUP BY c.name ORDER BY c.name"
        ).fetchall()
    assert rows == [("Acme", 2), ("Bolt", 2), ("Cane & Co", 1), ("Dune", 1)]


def test_sqlite_holds_as_many_rows_as_the_graph(tmp_path: Path) -> None:
    graph = sample_graph()
    (path,) = write_sqlite(graph, tmp_path)
    with closing(sqlite3.connect(path)) as store:
        counts = {name: store.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in SCHEMAS}  # noqa: S608 - our own names
    assert counts == {name: graph[name].height for name in SCHEMAS}
