"""The order in which things are resolved; the answer does not depend on the order in which readings come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsgraph.lexicon import Lexicon
from newsgraph.model import ACCEPTED, Kind
from newsgraph.resolve.articles import ArticleNode, Reading, resolve_articles
from newsgraph.resolve.companies import Companies, resolve_companies
from newsgraph.resolve.copies import find_copies
from newsgraph.resolve.entities import Entities, resolve_entities
from newsgraph.resolve.events import Telling, resolve_events
from newsgraph.resolve.metadata import resolve_providers, resolve_topics
from newsgraph.resolve.stories import copy_groups, resolve_stories
from newsgraph.resolve.tables import Resolved, Row, rows


def resolve(readings: Sequence[Reading], lexicon: Lexicon, base: str, threshold: float = ACCEPTED) -> dict[str, Iterable[Row]]:
    """Turn readings into the rows of the graph's tables, see `graph.SCHEMAS`.

    `threshold` is the least confidence, 0 to 1, of a company mention that stands by itself; extraction is told the same.
    """
    articles = resolve_articles(readings, base)
    companies = resolve_companies(articles, lexicon, base, threshold)
    entities = resolve_entities(articles, base)
    names = {node.iri: node.name for node in companies.nodes} | {node.iri: node.name for node in entities.nodes}
    tellings = list(_tellings(articles, companies, entities))
    totals = [
        (article, total, parties)
        for article in articles
        for total in article.chosen.facts.totals
        if len(parties := tuple(iri for name in total.parties if (iri := companies.iri(name)))) == len(total.parties)
    ]
    events = resolve_events(tellings, totals, names, base)
    copies = find_copies(articles)
    stories = resolve_stories(articles, events, copies, _in_headlines(articles, companies), base)
    return rows(
        Resolved(
            articles,
            resolve_providers(articles, base),
            resolve_topics(articles, lexicon.broader_topics, base),
            companies,
            entities,
            events,
            stories,
            copies,
            copy_groups(articles, copies),
        )
    )


def _tellings(articles: Sequence[ArticleNode], companies: Companies, entities: Entities) -> Iterator[Telling]:
    """Give the reports whose parties were accepted; a report that is left without a company is none."""

    def party(name: str | None) -> str | None:
        return companies.iri(name) or entities.iri(Kind.ORGANISATION, name)

    for article in articles:
        for report in article.chosen.facts.reports:
            subject, other = party(report.subject), party(report.object)
            lost = (report.subject and not subject) or (report.object and not other)
            if not lost and subject != other and (subject or other):
                yield Telling(article, report, subject, other)


def _in_headlines(articles: Sequence[ArticleNode], companies: Companies) -> dict[str, frozenset[str]]:
    return {
        article.iri: frozenset(
            iri
            for mention in article.chosen.facts.mentions
            if mention.kind is Kind.COMPANY and mention.start < len(article.chosen.article.title) and (iri := companies.iri(mention.name))
        )
        for article in articles
    }
