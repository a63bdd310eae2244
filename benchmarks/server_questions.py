"""What named questions take over a server, beside the same questions on the command line and in Python.

Usage: python benchmarks/server_questions.py OUTPUT [--names NAME ...]

Each named question is asked as it is, and with the company, topic or type of event that occur most. `server` is the median of five answers
over HTTP, at most 500 rows of each, by a server that has loaded the graph; `first` is the first answer of these. `Python` is the median of
five of `NewsGraph.query` in this process, the graph loaded. `command` is `newsgraph query`, once, its start included. All are in
milliseconds of wall time, so nothing else should be at work; rows must be as many each way.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from cost import cost_of, python
from machine import machine
from newsgraph.api import NewsGraph, load
from newsgraph.query.named_questions import questions, sparql_of
from server_load import running, wait_for

_TIMES, _MOST = 5, 500


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--names", nargs="+", default=list(questions()))
    options = parser.parse_args()
    print(machine())
    graph = load(options.output)
    most = _most(graph)
    totals = [0.0, 0.0, 0.0]
    with running([sys.executable, "-m", "newsgraph", "serve", str(options.output), "--port", "0"], r"127\.0\.0\.1:(\d+)/") as (_, port):
        wait_for(port, "/api/v1/search?q=a")
        wait_for(port, f"/sparql?{urlencode({'query': 'ASK { GRAPH ?g {} }'})}")
        print(f"{'question':<26} {'of':<14} {'rows':>9} {'first':>9} {'server':>9} {'Python':>9} {'command':>9}")
        for name in options.names:
            for values in ({}, *({parameter: most[parameter]} for parameter in questions()[name].parameters)):
                rows, times = _measured(graph, options.output, port, name, values)
                print(
                    f"{name:<26} {' '.join(values.values())[:14]:<14} {rows:>9,} " + " ".join(f"{1000 * one:>9.1f}" for one in times),
                    flush=True,
                )
                totals = [total + one for total, one in zip(totals, times[1:], strict=True)]
    print(f"{'all':<51} {'':>9} " + " ".join(f"{1000 * total:>9.1f}" for total in totals))


def _most(graph: NewsGraph) -> dict[str, str]:
    company = graph.companies.sort("mentions", "iri", descending=[True, False])["name"][0]
    return {
        "company": company, "thing": company, "topic": graph.topics.sort("articles", "iri", descending=[True, False])["name"][0],
        "kind": graph.events["type"].value_counts(sort=True)["type"][0],
    }  # fmt: skip


def _measured(graph: NewsGraph, output: Path, port: int, name: str, values: Mapping[str, str]) -> tuple[int, tuple[float, ...]]:
    """Return the rows of a question, and the seconds of the first answer of the server, of a later one, in Python and as a command."""
    sparql = sparql_of(name, values, graph.tables)
    begun = time.perf_counter()
    rows = _asked(port, name, values)
    first = time.perf_counter() - begun
    again = statistics.median(_seconds(lambda: _asked(port, name, values)) for _ in range(_TIMES))
    own = statistics.median(_seconds(lambda: graph.query(sparql)) for _ in range(_TIMES))
    given = [word for parameter, value in values.items() for word in ("--set", f"{parameter}={value}")]
    cost, printed = cost_of(python("-m", "newsgraph", "query", output, name, *given, "--output-format", "json"))
    counts = {rows, graph.query(sparql).height, len(json.loads(printed))}
    if len(counts) > 1:
        message = f"{name}: the answers have {sorted(counts)} rows"
        raise SystemExit(message)
    return rows, (first, again, own, cost.seconds)


def _asked(port: int, name: str, values: Mapping[str, str]) -> int:
    """Ask the server; return how many rows the answer has."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", f"/api/v1/questions/{name}?{urlencode({**values, 'limit': _MOST})}")
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    if reply.status != 200:  # noqa: PLR2004 - OK
        message = f"{name}: {reply.status} {text.decode()[:200]}"
        raise SystemExit(message)
    return int(json.loads(text)["total"])


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
