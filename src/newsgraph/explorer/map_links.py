"""Which nodes belong together on the map: what one article or one story tells of, and what is said between two things."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.node_numbers import NodeNumbers

APART = ("article", "provider")  # they are shown on request, and would link everything with everything


@dataclass(frozen=True, slots=True)
class MapLinks:
    """`pairs` are two node numbers (the smaller first) and the number of articles or statements behind them.

    `anchors` gives each article the node that it hangs on (-1: none), by its number; `published` are providers with their articles.
    """

    pairs: tuple[tuple[int, int, int], ...]
    anchors: dict[int, int]
    published: tuple[tuple[int, int], ...]


def map_links(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame) -> MapLinks:
    """Collect what holds the map together; `edges` are those of `graph.edges`."""
    numbers = numbering.numbers
    kinds = dict(zip(numbering.frame["iri"], numbering.frame["kind"], strict=True))
    counts: Counter[tuple[int, int]] = Counter()
    told: dict[str, list[int]] = {}
    for source, target in edges.select("source", "target").iter_rows():
        if kinds.get(source, "article") == "article":
            if kinds.get(target, "article") not in APART:
                told.setdefault(source, []).append(numbers[target])
        elif source in numbers and target in numbers and target != source:
            counts[_pair(numbers[source], numbers[target])] += 2
    stories = dict(graph["articles"].select("iri", "story").iter_rows())
    anchors: dict[int, int] = {}
    for article, things in told.items():
        # a story is the middle of what its articles tell of; linking all with all would make a ball of it
        middle = numbers.get(stories.get(article) or "", min(things))
        counts.update({_pair(middle, thing) for thing in things if thing != middle})
        if article in numbers:
            anchors[numbers[article]] = middle
    published = [(numbers[target], numbers[source]) for source, target in _published(edges).iter_rows() if source in numbers]
    return MapLinks(tuple((*pair, count) for pair, count in sorted(counts.items())), anchors, tuple(sorted(published)))


def _published(edges: pl.DataFrame) -> pl.DataFrame:
    return edges.filter(pl.col("kind") == "published_by").select("source", "target")


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
