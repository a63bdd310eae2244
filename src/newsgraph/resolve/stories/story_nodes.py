"""Story nodes: two or more articles that report one happening, with the name, the lead and the times of each story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.events.event_roles import EventNode
from newsgraph.resolve.stories.merge_edges import RULES, Edge
from newsgraph.resolve.stories.tfidf import central
from newsgraph.resolve.union_find import UnionFind


@dataclass(frozen=True, slots=True)
class StoryNode:
    """A story of at least two articles; `members` are IRIs in order of time, `rule` is the reason that merged most of them.

    `links` connect the members: two IRIs and the rule that merged them, one link fewer than members, sorted.
    """

    iri: str
    name: str
    lead: str
    members: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    rule: str
    events: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]


def resolve_stories(ordered: Sequence[ArticleNode], events: Sequence[EventNode], edges: Sequence[Edge], base: str) -> list[StoryNode]:
    """Make the stories of articles that edges merge; an article without an edge is in no story.

    `ordered` is in order of time, and `edges` come from `merge_edges.story_edges`.
    """
    events_of: dict[str, list[EventNode]] = defaultdict(list)
    for event in events:
        for iri in _reporting_articles(event):
            events_of[iri].append(event)
    groups: UnionFind[int] = UnionFind(range(len(ordered)))
    for one, other, _ in edges:
        groups.join(*sorted((groups.find(one), groups.find(other))))
    links: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for one, other, rule in edges:
        links[groups.find(one)].append((ordered[one].iri, ordered[other].iri, rule))
    members = groups.members()
    stories = [story_of([ordered[number] for number in members[root]], events_of, sorted(links[root]), base) for root in sorted(links)]
    return sorted(stories, key=lambda story: story.iri)


def _rule(links: Sequence[tuple[str, str, str]]) -> str:
    counts = Counter(rule for _, _, rule in links)
    return min(counts, key=lambda rule: (-counts[rule], RULES.index(rule)), default=RULES[-1])


def _reporting_articles(event: EventNode) -> list[str]:
    articles = event.articles
    return sorted(articles, key=lambda iri: articles[iri].order)


def story_of(
    nodes: Sequence[ArticleNode], events_of: Mapping[str, Sequence[EventNode]], links: Sequence[tuple[str, str, str]], base: str
) -> StoryNode:
    """Make a story of articles (in order of time): its name, lead, times, rule and events.

    The name is the headline that has most in common with all others: that of the lead, or the earliest, of several such. `events_of` has the events of each article, `links` what merged the articles.
    """
    iris = {node.iri for node in nodes}
    events = {event.iri for node in nodes for event in events_of.get(node.iri, ())}
    lead = min(nodes, key=lambda node: (-_related_members(node, iris), node.order, node.chosen.article.key))
    earliest = nodes[0]
    times = [node.published for node in nodes if node.published]
    titles = [lead.chosen.article.title, *(node.chosen.article.title for node in nodes)]
    return StoryNode(
        f"{base}story/{earliest.iri.rsplit('/', 1)[-1]}", titles[central(titles)], lead.iri, tuple(node.iri for node in nodes),
        min(times, default=None), max(times, default=None), _rule(links), tuple(sorted(events)), tuple(links),
    )  # fmt: skip


def _related_members(node: ArticleNode, members: set[str]) -> int:
    """Count the members that a main article lists as related; what other articles list does not count."""
    return len(members & set(node.related)) if node.chosen.article.part == "main" else 0
