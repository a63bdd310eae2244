"""How fast a served graph answers: `why`, pages, search and SPARQL, for several clients at once, and while endless questions run.

Usage: python benchmarks/server_load.py OUTPUT [--clients 8] [--requests 200] [--endless 10] [--oxigraph PROGRAM]

Starts `newsgraph serve OUTPUT` and says when it listens, when it has loaded the graph, and when the stores for SPARQL are open (the first
start over an output makes them, which takes a processor). Then each kind of request is sent by so many clients at a time, each for
something else (`server_requests.py`; the same each time), and the median, the 95th percentile and the longest time of an answer are
printed, in milliseconds, and the processor time of the server (without its engines) for each request where the system tells it: that
figure does not depend on what else the machine does. The clients run on the same machine and take a part of it.

With `--endless`, so many clients then ask questions in SPARQL that never end, again whenever they are refused, and another sends questions
of 10 MB; meanwhile the other kinds are measured once more, with the share of them that was refused with 503, and then the memory of the
server and its engines. With the program `oxigraph`, its server answers the same SPARQL questions over the graph.ttl of OUTPUT, and the
ratio is printed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode

from server_requests import ENDLESS, ServerRequests

_PATIENCE = 600  # seconds
_FIRST_ERROR, _BUSY = 400, 503  # status
_ACCEPT = {"Accept": "text/html, application/sparql-results+json, application/json"}
_TEN_MEGABYTES = b"ASK { } # " + b"x" * 10_000_000
_SETTLED = 3.0  # seconds until the endless questions have taken all engines


def timed(port: int, paths: Sequence[str], clients: int, *, may_be_busy: bool = False) -> tuple[list[float], int]:
    """Return the seconds of each request, sent by some clients at a time over connections that stay open, and how many were refused."""

    def client(own: Sequence[str]) -> list[tuple[float, int]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        answers = []
        for path in own:
            begun = time.perf_counter()
            connection.request("GET", path, headers=_ACCEPT)
            reply = connection.getresponse()
            reply.read()
            answers.append((time.perf_counter() - begun, reply.status))
            if reply.status >= _FIRST_ERROR and not (may_be_busy and reply.status == _BUSY):
                message = f"{path}: {reply.status}"
                raise SystemExit(message)
        connection.close()
        return answers

    with ThreadPoolExecutor(clients) as pool:
        answers = [one for part in pool.map(client, [paths[number::clients] for number in range(clients)]) for one in part]
    return [seconds for seconds, _ in answers], sum(status == _BUSY for _, status in answers)


def show(what: str, seconds: Sequence[float], processor: float = 0.0, refused: int = 0) -> float:
    """Print the times of some requests, and the seconds of processor time of all; return the 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000
    spent = f"{processor / len(ordered) * 1000:10.1f}" if processor else " " * 10
    share = f"{refused / len(ordered):10.0%}" if refused else ""
    print(f"{what:<28} {statistics.median(ordered) * 1000:8.1f} {late:8.1f} {ordered[-1] * 1000:8.1f} {spent}{share}", flush=True)
    return late


def processor_seconds(process: int) -> float:
    """Return the processor time of a process so far, 0 where the system does not tell it."""
    state = Path(f"/proc/{process}/stat")
    if not state.is_file():
        return 0.0
    fields = state.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> tuple[float, float, int]:
    """Return the most memory that a process held, what its children hold now, and how many they are; zeros where the system does not tell."""
    children = [int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text("ascii").split()]
    held = [_status(child, "RssAnon") for child in children]
    return _status(process, "VmHWM"), sum(held), len(held)


def _status(process: int, field: str) -> float:
    with suppress(OSError):
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines())
        return int(lines.get(field, "0").split()[0]) * 1024 / 1e6
    return 0.0


@contextmanager
def running(command: Sequence[str], place: str) -> Iterator[tuple[int, int]]:
    """Start a server, yield its process and the port that it names in a line with a pattern, and end it."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process.pid, next(int(found[1]) for line in process.stdout or () if (found := re.search(place, line)))
        finally:
            process.terminate()


def wait_for(port: int, path: str) -> None:
    """Ask until the server has prepared an answer."""
    for _ in range(_PATIENCE):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        if status < _FIRST_ERROR:
            return
        time.sleep(0.5)


@contextmanager
def endless(port: int, clients: int) -> Iterator[None]:
    """Ask questions that never end, and send ones that are far too long, for as long as the block lasts."""
    is_over = Event()

    def ask(number: int) -> None:
        path = f"/sparql?{urlencode({'query': ENDLESS.format(number=number + 1)})}"
        while not is_over.is_set():
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
                connection.request("GET", path)
                if connection.getresponse().status == _BUSY:
                    is_over.wait(2)  # as the reply says
                connection.close()

    def send() -> None:
        while not is_over.wait(0.5):
            with suppress(OSError, http.client.HTTPException):  # it is refused before it has arrived
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
                connection.request("POST", "/sparql", _TEN_MEGABYTES, {"Content-Type": "application/sparql-query"})
                connection.close()

    for asker in [Thread(target=ask, args=(number,), daemon=True) for number in range(clients)] + [Thread(target=send, daemon=True)]:
        asker.start()
    time.sleep(_SETTLED)
    try:
        yield
    finally:
        is_over.set()


def measure(output: Path, clients: int, count: int, endless_clients: int, oxigraph: str) -> None:
    """Measure a server, and the other one if there is one."""
    half = count + clients
    all_kinds = ServerRequests(output, 2 * half).of_kinds()
    kinds = {what: paths[:half] for what, paths in all_kinds.items()}
    begun = time.perf_counter()
    with running([sys.executable, "-m", "newsgraph", "serve", str(output), "--port", "0"], r"127\.0\.0\.1:(\d+)/") as (process, port):
        print(f"listens after {time.perf_counter() - begun:.1f} s")
        wait_for(port, "/api/v1/search?q=a")
        print(f"has loaded the graph after {time.perf_counter() - begun:.1f} s")
        for part, query in (("SPARQL", "ASK {}"), ("SPARQL over named graphs", "ASK { GRAPH ?g {} }")):
            wait_for(port, f"/sparql?{urlencode({'query': query})}")
            print(f"answers {part} after {time.perf_counter() - begun:.1f} s")
        late = show_kinds(port, process, kinds, clients)
        if endless_clients:
            print(f"while {endless_clients} questions without end and questions of 10 MB are asked:")
            with endless(port, endless_clients):
                others = {what: paths[half:] for what, paths in all_kinds.items()}  # the server remembers what it was asked already
                show_kinds(port, process, others, clients, may_be_busy=True)
                most, engines, number = megabytes(process)
            print(f"memory: server at most {most:,.0f} MB, its {number} engines now {engines:,.0f} MB")
    if oxigraph:
        compare(output, oxigraph, [f"/query{path.removeprefix('/sparql')}" for path in kinds["SPARQL"]], clients, late)


def show_kinds(port: int, process: int, kinds: Mapping[str, Sequence[str]], clients: int, *, may_be_busy: bool = False) -> float:
    """Send the requests of each kind and print their times; return the 95th percentile of the last kind in milliseconds."""
    print(f"{'milliseconds':<28} {'median':>8} {'95 %':>8} {'most':>8} {'processor':>10}{'refused' if may_be_busy else '':>10}".rstrip())
    late = 0.0
    for what, paths in kinds.items():
        timed(port, paths[:clients], clients, may_be_busy=may_be_busy)  # connections and engines are started
        before = processor_seconds(process)
        seconds, refused = timed(port, paths[clients:], clients, may_be_busy=may_be_busy)
        late = show(what, seconds, processor_seconds(process) - before, refused)
    return late


def compare(output: Path, oxigraph: str, paths: Sequence[str], clients: int, late: float) -> None:
    """Send the same SPARQL questions to the server of oxigraph over graph.ttl, and print the ratio of the 95th percentiles."""
    with TemporaryDirectory() as folder:
        subprocess.run([oxigraph, "load", "--location", folder, "--file", str(output / "graph.ttl")], check=True, capture_output=True)
        with running([oxigraph, "serve-read-only", "--location", folder, "--bind", "127.0.0.1:7879"], r"127\.0\.0\.1:(\d+)") as (_, port):
            timed(port, paths[:clients], clients)
            other = show("SPARQL, oxigraph", timed(port, paths[clients:], clients)[0])
    print(f"newsgraph takes {late / other:.1f} times as long at the 95th percentile")


def main() -> None:
    """Measure an output folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--endless", type=int, default=0, metavar="N", help="questions without end that are asked meanwhile")
    parser.add_argument("--oxigraph", default="", metavar="PROGRAM")
    options = parser.parse_args()
    measure(options.output, options.clients, options.requests, options.endless, options.oxigraph)


if __name__ == "__main__":
    main()
