"""What a build takes over from the output before it: the same bytes as without, whatever has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from pyoxigraph import RdfFormat, parse

from newsgraph.core.graph_tables import SCHEMAS, GraphTables, edges, make_tables
from newsgraph.explorer.layout.map_encoding import decode_map, encode_map
from newsgraph.explorer.map_links import map_links
from newsgraph.explorer.map_places import map_places
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.export import EXPORTERS
from newsgraph.export.shared_work import MAP, TURTLE_INDEX, SharedWork, index_key, read_index
from newsgraph.rdf.article_keys import article_keys
from newsgraph.rdf.named_graphs import trig_of
from newsgraph.rdf.trig_file import write_trig_file
from newsgraph.rdf.turtle_file import TurtleFile, write_turtle_file
from sample import sample_graph


def whole(graph: GraphTables, folder: Path) -> bytes:
    return write_turtle_file(graph, folder / "whole.ttl").path.read_bytes()


def with_tables(graph: GraphTables, changed: Mapping[str, pl.DataFrame]) -> GraphTables:
    return make_tables({**graph.tables, **changed})


def other_value(value: object) -> object:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    return None


def columns_of_articles() -> list[tuple[str, str]]:
    named = [name for name, schema in SCHEMAS.items() if "article" in schema or name in {"articles", "sources", "stories"}]
    return [(name, column) for name in named for column in SCHEMAS[name]]


@pytest.mark.parametrize(("table", "column"), columns_of_articles(), ids=str)
def test_no_change_of_a_cell_is_missed(table: str, column: str, tmp_path: Path) -> None:
    graph = sample_graph()
    earlier = write_turtle_file(graph, tmp_path / "earlier.ttl")
    rows = graph[table].to_dicts()
    for row in rows:
        kind = SCHEMAS[table][column]
        changed = other_value(row[column]) if row[column] is not None else "https://new.example/x" if kind == pl.String() else 1
        altered = [{**other, column: changed} if other is row else other for other in rows]
        try:
            frame = pl.DataFrame(altered, schema=SCHEMAS[table])
            after = with_tables(graph, {table: frame})
            expected = whole(after, tmp_path)
        except (TypeError, ValueError, KeyError, pl.exceptions.PolarsError):
            continue  # no graph can have this
        assert write_turtle_file(after, tmp_path / "spliced.ttl", 1, earlier).path.read_bytes() == expected


@pytest.mark.parametrize("gone", range(3))
def test_articles_that_come_and_go_are_spliced(gone: int, tmp_path: Path) -> None:
    graph = sample_graph()
    fewer = with_tables(graph, {"articles": graph["articles"].filter(pl.int_range(pl.len()) != gone)})
    for before, after in ((graph, fewer), (fewer, graph)):
        earlier = write_turtle_file(before, tmp_path / "earlier.ttl")
        spliced = write_turtle_file(after, tmp_path / "spliced.ttl", 1, earlier)
        expected = write_turtle_file(after, tmp_path / "whole.ttl")

        assert spliced.path.read_bytes() == expected.path.read_bytes()
        assert spliced.index.equals(expected.index)


def test_the_index_says_what_is_where(tmp_path: Path) -> None:
    graph = sample_graph()
    made = write_turtle_file(graph, tmp_path / "graph.ttl")
    data, end = made.path.read_bytes(), 0
    for article, length in made.index.select("article", "bytes").iter_rows():
        start, end = end, end + length
        if article:
            assert data[start:end].decode().startswith(f"<{article.removeprefix(graph['dataset']['base'][0])}>")
    assert end == len(data)
    assert made.index["article"].replace("", None).drop_nulls().to_list() == graph["articles"]["iri"].to_list()
    assert article_keys(graph)["key"].is_unique().all()


def test_trig_from_turtle_has_the_statements_and_graphs_of_the_trig_file(tmp_path: Path) -> None:
    graph = sample_graph()
    write_trig_file(graph, tmp_path / "graph.trig")
    turtle = write_turtle_file(graph, tmp_path / "graph.ttl")
    base = graph["dataset"]["base"][0]
    (tmp_path / "short.trig").write_bytes(trig_of(turtle, base))
    one, other = (set(parse(path=tmp_path / name, format=RdfFormat.TRIG)) for name in ("graph.trig", "short.trig"))

    assert one == other
    assert len(one) <= turtle.index["statements"].sum()


def written(graph: GraphTables, output: Path, shared: SharedWork) -> dict[str, bytes]:
    """Write Turtle and the pages as a build does, in its staged folder, and move them into the output."""
    staged = output / "staged"
    staged.mkdir(parents=True)
    (output / ".newsgraph").mkdir(exist_ok=True)
    paths = [path for name in ("turtle", "explorer", "html") for path in EXPORTERS[name](graph, staged, 1, shared)]
    made = {path.name: path.read_bytes() for path in paths}
    for path in paths:
        path.rename(output / path.name)
    staged.rmdir()
    return made


def test_formats_that_share_work_write_what_they_write_alone(tmp_path: Path) -> None:
    graph = sample_graph()
    alone = {path.name: path.read_bytes() for name in ("turtle", "explorer", "html") for path in EXPORTERS[name](graph, tmp_path)}
    first = written(graph, tmp_path / "out", SharedWork(tmp_path / "out"))
    again = written(graph, tmp_path / "out", SharedWork(tmp_path / "out"))

    assert alone == first == again
    assert read_index(tmp_path / "out", index_key(graph))
    assert (tmp_path / "out" / MAP).is_file()


@pytest.mark.parametrize("name", [TURTLE_INDEX, MAP, "graph.ttl"])
@pytest.mark.parametrize("content", [b"", b"newsgraph\n", b"\xff" * 100, None])
def test_what_is_damaged_is_made_anew(name: str, content: bytes | None, tmp_path: Path) -> None:
    graph, output = sample_graph(), tmp_path / "out"
    first = written(graph, output, SharedWork(output))
    (output / name).write_bytes((output / name).read_bytes()[:-1] + b"!" if content is None else content)

    assert written(graph, output, SharedWork(output)) == first


def test_an_index_of_another_file_or_program_is_not_used(tmp_path: Path) -> None:
    graph, output = sample_graph(), tmp_path / "out"
    written(graph, output, SharedWork(output))
    key = index_key(graph)
    assert read_index(output, f"{key[:-1]}g") is None
    (output / "graph.ttl").write_bytes((output / "graph.ttl").read_bytes())
    copied = output / "graph.ttl"
    copied.rename(output / "moved.ttl")
    copied.write_bytes((output / "moved.ttl").read_bytes())

    assert read_index(output, key) is None


def test_a_map_comes_back_as_it_was() -> None:
    graph = sample_graph()
    numbering = node_numbers(graph)
    laid_out = map_places(numbering, map_links(graph, numbering, edges(graph)), "networkx")
    back = decode_map(encode_map(laid_out))

    assert (back.regions, back.room) == (laid_out.regions, laid_out.room)
    assert all((getattr(back, name) == getattr(laid_out, name)).all() for name in ("x", "y", "community"))
    for content in (b"PK", b"", encode_map(laid_out)[:-30]):
        with pytest.raises(ValueError, match=r"."):
            decode_map(content)


def test_a_file_that_is_cut_short_meanwhile_is_an_error_and_no_graph(tmp_path: Path) -> None:
    graph = sample_graph()
    earlier = write_turtle_file(graph, tmp_path / "earlier.ttl")
    earlier.path.write_bytes(earlier.path.read_bytes()[:2000])
    with pytest.raises(EOFError):
        write_turtle_file(graph, tmp_path / "spliced.ttl", 1, TurtleFile(earlier.path, earlier.index))
