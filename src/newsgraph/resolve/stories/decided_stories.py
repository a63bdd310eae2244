"""Articles that people decided to be one story, or different stories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from newsgraph.decisions.decision import Decisions, Verb
from newsgraph.resolve.article_nodes import ArticleNode, article_addresses

Pairs = tuple[tuple[str, str], ...]
"""Pairs of articles (IRIs), sorted."""


class DecidedStories(NamedTuple):
    """Articles that are one story, those that are in different stories, and the decisions (by order) that say so."""

    same: Pairs = ()
    different: Pairs = ()
    used: frozenset[tuple[str, ...]] = frozenset()


def decided_stories(articles: Sequence[ArticleNode], decisions: Decisions) -> DecidedStories:
    """Find the articles that decisions put into one story or keep apart; a decision with an unknown article has no effect."""
    about_stories = [decision for decision in decisions.of(Verb.SAME, Verb.DIFFERENT) if decision.articles]
    if not about_stories:
        return DecidedStories()
    addresses = article_addresses(articles, decisions)
    pairs: dict[Verb, set[tuple[str, str]]] = {Verb.SAME: set(), Verb.DIFFERENT: set()}
    used = set()
    for decision in about_stories:
        iris = {addresses.get(link, "") for link in decision.articles}
        if "" not in iris and len(iris) > 1:
            pairs[decision.verb].update(combinations(sorted(iris), 2))
            used.add(decision.order)
    return DecidedStories(tuple(sorted(pairs[Verb.SAME])), tuple(sorted(pairs[Verb.DIFFERENT])), frozenset(used))
