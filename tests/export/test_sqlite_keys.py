"""The SQLite file has keys that hold, words that are found, and links that Datasette shows."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import ROOT
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.core.table_keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsgraph.export.sqlite import write_sqlite
from newsgraph.pipeline.graph_build import BuildOptions, build
from sample import ACME, sample_graph


@pytest.fixture(scope="module")
def built() -> GraphTables:
    """Build a graph of many documents, with decisions of people."""
    options = BuildOptions(companies=ROOT / "examples" / "companies.csv", decisions=ROOT / "examples" / "decisions.yaml")
    return build([ROOT / "seeds", ROOT / "examples" / "news"], options)


@pytest.fixture(scope="module")
def store(built: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write it."""
    return write_sqlite(built, tmp_path_factory.mktemp("sqlite"))[0]


def test_keys_name_columns_of_tables() -> None:
    known = SCHEMAS | {"nodes": {"iri": None}, "edges": dict.fromkeys(("source", "target", "event"))}
    assert [(table, column) for table, key in PRIMARY_KEYS.items() for column in key if column not in known[table]] == []
    assert [(table, column) for table, links in FOREIGN_KEYS.items() for column in links if column not in known[table]] == []
    assert {target for links in FOREIGN_KEYS.values() for target in links.values()} <= set(PRIMARY_KEYS)


def test_every_foreign_key_leads_to_a_row(store: Path, tmp_path: Path) -> None:
    for path in (store, *write_sqlite(sample_graph(), tmp_path)):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert len(connection.execute("PRAGMA foreign_key_list(event_roles)").fetchall()) == 2


def test_a_broken_link_would_be_seen(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(store.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE mentions SET company = 'nobody' WHERE rowid = 1")
        assert [row[0] for row in connection.execute("PRAGMA foreign_key_check")] == ["mentions"]


def test_words_are_found_whatever_their_accents(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        found = connection.execute(
            "SELECT title FROM articles WHERE rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'bastion')"
        )
        assert any("Bastion" in title for (title,) in found)
        assert connection.execute("SELECT count(*) FROM companies_fts WHERE companies_fts MATCH 'osterhölt'").fetchone() == (1,)


def test_a_row_is_found_by_its_key(tmp_path: Path) -> None:
    (path,) = write_sqlite(sample_graph(), tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT name FROM companies WHERE iri = ?", (ACME,)).fetchone()
    assert "USING INDEX" in plan[-1]


def test_datasette_shows_links_and_a_search(store: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")

    async def pages() -> tuple[str, str]:
        client = app.Datasette([str(store)]).client
        return (await client.get("/newsgraph/mentions")).text, (await client.get("/newsgraph/articles?_search=bastion")).text

    mentions, articles = asyncio.run(pages())
    assert 'href="/newsgraph/companies/https~3A~2F~2Fnewsgraph~2Eexample~2Eorg~2Fid~2Fcompany~2Fosterholt">Osterholt</a>' in mentions
    assert 'href="/newsgraph/articles/' in mentions
    assert 'name="_search"' in articles
    assert "Bastion changes hands" in articles
