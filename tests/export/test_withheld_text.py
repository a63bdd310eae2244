"""A graph without texts holds no body and no sentence of more than 25 words, in any format, and still says where its evidence is."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

import newsgraph
from newsgraph.cli.app import main
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.vocabulary import expand
from newsgraph.core.withheld_text import ELLIPSIS, MOST_WORDS, shortened, without_texts
from newsgraph.explorer.explorer_page import payload
from newsgraph.export import EXPORTERS, write
from newsgraph.export.parquet import read_tables
from newsgraph.provenance.explanation import why
from newsgraph.query.sparql import QueryStore
from newsgraph.shacl.validation import check
from sample import ALPHA, article_text, sample_graph

LAST_WORD = "quetzal"
LONG = f"Acme said {' '.join(f'word{number}' for number in range(30))} {LAST_WORD}"


def _long_graph() -> GraphTables:
    """Return the sample, in which an article has a long excerpt, a long sentence and a report of it."""
    graph = sample_graph()
    text = f"{article_text(ALPHA)}\n{LONG}"
    is_alpha = pl.col("iri") == ALPHA
    articles = graph["articles"].with_columns(
        pl.when(is_alpha).then(pl.lit(text)).otherwise("text").alias("text"),
        pl.when(is_alpha).then(pl.lit(LONG)).otherwise("excerpt").alias("excerpt"),
        pl.when(is_alpha).then(pl.lit(json.dumps({"body": LONG}))).otherwise("extra").alias("extra"),
    )
    start = len(text) - len(LONG)
    report = graph["reports"].filter(article=ALPHA).head(1)
    long_report = report.with_columns(pl.lit(start, pl.Int64).alias("start"), pl.lit(len(text), pl.Int64).alias("end"))
    return make_tables({**graph.tables, "articles": articles, "reports": pl.concat([graph["reports"], long_report])})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the graph without texts in every format."""
    path = tmp_path_factory.mktemp("without")
    write(without_texts(_long_graph()), path, EXPORTERS)
    return path


def test_no_file_has_a_word_beyond_the_25th(folder: Path) -> None:
    with_texts = payload(_long_graph())
    assert LAST_WORD in gzip.decompress(with_texts.texts).decode()
    for block in (payload(read_tables(folder)).texts, payload(read_tables(folder)).core):
        assert LAST_WORD not in gzip.decompress(block).decode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 60
    assert [path.name for path in files if LAST_WORD.encode() in path.read_bytes()] == []


def test_the_tables_have_no_text_and_say_so_in_every_format(folder: Path) -> None:
    tables = read_tables(folder)
    assert tables["articles"]["text"].null_count() == tables["articles"].height == 3
    assert tables["articles"]["extra"].null_count() == 3
    assert pl.read_csv(folder / "csv" / "articles.csv")["text"].null_count() == 3
    with closing(sqlite3.connect(folder / "newsgraph.sqlite")) as store:
        assert store.execute("SELECT COUNT(*), COUNT(text) FROM articles").fetchall() == [(3, 0)]


def test_a_mention_keeps_its_offsets_and_at_most_25_words(folder: Path) -> None:
    graph = Graph().parse(folder / "graph.ttl")
    assert list(graph.objects(None, URIRef(expand("nif:isString")))) == []
    whole = Graph().parse(EXPORTERS["turtle"](_long_graph(), folder.parent)[0])
    for prop in ("nif:beginIndex", "nif:endIndex"):
        assert set(graph.subject_objects(URIRef(expand(prop)))) == set(whole.subject_objects(URIRef(expand(prop))))
    anchors = {str(words) for words in graph.objects(None, URIRef(expand("nif:anchorOf")))}
    assert shortened(LONG) in anchors
    assert max(len(words.split()) for words in anchors) == MOST_WORDS
    assert {words for words in map(str, whole.objects(None, URIRef(expand("nif:anchorOf")))) if len(words.split()) <= MOST_WORDS} < anchors


def test_a_graph_without_texts_conforms_and_answers(folder: Path) -> None:
    tables = read_tables(folder)
    assert check(tables) == ()
    assert QueryStore(tables).ask_named("evidence", {}).filter(pl.col("words").str.contains(ELLIPSIS)).height == 1
    sentences = {statement.sentence for statement in why(tables, "Acme", "Bolt")}
    assert "Acme invests $1.5m in Bolt" in sentences


def test_leaving_out_texts_twice_changes_nothing() -> None:
    once = without_texts(_long_graph())
    again = without_texts(once)
    assert all(once[name].equals(again[name]) for name in once.tables)


def test_a_graph_with_texts_has_no_excerpts() -> None:
    assert sample_graph()["excerpts"].is_empty()


@given(st.text())
def test_a_short_text_stays_and_a_long_one_ends_with_an_ellipsis(text: str) -> None:
    words = text.split()
    if len(words) <= MOST_WORDS:
        assert shortened(text) == text
    else:
        assert shortened(text).removesuffix(ELLIPSIS).split() == words[:MOST_WORDS]


def test_the_command_and_the_library_leave_out_texts(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    document = f"---\ntitle: Acme Inc. buys Bolt Ltd.\nurl: https://wire.example/1\n---\n{LONG}\n"
    (documents / "one.txt").write_text(document, encoding="utf-8")
    result = CliRunner().invoke(
        main, ["build", str(documents), "-o", str(tmp_path / "output"), "--extractor", "rules", "--no-text", "-f", "turtle"]
    )
    assert result.exit_code == 0, result.output
    written = read_tables(tmp_path / "output")
    assert written["articles"]["text"].to_list() == [None]
    built = newsgraph.build(documents, extractor="rules", text=False)
    assert built.articles["text"].to_list() == [None]
    whole = newsgraph.build(documents, extractor="rules")
    whole.write(tmp_path / "copy", formats=["turtle"], text=False)
    assert LAST_WORD not in (tmp_path / "copy" / "graph.ttl").read_text("utf-8")
    assert (tmp_path / "copy" / "graph.ttl").read_bytes() == (tmp_path / "output" / "graph.ttl").read_bytes()
    assert whole.without_texts().tables["excerpts"].equals(written["excerpts"])


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_build_without_texts_leaves_none_in_any_file(tmp_path: Path, workers: str) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "one.txt").write_text(f"---\ntitle: Acme Inc. buys Bolt Ltd.\n---\n{LONG}\n", encoding="utf-8")
    rows = [{"title": f"Nokia buys Alcatel {number}", "body": f"{LONG} {number}"} for number in range(300)]
    (documents / "feed.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    output = tmp_path / "output"
    command = ["build", str(documents), "-o", str(output), "--extractor", "rules", "-q", "-f", "turtle", "--workers", workers]

    def with_texts() -> list[str]:
        read = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
        return [name for name, data in read.items() if LAST_WORD.encode() in data]

    assert CliRunner().invoke(main, command).exit_code == 0
    assert any(name.startswith(".newsgraph/facts/") for name in with_texts())
    assert CliRunner().invoke(main, [*command, "--no-text"]).exit_code == 0
    assert newsgraph.load(output).query("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }")["n"].to_list() == [301]
    assert with_texts() == []
    assert not (output / ".newsgraph" / "facts").exists()
