"""Why articles stand in one story: the links that joined them, each by a rule, and the way along them from one article to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from newsgraph.core.graph_tables import GraphTables

ALONE = "alone"
"""The rule of an article that is the only one of its story."""

_STRENGTH = ("near_copy", "same_event", "like_text")  # strongest first


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two articles (IRIs) that a rule joined into one story."""

    article: str
    other: str
    rule: str


def links_of(graph: GraphTables, story: str) -> tuple[StoryLink, ...]:
    """Give the links of one story, sorted."""
    rows = graph["story_links"].filter(pl.col("story") == story).select("article", "other", "rule").iter_rows()
    return tuple(StoryLink(*row) for row in rows)


def joined_by(graph: GraphTables) -> Mapping[str, str]:
    """Give the strongest rule that joined each article to others of its story; that of the story where no link is left."""
    rules = dict(graph["stories"].select("iri", "rule").iter_rows())
    found = {iri: rules.get(story) or ALONE for iri, story in graph["articles"].select("iri", "story").iter_rows() if story}
    told: dict[str, set[str]] = defaultdict(set)
    for article, other, rule in graph["story_links"].select("article", "other", "rule").iter_rows():
        told[article].add(rule)
        told[other].add(rule)
    return found | {iri: min(rules, key=_strength) for iri, rules in told.items()}


def path_between(links: tuple[StoryLink, ...], start: str, end: str) -> tuple[StoryLink, ...]:
    """Give the links that lead from one article of a story to another, in order; nothing where none do."""
    ways: dict[str, tuple[StoryLink, ...]] = {start: ()}
    front = [start]
    while front and end not in ways:
        reached = []
        for link in links:
            for here, there in ((link.article, link.other), (link.other, link.article)):
                if here in front and there not in ways:
                    ways[there] = (*ways[here], link)
                    reached.append(there)
        front = reached
    return ways.get(end, ())


def _strength(rule: str) -> tuple[int, str]:
    return (_STRENGTH.index(rule) if rule in _STRENGTH else len(_STRENGTH), rule)
