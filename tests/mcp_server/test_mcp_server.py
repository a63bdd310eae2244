"""The tools as a client of the protocol meets them, over standard streams and over HTTP, against a running server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from newsgraph.core.errors import QueryError
from newsgraph.core.name_lookup import NameIndex
from newsgraph.export import write
from newsgraph.mcp_server.graph_answers import GraphAnswers, ToolLimits
from newsgraph.mcp_server.tool_server import _NO_STREAM
from sample import ACME, MONEY, sample_graph

TOOLS = ["company", "context", "event", "question", "search", "sparql", "storyline", "why"]
SECONDS = 120.0
Ask = Callable[[ClientSession], Awaitable[Any]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "out"
    write(sample_graph(), folder, ["parquet"])
    return folder


START = ("-m", "newsgraph")


def command(output: Path, *options: str, start: tuple[str, ...] = START) -> list[str]:
    return [*start, "mcp", str(output), *options]


def over_streams(output: Path, ask: Ask, *options: str) -> Any:  # noqa: ANN401 - what was asked
    async def talk() -> Any:  # noqa: ANN401 - as above
        server = StdioServerParameters(command=sys.executable, args=command(output, *options), env=dict(os.environ))
        with anyio.fail_after(SECONDS):
            async with stdio_client(server) as (source, sink), ClientSession(source, sink) as session:
                await session.initialize()
                return await ask(session)

    return anyio.run(talk)


@contextmanager
def served(output: Path, *options: str, start: tuple[str, ...] = START) -> Iterator[str]:
    """Start the server on a free port, and yield its address."""
    process = subprocess.Popen([sys.executable, *command(output, "--http", "0", *options, start=start)], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("listening on http://127.0.0.1:")
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        process.communicate(timeout=120)


@pytest.fixture(scope="module")
def address(output: Path) -> Iterator[str]:
    with served(output) as where:
        yield where


def over_http(address: str, ask: Ask) -> Any:  # noqa: ANN401 - as above
    async def talk() -> Any:  # noqa: ANN401 - as above
        with anyio.fail_after(SECONDS):
            async with streamable_http_client(address) as (source, sink), ClientSession(source, sink) as session:
                await session.initialize()
                return await ask(session)

    return anyio.run(talk)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def called(address: str, tool: str, **arguments: object) -> dict[str, Any]:
    """Call a tool, and return what it answers; the text and the structured content are the same."""
    result: CallToolResult = over_http(address, lambda session: session.call_tool(tool, arguments))
    assert not result.is_error, text(result)
    assert result.structured_content == json.loads(text(result))
    return dict(result.structured_content)


def refused(address: str, tool: str, **arguments: object) -> str:
    result: CallToolResult = over_http(address, lambda session: session.call_tool(tool, arguments))
    assert result.is_error
    return text(result)


def test_the_tools_are_listed_over_standard_streams_and_only_read(output: Path) -> None:
    tools = over_streams(output, lambda session: session.list_tools()).tools

    assert sorted(tool.name for tool in tools) == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)


def test_standard_streams_and_http_answer_alike(output: Path, address: str) -> None:
    async def ask(session: ClientSession) -> list[str]:
        questions: list[tuple[str, dict[str, Any]]] = [
            ("context", {"question": "How much does Acme invest in Bolt?"}), ("company", {"name": "acm"}), ("question", {}),
            ("sparql", {"query": "SELECT ?t { ?c schema:tickerSymbol ?t }"}),
        ]  # fmt: skip
        return [text(await session.call_tool(tool, arguments)) for tool, arguments in questions]

    answers = over_streams(output, ask)

    assert answers == over_http(address, ask)
    assert json.loads(answers[3])["rows"] == [{"t": "ACM"}]


def test_context_quotes_sentences_with_their_sources(address: str) -> None:
    found = called(address, "context", question="How much does Acme invest in Bolt?")

    assert found["sentences"][0]["text"] == "Acme invests $1.5m in Bolt & both partner"
    assert found["sources"][0]["url"].startswith("https://")
    assert found["facts"][0]["event"] == MONEY


def test_what_was_published_later_is_not_in_the_context_of_a_day(address: str) -> None:
    assert called(address, "context", question="What of Acme and Bolt?", as_of="2024-04-30")["sentences"] == []


def test_search_forgives_a_typing_error_in_a_name(address: str) -> None:
    hit = called(address, "search", words="Acmee")["hits"][0]

    assert (hit["iri"], hit["kind"], hit["is_exact"]) == (ACME, "company", False)


def test_a_company_has_its_events_and_an_event_its_sentences(address: str) -> None:
    company = called(address, "company", name="Acme")
    event = called(address, "event", name=MONEY)

    assert company["company"]["tickers"] == ["ACM"]
    assert MONEY in [step["iri"] for step in company["events"]]
    assert "Acme invests $1.5m in Bolt & both partner" in [statement.get("sentence") for statement in event["statements"]]


def test_why_and_storyline_answer(address: str) -> None:
    assert called(address, "why", name="Acme", other="Bolt")["statements"][0]["subject"] == "Acme"
    assert called(address, "storyline", name="Bolt")["steps"]


def test_ready_made_questions_are_listed_and_answered(address: str) -> None:
    names = [question["name"] for question in called(address, "question")["questions"]]
    answer = called(address, "question", name="co-mentioned", parameters={"company": "acme"})

    assert "timeline" in names
    assert answer == {"rows": [{"one": "Acme", "other": "Bolt", "articles": 2}], "number": 1}


def test_a_mistyped_term_is_a_warning_in_the_answer(address: str) -> None:
    answer = called(address, "sparql", query="SELECT * { ?a ng:acquird ?b }")

    assert "Did you mean ng:acquired?" in answer["warnings"][0]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("company", {"name": "Acmee"}, "no such company in this graph. Did you mean: Acme"),
        ("why", {"name": "nobody at all"}, "no such node"),
        ("sparql", {"query": "DROP ALL"}, "DROP would change the graph"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "never uses the network"),
        ("sparql", {"query": "SELECT * { FILTER(" + "(" * 5000 + "1=1" + ")" * 5000 + ") }"}, "nested more than"),
        ("question", {"name": "timelines"}, "timeline"),
        ("context", {"question": " "}, "is empty"),
        ("context", {"question": "x", "topics": ["no such topic"]}, "no such topic"),
        ("context", {"question": "x", "budget": 1}, "greater than or equal to 100"),
        ("event", {}, "Field required"),
    ],
)
def test_an_error_reaches_the_client_as_text(address: str, output: Path, tool: str, arguments: dict[str, object], message: str) -> None:
    said = refused(address, tool, **arguments)

    assert message in said
    assert str(output) not in said
    assert "Traceback" not in said


def test_a_graph_that_is_gone_is_an_error_without_a_path(tmp_path: Path) -> None:
    moved = tmp_path / "gone"
    write(sample_graph(), moved, ["parquet"])

    async def ask(session: ClientSession) -> CallToolResult:
        for path in (moved / "tables").glob("*.parquet"):
            path.unlink()
        return await session.call_tool("company", {"name": "Acme"})

    result = over_streams(moved, ask)

    assert result.is_error
    assert "the graph: contains no newsgraph graph" in text(result)
    assert str(tmp_path) not in text(result)


def test_limits_of_rows_and_bytes_hold(output: Path) -> None:
    with served(output, "--max-rows", "2", "--max-bytes", "1000") as address:
        answer = called(address, "sparql", query="SELECT ?s { ?s a ng:Event }")
        assert (len(answer["rows"]), answer["number"] > 2) == (2, True)
        assert "bytes, and at most 1,000 are allowed" in refused(address, "context", question="What of Acme and Bolt?")


@pytest.mark.parametrize("tool", ["company", "event", "why", "storyline"])
def test_every_tool_has_the_limit_of_seconds(tool: str, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = GraphAnswers(output, ToolLimits(seconds=0.2))
    waiting = threading.Event()
    monkeypatch.setattr(NameIndex, "find", lambda *_: waiting.wait(30))
    with pytest.raises(QueryError, match=r"takes longer than 0\.2 seconds"):
        getattr(answers, tool)("Acme")
    waiting.set()


@pytest.mark.parametrize(("name", "value", "status"), [("Host", "evil.example", 421), ("Origin", "http://evil.example", 403)])
def test_a_foreign_host_or_origin_is_refused(address: str, name: str, value: str, status: int) -> None:
    answer = httpx2.post(address, json={}, headers={name: value, "Accept": "application/json, text/event-stream"})

    assert answer.status_code == status


def test_a_request_that_is_too_large_is_refused(address: str) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": "y" * 2**21}})
    answer = httpx2.post(
        address, content=body, headers={"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    )

    assert answer.status_code == 413


def test_no_stream_is_opened_that_would_keep_its_connection(address: str) -> None:
    answer = httpx2.get(address, headers={"Accept": "text/event-stream"}, timeout=SECONDS)

    assert (answer.status_code, answer.headers["allow"], answer.text) == (405, "POST", _NO_STREAM.decode())


def test_a_request_over_http_that_does_not_arrive_is_refused(output: Path) -> None:
    hurried = "from newsgraph.server.client_pace import *; PacedConnection.pace = ClientPace(0.5, 0.5); from newsgraph.cli.app import main; main()"
    with served(output, start=("-c", hurried)) as address:
        port = int(address.removesuffix("/mcp").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
            connection.sendall(b"POST /mcp HTTP/1.1\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_what_there_is_not_is_told_to_the_client_and_not_to_the_log(output: Path) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    asked = [("initialize", hello), ("prompts/get", {"name": "nope"}), ("resources/read", {"uri": "x://nope"})]
    with subprocess.Popen(
        [sys.executable, *command(output)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answers = []
        for number, (method, parameters) in enumerate(asked):
            process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}) + "\n")
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline()))
        log = process.communicate(timeout=SECONDS)[1]

    assert [answer["error"]["message"] for answer in answers[1:]] == ["Unknown prompt: nope", "Unknown resource: x://nope"]
    assert log == ""


def test_a_folder_without_a_graph_is_one_line(tmp_path: Path) -> None:
    result = subprocess.run([sys.executable, *command(tmp_path)], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no newsgraph graph" in result.stderr


def test_a_port_that_is_taken_is_one_line(output: Path, address: str) -> None:
    port = address.removesuffix("/mcp").rpartition(":")[2]
    result = subprocess.run([sys.executable, *command(output, "--http", port)], capture_output=True, text=True, check=False)

    assert result.returncode == 2
    assert f"error: 127.0.0.1:{port}: cannot be listened on" in result.stderr
