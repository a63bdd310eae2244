"""What questions cost on a built graph, and what rdflib takes for the named ones on the same graph.

Usage: python benchmarks/questions.py OUTPUT [--asked named|filter|users] [--cpu] [--rdflib] [--limit 20] [--names NAME ...]

`named` are the named questions, each as it is, and with the company, topic and type of event that occur most; `filter` are the same with
one more FILTER, as users' own SPARQL; `users` are the questions of `tests/cases/questions.rq`. `newsgraph` is the median of five answers
in milliseconds, rows as a typed frame; with --cpu of one answer in CPU time. The first question of all to a folder makes what is kept
there (`first`), others only open it (`opened`, tables read before). rdflib answers once, for at most `--limit` seconds: `>` marks what
it did not finish, which counts as the limit, so that sums and ratios are at least what they say. Rows must be as many as rdflib's.
"""

from __future__ import annotations

import argparse
import re
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from machine import machine, peak
from newsgraph.api import NewsGraph, load
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.named_questions import questions, sparql_of

if TYPE_CHECKING:
    import rdflib

_TIMES = 5
_USERS = Path(__file__).parents[1] / "tests" / "cases" / "questions.rq"
_WHERE_ENDS = re.compile(r"^\s*\}\s*\n(?=(?:GROUP BY|ORDER BY|HAVING|LIMIT)|$)", re.MULTILINE)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--asked", choices=["named", "filter", "users"], default="named", help="which questions to ask")
    parser.add_argument("--cpu", action="store_true", help="CPU time of one answer")
    parser.add_argument("--rdflib", action="store_true", help="ask rdflib, too")
    parser.add_argument("--limit", type=float, default=20, help="seconds that rdflib has for each question")
    parser.add_argument("--names", nargs="+", default=list(questions()))
    options = parser.parse_args()
    print(machine())
    first = _seconds(lambda: load(options.output).query("decisions"))
    graph = load(options.output)
    opened = _seconds(lambda: graph.query("decisions"))
    print(f"{graph.articles.height:,} articles; first {first:.2f} s, opened {opened:.2f} s, peak {peak():,.0f} MB")
    peer = graph.to_rdflib() if options.rdflib else None
    print(f"{'question':<26} {'of':<14} {'rows':>9} {'newsgraph':>10}" + (f" {'rdflib':>10} {'ratio':>8}" if peer is not None else ""))
    ours, theirs = [], []
    for name, value, sparql in _cases(graph, options.asked, options.names):
        rows, own = _own(graph, sparql, cpu=options.cpu)
        line = f"{name:<26} {value[:14]:<14} {rows:>9,} {1000 * own:>10.1f}"
        ours.append(own)
        if peer is not None:
            seconds, done = _peer(peer, sparql, rows, options.limit)
            theirs.append(seconds)
            line += f" {'' if done else '>'}{1000 * seconds:>{10 if done else 9}.1f} {'' if done else '>'}{seconds / own:>{8 if done else 7}.1f}"
        print(line, flush=True)
    print(f"newsgraph: median {1000 * statistics.median(ours):.1f} ms, worst {1000 * max(ours):.1f} ms, sum {sum(ours):.2f} s")
    if theirs:
        print(f"rdflib: sum at least {sum(theirs):.2f} s, {sum(theirs) / sum(ours):.1f} times as much")


def _cases(graph: NewsGraph, asked: str, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield questions as name, value of a parameter and SPARQL."""
    if asked == "users":
        for number, part in enumerate(_USERS.read_text("utf-8").split("\n\n")[1:], start=1):
            yield str(number), "", part.strip()
        return
    company = graph.companies.sort("mentions", descending=True)["name"][0]
    most = {
        "company": company, "thing": company, "topic": graph.topics.sort("articles", descending=True)["name"][0],
        "kind": graph.events["type"].value_counts(sort=True)["type"][0],
    }  # fmt: skip
    for name in names:
        for parameters in ({}, *({parameter: most[parameter]} for parameter in questions()[name].parameters)):
            sparql = sparql_of(name, parameters, graph.tables)
            yield name, " ".join(parameters.values()), filtered(sparql) if asked == "filter" else sparql


def filtered(sparql: str) -> str:
    """Add a FILTER on the last plain column of a question at the end of its WHERE."""
    end = list(_WHERE_ENDS.finditer(sparql))[-1].start()
    column = re.findall(r"\?\w+", re.sub(r"\(.*?AS \?\w+\)", "", sparql.partition("SELECT")[2].partition("WHERE")[0]))[-1]
    return f'{sparql[:end]}  FILTER(!BOUND({column}) || CONTAINS(LCASE(STR({column})), "a"))\n{sparql[end:]}'


def _own(graph: NewsGraph, sparql: str, *, cpu: bool) -> tuple[int, float]:
    if cpu:
        start = time.process_time()
        rows = graph.query(sparql).height
        return rows, time.process_time() - start
    return graph.query(sparql).height, statistics.median(_seconds(lambda: graph.query(sparql)) for _ in range(_TIMES))


def _peer(peer: rdflib.Graph, sparql: str, rows: int, limit: float) -> tuple[float, bool]:
    """Ask rdflib, and interrupt it when its time is over."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    found: list[object] = []
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    start = time.perf_counter()
    with suppress(TimeoutError):
        found.extend(peer.query(sparql, initNs=PREFIXES))
        signal.setitimer(signal.ITIMER_REAL, 0)
        if len(found) != rows:
            print(f"rdflib gives {len(found)} rows")
        return time.perf_counter() - start, True
    return limit, False


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
