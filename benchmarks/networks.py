"""Communities and centrality of a built graph by networkit beside networkx: processor time, modularity, and whether they agree.

Usage: python benchmarks/networks.py [--documents 4000] [--mixed] [--extractor rules] [--samples 200] [--seed 1]

The network is all nodes and edges of a generated graph, undirected, edges of several kinds as one with the sum of their weights. Louvain
is networkx's `louvain_communities` and networkit's PLM, which is the same method in C++; modularity of both is networkx's. Betweenness goes out
from `--samples` nodes. `agree` is how many of the 100 highest nodes are the same, for communities the normalised mutual information; of
sampled betweenness two seeds of networkx agree no more. networkit (MIT) is an extra: `pip install networkit`; without it networkx stands
alone. One thread.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import networkx as nx

from generate import documents
from machine import machine
from newsgraph.api import NewsGraph, build

_TOP = 100  # nodes that are compared
Values = Sequence[float]
Result = TypeVar("Result")


def main() -> None:
    """Build, measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--mixed", action="store_true", help="copies, forms of names, stories over several documents")
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--samples", type=int, default=200, help="nodes that betweenness goes out from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        for file, text in documents(options.documents, mixed=options.mixed):
            (Path(name) / file).write_text(text, encoding="utf-8")
        network, made = _timed(lambda: _undirected(build(name, extractor=options.extractor)))
    samples = min(options.samples, len(network))
    print(f"{machine()}; {len(network):,} nodes, {network.number_of_edges():,} edges; built and turned into a network in {made:.1f} s")
    ours, theirs = _networkx(network, samples, options.seed), _networkit(network, samples, options.seed)
    print(f"{'CPU, s':<26}{f'networkx {nx.__version__}':>18}{_name():>18}{'ratio':>8}{'agree':>9}{'modularity':>22}")
    for label, own in ours.items():
        found, seconds = _timed(own)
        line = f"{label:<26}{seconds:>18.2f}"
        told = _told(network, label, found)
        if label in theirs:
            other, took = _timed(theirs[label])
            line += f"{took:>18.2f}{seconds / took:>8.1f}{_agreement(label, found, other):>9.2f}"
            told += f" {_told(network, label, other)}" if told else ""
        print(f"{line}{told:>22}", flush=True)


def _undirected(graph: NewsGraph) -> nx.Graph[int]:
    """Give all nodes by number, and each pair that is linked once."""
    whole = graph.to_networkx()
    number = {iri: place for place, iri in enumerate(whole)}
    result: nx.Graph[int] = nx.Graph()
    result.add_nodes_from(number.values())
    for source, target, held in whole.edges(data=True):
        one, other = number[source], number[target]
        before = result.edges[one, other]["weight"] if result.has_edge(one, other) else 0.0
        if one != other:
            result.add_edge(one, other, weight=before + float(held.get("weight", 1)))
    return result


def _networkx(network: nx.Graph[int], samples: int, seed: int) -> dict[str, Callable[[], Values]]:
    def communities() -> Values:
        groups = nx.community.louvain_communities(network, seed=seed)
        return _in_order({node: place for place, members in enumerate(groups) for node in members})

    return {
        "communities (Louvain)": communities,
        "PageRank": lambda: _in_order(nx.pagerank(network)),
        f"betweenness, {samples} samples": lambda: _in_order(nx.betweenness_centrality(network, k=samples, seed=seed)),
    }


def _networkit(network: nx.Graph[int], samples: int, seed: int) -> dict[str, Callable[[], Values]]:
    """Do the same with networkit; the network is handed over in each, as who has one of networkx would do."""
    if find_spec("networkit") is None:
        return {}
    import networkit as nk  # noqa: PLC0415 - an extra

    nk.setNumberOfThreads(1)
    nk.setSeed(seed, useThreadId=False)

    def over() -> nk.Graph:
        return nk.nxadapter.nx2nk(network, weightAttr="weight")

    def communities() -> Values:
        method = nk.community.PLM(over(), refine=True)
        return list(method.run().getPartition().getVector())

    return {
        "communities (Louvain)": communities,
        "PageRank": lambda: list(nk.centrality.PageRank(over(), damp=0.85, tol=1e-9).run().scores()),
        f"betweenness, {samples} samples": lambda: list(nk.centrality.EstimateBetweenness(_plain(over()), samples, True).run().scores()),  # noqa: FBT003 - its third argument is `normalized`
    }


def _plain(graph: object) -> object:
    """Take the weights away, which networkx does not look at for betweenness."""
    import networkit as nk  # noqa: PLC0415 - as above

    return nk.graphtools.toUnweighted(graph)


def _name() -> str:
    return f"networkit {version('networkit')}" if find_spec("networkit") else "no networkit"


def _in_order(values: Mapping[int, float]) -> list[float]:
    return [values[node] for node in range(len(values))]


def _told(network: nx.Graph[int], label: str, found: Values) -> str:
    if not label.startswith("communities"):
        return ""
    members: dict[float, set[int]] = {}
    for node, group in enumerate(found):
        members.setdefault(group, set()).add(node)
    return f"{nx.community.modularity(network, members.values()):.4f}"


def _agreement(label: str, one: Values, other: Values) -> float:
    if label.startswith("communities"):
        return _mutual(one, other)
    return len(_highest(one) & _highest(other)) / min(_TOP, len(one))


def _highest(values: Values) -> set[int]:
    return set(sorted(range(len(values)), key=lambda node: (-values[node], node))[:_TOP])


def _mutual(one: Values, other: Values) -> float:
    """Give the normalised mutual information of two groupings: 1 for the same, about 0 for chance."""
    whole = len(one)
    together, first, second = Counter(zip(one, other, strict=True)), Counter(one), Counter(other)
    shared = sum(count / whole * math.log(count * whole / (first[a] * second[b])) for (a, b), count in together.items())
    return 2 * shared / ((_entropy(first.values(), whole) + _entropy(second.values(), whole)) or 1.0)


def _entropy(sizes: Iterable[int], whole: int) -> float:
    return -sum(size / whole * math.log(size / whole) for size in sizes)


def _timed(job: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    result = job()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
