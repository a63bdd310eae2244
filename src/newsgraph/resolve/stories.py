"""Stories: articles that tell the same happening; copy groups: articles of one origin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.events import EventNode
from newsgraph.resolve.groups import Groups

_NEAR = timedelta(days=5)  # between one teller of an event and the next
_HEADLINE_NEAR = timedelta(days=3)
_HEADLINE_ALIKE = 0.5  # share of content words in common
_COMMON = 40  # a company in more articles than this within the window says nothing about stories
_WORD = re.compile(r"\w{3,}")
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "its",
        "his",
        "her",
        "has",
        "have",
        "will",
        "are",
        "was",
        "were",
        "new",
        "how",
        "why",
        "what",
        "into",
        "over",
        "after",
        "says",
        "said",
        "about",
    ]
)


@dataclass(frozen=True, slots=True)
class StoryNode:
    """A story; `members` are IRIs in order of time, `rule` is the strongest reason that joined them."""

    iri: str
    name: str
    lead: str
    members: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    rule: str
    events: tuple[str, ...]


def copy_groups(articles: Sequence[ArticleNode], copies: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give each article the IRI of the first seen article of its copy group: its origin."""
    order = {article.iri: article.order for article in articles}
    groups: Groups[str] = Groups(sorted(order, key=lambda iri: order[iri]))
    for one, other in copies:
        groups.join(*sorted((groups.find(one), groups.find(other)), key=lambda iri: order[iri]))
    return {iri: groups.find(iri) for iri in order}


def resolve_stories(
    articles: Sequence[ArticleNode], events: Sequence[EventNode], copies: Sequence[tuple[str, str]], companies: Mapping[str, frozenset[str]], base: str,
) -> list[StoryNode]:  # fmt: skip
    """Put every article into one story; `companies` gives the companies that an article's headline names, by IRI."""
    by_iri = {article.iri: article for article in articles}
    ordered = sorted(articles, key=lambda article: article.order)
    groups: Groups[str] = Groups(article.iri for article in ordered)
    why: dict[str, str] = {}
    for rule, pairs in (
        ("near_copy", copies),
        ("same_event", _event_pairs(events)),
        ("like_headline", _headline_pairs(ordered, companies)),
    ):
        for one, other in pairs:
            if groups.find(one) != groups.find(other):
                groups.join(*sorted((groups.find(one), groups.find(other)), key=lambda iri: by_iri[iri].order))
            why.setdefault(groups.find(one), rule)
    told: dict[str, list[EventNode]] = defaultdict(list)
    for event in events:
        for iri in _tellers(event):
            told[iri].append(event)
    stories = []
    for root, members in groups.members().items():
        nodes = sorted((by_iri[iri] for iri in members), key=lambda article: article.order)
        rule = next((why[iri] for iri in members if iri in why), "alone")
        stories.append(story_of(nodes, told, "alone" if len(nodes) == 1 else why.get(root, rule), base))
    return sorted(stories, key=lambda story: story.iri)


def _tellers(event: EventNode) -> list[str]:
    tellers = {one.article.iri: one.article for one in event.tellings} | {article.iri: article for article, _ in event.totals}
    return sorted(tellers, key=lambda iri: tellers[iri].order)


def _event_pairs(events: Sequence[EventNode]) -> list[tuple[str, str]]:
    """Pair the tellers of one event that are close in time."""
    pairs = []
    for event in events:
        nodes = {one.article.iri: one.article for one in event.tellings}
        chain = sorted(nodes.values(), key=lambda article: article.order)
        for one, other in pairwise(chain):
            if one.published is None or other.published is None or other.published - one.published <= _NEAR:
                pairs.append((one.iri, other.iri))
    return pairs


def _headline_pairs(ordered: Sequence[ArticleNode], companies: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Pair articles close in time whose headlines name one company and share most of their words."""
    words = {article.iri: frozenset(_WORD.findall(article.chosen.article.title.lower())) - _SMALL for article in ordered}
    recent: dict[str, list[ArticleNode]] = defaultdict(list)
    pairs = []
    for article in ordered:
        for company in sorted(companies.get(article.iri, frozenset())):
            near = [other for other in recent[company][-_COMMON:] if _within(article, other)]
            for other in near:
                union = len(words[article.iri] | words[other.iri])
                if union and len(words[article.iri] & words[other.iri]) / union >= _HEADLINE_ALIKE:
                    pairs.append((other.iri, article.iri))
            recent[company] = [*near, article]
    return pairs


def _within(article: ArticleNode, other: ArticleNode) -> bool:
    return article.published is None or other.published is None or article.published - other.published <= _HEADLINE_NEAR


def story_of(nodes: Sequence[ArticleNode], told: Mapping[str, Sequence[EventNode]], rule: str, base: str) -> StoryNode:
    """Say what a story's articles (in order of time) make of it: name, lead, times and events; `told` gives the events of each article."""
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
        min(times, default=None), max(times, default=None), rule, tuple(sorted(events)),
    )  # fmt: skip


def _listed(node: ArticleNode, members: set[str]) -> int:
    """Count the members that a main article lists as related; others list none that matter here."""
    return len(members & set(node.related)) if node.chosen.article.part == "main" else 0


def outlets_and_origins(event: EventNode, group: Mapping[str, str]) -> tuple[int, int, int]:
    """Count the articles, outlets and independent origins that tell of an event; copies of one text are one origin."""
    articles = {one.article.iri: one.article for one in event.tellings} | {article.iri: article for article, _ in event.totals}
    outlets = Counter(article.provider.domain if article.provider else article.iri for article in articles.values())
    return len(articles), len(outlets), len({group[iri] for iri in articles})
