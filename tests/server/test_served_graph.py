"""What is served stays the same while a build replaces its folder, and the command starts, says where, and ends clean."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from conftest import ROOT
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.query.engine_pool import EnginePool
from newsgraph.query.query_limits import QueryLimits
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.settings import ServerSettings, local_hosts
from served_site import Site, served_site

RULES = BuildOptions(extractor="rules", companies=ROOT / "examples" / "companies.csv")
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"


def count(site: Site) -> str:
    return site.sparql(COUNT, "text/csv").text.split()[1]


def build_seeds(folder: Path) -> None:
    build_into(folder, [ROOT / "seeds"], RULES, ["turtle"])


def test_a_build_into_the_folder_does_not_change_what_is_served(tmp_path: Path) -> None:
    output = tmp_path / "output"
    build_into(output, [ROOT / "examples" / "news"], RULES, ["turtle"])
    with served_site(output, QueryLimits(seconds=60.0, rows=1000, memory=2**30, size=2**20)) as site:
        searched = site.ask("/api/v1/search", q="storage").json()
        before = count(site), site.ask("/api/v1/companies").json(), site.ask("/id/company/osterholt.ttl").body
        assert site.ask("/api/v1/").json()["replaced"] is False
        build_seeds(output)
        assert not list((output / ".newsgraph" / "store").glob("*"))
        for engines in site.graph.engines._idle.values():  # noqa: SLF001 - those that answer next have to open their store again
            for engine in engines:
                engine.close()
        assert (count(site), site.ask("/api/v1/companies").json(), site.ask("/id/company/osterholt.ttl").body) == before
        site.graph.index.close()  # as if no request had opened the file yet
        assert searched["total"] > 10
        assert site.ask("/api/v1/search", q="storage").json() == searched
        site.graph._looked = (-10.0, False)  # noqa: SLF001 - it looks again now
        assert site.ask("/api/v1/").json()["replaced"] is True
        assert "A newer build is in the folder" in site.ask("/").text
    assert [path.name for path in (output / ".newsgraph").iterdir() if path.name.startswith("pinned-")] == []
    with served_site(output) as site:
        assert count(site) == "8"


def test_a_store_that_is_gone_is_no_fault_of_the_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "output"
    build_seeds(output)
    with served_site(output, QueryLimits(seconds=60.0, rows=1000, memory=2**30, size=2**20)) as site:
        assert count(site) == "8"
        engines = EnginePool(lambda _: tmp_path / "none", 1, site.graph.settings.limits)
        monkeypatch.setattr(site.graph, "engines", engines)
        reply = site.sparql(COUNT, "text/csv")
        assert (reply.status, reply.text) == (503, "The engine cannot open its store. Start the server again.\n")


def test_a_server_that_ends_while_a_store_is_made_leaves_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    build_seeds(output)
    graph = ServedGraph(output, ServerSettings(local_hosts(0)))
    graph.prepare()
    deadline = time.monotonic() + 60
    while not graph._makers._working and time.monotonic() < deadline:  # noqa: SLF001 - until a process is at work
        time.sleep(0.01)
    assert graph._makers._working  # noqa: SLF001 - as above
    graph.close()
    graph._stores[False].wait()  # noqa: SLF001 - it is told, and makes no other
    assert list((output / ".newsgraph").rglob(".partial-*")) == []
    assert [path.name for path in (output / ".newsgraph").iterdir() if path.name.startswith("pinned-")] == []


def test_a_store_that_a_build_took_away_before_it_was_held_is_made_from_the_tables(tmp_path: Path) -> None:
    output = tmp_path / "output"
    build_into(output, [ROOT / "examples" / "news"], RULES, ["turtle"])
    with served_site(output) as site:
        assert site.graph.now.tables["articles"].height == 30
        assert count(site) == "30"  # held by now
        build_seeds(output)
        site.graph._stores[False] = site.graph._store_of(is_quads=False)  # noqa: SLF001 - as if it was not asked for yet
        for engine in site.graph.engines._idle[False]:  # noqa: SLF001 - as above
            engine.close()
        assert count(site) == "30"


def test_a_folder_that_cannot_be_written_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "output"
    build_seeds(output)
    monkeypatch.setattr("newsgraph.query.triple_store.derived", lambda *_: None)
    monkeypatch.setattr("newsgraph.storage.pinned_entry.ScratchFolder", _refuse)
    monkeypatch.setattr("newsgraph.server.held_stores.is_current", lambda _: False)
    with served_site(output) as site:
        assert count(site) == "8"
    assert list((output / ".newsgraph").glob("pinned-*")) == []


def _refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_the_command_says_where_it_serves_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    build_seeds(tmp_path / "output")
    command = [sys.executable, "-m", "newsgraph", "serve", str(tmp_path / "output"), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    assert address is not None, line + process.stdout.read()
    connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=120)
    connection.request("GET", "/sparql?query=ASK%20%7B%7D")
    assert b'"boolean":true' in connection.getresponse().read()
    connection.close()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "")
    assert [path.name for path in (tmp_path / "output" / ".newsgraph").glob("pinned-*")] == []


def test_the_command_ends_when_it_is_told_to_also_while_a_question_without_end_is_asked(tmp_path: Path) -> None:
    build_seeds(tmp_path / "output")
    command = [sys.executable, "-m", "newsgraph", "serve", str(tmp_path / "output"), "--port", "0", "--timeout", "3600"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert process.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
    assert address is not None
    replies: list[int] = []

    def ask(query: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=120)
        connection.request("GET", f"/sparql?{urlencode({'query': query})}")
        replies.append(connection.getresponse().status)
        connection.close()

    ask("ASK {}")
    asker = threading.Thread(target=ask, args=("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }",))
    asker.start()
    asker.join(2)
    assert asker.is_alive()
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    asker.join(60)
    assert (process.returncode, rest, replies) == (0, "", [200, 503])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "contains no newsgraph graph"),
        (["OUTPUT", "--allow-origin", "news.example.org"], "is not the address of a website"),
        (["OUTPUT", "--host", "192.0.2.1"], "cannot be used"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(arguments: list[str], words: str, site: Site) -> None:
    arguments = [str(site.graph.folder) if argument == "OUTPUT" else argument for argument in arguments]
    result = CliRunner().invoke(main, ["serve", *arguments, "--port", "0"])
    assert result.exit_code == 2
    assert words in result.output
    assert result.output.count("\n") == 1


def test_a_port_that_is_taken_is_said(site: Site) -> None:
    result = CliRunner().invoke(main, ["serve", str(site.graph.folder), "--port", str(site.port)])
    assert (result.exit_code, "Choose another port" in result.output) == (2, True)


@pytest.mark.parametrize("name", ["articles.parquet", "manifest.json", "replaced.parquet"])
def test_a_folder_that_lacks_files_is_not_served(name: str, site: Site, tmp_path: Path) -> None:
    shutil.copytree(site.graph.folder / "tables", tmp_path / "out" / "tables")
    (tmp_path / "out" / "tables" / name).unlink()
    with pytest.raises(InputError, match=f"is incomplete.*{name}"):
        ServedGraph(tmp_path / "out", ServerSettings(local_hosts(1)))


def test_a_graph_that_cannot_be_read_is_told_without_its_place(site: Site, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    shutil.copytree(site.graph.folder / "tables", folder / "tables")
    path = folder / "tables" / "articles.parquet"
    path.write_bytes(bytes(path.stat().st_size))  # as large as it was, so that it is seen only when it is read
    with served_site(folder) as damaged:
        for address in ("/", "/api/v1/companies", "/search?q=Osterholt", "/sparql?query=ASK%7B%7D", "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22a%22%7D%7D"):  # fmt: skip
            reply = damaged.ask(address)
            assert (reply.status, "The graph cannot be read" in reply.text) == (503, True), f"{address}: {reply.text}"
            assert str(tmp_path) not in reply.text
    log = capfd.readouterr().err
    assert f"error: {folder}: is incomplete or damaged: tables/articles.parquet is not what was written" in log
    assert "Traceback" not in log
