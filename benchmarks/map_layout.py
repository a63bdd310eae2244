"""What laying out the page's map costs, and how well it can be read.

Usage: python benchmarks/map_layout.py [--nodes 2000 10000 50000 100000] [--bare] [--engine networkx]

Graphs are invented: 75 % articles, 2 % providers, 1 % topics, 12 % companies and 10 % events, with about 2.6 edges a node, in
communities of very different sizes, and a few things that the news tell of most of the time. With --bare, no node is an article
or a provider: the most that the layout can be asked for. `covered` is the share of nodes (without articles) that another one
covers at the size that the map has room for, `inside` the share of links within a region, `gap` the smallest distance between
two regions in such sizes, `filled` the part of the map's rectangle that regions take.
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np
from numpy.typing import NDArray

from machine import machine
from newsgraph.explorer.layout.community_map import Anchors, CommunityMap, community_map
from newsgraph.explorer.layout.edge_weights import WeightedEdges

_SHARES = (("provider", 0.02), ("topic", 0.01), ("company", 0.12), ("event", 0.10))
_EDGES = 2.6  # of a bare graph, a node
_HUBS = 0.15  # of links, those that lead to one of the things that everything tells of
_STRAY = 0.1  # of links, those that lead to any community


def main() -> None:
    """Lay out each size and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[2_000, 10_000, 50_000, 100_000])
    parser.add_argument("--bare", action="store_true", help="no articles, no providers")
    parser.add_argument("--engine", default="networkx")
    options = parser.parse_args()
    print(f"{machine()}; {'bare graph' if options.bare else '75 % articles'}; {options.engine}")
    print(
        f"{'nodes':>8} {'links':>8} {'CPU s':>7} {'regions':>8} {'largest':>8} {'covered':>8} {'inside':>7} {'gap':>6} {'filled':>7} {'wide':>5}"
    )
    for count in options.nodes:
        links, anchors = bare(count) if options.bare else news(count)
        before = time.process_time()
        found = community_map(count, links, anchors, options.engine)
        seconds = time.process_time() - before
        largest = max((len(region.members) for region in found.regions), default=0)
        filled, wide = frame(found)
        print(
            f"{count:>8,} {len(links.source):>8,} {seconds:>7.1f} {len(found.regions):>8,} {largest:>8,} {covered(found, anchors):>8.2%}"
            f" {inside(found, links):>7.1%} {gap(found):>6.2f} {filled:>7.1%} {wide:>5.2f}",
            flush=True,
        )


def news(count: int, seed: int = 1) -> tuple[WeightedEdges, Anchors]:
    """Invent articles that tell of two to four things of a community; the first of them is what they hang on."""
    chance = random.Random(seed)
    numbers = {kind: max(int(share * count), 1) for kind, share in _SHARES}
    things = numbers["topic"] + numbers["company"] + numbers["event"]
    groups = _groups(things, chance)
    articles = range(things, count - numbers["provider"])
    pairs, hosts = [], []
    for _ in articles:
        group = groups[_zipf(len(groups), chance)]
        told = list(dict.fromkeys(_thing(group, groups, chance) for _ in range(chance.randint(2, 4))))
        hosts.append(told[0])
        pairs += [(told[0], other) for other in told[1:]]
    providers = [count - 1 - _zipf(numbers["provider"], chance) for _ in articles]
    first = np.arange(articles.start, articles.stop)
    silent = np.setdiff1d(np.arange(articles.stop, count), providers)
    anchors = Anchors(
        first,
        np.array(hosts, dtype=np.int64),
        np.concatenate([np.array(providers, dtype=np.int64), silent]),
        np.concatenate([first, np.full(len(silent), -1)]),
    )
    return _links(pairs), anchors


def bare(count: int, seed: int = 1) -> tuple[WeightedEdges, Anchors]:
    """Invent things that are linked with each other, mostly inside communities."""
    chance = random.Random(seed)
    groups = _groups(count, chance)
    pairs = []
    for group in groups:
        for thing in group:
            pairs += [(thing, _thing(group, groups, chance)) for _ in range(chance.choice((2, 3, 3, 2, 3)))]
    none = np.zeros(0, dtype=np.int64)
    return _links(pairs), Anchors(none, none, none, none)


def _groups(things: int, chance: random.Random) -> list[list[int]]:
    order = list(range(things))
    chance.shuffle(order)
    groups = []
    while order:
        size = min(int(6 * chance.paretovariate(0.9)), max(things // 12, 8))
        groups.append(order[:size])
        del order[:size]
    return groups


def _thing(group: list[int], groups: list[list[int]], chance: random.Random) -> int:
    if chance.random() < _HUBS:
        return groups[0][_zipf(min(len(groups[0]), 5), chance)]
    if chance.random() < _STRAY:
        group = chance.choice(groups)
    return group[_zipf(len(group), chance)]


def _zipf(count: int, chance: random.Random) -> int:
    """Draw 0 to count - 1, small numbers far more often."""
    return int(count ** chance.random()) - 1


def _links(pairs: list[tuple[int, int]]) -> WeightedEdges:
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return WeightedEdges(ends[:, 0], ends[:, 1], np.ones(len(ends)))


def covered(found: CommunityMap, anchors: Anchors) -> float:
    """Give the share of nodes of the structure that another one comes nearer to than their size."""
    apart = np.zeros(len(found.x), dtype=np.bool_)
    apart[anchors.article] = apart[anchors.provider] = True
    x, y = found.x[~apart], found.y[~apart]
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    size = 2 * found.room - 2  # places are rounded
    hit = np.zeros(len(x), dtype=np.bool_)
    for step in range(1, len(x)):
        near = x[step:] - x[:-step] < size
        if not near.any():
            break
        both = near & (np.hypot(x[step:] - x[:-step], y[step:] - y[:-step]) < size)
        hit[step:] |= both
        hit[:-step] |= both
    return float(hit.mean()) if len(hit) else 0.0


def inside(found: CommunityMap, links: WeightedEdges) -> float:
    """Give the share of links whose ends lie in one region."""
    same = (found.community[links.source] == found.community[links.target]) & (found.community[links.source] >= 0)
    return float(same.mean()) if len(same) else 0.0


def gap(found: CommunityMap) -> float:
    """Give the smallest distance between two regions, in diameters of a node."""
    x, y, radius = _discs(found)
    if len(x) < 2:  # noqa: PLR2004 - a gap has two sides
        return 0.0
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - radius[:, None] - radius
    return float(apart[~np.eye(len(x), dtype=np.bool_)].min()) / (2 * found.room)


def frame(found: CommunityMap) -> tuple[float, float]:
    """Give the part of the regions' rectangle that they fill, and its width over its height."""
    x, y, radius = _discs(found)
    if not len(x):
        return 0.0, 0.0
    wide, high = (x + radius).max() - (x - radius).min(), (y + radius).max() - (y - radius).min()
    return float((np.pi * radius * radius).sum() / (wide * high)), float(wide / high)


def _discs(found: CommunityMap) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    columns = np.array([(region.x, region.y, region.radius) for region in found.regions], dtype=np.float64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


if __name__ == "__main__":
    main()
