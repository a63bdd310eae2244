"""Stories: articles that tell the same happening; copy groups: articles of one origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.events.event_nodes import EventNode
from newsgraph.resolve.stories.merge_edges import RULES, Join
from newsgraph.resolve.union_find import UnionFind


@dataclass(frozen=True, slots=True)
class StoryNode:
    """A story; `members` are IRIs in order of time, `rule` is the reason that joined most of them.

    `links` join the members into one piece: two IRIs and the rule that joined them, one fewer than members, sorted.
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


def copy_groups(articles: Sequence[ArticleNode], copies: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give each article the IRI of the first seen article of its copy group: its origin."""
    order = {article.iri: article.order for article in articles}
    groups: UnionFind[str] = UnionFind(sorted(order, key=lambda iri: order[iri]))
    for one, other in copies:
        groups.join(*sorted((groups.find(one), groups.find(other)), key=lambda iri: order[iri]))
    return {iri: groups.find(iri) for iri in order}


def resolve_stories(ordered: Sequence[ArticleNode], events: Sequence[EventNode], joins: Sequence[Join], base: str) -> list[StoryNode]:
    """Put every article into one story; `ordered` is by time, and `joins` are those of `joins.story_joins`."""
    told: dict[str, list[EventNode]] = defaultdict(list)
    for event in events:
        for iri in _tellers(event):
            told[iri].append(event)
    groups: UnionFind[int] = UnionFind(range(len(ordered)))
    for one, other, _ in joins:
        groups.join(*sorted((groups.find(one), groups.find(other))))
    links: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for one, other, rule in joins:
        links[groups.find(one)].append((ordered[one].iri, ordered[other].iri, rule))
    members = groups.members()
    stories = [story_of([ordered[number] for number in members[root]], told, sorted(links[root]), base) for root in members]
    return sorted(stories, key=lambda story: story.iri)


def _rule(links: Sequence[tuple[str, str, str]]) -> str:
    counts = Counter(rule for _, _, rule in links)
    return min(counts, key=lambda rule: (-counts[rule], RULES.index(rule)), default="alone")


def _tellers(event: EventNode) -> list[str]:
    tellers = {one.article.iri: one.article for one in event.tellings} | {article.iri: article for article, _ in event.totals}
    return sorted(tellers, key=lambda iri: tellers[iri].order)


def story_of(
    nodes: Sequence[ArticleNode], told: Mapping[str, Sequence[EventNode]], links: Sequence[tuple[str, str, str]], base: str
) -> StoryNode:
    """Say what a story's articles (in order of time) make of it: name, lead, times, rule and events.

    `told` gives the events of each article, `links` what joined the articles.
    """
    iris = {node.iri for node in nodes}
    events = {event.iri: event for node in nodes for event in told.get(node.iri, ())}
    best = min(
        events.values(),
        key=lambda event: (-len(iris & set(_tellers(event))), event.type == "deal", -event.confidence, event.iri),
        default=None,
    )
    lead = min(nodes, key=lambda node: (-_listed(node, iris), node.order, node.chosen.article.key))
    earliest = nodes[0]
    times = [node.published for node in nodes if node.published]
    name = best.label if best else lead.chosen.article.title
    return StoryNode(
        f"{base}story/{earliest.iri.rsplit('/', 1)[-1]}", name, lead.iri, tuple(node.iri for node in nodes),
        min(times, default=None), max(times, default=None), _rule(links), tuple(sorted(events)), tuple(links),
    )  # fmt: skip


def _listed(node: ArticleNode, members: set[str]) -> int:
    """Count the members that a main article lists as related; others list none that matter here."""
    return len(members & set(node.related)) if node.chosen.article.part == "main" else 0
