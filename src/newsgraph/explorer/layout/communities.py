"""Communities of nodes, found by the Louvain method (Blondel and others 2008).

A node with a single neighbour belongs to it, so it is merged into it first (as a loop, which leaves modularity unchanged); this
saves most of the time. A community too large for a reader to take in is divided again, at a higher resolution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx
import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, WeightedEdges, degrees, merge_parallel

_MOST, _FEW, _PART = 1_500, 60, 5  # a community of more than a fifth of all nodes, but at least 60 and at most 1,500, is divided
LEAST = 4  # members of a community that becomes a region
_FINER = (1.5, 3.0, 6.0)  # resolutions at which a large community is divided, until all parts are small enough
_SEED = 20210301

Engine = Callable[[int, WeightedEdges, float], Numbers]
"""A function that divides nodes 0 to count - 1 at a resolution and returns the community number of each."""


_WHOLE = 16  # nodes that a reader sees at a glance; a division would tear a single story apart


def engine_named(name: str) -> Engine:
    """Return the engine `networkx`, or `networkit` if it is installed; raises ValueError for any other name."""
    if name not in _ENGINES:
        message = f"{name!r} is not an engine. Choose from: {', '.join(_ENGINES)}"
        raise ValueError(message)
    return _ENGINES[name]


def communities(count: int, links: WeightedEdges, engine: Engine) -> Numbers:
    """Return the community number of each node; `links` has no parallel edges."""
    if count <= _WHOLE:
        return _renumber(components(count, links))
    most = min(_MOST, max(_FEW, count // _PART))
    group = _divide(count, links, engine, 1.0)
    for resolution in _FINER:
        sizes = np.bincount(group, minlength=1)
        for large in np.flatnonzero(sizes > most).tolist():
            members = np.flatnonzero(group == large)
            inside = _inside(links, members, count)
            parts = _absorb_small(_divide(len(members), inside, engine, resolution), inside)
            group[members] = np.where(parts == 0, large, group.max() + parts)
    return _renumber(_absorb_small(group, links))


def components(count: int, links: WeightedEdges) -> Numbers:
    """Return the connected component of each node, as the smallest number of its nodes."""
    label = np.arange(count)
    while True:
        low = np.minimum(label[links.source], label[links.target])
        smaller = label.copy()
        np.minimum.at(smaller, label[links.source], low)
        np.minimum.at(smaller, label[links.target], low)
        smaller = smaller[smaller]
        if np.array_equal(smaller, label):
            return label
        label = smaller


def _divide(count: int, links: WeightedEdges, engine: Engine, resolution: float) -> Numbers:
    degree = degrees(links, count)
    host = np.arange(count)
    # of two nodes that are linked only with each other, the first is the host
    leaf_source = (degree[links.source] == 1) & (degree[links.target] > 1)
    leaf_target = degree[links.target] == 1
    host[links.target[leaf_target]] = links.source[leaf_target]
    host[links.source[leaf_source]] = links.target[leaf_source]
    hosts = np.flatnonzero(host == np.arange(count))
    number = np.zeros(count, dtype=np.int64)
    number[hosts] = np.arange(len(hosts))
    return engine(len(hosts), links.renumbered(number[host]), resolution)[number[host]]


def _inside(links: WeightedEdges, members: Numbers, count: int) -> WeightedEdges:
    chosen = np.zeros(count, dtype=np.bool_)
    chosen[members] = True
    number = np.cumsum(chosen) - 1
    return links.among(chosen).renumbered(number)


def _absorb_small(group: Numbers, links: WeightedEdges) -> Numbers:
    """Merge each group too small to be a region into the community with the strongest link to it, if there is one."""
    group = _renumber(group)
    while True:
        sizes = np.bincount(group, minlength=1)
        between = merge_parallel(links.renumbered(group))
        ends = np.concatenate([between.source, between.target])
        others = np.concatenate([between.target, between.source])
        weight = np.concatenate([between.weight, between.weight])
        small = sizes[ends] < LEAST
        order = np.lexsort((others[small], -weight[small], ends[small]))
        merging, first = np.unique(ends[small][order], return_index=True)
        if not len(merging):
            return group
        target = np.arange(len(sizes))
        # the smaller is merged into the larger, and of two equal ones the later into the earlier, so that no two swap
        best = others[small][order][first]
        rises = (sizes[best] > sizes[merging]) | ((sizes[best] == sizes[merging]) & (best < merging))
        target[merging[rises]] = best[rises]
        if not rises.any():
            return group
        while not np.array_equal(target, target[target]):
            target = target[target]
        group = _renumber(target[group])


def _renumber(group: Numbers) -> Numbers:
    """Renumber communities, the largest first, equal ones by their first member."""
    _, first, inverse, sizes = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[inverse.reshape(-1)]


def _networkx(count: int, links: WeightedEdges, resolution: float) -> Numbers:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for source, target, weight in zip(links.source.tolist(), links.target.tolist(), links.weight.tolist(), strict=True):
        parallel = graph.get_edge_data(source, target)
        graph.add_edge(source, target, weight=weight + (parallel["weight"] if parallel else 0.0))
    return _labels(count, nx.community.louvain_communities(graph, weight="weight", resolution=resolution, seed=_SEED))


def _networkit(count: int, links: WeightedEdges, resolution: float) -> Numbers:
    try:
        import networkit  # noqa: PLC0415 - large and optional, imported on request
    except ImportError as error:
        message = "the engine networkit is not installed. Install it with pip install 'newsgraph[networkit]', or use networkx"
        raise ValueError(message) from error
    networkit.setNumberOfThreads(1)
    networkit.setSeed(_SEED, useThreadId=False)
    graph = networkit.Graph(count, weighted=True)
    for source, target, weight in zip(links.source.tolist(), links.target.tolist(), links.weight.tolist(), strict=True):
        graph.increaseWeight(source, target, weight)
    partition = networkit.community.PLM(graph, True, gamma=resolution).run().getPartition()  # noqa: FBT003 - no parameter name
    return np.array(partition.getVector(), dtype=np.int64)


def _labels(count: int, groups: Iterable[Iterable[int]]) -> Numbers:
    label = np.zeros(count, dtype=np.int64)
    for number, members in enumerate(sorted(sorted(group) for group in groups)):
        label[members] = number
    return label


_ENGINES: dict[str, Engine] = {"networkx": _networkx, "networkit": _networkit}
