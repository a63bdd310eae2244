"""A graph that is written part by part, by however many processes, is the same file; and hostile texts stay in their places."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.vocabulary import expand
from newsgraph.export import EXPORTERS
from newsgraph.rdf import graph_statements, statement_file
from newsgraph.rdf.graph_statements import blocks, parts
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.serializer import Column
from newsgraph.rdf.terms import Block, decimal, fragment, iri, link, number, plain, quoted, text, words
from newsgraph.rdf.turtle_layout import TurtleSerializer, address
from sample import BASE, sample_graph

TOGETHER = ("turtle", "ntriples", "nquads", "rdf12")
Said = tuple[str, str, str, str]

texts = st.text(st.characters(exclude_categories=["Cs"]))
awkward = st.text(st.sampled_from('\\"\n\r\t\x00\x1f\x7f\x85\u2028&;#%<>{}^`|[]@. aé🚀'))
wild = texts | awkward


def _quads(found: list[Block]) -> set[Said]:
    return {(f"<{b.subject}>", f"<{expand(predicate)}>", plain(value), f"<{b.graph}>") for b in found for predicate, value in b.pairs}


def _read(path: Path) -> set[Said]:
    """Read a file back; the text of a term is what `plain` gives for it."""
    return {
        (
            str(quad.subject),
            str(quad.predicate),
            _term(quad.object),
            "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name),
        )
        for quad in ox.parse(path=str(path))
    }


def _term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if not isinstance(value, ox.Literal):
        return str(value)
    if value.language:
        return f"{quoted(value.value)}@{value.language}"
    kind = value.datatype.value
    return quoted(value.value) if kind == expand("xsd:string") else f"{quoted(value.value)}^^<{kind}>"


@st.composite
def graphs(draw: st.DrawFn) -> GraphTables:
    """Make a graph of two articles about one company, whose texts and keys are wild."""
    keys = sorted({f"{BASE}article/{draw(wild)}", f"{BASE}article/{draw(wild)}"})
    event, person = f"{BASE}event/{draw(wild)}", f"{BASE}person/{draw(wild)}"
    rows: list[dict[str, object]] = []
    for key in keys:
        body = draw(wild)
        title, url = draw(wild), f"https://wire.example/{draw(wild)}"
        rows.append(
            {"iri": key, "title": title, "excerpt": draw(wild), "text": body, "url": url, "source": draw(wild), "category": draw(wild)}
        )
    at = {
        "article": keys[0],
        "start": 0,
        "end": len(str(rows[0]["text"])),
        "rule": draw(wild),
        "confidence": draw(st.none() | st.floats(0, 1)),
    }
    tables: dict[str, list[dict[str, object]]] = {
        "articles": rows,
        "mentions": [{**at, "company": f"{BASE}company/{draw(wild)}", "text": draw(wild)} for _ in range(2)],
        "posts": [{**at, "person": person, "role": draw(wild), "employer": draw(st.none() | st.just(f"{BASE}company/a"))}],
        "reports": [
            {**at, "event": event, "status": draw(wild), "amount": draw(st.none() | st.floats(-1e20, 1e20)), "currency": draw(wild)}
        ],
        "images": [{"article": keys[0], "number": 1, "url": url, "width": 1}],
        "relations": [{"article": one, "related": other} for one, other in pairwise(keys)],
    }
    dataset = sample_graph()["dataset"]
    return make_tables({"dataset": dataset} | {name: frame(name, held) for name, held in tables.items()})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_whatever_articles_hold_every_syntax_reads_back_as_it_was_said(graph: GraphTables, tmp_path: Path) -> None:
    said = _quads(list(blocks(graph)))
    for syntax in ("nquads", "trig"):
        (path,) = EXPORTERS[syntax](graph, tmp_path)
        assert _read(path) == said
    for syntax in ("turtle", "ntriples", "rdf12"):
        (path,) = EXPORTERS[syntax](graph, tmp_path)
        assert {quad[:3] for quad in _read(path)} == {quad[:3] for quad in said}


@pytest.mark.parametrize("syntax", [*TOGETHER, "trig", "jsonld"])
def test_parts_of_one_article_give_the_same_bytes_as_one_part(syntax: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = EXPORTERS[syntax](sample_graph(), tmp_path)
    whole = path.read_bytes()
    monkeypatch.setattr(graph_statements, "ARTICLES", 1)
    assert len(parts(sample_graph())) == 5
    (path,) = EXPORTERS[syntax](sample_graph(), tmp_path)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_write_the_same_bytes_as_one_process(workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = sample_graph()
    (path,) = EXPORTERS["turtle"](graph, tmp_path)
    alone = path.read_bytes()
    monkeypatch.setattr(graph_statements, "ARTICLES", 1)
    monkeypatch.setattr(statement_file, "MANY", 0)
    (path,) = EXPORTERS["turtle"](graph, tmp_path, workers)
    assert path.read_bytes() == alone
    assert [other.name for other in tmp_path.iterdir()] == ["graph.ttl"]


def test_the_statements_that_a_turtle_serializer_counts_are_those_of_the_graph() -> None:
    serializer = TurtleSerializer(BASE)
    for _ in graph_statements.statement_texts(sample_graph(), serializer):
        pass
    assert serializer.count == sum(len(block.pairs) for block in blocks(sample_graph()))


@given(wild, wild)
def test_a_fragment_can_be_put_behind_a_stem_that_was_made_before(key: str, rest: str) -> None:
    assert iri(f"{BASE}{key}#").value + fragment(rest) == iri(f"{BASE}{key}#{rest}").value


@given(wild, st.integers(0, 99))
def test_the_address_of_a_mention_is_the_same_in_one_step_and_in_two(key: str, start: int) -> None:
    head, tail = TurtleSerializer(BASE).stem(iri(f"{BASE}{key}#").value)
    assert f"{head}char={start},9{tail}" == address(iri(f"{BASE}{key}#char={start},9").value, BASE)


@given(st.lists(wild | st.none()))
def test_a_column_gives_what_its_serializer_gives_however_often_it_is_asked(values: list[str | None]) -> None:
    for make in (text, words, link):
        for serializer in (TurtleSerializer(BASE), LineSerializer(quads=True)):
            column = Column(serializer, "ng:rule", make)
            for value in (*values, *values):
                term = make(value)
                assert column[value] == (None if term is None else serializer.line("ng:rule", term))


def test_a_zero_has_no_sign() -> None:
    assert decimal(-0.0) == decimal(0.0)
    assert number(-0.0) == number(0.0)
