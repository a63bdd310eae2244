"""Stories: articles that tell the same happening; copy groups: articles of one origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.events import EventNode
from newsgraph.resolve.gathering import gather
from newsgraph.resolve.groups import Groups
from newsgraph.resolve.stems import stems
from newsgraph.resolve.wording import Vector, Weights, dot

_NEAR = timedelta(days=5)  # between one teller of an event and the next
_SAME_WORDS = 0.12  # likeness of words that an event of one party takes: a company launches several things a week
_BACK = 10  # tellers before it with which a teller is compared
_TWO = 2
_RULES = ("near_copy", "same_event", "like_text")  # reasons, strongest first


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
    told: dict[str, list[EventNode]] = defaultdict(list)
    for event in events:
        for iri in _tellers(event):
            told[iri].append(event)
    weights = Weights(ordered, companies)
    groups: Groups[str] = Groups(article.iri for article in ordered)
    joined: list[tuple[str, str, str]] = []
    for rule, pairs in zip(_RULES, (copies, _event_pairs(events, weights)), strict=False):
        joined += [(one, other, rule) for one, other in pairs if _join(groups, one, other, by_iri)]
    known = {article.iri: groups.find(article.iri) for article in ordered}
    pairs = gather(ordered, companies, told, known, weights)
    joined += [(one, other, _RULES[-1]) for one, other in pairs if _join(groups, one, other, by_iri)]
    links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for link in joined:
        links[groups.find(link[0])].append(link)
    stories = []
    for root, members in groups.members().items():
        nodes = sorted((by_iri[iri] for iri in members), key=lambda article: article.order)
        stories.append(story_of(nodes, told, sorted(links[root]), base))
    return sorted(stories, key=lambda story: story.iri)


def _rule(links: Sequence[tuple[str, str, str]]) -> str:
    counts = Counter(rule for _, _, rule in links)
    return min(counts, key=lambda rule: (-counts[rule], _RULES.index(rule)), default="alone")


def _join(groups: Groups[str], one: str, other: str, nodes: Mapping[str, ArticleNode]) -> bool:
    """Make two articles' groups one, called by the earlier; tell whether they were two."""
    first, second = sorted((groups.find(one), groups.find(other)), key=lambda iri: nodes[iri].order)
    groups.join(first, second)
    return first != second


def _tellers(event: EventNode) -> list[str]:
    tellers = {one.article.iri: one.article for one in event.tellings} | {article.iri: article for article, _ in event.totals}
    return sorted(tellers, key=lambda iri: tellers[iri].order)


def _event_pairs(events: Sequence[EventNode], weights: Weights) -> Iterator[tuple[str, str]]:
    """Pair the tellers of one event that are close in time; where it has one party, their words must be alike too."""
    for event in events:
        nodes = {one.article.iri: one.article for one in event.tellings}
        chain = sorted(nodes.values(), key=lambda article: article.order)
        likeness = None if len(event.roles) >= _TWO or len(chain) < _TWO else _Likeness(event, weights)
        for at, other in enumerate(chain):
            for one in reversed(chain[max(at - _BACK, 0) : at]):
                if _is_near(one, other) and (likeness is None or likeness(one, other) >= _SAME_WORDS):
                    yield one.iri, other.iri
                    break


def _is_near(one: ArticleNode, other: ArticleNode) -> bool:
    return one.published is None or other.published is None or other.published - one.published <= _NEAR


class _Likeness:
    """How alike the words of an event's tellers are, beside the names of its parties, which they share anyway."""

    def __init__(self, event: EventNode, weights: Weights) -> None:
        words = (stem for _, iri in event.roles for stem in stems(iri.rsplit("/", 1)[-1].replace("-", " ")))
        self._names = frozenset(weights.numbers(words))
        self._weights = weights
        self._vectors: dict[str, Vector] = {}

    def __call__(self, one: ArticleNode, other: ArticleNode) -> float:
        return dot(self._vector(one), self._vector(other))

    def _vector(self, article: ArticleNode) -> Vector:
        found = self._vectors.get(article.iri)
        if found is None:
            whole = self._weights.vector(article.signs)
            self._vectors[article.iri] = found = {word: weight for word, weight in whole.items() if word not in self._names}
        return found


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
