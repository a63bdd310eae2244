"""Why articles are in one story: the links that merged them, each with its rule, and the path of links between two articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from newsgraph.core.graph_tables import GraphTables

_STRENGTH = ("decision", "near_copy", "same_event", "like_text")  # strongest first


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Two articles (IRIs) that a rule merged into one story."""

    article: str
    other: str
    rule: str


def joined_by(graph: GraphTables) -> Mapping[str, str]:
    """Return the strongest rule that linked each article to others of its story; the rule of the story if the article has no link."""
    story_rules = dict(graph["stories"].select("iri", "rule").iter_rows())
    strongest = {iri: story_rules[story] for iri, story in graph["articles"].select("iri", "story").iter_rows() if story}
    link_rules: dict[str, set[str]] = defaultdict(set)
    for article, other, rule in graph["story_links"].select("article", "other", "rule").iter_rows():
        link_rules[article].add(rule)
        link_rules[other].add(rule)
    return strongest | {iri: min(rules, key=_strength) for iri, rules in link_rules.items()}


def path_between(links: tuple[StoryLink, ...], start: str, end: str) -> tuple[StoryLink, ...]:
    """Return the links that lead from one article of a story to another, in order; empty if there is no path (breadth-first search)."""
    paths: dict[str, tuple[StoryLink, ...]] = {start: ()}
    front = [start]
    while front and end not in paths:
        reached = []
        for link in links:
            for here, there in ((link.article, link.other), (link.other, link.article)):
                if here in front and there not in paths:
                    paths[there] = (*paths[here], link)
                    reached.append(there)
        front = reached
    return paths.get(end, ())


def _strength(rule: str) -> tuple[int, str]:
    return (_STRENGTH.index(rule) if rule in _STRENGTH else len(_STRENGTH), rule)
