"""The order in which things are resolved; the answer does not depend on the order in which readings come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Kind
from newsgraph.decisions.decision import NO_DECISIONS, Decisions
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ArticleNode, ExtractedArticle, resolve_articles
from newsgraph.resolve.article_summaries import ArticleSummary, article_contents, summarize_articles, summarize_events
from newsgraph.resolve.companies.company_nodes import Companies, resolve_companies
from newsgraph.resolve.copies.corrections import find_corrections
from newsgraph.resolve.copies.near_copies import find_copies
from newsgraph.resolve.corroboration import witnesses
from newsgraph.resolve.declared_nodes import resolve_providers, resolve_topics
from newsgraph.resolve.deferred_task import DeferTask, run_at_once
from newsgraph.resolve.entity_nodes import Entities, resolve_entities
from newsgraph.resolve.events.event_nodes import EventNode, ToldTotal, resolve_events
from newsgraph.resolve.events.ledger import ledger
from newsgraph.resolve.events.resolved_reports import ResolvedReport
from newsgraph.resolve.stories.merge_edges import StoryInput, story_edges
from newsgraph.resolve.stories.story_iris import name_stories
from newsgraph.resolve.stories.story_nodes import copy_groups, resolve_stories
from newsgraph.resolve.tables.graph_rows import Resolved, Table, rows, rows_of_stories


@dataclass(frozen=True, slots=True)
class UserDecisions:
    """What stands above what is found: the decisions of people and the IRIs of a former build."""

    decisions: Decisions = NO_DECISIONS
    kept_iris: KeptIris = NO_IRIS


def resolve(
    readings: Sequence[ExtractedArticle], lexicon: Lexicon, base: str, threshold: float = ACCEPTED, rulings: UserDecisions | None = None,
    aside: DeferTask = run_at_once,
) -> Iterator[tuple[str, Table]]:  # fmt: skip
    """Turn readings into the rows (or columns) of the graph's tables by name, see `graph.SCHEMAS` and `graph.frame`.

    `threshold` is the least confidence, 0 to 1, of a company mention that stands by itself; extraction is told the same. What nothing
    waits for is done `aside`. Tables come one after the other, so that none need be held beside the frames of all.
    """
    rulings = rulings or UserDecisions()
    articles = resolve_articles(readings, base)
    del readings
    ordered = sorted(articles, key=lambda article: article.order)
    sheets = summarize_articles(ordered)
    copies_found = aside(find_copies, sheets)
    companies = resolve_companies(articles, lexicon, base, threshold, rulings.decisions, rulings.kept_iris)
    entities = resolve_entities(articles, base)
    names = {node.iri: node.name for node in companies.nodes} | {node.iri: node.name for node in entities.nodes}
    copies = copies_found()
    group = copy_groups(articles, copies)
    corrections = find_corrections(articles, group)
    told_by = witnesses(articles, group, (one.superseded for one in corrections))
    tellings = list(_tellings(articles, companies, entities))
    totals = list(_totals(articles, companies))
    events = resolve_events(tellings, totals, names, base, told_by, _meant(companies, entities), rulings.decisions, rulings.kept_iris)
    joins_found = aside(story_edges, _laid(ordered, sheets, events.nodes, _in_headlines(articles, companies), copies))
    resolved = Resolved(
        articles,
        resolve_providers(articles, base),
        resolve_topics(articles, lexicon.broader_topics, base),
        companies,
        entities,
        events,
        copies,
        corrections,
        told_by,
        tuple(ledger(events.nodes, names, told_by, {article.iri: article.published for article in articles})),
        rulings.decisions,
        rulings.kept_iris,
    )
    yield from rows(resolved)
    stories = name_stories(resolve_stories(ordered, events.nodes, joins_found(), base), rulings.kept_iris)
    yield from rows_of_stories(resolved, stories)


def _meant(companies: Companies, entities: Entities) -> dict[str, frozenset[str]]:
    """Give the parties that people may mean by a folded name; by an alias where nothing else has that name."""
    names: dict[str, set[str]] = defaultdict(set)
    nodes = [(node.iri, node.name, node.aliases) for node in companies.nodes]
    nodes += [(node.iri, node.name, node.aliases) for node in entities.nodes if node.kind is Kind.ORGANISATION]
    for iri, name, aliases in nodes:
        for one in (name, *aliases):
            names[name_key(one)].add(iri)
    return {key: frozenset(iris) for key, iris in names.items()} | dict(companies.meant)


def _tellings(articles: Sequence[ArticleNode], companies: Companies, entities: Entities) -> Iterator[ResolvedReport]:
    """Give the reports whose parties were accepted; a report that is left without a company is none."""
    for article in articles:
        for report in article.chosen.facts.reports:
            subject, other = (
                companies.iri(name, article.iri) or entities.iri(Kind.ORGANISATION, name) for name in (report.subject, report.object)
            )
            lost = (report.subject and not subject) or (report.object and not other)
            if not lost and subject != other and (subject or other):
                yield ResolvedReport(article, report, subject, other)


def _totals(articles: Sequence[ArticleNode], companies: Companies) -> Iterator[ToldTotal]:
    """Give the totals whose parties were all accepted, with their IRIs."""
    for article in articles:
        for total in article.chosen.facts.totals:
            parties = tuple(iri for name in total.parties if (iri := companies.iri(name, article.iri)))
            if len(parties) == len(total.parties):
                yield article, total, parties


def _laid(
    ordered: Sequence[ArticleNode], sheets: Sequence[ArticleSummary], events: Sequence[EventNode], companies: Mapping[str, frozenset[str]],
    copies: Sequence[tuple[str, str]],
) -> StoryInput:  # fmt: skip
    """Lay articles out, in order of time, for what joins them to stories; `companies` gives those of each headline."""
    number = {sheet.iri: at for at, sheet in enumerate(sheets)}
    pairs = [(number[one], number[other]) for one, other in copies]
    return StoryInput(sheets, article_contents(ordered, events, companies, number), summarize_events(events, number), pairs)


def _in_headlines(articles: Sequence[ArticleNode], companies: Companies) -> dict[str, frozenset[str]]:
    return {
        article.iri: frozenset(
            iri
            for mention in article.chosen.facts.mentions
            if mention.kind is Kind.COMPANY
            and mention.start < len(article.chosen.article.title)
            and (iri := companies.iri(mention.name, article.iri))
        )
        for article in articles
    }
