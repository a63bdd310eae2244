"""What questions load is kept beside the tables, and never answers for other tables."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pyoxigraph as ox
import pytest

from newsgraph.api import load
from newsgraph.cli.query import query
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import write
from newsgraph.export.parquet import read_tables, write_parquet
from newsgraph.export.turtle import write_turtle
from newsgraph.query import triple_store
from newsgraph.query.query_limits import DEFAULT_LIMITS
from newsgraph.query.sparql import QueryStore
from newsgraph.storage import derived_cache
from newsgraph.storage.derived_cache import HOME, table_origin
from sample import sample_graph

TITLES = "SELECT REDUCED ?h { ?a schema:headline ?h } ORDER BY ?h"  # REDUCED is answered by the engine
GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?a a schema:NewsArticle } }"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    write(sample_graph(), tmp_path / "out", ["parquet"])
    return tmp_path / "out"


def renamed() -> GraphTables:
    """Give the sample with other headlines."""
    tables = dict(sample_graph().tables)
    return GraphTables({**tables, "articles": tables["articles"].with_columns(pl.lit("New").alias("title"))})


def stores(output: Path) -> list[str]:
    """List what is kept, as `KEY/NAME`."""
    home = output / HOME
    return sorted(path.relative_to(home).as_posix() for path in home.glob("*/*")) if home.is_dir() else []


def nothing(_path: Path) -> None:
    message = "made again"
    raise AssertionError(message)


def test_the_first_question_keeps_a_store_and_the_next_only_opens_it(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(output).query(TITLES)
    assert [name.partition("/")[2] for name in stores(output)] == ["merged"]
    monkeypatch.setattr(triple_store, "_write_statements", nothing)
    assert load(output).query(TITLES).equals(first)


def test_a_kept_store_holds_the_triples_of_the_turtle(output: Path, tmp_path: Path) -> None:
    graph = read_tables(output)
    (turtle,) = write_turtle(graph, tmp_path)
    written = ox.Store()
    written.bulk_load(path=str(turtle), format=ox.RdfFormat.TURTLE)
    triple_store.start_engine(graph, ox.RdfFormat.N_TRIPLES, table_origin(output), DEFAULT_LIMITS).close()
    (place,) = (output / HOME).glob("*/merged")
    assert {quad.triple for quad in ox.Store.read_only(str(place))} == {quad.triple for quad in written}


def test_named_graphs_are_kept_when_they_are_asked_for(output: Path) -> None:
    assert load(output).query(GRAPHS)["n"].to_list() == [2]
    assert [name.partition("/")[2] for name in stores(output)] == ["graphs"]


def test_a_build_removes_what_was_kept(output: Path) -> None:
    load(output).query(TITLES)
    write(renamed(), output, ["parquet"])
    assert not (output / HOME).exists()


def test_tables_that_were_changed_by_hand_never_answer_from_the_old_store(output: Path) -> None:
    load(output).query(TITLES)
    write_parquet(renamed(), output)
    assert set(load(output).query(TITLES)["h"]) == {"New"}
    assert len(stores(output)) == 1


def test_a_graph_that_was_read_before_a_new_build_answers_from_what_it_holds(output: Path) -> None:
    old = load(output)
    write(renamed(), output, ["parquet"])
    assert old.query(TITLES).equals(QueryStore(sample_graph()).ask(TITLES))
    assert stores(output) == []


def test_a_store_that_goes_while_it_is_open_is_loaded_again(output: Path) -> None:
    old = load(output)
    first = old.query(TITLES)
    old._store._engines[ox.RdfFormat.N_TRIPLES].close()  # noqa: SLF001 - as if the engine had broken on what is gone
    shutil.rmtree(output / HOME)

    assert old.query(TITLES).equals(first)


def test_a_kept_store_that_is_damaged_in_the_middle_is_made_again(output: Path) -> None:
    first = load(output).query(TITLES)
    for path in (output / HOME).glob("*/merged/CURRENT"):
        path.write_bytes(b"MANIFEST-999999\n")

    assert load(output).query(TITLES).equals(first)
    assert load(output).query(TITLES).equals(first)


def test_another_version_of_the_program_makes_its_own(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(output).query(TITLES)
    (before,) = stores(output)
    monkeypatch.setattr(derived_cache, "version_of", lambda _name: "99")
    load(output).query(TITLES)
    (after,) = stores(output)
    assert before != after


def test_a_folder_that_cannot_be_written_is_no_error(output: Path) -> None:
    (output / HOME.parent).write_text("in the way", "utf-8")
    assert load(output).query(TITLES).height == 2


def test_a_store_that_is_damaged_is_no_error(output: Path) -> None:
    first = load(output).query(TITLES)
    for path in (output / HOME).glob("*/*/*"):
        path.unlink()
    assert load(output).query(TITLES).equals(first)


def test_a_damaged_store_is_made_again(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(output).query(TITLES)
    for path in (output / HOME).glob("*/*/*"):
        path.unlink()
    for _ in range(2):
        load(output).query(TITLES)
    monkeypatch.setattr(triple_store, "_write_statements", nothing)
    assert load(output).query(TITLES).equals(first)


def test_who_comes_second_takes_what_the_first_made(output: Path) -> None:
    def slow(path: Path) -> None:
        assert derived_cache.derived(table_origin(output), "thing", lambda made: _write(made, "first")) is not None
        _write(path, "second")

    place = derived_cache.derived(table_origin(output), "thing", slow)
    assert place is not None
    assert (place / "x").read_text("utf-8") == "first"
    assert [path.name for path in place.parent.iterdir()] == ["thing"]


def _write(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "x").write_text(text, "utf-8")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a bug")])
def test_a_thing_that_could_not_be_made_leaves_nothing(output: Path, error: Exception) -> None:
    def fail(path: Path) -> None:
        _write(path, "half")
        raise error

    if isinstance(error, OSError):
        assert derived_cache.derived(table_origin(output), "thing", fail) is None
    else:
        with pytest.raises(ValueError, match="a bug"):
            derived_cache.derived(table_origin(output), "thing", fail)
    assert stores(output) == []
    assert list((output / HOME).rglob(".partial-*")) == []


def test_a_question_of_a_former_day_is_not_kept(output: Path) -> None:
    query.main([str(output), TITLES, "--as-of", "2024-05-01"], standalone_mode=False)
    assert stores(output) == []


def test_columns_are_kept_and_opened(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(output).query("investments")
    assert [name.partition("/")[2] for name in stores(output)] == ["columns"]
    monkeypatch.setattr(triple_store, "_columns", nothing)
    assert load(output).query("investments").equals(first)


def test_damaged_columns_are_made_again(output: Path) -> None:
    first = load(output).query("investments")
    for path in (output / HOME).glob("*/*/*"):
        path.unlink()  # `first` may still read the old file: some versions of polars map it into memory
        path.write_bytes(b"")
    assert load(output).query("investments").equals(first)
    assert len(stores(output)) == 1
    assert load(output).query("investments").equals(first)


def test_a_byte_that_changed_in_kept_columns_is_no_answer(output: Path) -> None:
    first = load(output).query("investments")
    assert not first.is_empty()
    (terms,) = (output / HOME).glob("*/columns/terms.arrow")
    data = terms.read_bytes()
    assert b"Acme" in data
    terms.unlink()
    terms.write_bytes(data.replace(b"Acme", b"Acne"))
    assert load(output).query("investments").equals(first)
    assert b"Acne" not in terms.read_bytes()


def test_a_copied_store_is_looked_at_once_and_used(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(output).query("investments")
    copy = output.with_name("copy")
    shutil.copytree(output, copy, copy_function=shutil.copyfile)  # with new times
    monkeypatch.setattr(triple_store, "_columns", nothing)
    assert load(copy).query("investments").equals(first)
    monkeypatch.setattr(derived_cache, "damages", nothing)
    assert load(copy).query("investments").equals(first)


def test_columns_and_stores_are_kept_side_by_side(output: Path) -> None:
    graph = load(output)
    graph.query("investments")
    graph.query(TITLES)
    graph.query(GRAPHS)
    assert [name.partition("/")[2] for name in stores(output)] == ["columns", "graphs", "merged"]


# --- what a stamp and a key are made of


def kept(output: Path, text: str = "made") -> Path | None:
    """Have a thing that holds a text."""
    return derived_cache.derived(table_origin(output), "thing", lambda path: _write(path, text))


def touch(path: Path, content: bytes | None = None, *, anew: bool = False, later: bool = False) -> None:
    """Write a file again: with other content, as another file, or later."""
    state = path.stat()
    if anew:
        path.rename(path.with_name("before"))
    path.write_bytes(path.with_name("before").read_bytes() if anew else content or path.read_bytes())
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + later))


@pytest.mark.parametrize("change", [{"content": b"longer than it was" * 9000}, {"anew": True}, {"later": True}])
def test_tables_that_were_written_again_are_others(output: Path, change: dict[str, Any]) -> None:
    origin = table_origin(output)
    touch(output / "tables" / "articles.parquet", **change)

    assert derived_cache.derived(origin, "thing", nothing) is None
    assert table_origin(output).stamp != origin.stamp


def test_a_table_that_comes_or_goes_makes_others_of_them(output: Path) -> None:
    origin = table_origin(output)
    (output / "tables" / "articles.parquet").unlink()

    assert table_origin(output).stamp != origin.stamp
    assert derived_cache.derived(origin, "thing", nothing) is None


def test_other_files_beside_the_tables_do_not_count(output: Path) -> None:
    origin = table_origin(output)
    (output / "tables" / "notes.txt").write_text("mine", "utf-8")

    assert table_origin(output) == origin
    assert len(origin.stamp) == len({name for name, *_ in origin.stamp}) > 10


def test_a_thing_is_made_once_where_it_is_not_there(output: Path) -> None:
    def make(path: Path) -> None:
        assert path.name == "thing"
        assert not path.exists()
        assert path.parent.is_dir()
        _write(path, "made")

    place = derived_cache.derived(table_origin(output), "thing", make)

    assert place is not None
    assert place.parent.parent == output / HOME
    assert len(place.parent.name) == 16
    assert derived_cache.derived(table_origin(output), "thing", nothing) == place
    assert kept(output, "other") == place
    assert (place / "x").read_text("utf-8") == "made"


@pytest.mark.parametrize("change", ["tables", "program", "library"])
def test_things_of_other_tables_and_programs_are_forgotten(output: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    first = kept(output)
    (output / HOME / ".partial-of-another").mkdir()
    if change == "tables":
        renamed()["articles"].write_parquet(output / "tables" / "articles.parquet")
    elif change == "program":
        monkeypatch.setattr(derived_cache, "code_digest", lambda *_patterns: "another")
    else:
        monkeypatch.setattr(derived_cache, "version_of", lambda name: "99" if name == "pyoxigraph" else "1")
    second = kept(output)

    assert first is not None
    assert second is not None
    assert first.parent != second.parent
    assert sorted(path.name for path in (output / HOME).iterdir()) == [".partial-of-another", second.parent.name]


def test_the_names_of_tables_count(output: Path) -> None:
    first = kept(output)
    names = ("articles", "mentions", "before")
    one, other, before = (output / "tables" / f"{name}.parquet" for name in names)
    one.rename(before)
    other.rename(one)
    before.rename(other)

    assert kept(output) != first


def test_removing_leaves_what_lies_behind_a_link(output: Path, tmp_path: Path) -> None:
    kept(output)
    derived_cache.remove(output)
    assert not (output / HOME).exists()
    derived_cache.remove(output)

    (tmp_path / "shared" / "store").mkdir(parents=True)
    (tmp_path / "shared" / "store" / "a").write_text("of others", "utf-8")
    shutil.rmtree(output / HOME.parent)
    for link, target in ((HOME.parent, "shared"), (HOME, "shared/store")):
        (output / link).parent.mkdir(exist_ok=True)
        (output / link).symlink_to(tmp_path / target)
        derived_cache.remove(output)
        assert (tmp_path / "shared" / "store" / "a").read_text("utf-8") == "of others"
        (output / link).unlink()


def test_a_thing_that_cannot_be_put_in_its_place_is_not_there(output: Path) -> None:
    assert derived_cache.derived(table_origin(output), "thing", lambda _path: None) is None
    assert stores(output) == []
