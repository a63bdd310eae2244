"""Communities: which nodes of the map belong together, by the Louvain method (Blondel and others 2008).

A node with one neighbour belongs with it, so it is folded into it first (as a loop, which leaves modularity as it was): that
takes most of the time away. What is larger than a region that a reader can take in is divided once more, more finely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx
import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, WeightedEdges, degrees, merge_parallel

_MOST, _FEW, _PART = 1_500, 60, 5  # a community is divided if it holds more than so many, or than a fifth of all if that is more than 60
LEAST = 4  # members of a community that stands for itself
_FINER = (1.5, 3.0, 6.0)  # resolutions that a large community is divided at, until all parts are small enough
_SEED = 20210301

Engine = Callable[[int, WeightedEdges, float], Numbers]
"""Divide nodes 0 to count - 1 at a resolution; gives the number of the community of each."""


_WHOLE = 16  # so few nodes are seen at a glance; to divide them would tear a single story apart


def engine_named(name: str) -> Engine:
    """Give the engine of a name: networkx, or networkit where it is installed; ValueError for any other."""
    if name not in _ENGINES:
        message = f"no engine is called {name!r}; there are {', '.join(_ENGINES)}"
        raise ValueError(message)
    return _ENGINES[name]


def communities(count: int, links: WeightedEdges, engine: Engine) -> Numbers:
    """Give the number of the community of each node; links are single and weighed."""
    if count <= _WHOLE:
        return _numbered(components(count, links))
    most = min(_MOST, max(_FEW, count // _PART))
    group = _divided(count, links, engine, 1.0)
    for resolution in _FINER:
        sizes = np.bincount(group, minlength=1)
        for large in np.flatnonzero(sizes > most).tolist():
            members = np.flatnonzero(group == large)
            inside = _inside(links, members, count)
            parts = _gathered(_divided(len(members), inside, engine, resolution), inside)
            group[members] = np.where(parts == 0, large, group.max() + parts)
    return _numbered(_gathered(group, links))


def components(count: int, links: WeightedEdges) -> Numbers:
    """Give each node the smallest number that it is connected with."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[links.source], label[links.target])
        found = label.copy()
        np.minimum.at(found, label[links.source], low)
        np.minimum.at(found, label[links.target], low)
        found = found[found]
        if np.array_equal(found, label):
            return label
        label = found


def _divided(count: int, links: WeightedEdges, engine: Engine, resolution: float) -> Numbers:
    degree = degrees(links, count)
    host = np.arange(count)
    # of two nodes that have only each other, the first is the host
    leaf_source = (degree[links.source] == 1) & (degree[links.target] > 1)
    leaf_target = degree[links.target] == 1
    host[links.target[leaf_target]] = links.source[leaf_target]
    host[links.source[leaf_source]] = links.target[leaf_source]
    kept = np.flatnonzero(host == np.arange(count))
    number = np.zeros(count, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return engine(len(kept), links.renumbered(number[host]), resolution)[number[host]]


def _inside(links: WeightedEdges, members: Numbers, count: int) -> WeightedEdges:
    chosen = np.zeros(count, dtype=np.bool_)
    chosen[members] = True
    number = np.cumsum(chosen) - 1
    return links.among(chosen).renumbered(number)


def _gathered(group: Numbers, links: WeightedEdges) -> Numbers:
    """Join what is too small to be a region to the community that it is linked with most, if there is one."""
    group = _numbered(group)
    while True:
        sizes = np.bincount(group, minlength=1)
        between = merge_parallel(links.renumbered(group))
        ends = np.concatenate([between.source, between.target])
        others = np.concatenate([between.target, between.source])
        weight = np.concatenate([between.weight, between.weight])
        small = sizes[ends] < LEAST
        order = np.lexsort((others[small], -weight[small], ends[small]))
        ones, first = np.unique(ends[small][order], return_index=True)
        if not len(ones):
            return group
        target = np.arange(len(sizes))
        # smaller joins larger, and of two that are alike the later the earlier, so that no two change places
        best = others[small][order][first]
        rises = (sizes[best] > sizes[ones]) | ((sizes[best] == sizes[ones]) & (best < ones))
        target[ones[rises]] = best[rises]
        if not rises.any():
            return group
        while not np.array_equal(target, target[target]):
            target = target[target]
        group = _numbered(target[group])


def _numbered(group: Numbers) -> Numbers:
    """Give communities new numbers, the largest first, equal ones by their first member."""
    _, first, inverse, sizes = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[inverse.reshape(-1)]


def _networkx(count: int, links: WeightedEdges, resolution: float) -> Numbers:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for source, target, weight in zip(links.source.tolist(), links.target.tolist(), links.weight.tolist(), strict=True):
        held = graph.get_edge_data(source, target)
        graph.add_edge(source, target, weight=weight + (held["weight"] if held else 0.0))
    return _labels(count, nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=_SEED))


def _networkit(count: int, links: WeightedEdges, resolution: float) -> Numbers:
    try:
        import networkit  # noqa: PLC0415 - large, optional, loaded when it is asked for
    except ImportError as error:
        message = "the engine networkit is not installed; pip install 'newsgraph[networkit]', or take networkx"
        raise ValueError(message) from error
    networkit.setNumberOfThreads(1)
    networkit.setSeed(_SEED, useThreadId=False)
    graph = networkit.Graph(count, weighted=True)
    for source, target, weight in zip(links.source.tolist(), links.target.tolist(), links.weight.tolist(), strict=True):
        graph.increaseWeight(source, target, weight)
    found = networkit.community.PLM(graph, True, gamma=resolution).run().getPartition()  # noqa: FBT003 - its first argument has no name
    return np.array(found.getVector(), dtype=np.int64)


def _labels(count: int, groups: Iterable[Iterable[int]]) -> Numbers:
    label = np.zeros(count, dtype=np.int64)
    for number, members in enumerate(sorted(sorted(group) for group in groups)):
        label[members] = number
    return label


_ENGINES: dict[str, Engine] = {"networkx": _networkx, "networkit": _networkit}
