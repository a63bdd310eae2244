"""Several questions at a time, and answers in the syntaxes of the protocol that are those of the engine's own writers."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from newsgraph.core.errors import QueryError
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query import engine_pool, worker_process
from newsgraph.query.answer_columns import answer_columns
from newsgraph.query.answer_syntax import (
    GRAPH_SYNTAXES,
    RESULT_SYNTAXES,
    TooManyBytesError,
    TooManyRowsError,
    UnwantedSyntaxError,
    answer_text,
)
from newsgraph.query.background_priority import put_in_background
from newsgraph.query.columnwise import write_column_store
from newsgraph.query.engine_pool import EnginePool, LostStoreError, TooBusyError
from newsgraph.query.engine_process import UnreadableAnswerError, WrittenQuestion
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.statement_columns import columns_of
from newsgraph.query.triple_store import write_store
from sample import sample_graph

ODD = """SELECT * { VALUES (?a ?b) { (<urn:x> "a\\u0001\\n\\"\\té") ("x"@en-US 1) (UNDEF 1.5e0) ("2020-01-01"^^xsd:date UNDEF) (true "") (UNDEF UNDEF) }
  BIND(IF(?b = 1, STRLANGDIR("x", "ar", "rtl"), 3) AS ?d) BIND(TRIPLE(<urn:a>, <urn:b>, "c"@en) AS ?e) }"""
QUESTIONS = (ODD, "SELECT * {}", "SELECT ?z {}", "SELECT ?z { ?a ?b ?z }", "ASK {}", "ASK { ?s ?p ?o }")
SECONDS = QueryLimits(seconds=3.0)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("syntax", RESULT_SYNTAXES)
def test_a_table_is_what_the_engine_itself_writes(question: str, syntax: str) -> None:
    answers = [ox.Store().query(question, prefixes=PREFIXES) for _ in range(2)]
    assert not isinstance(answers[0], ox.QueryTriples)
    expected = answers[0].serialize(format=RESULT_SYNTAXES[syntax]) or b""
    if syntax == "xml":
        expected = expected.replace(b"\x01", "\ufffd".encode())  # which the engine leaves as it is, and no reader of XML accepts
    assert answer_text(answers[1], syntax, "", rows=100, size=10_000) == (syntax, expected)


@pytest.mark.parametrize("syntax", GRAPH_SYNTAXES)
def test_statements_come_once_in_order_and_with_the_same_bytes(syntax: str) -> None:
    question = "CONSTRUCT { ?s schema:name ?n } WHERE { VALUES (?s ?n) { (<urn:b> 'B') (<urn:a> 'A'@en) (<urn:b> 'B') } }"
    first, second = (answer_text(ox.Store().query(question, prefixes=PREFIXES), "", syntax, rows=9, size=9000) for _ in range(2))
    assert first == second
    quads = list(ox.parse(first[1], format=GRAPH_SYNTAXES[syntax]))
    assert [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)] == ["urn:a", "urn:b"]


def test_limits_and_syntaxes_that_nobody_reads_are_told() -> None:
    three = "SELECT ?x { VALUES ?x { 1 2 3 } }"
    with pytest.raises(TooManyRowsError):
        answer_text(ox.Store().query(three), "json", "", rows=2, size=9000)
    with pytest.raises(TooManyBytesError):
        answer_text(ox.Store().query(three), "json", "", rows=3, size=60)
    with pytest.raises(UnwantedSyntaxError):
        answer_text(ox.Store().query(three), "", "turtle", rows=3, size=9000)
    with pytest.raises(TooManyRowsError):
        answer_text(ox.Store().query("CONSTRUCT { ?x ?x ?x } WHERE { VALUES ?x { <urn:a> <urn:b> } }"), "", "turtle", rows=1, size=9000)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[EnginePool]:
    for is_quads in (False, True):
        write_store(sample_graph(), tmp_path / str(is_quads), is_quads=is_quads)
    engines = EnginePool(lambda is_quads: tmp_path / str(is_quads), 2, SECONDS)
    yield engines
    engines.close()


def asked(sparql: str, default: tuple[str, ...] | None = None, named: tuple[str, ...] | None = None) -> WrittenQuestion:
    return WrittenQuestion(sparql, "csv", "ntriples", "https://news.example.org/", default=default, named=named)


def test_a_question_is_answered_from_the_store_that_it_needs(pool: EnginePool) -> None:
    tickers = asked("SELECT ?t { ?c schema:tickerSymbol ?t }")
    assert pool.write(tickers, is_quads=False) == ("csv", b"t\r\nACM\r\n")
    assert pool.write(asked("SELECT ?t { GRAPH ?g { ?c schema:tickerSymbol ?t } }"), is_quads=True) == ("csv", b"t\r\nACM\r\n")
    nothing = asked("ASK { ?s ?p ?o }", default=("https://news.example.org/none",), named=())
    assert pool.write(nothing, is_quads=True) == ("csv", b"false")


def test_relative_iris_are_resolved_against_the_base(pool: EnginePool) -> None:
    text = b'<https://news.example.org/s> <https://news.example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    assert pool.write(asked("CONSTRUCT { <s> <p> 1 } WHERE {}"), is_quads=False) == ("ntriples", text)


def ask_until_refused(pool: EnginePool) -> None:
    while True:
        pool.write(asked("ASK {}"), is_quads=False)


def test_questions_beyond_those_at_once_are_refused_and_endless_ones_end(pool: EnginePool) -> None:
    endless = asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }")
    errors: list[Exception] = []

    def ask() -> None:
        try:
            pool.write(endless, is_quads=False)
        except QueryError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    with pytest.raises(TooBusyError):
        ask_until_refused(pool)
    for thread in threads:
        thread.join()
    assert [str(error)[:44] for error in errors] == ["The question takes longer than 3 seconds. As"] * 2
    assert pool.write(asked("ASK {}"), is_quads=False) == ("csv", b"true")


def test_what_an_asker_cannot_read_and_what_is_wrong_is_said(pool: EnginePool, tmp_path: Path) -> None:
    with pytest.raises(UnreadableAnswerError):
        pool.write(WrittenQuestion("ASK {}", "", "turtle", "https://news.example.org/"), is_quads=False)
    with pytest.raises(QueryError, match="not valid SPARQL"):
        pool.write(asked("SELECT nonsense"), is_quads=False)
    with pytest.raises(LostStoreError, match="cannot open its store") as caught:
        EnginePool(lambda _: tmp_path / "none", 1, SECONDS).write(asked("ASK {}"), is_quads=False)
    assert str(tmp_path) not in str(caught.value)


def test_blank_nodes_have_the_same_labels_each_time() -> None:
    store = ox.Store()
    store.extend([ox.Quad(ox.NamedNode(f"urn:{name}"), ox.NamedNode("urn:p"), ox.Literal(name)) for name in "abc"])
    made = "CONSTRUCT { ?s <urn:has> [ <urn:is> ?o ; <urn:next> [] ] } WHERE { ?s <urn:p> ?o } ORDER BY ?o"
    texts = {answer_text(store.query(made), "", syntax, rows=99, size=9000) for syntax in ("ntriples", "turtle") for _ in range(3)}
    assert len(texts) == 2
    lines = next(text for syntax, text in texts if syntax == "ntriples").decode().splitlines()
    assert len(lines) == 9
    assert {word for line in lines for word in line.split() if word.startswith("_:")} == {f"_:b{number}" for number in range(6)}
    chosen = "SELECT ?b (?b AS ?c) ?o { ?s <urn:p> ?o BIND(BNODE() AS ?b) } ORDER BY ?o"
    assert len({answer_text(store.query(chosen), "json", "", rows=99, size=9000) for _ in range(3)}) == 1
    columns = answer_columns(store.query(chosen), 9) or []
    assert [column["texts"] for column in columns] == [["_:b0", "_:b1", "_:b2"], ["_:b0", "_:b1", "_:b2"], ["a", "b", "c"]]


def test_a_question_of_some_time_goes_on_in_the_background_and_its_engine_answers_no_other(
    pool: EnginePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_FOREGROUND", 0.0)
    monkeypatch.setattr(engine_pool, "_PROCESSORS", 1)
    moved: list[int] = []
    monkeypatch.setattr(worker_process, "put_in_background", moved.append)
    doubled = " ".join(f"BIND(CONCAT(?a{number}, ?a{number}) AS ?a{number + 1})" for number in range(20))
    slow = asked(f"SELECT (STRLEN(?a20) AS ?n) {{ BIND('xxxxxxxx' AS ?a0) {doubled} }}")
    assert pool.write(slow, is_quads=False) == ("csv", b"n\r\n8388608\r\n")
    assert pool.write(slow, is_quads=False) == ("csv", b"n\r\n8388608\r\n")
    assert len(set(moved)) == 2


@pytest.mark.parametrize(("foreground", "processors"), [(2.9, 1), (0.0, 2)])
def test_the_engine_of_a_quick_question_and_one_beside_a_free_processor_stay_as_they_were(
    pool: EnginePool, monkeypatch: pytest.MonkeyPatch, foreground: float, processors: int
) -> None:
    monkeypatch.setattr(worker_process, "_FOREGROUND", foreground)
    monkeypatch.setattr(engine_pool, "_PROCESSORS", processors)
    engines = set()
    for _ in range(2):
        assert pool.write(asked("ASK {}"), is_quads=False) == ("csv", b"true")
        (engine,) = pool._idle[False]  # noqa: SLF001 - the one that has just answered
        engines.add(engine)
    assert len(engines) == 1
    assert not engines.pop().is_in_background


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
def test_a_process_in_the_background_is_nicer_and_never_less_nice_than_before() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        put_in_background(process.pid)
        nicer = os.getpriority(os.PRIO_PROCESS, process.pid)
        assert nicer >= 10
        os.setpriority(os.PRIO_PROCESS, process.pid, 15)
        put_in_background(process.pid)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == 15
        process.communicate(b"\n", timeout=60)
    put_in_background(process.pid)  # it has ended, which is no error


def test_what_is_asked_when_the_pool_is_closed_is_refused_at_once(tmp_path: Path) -> None:
    write_store(sample_graph(), tmp_path / "store", is_quads=False)
    engines = EnginePool(lambda _: tmp_path / "store", 2, QueryLimits(seconds=600.0))
    endless = asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }")
    refused: list[type[Exception]] = []

    def ask() -> None:
        try:
            engines.write(endless, is_quads=False)
        except TooBusyError as error:
            refused.append(type(error))

    thread = threading.Thread(target=ask)
    thread.start()
    deadline = time.monotonic() + 60
    while not engines._busy and time.monotonic() < deadline:  # noqa: SLF001 - until it is being answered
        time.sleep(0.01)
    engines.close()
    thread.join(60)
    assert refused == [TooBusyError]
    with pytest.raises(TooBusyError):
        engines.write(asked("ASK {}"), is_quads=False)


def test_wide_questions_are_answered_over_columns_and_all_others_by_the_engine(pool: EnginePool, tmp_path: Path) -> None:
    write_column_store(columns_of(sample_graph()), tmp_path / "columns")
    wide = EnginePool(lambda is_quads: tmp_path / str(is_quads), 2, SECONDS, columns=lambda: tmp_path / "columns")
    try:
        ordered = asked("SELECT ?c ?n { ?c schema:name ?n } ORDER BY ?c ?n")
        assert wide.write(ordered, is_quads=False, is_wide=True) == pool.write(ordered, is_quads=False)
        assert [process.is_alive for process in wide._idle_columns] == [True]  # noqa: SLF001 - it has answered
        assert not wide._idle[False]  # noqa: SLF001 - no engine was needed
        uncovered = asked("SELECT ?c (MD5(?n) AS ?m) { ?c schema:name ?n } ORDER BY ?c ?m")
        assert wide.write(uncovered, is_quads=False, is_wide=True) == pool.write(uncovered, is_quads=False)
        with pytest.raises(QueryError, match="not valid SPARQL"):
            wide.write(asked("SELECT nonsense ORDER BY ?x"), is_quads=False, is_wide=True)
        wide._idle_columns[0].close()  # noqa: SLF001 - as if a question had broken it
        assert wide.write(ordered, is_quads=False, is_wide=True) == pool.write(ordered, is_quads=False)
    finally:
        wide.close()
    gone = EnginePool(lambda is_quads: tmp_path / str(is_quads), 2, SECONDS, columns=lambda: tmp_path / "nowhere")
    assert gone.write(ordered, is_quads=False, is_wide=True) == pool.write(ordered, is_quads=False)
    gone.close()
