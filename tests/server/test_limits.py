"""What a question may cost, whose requests are answered, and that no request breaks the server or learns of this machine."""

from __future__ import annotations

import random
import re
import socket
import string
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from newsgraph.query.query_limits import QueryLimits
from newsgraph.server.settings import LIMITS
from rounds import NIGHTLY
from served_site import Site, served_site

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
SLOW = 8.0  # seconds after which a question ends here
QUICK = 6.0  # seconds in which others are answered, on a machine that does much else


@pytest.fixture(scope="module")
def strict(site: Site) -> Iterator[Site]:
    """Serve the same graph with narrow limits, and to the pages of one website."""
    limits = QueryLimits(seconds=SLOW, rows=500, memory=256 * 2**20, size=200_000)
    with served_site(site.graph.folder, limits, origins=frozenset({"https://news.example.org"}), at_once=2) as served:
        assert served.sparql("ASK {}").status == 200
        assert served.sparql("ASK { GRAPH ?g { ?s ?p ?o } }").status == 200
        yield served


def ended(site: Site, query: str, accept: str = "application/sparql-results+json") -> str:
    reply = site.sparql(query, accept)
    assert reply.status == 400
    return reply.text


def test_a_question_ends_at_its_time_and_others_are_answered_meanwhile(strict: Site) -> None:
    with ThreadPoolExecutor(12) as pool:
        endless = pool.submit(ended, strict, ENDLESS)
        time.sleep(0.5)
        begun = time.monotonic()
        others = [pool.submit(strict.sparql, f"SELECT * {{ ?s ?p {number} }}") for number in range(10)]
        answers = [other.result() for other in others]
        assert time.monotonic() - begun < QUICK
        assert {answer.status for answer in answers} <= {200, 503}
        assert any(answer.status == 200 for answer in answers)
        assert not endless.done()
        assert "longer than 8 seconds" in endless.result()


def test_with_all_turns_taken_others_are_told_at_once_and_pages_still_come(strict: Site) -> None:
    with ThreadPoolExecutor(12) as pool:
        endless = [pool.submit(ended, strict, ENDLESS) for _ in range(2)]
        time.sleep(0.5)
        begun = time.monotonic()
        refused = list(pool.map(lambda _: strict.sparql("ASK {}"), range(8)))
        assert {reply.status for reply in refused} == {503}
        assert {reply.headers["retry-after"] for reply in refused} == {"2"}
        assert strict.ask("/id/company/osterholt.html").status == 200
        assert strict.ask("/api/v1/why", a="Osterholt").status == 200
        assert time.monotonic() - begun < QUICK
        assert all("longer than 8 seconds" in one.result() for one in endless)
    assert strict.sparql("ASK {}").json() == {"head": {}, "boolean": True}


def test_rows_bytes_memory_and_depth_of_an_answer_are_bounded(strict: Site) -> None:
    assert "more than 500 rows" in ended(strict, "SELECT * { ?s ?p ?o }")
    assert "more than 500 rows" in ended(strict, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")
    many = " ".join(f'("{"x" * 500}{number}")' for number in range(450))
    assert "more than 0.2 MB" in strict.ask(
        "/sparql", method="POST", body=f"SELECT * {{ VALUES (?x) {{ {many} }} }}".encode(), headers={"Content-Type": "application/sparql-query"}
    ).text  # fmt: skip
    doubling = "SELECT (STRLEN(?z) AS ?n) { BIND('xxxxxxxxxxxxxxxx' AS ?a0) " + " ".join(
        f"BIND(CONCAT(?a{number}, ?a{number}) AS ?a{number + 1})" for number in range(28)
    )
    assert "more memory than the 256 MB" in ended(strict, f"{doubling} BIND(?a28 AS ?z) }}")
    assert "nested more than 200" in ended(strict, f"ASK {{ FILTER{'(' * 5000}1=1{')' * 5000} }}")
    assert "nested more than 200" in ended(strict, f"ASK {'{' * 3000}{'}' * 3000}")
    assert strict.sparql("ASK {}").status == 200


def test_a_question_of_ten_megabytes_is_refused_before_it_is_read(strict: Site) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", strict.port), timeout=30) as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{strict.port}\r\nContent-Type: application/sparql-query\r\nContent-Length: 10000000\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(200).startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - begun < QUICK
    assert strict.ask("/sparql", method="POST", body=b"x" * (strict.graph.settings.most_bytes + 1), headers=headers).status == 413
    with socket.create_connection(("127.0.0.1", strict.port), timeout=30) as connection:
        head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{strict.port}\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
        received = b""
        for _ in range(160):
            try:
                connection.sendall(chunk)
            except OSError:
                break
        with pytest.MonkeyPatch.context():
            try:
                received = connection.recv(200)
            except OSError:
                received = b"HTTP/1.1 413 "  # the server closed the connection while this side still sent
        assert received.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example.org"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1.evil.example.org:80"}, 421),
        ({"Origin": "https://evil.example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://news.example.org.evil.example.org"}, 403),
        ({"Origin": "https://news.example.org"}, 200),
        ({}, 200),
    ],
)
@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%20%7B%7D", "/api/v1/companies", "/reconcile", "/id/company/osterholt.ttl"])
def test_foreign_hosts_and_origins_are_refused_everywhere(path: str, headers: dict[str, str], status: int, strict: Site) -> None:
    assert strict.ask(path, headers=headers).status == status


def test_a_page_of_a_named_website_may_read_and_no_other(strict: Site, site: Site) -> None:
    named = {"Origin": "https://news.example.org"}
    reply = strict.ask("/api/v1/companies", headers=named)
    assert reply.headers["access-control-allow-origin"] == "https://news.example.org"
    flight = strict.ask("/sparql", method="OPTIONS", headers={**named, "Access-Control-Request-Method": "POST"})
    assert (flight.status, flight.headers["access-control-allow-methods"]) == (204, "GET, HEAD, POST")
    assert "access-control-allow-origin" not in strict.ask("/api/v1/companies").headers
    assert site.ask("/api/v1/companies", headers=named).status == 403
    assert "access-control-allow-origin" not in site.ask("/sparql", method="OPTIONS").headers
    own = site.ask("/sparql", query="ASK {}", headers={"Origin": site.url})
    assert (own.status, "access-control-allow-origin" in own.headers) == (200, False)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO"])
def test_only_methods_that_read_are_answered(method: str, strict: Site) -> None:
    for path in ("/", "/sparql", "/api/v1/companies", "/id/company/osterholt"):
        assert strict.ask(path, method=method).status == 405


def test_a_post_is_answered_only_where_questions_are_posted(strict: Site) -> None:
    for path in ("/", "/api/v1/companies", "/id/company/osterholt", "/graph.html"):
        reply = strict.ask(path, method="POST", body=b"")
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_no_path_of_a_request_reaches_a_file(strict: Site) -> None:
    paths = ["/tables/articles.parquet", "/graph.ttl", "/../graph.ttl", "/%2e%2e/graph.ttl", "/id/../../graph.ttl", "/id/..%2f..%2fgraph.ttl", "//etc/passwd", "/etc/passwd", "/.newsgraph/build.json", "/id/%00"]  # fmt: skip
    for path in paths:
        assert strict.ask(path).status == 404, path


def test_requests_by_chance_get_no_error_of_the_server_and_learn_nothing_of_the_machine(strict: Site) -> None:
    chance = random.Random(11)  # noqa: S311 - the same requests each time
    starts = ["/", "/sparql", "/sparql?query=", "/api/v1/", "/api/v1/questions/", "/id/", "/id/company/", "/reconcile", "/reconcile?queries=", "/search?q=", "/reconcile/suggest/entity?prefix="]  # fmt: skip
    letters = string.printable + "äß€\u202e😀" + "%/?&=#:<>\"'{}[]\\\0"
    secrets = (str(strict.graph.folder), str(Path(__file__).parents[2]), "Traceback", "site-packages", ".py")
    for _ in range(2_000 if NIGHTLY else 150):
        text = "".join(chance.choices(letters, k=chance.randint(0, 40)))
        path = chance.choice(starts) + quote(text, safe=chance.choice(["", "/?&=%"]))
        body = text.encode() if chance.random() < 0.3 else None
        kind = chance.choice(["application/x-www-form-urlencoded", "application/sparql-query", "application/json", "a/b;c=d", ""])
        accept = chance.choice(
            ["*/*", "text/html", "text/turtle", "q", text.encode("ascii", "ignore").decode().translate(dict.fromkeys(range(32)))]
        )
        reply = strict.ask(path, method="POST" if body is not None else "GET", body=body, headers={"Content-Type": kind, "Accept": accept})
        assert reply.status < 500 or reply.status == 503, (path, body, reply.text)
        if reply.status >= 400:
            assert not any(secret in reply.text for secret in secrets), reply.text


def test_errors_name_no_path_of_the_machine(strict: Site) -> None:
    for query in (
        "SELECT * { SERVICE SILENT <file:///etc/passwd> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> {}",
        "SELECT (1/0 AS ?x) ?y {",
    ):
        reply = strict.sparql(query)
        assert reply.status == 400
        assert str(strict.graph.folder) not in reply.text


def test_an_engine_that_was_killed_is_replaced(strict: Site) -> None:
    assert strict.sparql("ASK {}").status == 200
    for idle in strict.graph.engines._idle.values():  # noqa: SLF001 - as an out of memory killer would
        for engine in idle:
            engine.close()
    assert strict.sparql("ASK {}").status == 200


def test_limits_are_what_the_page_says() -> None:
    text = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{LIMITS.seconds:g} seconds", text)
    assert f"{LIMITS.rows:,} rows" in text


def test_many_connections_that_say_nothing_hold_up_nobody(strict: Site) -> None:
    held = [socket.create_connection(("127.0.0.1", strict.port), timeout=30) for _ in range(60)]
    try:
        for connection in held[:30]:
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:1\r\n")
        answers: list[int] = []
        threads = [threading.Thread(target=lambda: answers.append(strict.ask("/api/v1/").status)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(QUICK * 3)
        assert answers == [200] * 5
    finally:
        for connection in held:
            connection.close()
