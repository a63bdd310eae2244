"""What story clustering needs: small values without texts, which are cheap to send to another process. Articles and events are numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from newsgraph.core.iris import slug
from newsgraph.core.model import Kind
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.events.event_roles import EventNode
from newsgraph.resolve.mention_lookup import MentionLookup
from newsgraph.resolve.stories.decided_stories import DecidedStories


class ArticleContent(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an article is about.

    `companies` (IRIs) and `organisations` are those of its headline, `names` (companies, organisations, people, places and products) and
    `sums` those of the whole text; `events` are numbers of events, `related` of articles.
    """

    companies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    related: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


class NamedCompanies(NamedTuple):
    """The companies (IRIs) that a headline names, and those that the whole text of the article does."""

    headline: frozenset[str]
    text: frozenset[str]


NO_COMPANIES = NamedCompanies(frozenset(), frozenset())
_COMPANY, _MONEY, _ORGANISATION = Kind.COMPANY, Kind.MONEY, Kind.ORGANISATION  # a look-up in the class takes longer than the comparison
_NAMES = frozenset({Kind.ORGANISATION, Kind.PERSON, Kind.PLACE, Kind.PRODUCT})


class EventSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An event's type, its parties (IRIs), the articles (numbers) that report it in order of time, and its IRI."""

    type: str
    parties: tuple[str, ...]
    articles: tuple[int, ...]
    iri: str = ""


class StoryInput(NamedTuple):
    """Articles in order of time, the content of each, events, the pairs of near-copies, and pairs that people joined or keep apart.

    `memo` is what the build before kept, see `RankingMemo`; None if nothing is kept.
    """

    summaries: Sequence[ArticleSummary]
    contents: Sequence[ArticleContent]
    events: Sequence[EventSummary]
    copies: Sequence[tuple[int, int]]
    same: Sequence[tuple[int, int]] = ()
    different: Sequence[tuple[int, int]] = ()
    memo: bytes | None = None


def story_input(
    ordered: Sequence[ArticleNode],
    summaries: Sequence[ArticleSummary],
    events: Sequence[EventNode],
    copies: Sequence[tuple[str, str]],
    lookup: MentionLookup,
    decided: DecidedStories,
    memo: bytes | None = None,
) -> StoryInput:
    """Build the input of story clustering; `ordered` and `summaries` are in order of time."""
    numbers = {summary.iri: number for number, summary in enumerate(summaries)}
    contents = article_contents(ordered, events, named_companies(ordered, lookup), numbers)
    copied, same, different = (
        [(numbers[one], numbers[other]) for one, other in found] for found in (copies, decided.same, decided.different)
    )
    return StoryInput(summaries, contents, summarize_events(events, numbers), copied, same, different, memo)


def summarize_events(events: Sequence[EventNode], numbers: Mapping[str, int]) -> list[EventSummary]:
    """Return the summaries of events, in their order; `numbers` has the number of each article (IRI)."""
    return [
        EventSummary(event.type, event.parties, tuple(sorted({numbers[resolved.article.iri] for resolved in event.reports})), event.iri)
        for event in events
    ]


def article_contents(
    articles: Sequence[ArticleNode], events: Sequence[EventNode], companies: Mapping[str, NamedCompanies], numbers: Mapping[str, int]
) -> list[ArticleContent]:
    """Return what articles are about; `companies` has those of each article, `numbers` its number (by IRI).

    `articles` are in the order of their numbers.
    """
    reported: dict[int, list[int]] = defaultdict(list)
    for event_number, event in enumerate(events):
        for iri in event.articles:
            reported[numbers[iri]].append(event_number)
    slugs = _Slugs()
    return [
        _content(article, companies.get(article.iri, NO_COMPANIES), reported.get(number, ()), numbers, slugs)
        for number, article in enumerate(articles)
    ]


class _Slugs(dict[tuple[Kind, str], str]):
    """The kind and the slug of each name, as in an IRI; made once."""

    def __missing__(self, named: tuple[Kind, str]) -> str:
        kind, name = named
        self[named] = made = f"{kind.value}/{slug(name)}"
        return made


def _content(
    article: ArticleNode, companies: NamedCompanies, events: Sequence[int], numbers: Mapping[str, int], slugs: _Slugs
) -> ArticleContent:
    mentions, headline = article.chosen.facts.mentions, len(article.chosen.article.title)
    named = {(mention.kind, mention.name): mention.start < headline for mention in reversed(mentions) if mention.kind in _NAMES}
    names = set(map(slugs.__getitem__, named))
    organisations = {slugs[key] for key, first in named.items() if first and key[0] is _ORGANISATION}
    sums = {mention.name for mention in mentions if mention.kind is _MONEY and mention.name}
    related = (numbers[iri] for iri in article.related)
    return ArticleContent(
        tuple(sorted(companies.headline)), tuple(sorted(organisations)), tuple(sorted(sums)), tuple(events), tuple(related),
        tuple(sorted(names | companies.text)),
    )  # fmt: skip


def named_companies(articles: Sequence[ArticleNode], lookup: MentionLookup) -> dict[str, NamedCompanies]:
    """Return the companies that each article (IRI) names."""
    return {article.iri: _companies(article, lookup) for article in articles}


def _companies(article: ArticleNode, lookup: MentionLookup) -> NamedCompanies:
    headline = len(article.chosen.article.title)
    first: dict[str, bool] = {}
    for mention in article.chosen.facts.mentions:
        if mention.kind is _COMPANY:
            first[mention.name] = first.get(mention.name, False) or mention.start < headline
    iris = [(iri, in_headline) for name, in_headline in first.items() if (iri := lookup.company_in(article.iri, name))]
    return NamedCompanies(frozenset(iri for iri, in_headline in iris if in_headline), frozenset(iri for iri, _ in iris))
