"""The links that lay out the map: between things of one article or one story, and between things with a common statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.node_numbers import NodeNumbers

UNLINKED = ("article", "provider")  # they are shown on request, and would link everything with everything


@dataclass(frozen=True, slots=True)
class MapLinks:
    """`pairs` are two node numbers (the smaller first) and a weight: the number of articles, plus two for each statement.

    `anchors` maps the number of an article to that of the node that it is placed at; `published` are pairs of a provider and an article.
    """

    pairs: tuple[tuple[int, int, int], ...]
    anchors: dict[int, int]
    published: tuple[tuple[int, int], ...]


def map_links(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame) -> MapLinks:
    """Collect the links of the map; `edges` are those of `graph_tables.edges`."""
    numbers = numbering.numbers
    kinds = dict(zip(numbering.frame["iri"], numbering.frame["kind"], strict=True))
    counts: Counter[tuple[int, int]] = Counter()
    mentioned: dict[str, list[int]] = {}
    for source, target in edges.select("source", "target").iter_rows():
        if kinds.get(source, "article") == "article":
            if kinds.get(target, "article") not in UNLINKED:
                mentioned.setdefault(source, []).append(numbers[target])
        elif source in numbers and target in numbers and target != source:
            counts[_pair(numbers[source], numbers[target])] += 2
    stories = dict(graph["articles"].select("iri", "story").iter_rows())
    anchors: dict[int, int] = {}
    for article, things in mentioned.items():
        # the story is the centre of the things in its articles; links between all of these would form a dense ball
        centre = numbers.get(stories.get(article) or "", min(things))
        counts.update({_pair(centre, thing) for thing in things if thing != centre})
        if article in numbers:
            anchors[numbers[article]] = centre
    published = [(numbers[target], numbers[source]) for source, target in _published(edges).iter_rows() if source in numbers]
    return MapLinks(tuple((*pair, count) for pair, count in sorted(counts.items())), anchors, tuple(sorted(published)))


def _published(edges: pl.DataFrame) -> pl.DataFrame:
    return edges.filter(pl.col("kind") == "published_by").select("source", "target")


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
