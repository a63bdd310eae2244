"""Clients that mean harm or are broken: each gets an error in words or its connection ended, others are answered, and logs quote nobody."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest

from newsgraph.query.query_limits import QueryLimits
from newsgraph.server.client_pace import ClientPace
from newsgraph.server.deferred_value import DeferredValue
from newsgraph.server.exchange import RefusalError, redirect
from newsgraph.server.graph_view import GraphView
from served_site import Response, Site, served_site

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LARGE = "SELECT * { ?s ?p ?o . ?a a schema:NewsArticle . ?b a schema:NewsArticle } LIMIT 60000"
QUICK = ClientPace(request=1.0, look=1.0)


@pytest.fixture(scope="module")
def hurried(site: Site) -> Iterator[Site]:
    """Serve the same graph to clients that must be quick."""
    with served_site(site.graph.folder, QueryLimits(seconds=60.0, rows=100_000, memory=2**30, size=64 * 2**20), pace=QUICK) as served:
        assert served.sparql("ASK {}").status == 200
        yield served


def connected(site: Site, sent: str, *, buffer: int = 0) -> socket.socket:
    connection = socket.socket()
    if buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", site.port))
    connection.sendall(sent.replace("HOST", f"Host: 127.0.0.1:{site.port}").encode("latin-1"))
    return connection


def rest(connection: socket.socket) -> bytes:
    """Return what comes until the server ends the connection."""
    received = bytearray()
    try:
        while part := connection.recv(2**16):
            received += part
    except ConnectionResetError:
        pass
    return bytes(received)


def drip(connection: socket.socket) -> None:
    """Send a header every tenth of a second, for a minute."""
    for _ in range(600):
        connection.sendall(b"X-A: b\r\n")
        time.sleep(0.1)


@pytest.mark.parametrize("sent", ["G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHOST\r\nX-A: b"])
def test_a_request_that_does_not_arrive_is_refused(sent: str, hurried: Site) -> None:
    with closing(connected(hurried, sent)) as connection:
        reply = rest(connection)
    assert reply.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert reply.endswith(b"\r\n\r\nThe request did not arrive in time.\n")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("", b""),
        ("GET / HTTP/1.1\r\nHOST\r\nContent-Length: 1000\r\n\r\n", b"HTTP/1.1 200 "),
        ("GET / HTTP/1.1\r\nHOST\r\n\r\nGET /api/v1/ HT", b"HTTP/1.1 200 "),
    ],
)
def test_a_connection_on_which_no_more_comes_is_ended(sent: str, status: bytes, hurried: Site) -> None:
    with closing(connected(hurried, sent)) as connection:
        assert rest(connection).startswith(status)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("GET /api/v1/ HTTP/1.1\r\nHOST\r\n\r\n", b"HTTP/1.1 200 "),
        ("POST /sparql HTTP/1.1\r\nHOST\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\nASK {}", b"HTTP/1.1 200 "),
        ("POST /sparql HTTP/1.1\r\nHOST\r\nContent-Type: application/sparql-query\r\nContent-Length: 7\r\n\r\nASK {}", b""),
        ("GET /api/v1/ HT", b""),
    ],
)
def test_a_client_that_has_said_all_is_answered_and_its_connection_ended(sent: str, status: bytes, site: Site) -> None:
    with closing(connected(site, sent)) as connection:
        connection.shutdown(socket.SHUT_WR)
        reply = rest(connection)
    assert reply.startswith(status)
    assert bool(reply) == bool(status)


def test_drops_of_a_request_do_not_keep_a_connection(hurried: Site) -> None:
    with closing(connected(hurried, "GET / HTTP/1.1\r\nHOST\r\n")) as connection:
        begun = time.monotonic()
        with pytest.raises(OSError, match=r"reset|pipe|abort"):
            drip(connection)
        assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "GET / HTTP/1.1\r\nHOST\r\n",
        "POST /sparql HTTP/1.1\r\nHOST\r\nContent-Length: 9\r\n\r\n",
        "GET /api/v1/ HTTP/1.1\r\nHOST\r\n\r\n",
    ],
)
def test_a_client_that_holds_all_connections_keeps_nobody_out(sent: str, site: Site) -> None:
    with ExitStack() as held:
        for _ in range(220):
            connection = held.enter_context(closing(connected(site, sent)))
            if sent.startswith("GET /api"):  # it is answered, and keeps its connection
                assert connection.recv(12) == b"HTTP/1.1 200"
        deadline = time.monotonic() + 10  # a third of the time that the server waits for a request
        while site.ask("/api/v1/").status == 503:  # those that come all at once are still being cut
            assert time.monotonic() < deadline
        assert site.ask("/api/v1/").status == 200


def test_a_client_that_does_not_read_loses_its_connection_and_others_are_answered(hurried: Site) -> None:
    ask = f"GET /sparql?{urlencode({'query': LARGE})} HTTP/1.1\r\nHOST\r\nAccept: application/sparql-results+xml\r\n\r\n"
    with closing(connected(hurried, ask, buffer=4096)) as connection:
        head = connection.recv(1000)
        (length,) = [int(line.split()[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
        assert length > 20 * 2**20
        assert hurried.ask("/api/v1/").status == 200
        time.sleep(QUICK.look * 4)
        assert len(rest(connection)) < length


def test_only_so_many_bytes_of_large_answers_are_sent_at_a_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.server.application._MOST_SENT", 2**20)
    ask = f"GET /sparql?{urlencode({'query': LARGE})} HTTP/1.1\r\nHOST\r\nAccept: application/sparql-results+xml\r\n\r\n"
    with closing(connected(site, ask, buffer=4096)) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        refused = site.sparql(LARGE, "application/sparql-results+xml")
        assert (refused.status, refused.headers["retry-after"]) == (503, "5")
        assert site.sparql("ASK {}").status == 200
    deadline = time.monotonic() + 60
    while site.sparql(LARGE, "application/sparql-results+xml").status != 200:  # until the server knows that the client is gone
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/id/%5B", 404), ("/id/%zz", 404), ("/id/%5B.ttl", 404), ("/id/company/osterholt%3Fx", 404), ("/id/company/osterholt%23x.html", 404),
        ("/id/company/osterholt%0d%0aX-Injected:%201", 404), ("/id/company/osterholt%0d%0aX-Injected:%201.ttl", 404),
        ("/%0d%0aX-Injected:%201", 404), ("[", 404), ("/[", 404), ("//evil.example.org/%2e%2e", 404), ("http://evil.example.org/", 404),
        ("/id/../../../../etc/passwd", 404), ("/id/%c0%ae%c0%ae/", 404), ("/graph.html%00", 404), ("/\xe9", 400), ("/?\x01", 400), ("/ /", 400),
        ("/api/v1/companies?q=%ff", 400), ("/api/v1/companies?q=%ED%A0%80", 400), ("/search?q=%ff", 400), ("/search?q=%00", 400),
        ("/api/v1/companies?" + "&".join(["q=a"] * 1001), 400), ("/" + "a" * 33_000, 414), ("/" + "a" * 70_000, 414),
        ("/api/v1/questions/%2e%2e%2f%2e%2e%2fsecret", 404), ("/api/v1/companies?limit=%D9%A1", 400), ("/api/v1/companies?limit=1e9", 400),
        ("/api/v1/articles?as_of=2025-W01-1", 400), ("/api/v1/companies?cursor=" + "9" * 5000, 400),
    ],
)  # fmt: skip
def test_addresses_that_mean_harm_are_refused_with_their_status(target: str, status: int, site: Site) -> None:
    with closing(connected(site, f"GET {target} HTTP/1.1\r\nHOST\r\nConnection: close\r\n\r\n")) as connection:
        head, _, body = rest(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), body
    assert b"injected" not in head.lower()
    assert b"SELECT" not in body
    assert b"ASK {" not in body
    assert 0 < len(body) < 3000


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\nHOST\r\nHost: evil.example.org\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHOST\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}", "nonsense\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHOST\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHOST\r\nX-A: a\x00b\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\nContent-Type: application/sparql-query\r\n\r\nzz\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request_gets_an_error_of_the_client(head: str, hurried: Site) -> None:
    with closing(connected(hurried, head)) as connection:
        reply = rest(connection)
    assert reply.startswith(b"HTTP/1.1 4"), reply
    assert hurried.ask("/api/v1/").status == 200


def test_no_address_of_a_redirect_can_break_a_header() -> None:
    reply = redirect("https://other.example.org/ä\r\nX-Injected: 1?q=%20#a")
    assert reply.headers["Location"] == "https://other.example.org/%C3%A4%0D%0AX-Injected:%201?q=%20#a"


def posted(site: Site, name: str, value: object) -> Response:
    return site.ask("/reconcile", method="POST", body=urlencode({name: json.dumps(value)}).encode(), headers=FORM)


def test_a_name_without_end_is_no_candidate_and_costs_nothing(site: Site) -> None:
    long = {f"q{number}": {"query": "Osterholt storage battery " * 90} for number in range(100)}
    assert {len(one["result"]) for one in posted(site, "queries", long).json().values()} == {0}
    whole = posted(site, "queries", {"q": {"query": "Osterholt " * 20_000}})
    assert whole.json() == {"q": {"result": []}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("queries", {"q": {"query": "a", "properties": [{"pid": "tickers", "v": "x"}] * 21}}),
        ("extend", {"ids": [1], "properties": []}), ("extend", {"ids": ["a"], "properties": [None]}), ("extend", {"ids": ["a"], "properties": [{"id": 1}]}),
    ],
)  # fmt: skip
def test_a_batch_that_asks_for_too_much_or_for_nothing_is_refused(name: str, value: object, site: Site) -> None:
    reply = posted(site, name, value)
    assert (reply.status, bool(reply.json()["error"])) == (400, True)


@pytest.mark.parametrize("text", ["a\0b", "\u202e", "😀" * 60, "\\" * 100, "%" * 100, "(" * 150])
def test_a_name_of_odd_letters_is_matched_with_nothing(text: str, site: Site) -> None:
    query = {"query": text, "type": [text], "properties": [{"pid": text, "v": [[text], {"id": text}]}]}
    assert posted(site, "queries", {text: query}).status == 200
    assert posted(site, "queries", {"q": {"query": text}}).json() == {"q": {"result": []}}
    assert posted(site, "extend", {"ids": [text], "properties": [{"id": text}]}).status == 200
    assert posted(site, "queries", {"q": {"properties": [{"pid": "tickers", "v": text}]}}).json() == {"q": {"result": []}}


@pytest.mark.parametrize(
    "value", ['{"q": {"query": "\\ud800"}}', '{"\\udfff": {"query": "a"}}', '{"q": {"query": "a", "type": ["\\ud800"]}}']
)
def test_half_a_character_is_no_text(value: str, site: Site) -> None:
    for name in ("queries", "extend"):
        reply = site.ask("/reconcile", method="POST", body=urlencode({name: value}).encode(), headers=FORM)
        assert (reply.status, "UTF-8" in reply.json()["error"]) == (400, True)


def test_a_batch_ends_at_the_limit_of_seconds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 20))
    monkeypatch.setattr("newsgraph.server.reconciliation.monotonic", lambda: next(clock))
    reply = posted(site, "queries", {f"q{number}": {"query": "Osterholt"} for number in range(5)})
    assert reply.status == 400
    assert "longer than 30 seconds" in reply.text


def test_graphs_of_many_days_are_not_worked_out_for_one_client(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, begun = threading.Event(), list[date]()

    def derive(whole: GraphView, day: date) -> GraphView:
        begun.append(day)
        go_on.wait(60)
        return whole

    monkeypatch.setattr(site.graph, "_derive", derive)
    monkeypatch.setattr("newsgraph.server.served_graph._DERIVING", 0.2)
    days = [date(2031, 1, 1) + timedelta(number) for number in range(30)]
    try:
        with ThreadPoolExecutor(10) as pool:
            statuses = list(pool.map(lambda day: site.ask("/api/v1/companies", as_of=day).status, days))
        assert set(statuses) == {503}
        assert len(begun) <= 2
        assert site.ask("/api/v1/companies").status == 200
    finally:
        go_on.set()
    deadline = time.monotonic() + 60
    while site.ask("/api/v1/companies", as_of=days[-1]).status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_day_that_is_wanted_while_others_are_worked_out_is_refused_at_once(site: Site) -> None:
    never = threading.Event()
    days = [date(2032, 1, 1), date(2032, 1, 2)]
    site.graph._days.update({day: DeferredValue(lambda: never.wait(60) and site.graph.now, 0.1) for day in days})  # type: ignore[arg-type,return-value] # noqa: SLF001
    try:
        with pytest.raises(RefusalError, match="other days"):
            site.graph.at(date(2032, 1, 3))
    finally:
        never.set()
        for day in days:
            site.graph._days.pop(day, None)  # noqa: SLF001 - as it was


def test_the_log_has_the_place_of_an_error_and_no_text_of_the_request(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        message = "cannot read 'password=hunter2'"
        raise ValueError(message)

    monkeypatch.setattr("newsgraph.server.rest_api.read_api_parameters", fail)
    reply = site.ask("/api/v1/companies", q="hunter2", headers={"Authorization": "Bearer hunter2"})
    assert reply.status == 500
    assert reply.json() == {"error": "The server failed to answer. Its log says more."}
    log = capfd.readouterr().err
    assert "rest_api.py" in log
    assert "ValueError" in log
    assert "hunter2" not in log
