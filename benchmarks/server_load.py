"""How fast a served graph answers: `why`, the page of a company, search and SPARQL, for several clients at once.

Usage: python benchmarks/server_load.py OUTPUT [--clients 8] [--requests 200] [--oxigraph PROGRAM]

Starts `newsgraph serve OUTPUT` and says when it listens, when it has loaded the graph, and when the stores for SPARQL are open (the first
start over an output makes them, which takes a processor). Then each kind of request is sent by so many
clients at a time, each for a company or word drawn by chance (the same ones each time), and the median and the 95th percentile of the
time of an answer are printed, in milliseconds, and the processor time of the server (without its engines) for each request where the
system tells it: that figure does not depend on what else the machine does. With the program `oxigraph`, its server answers the same SPARQL questions over the
graph.ttl of OUTPUT, and the ratio is printed. The clients run on the same machine and take a part of it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode, urlsplit

import polars as pl

_PATIENCE = 600  # seconds
_FIRST_ERROR = 400  # status
_QUESTIONS = (
    "SELECT ?p ?o {{ <{iri}> ?p ?o }}",
    "SELECT ?e ?label {{ ?e ?role <{iri}> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label }} LIMIT 50",
    "SELECT (COUNT(*) AS ?n) {{ ?a <https://schema.org/mentions> <{iri}> }}",
)


def timed(port: int, paths: Sequence[str], clients: int) -> list[float]:
    """Return the seconds of each request, sent by some clients at a time over connections that stay open."""

    def client(own: Sequence[str]) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        seconds = []
        for path in own:
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Accept": "text/html, application/sparql-results+json, application/json"})
            reply = connection.getresponse()
            reply.read()
            seconds.append(time.perf_counter() - begun)
            if reply.status >= _FIRST_ERROR:
                message = f"{path}: {reply.status}"
                raise SystemExit(message)
        connection.close()
        return seconds

    with ThreadPoolExecutor(clients) as pool:
        return [one for part in pool.map(client, [paths[number::clients] for number in range(clients)]) for one in part]


def show(what: str, seconds: Sequence[float], processor: float = 0.0) -> float:
    """Print the median and the 95th percentile of some times, and the seconds of processor time of all; return the second in milliseconds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000
    spent = f"{processor / len(ordered) * 1000:10.1f}" if processor else ""
    print(f"{what:<28} {statistics.median(ordered) * 1000:8.1f} {late:8.1f} {spent}")
    return late


def processor_seconds(process: int) -> float:
    """Return the processor time of a process so far, 0 where the system does not tell it."""
    state = Path(f"/proc/{process}/stat")
    if not state.is_file():
        return 0.0
    fields = state.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


def draw(output: Path, count: int) -> tuple[list[str], list[str]]:
    """Return companies (IRIs) and words of their names, drawn by chance, each company as often as articles name it."""
    chance = random.Random(1)
    companies = pl.read_parquet(output / "tables" / "companies.parquet", columns=["iri", "name", "articles"]).sort("iri")
    drawn = chance.choices(companies.rows(), weights=companies["articles"].to_list(), k=count)
    return [iri for iri, _, _ in drawn], [chance.choice(name.split()) for _, name, _ in drawn]


def measure(output: Path, clients: int, count: int, oxigraph: str) -> None:
    """Measure a server, and the other one if there is one."""
    iris, words = draw(output, count)
    base = str(pl.read_parquet(output / "tables" / "dataset.parquet")["base"][0])
    kinds: dict[str, Callable[[str, str], str]] = {
        "why (REST)": lambda iri, _: f"/api/v1/why?{urlencode({'a': iri})}",
        "page of a company": lambda iri, _: f"{quote(urlsplit(base).path + iri.removeprefix(base), '/%')}.html",
        "search (REST)": lambda _, word: f"/api/v1/search?{urlencode({'q': word})}",
        "SPARQL": lambda iri, word: f"/sparql?{urlencode({'query': _QUESTIONS[len(word) % 3].format(iri=iri)})}",
    }
    begun = time.perf_counter()
    with running([sys.executable, "-m", "newsgraph", "serve", str(output), "--port", "0"], r"127\.0\.0\.1:(\d+)/") as (process, port):
        print(f"listens after {time.perf_counter() - begun:.1f} s")
        wait_for(port, "/api/v1/search?q=a")
        print(f"has loaded the graph after {time.perf_counter() - begun:.1f} s")
        for part, query in (("SPARQL", "ASK {}"), ("SPARQL over named graphs", "ASK { GRAPH ?g {} }")):
            wait_for(port, f"/sparql?{urlencode({'query': query})}")
            print(f"answers {part} after {time.perf_counter() - begun:.1f} s")
        print(f"{'milliseconds':<28} {'median':>8} {'95 %':>8} {'processor':>10}")
        late = 0.0
        for what, path in kinds.items():
            paths = [path(iri, word) for iri, word in zip(iris, words, strict=True)]
            timed(port, paths[:clients], clients)  # connections and engines are started
            before = processor_seconds(process)
            seconds = timed(port, paths, clients)
            late = show(what, seconds, processor_seconds(process) - before)
    if oxigraph:
        compare(
            output,
            oxigraph,
            [f"/query{kinds['SPARQL'](iri, word).removeprefix('/sparql')}" for iri, word in zip(iris, words, strict=True)],
            clients,
            late,
        )


def compare(output: Path, oxigraph: str, paths: Sequence[str], clients: int, late: float) -> None:
    """Send the same SPARQL questions to the server of oxigraph over graph.ttl, and print the ratio of the 95th percentiles."""
    with TemporaryDirectory() as folder:
        subprocess.run([oxigraph, "load", "--location", folder, "--file", str(output / "graph.ttl")], check=True, capture_output=True)
        with running([oxigraph, "serve-read-only", "--location", folder, "--bind", "127.0.0.1:7879"], r"127\.0\.0\.1:(\d+)") as (_, port):
            timed(port, paths[:clients], clients)
            other = show("SPARQL, oxigraph", timed(port, paths, clients))
    print(f"newsgraph takes {late / other:.1f} times as long at the 95th percentile")


def main() -> None:
    """Measure an output folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--oxigraph", default="", metavar="PROGRAM")
    options = parser.parse_args()
    measure(options.output, options.clients, options.requests, options.oxigraph)


if __name__ == "__main__":
    main()
