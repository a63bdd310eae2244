"""The engine in its own process: limits, crashes and the network."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from newsgraph.core.errors import QueryError
from newsgraph.query.engine_process import EngineError, EngineProcess
from newsgraph.query.query_limits import QueryLimits, limits_of
from newsgraph.query.sparql import QueryStore
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text
from sample import sample_graph

LIMITS = QueryLimits()
SHORT = QueryLimits(seconds=2.0)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    path = tmp_path / "statements"
    write_text(sample_graph(), LineSerializer(quads=False), path)
    process = EngineProcess(path, is_kept=False, is_quads=False, limits=LIMITS)
    yield process
    process.close()


def test_a_question_is_answered_and_the_file_is_gone(engine: EngineProcess, tmp_path: Path) -> None:
    assert engine.ask("SELECT ?t { ?c schema:tickerSymbol ?t }", is_union=False, limits=LIMITS)["t"].to_list() == ["ACM"]
    assert engine.ask("ASK { ?c schema:tickerSymbol ?t }", is_union=False, limits=LIMITS)["answer"].to_list() == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_got_past_every_guard_reaches_nobody(engine: EngineProcess) -> None:
    calls: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def listen() -> None:
        try:
            connection, _ = listener.accept()
            calls.append(connection.recv(100))
            connection.close()
        except OSError:
            pass

    thread = threading.Thread(target=listen)
    thread.start()
    place = f"http://127.0.0.1:{listener.getsockname()[1]}/q"
    with pytest.raises(EngineError):
        engine.ask(f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}", is_union=False, limits=LIMITS)
    thread.join()
    listener.close()

    assert calls == []


def test_a_question_that_takes_too_long_is_ended_and_the_next_one_answered() -> None:
    store = QueryStore(sample_graph())
    endless = "SELECT (COUNT(*) AS ?n) { GRAPH ?a {?s1 ?p1 ?o1} GRAPH ?b {?s2 ?p2 ?o2} GRAPH ?c {?s3 ?p3 ?o3} GRAPH ?d {?s4 ?p4 ?o4} }"

    with pytest.raises(QueryError, match="longer than 2 seconds"):
        store.ask(endless, SHORT)
    assert store.ask("SELECT ?t { GRAPH ?g { ?c schema:tickerSymbol ?t } }").height == 1


@pytest.mark.parametrize("question", ["SELECT ?s { ?s ?p ?o }", "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_with_too_many_rows_is_an_error(question: str) -> None:
    with pytest.raises(QueryError, match="more than 3 rows"):
        QueryStore(sample_graph()).ask(question, QueryLimits(rows=3))


def test_a_crash_of_the_engine_is_an_error_and_the_next_question_is_answered(engine: EngineProcess) -> None:
    os.kill(engine._worker.process.pid, 9)  # noqa: SLF001 - a crash from outside

    with pytest.raises(EngineError, match="ended"):
        engine.ask("ASK {}", is_union=False, limits=LIMITS)

    store = QueryStore(sample_graph())
    deep = "SELECT * { FILTER(" + "+".join(["1"] * 50_000) + " = 1) }"  # ends the engine's parser on the systems that we know
    with pytest.raises(QueryError):
        store.ask(deep, SHORT)
    assert store.ask("SELECT (2 * 3 AS ?n) {}")["n"].to_list() == [6]


def test_a_question_that_needs_too_much_memory_is_an_error() -> None:
    large = (
        'SELECT (STRLEN(?d) AS ?n) { BIND(STR("'
        + "x" * 500_000
        + '") AS ?a) '
        + "".join(f"BIND(CONCAT(?{a}, ?{a}, ?{a}, ?{a}) AS ?{b}) " for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    )
    with pytest.raises(QueryError):
        QueryStore(sample_graph()).ask(f"{large} BIND(?i AS ?j) }}", QueryLimits(seconds=20, memory=2**28))


def test_limits_are_above_nothing() -> None:
    assert limits_of() == QueryLimits()
    assert limits_of(1.5, 7) == QueryLimits(seconds=1.5, rows=7)
    for seconds, rows in ((0, None), (-1, None), (None, 0)):
        with pytest.raises(QueryError, match="above 0"):
            limits_of(seconds, rows)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the limits of another process")
def test_an_engine_may_open_all_files_of_its_store_which_it_does_when_it_reads_them(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(b"<urn:a> <urn:p> <urn:b> .\n", format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    files = [path for path in (tmp_path / "store").iterdir() if path.is_file()]
    process = EngineProcess(tmp_path / "store", is_kept=True, is_quads=False, limits=LIMITS)
    try:
        home = Path(f"/proc/{process._worker.process.pid}")  # noqa: SLF001 - the process is what is looked at
        limit = next(
            int(line.split()[3]) for line in (home / "limits").read_text("ascii").splitlines() if line.startswith("Max open files")
        )
        assert len(files) > 5
        assert max(int(entry.name) for entry in (home / "fd").iterdir()) < limit - len(files) + 1
        assert limit < 200
        assert process.ask("ASK { ?s ?p ?o }", is_union=False, limits=LIMITS)["answer"].to_list() == [True]
    finally:
        process.close()
