"""Everything that was resolved, as rows of the graph's tables; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.model import Alias, Kind
from newsgraph.core.vocabulary import ROLES
from newsgraph.decisions.decision import Decisions
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import Companies, CompanyNode
from newsgraph.resolve.companies.listed_owners import listed_owners
from newsgraph.resolve.copies.corrections import Correction
from newsgraph.resolve.corroboration import Counts, Witnesses
from newsgraph.resolve.declared_nodes import ProviderNode, TopicNode
from newsgraph.resolve.entity_nodes import Entities, EntityNode
from newsgraph.resolve.events.event_nodes import Events
from newsgraph.resolve.events.event_roles import EventNode, EventRole
from newsgraph.resolve.events.ledger import LedgerEntry
from newsgraph.resolve.lasting_relations import MergedRelation, StatedRelation
from newsgraph.resolve.mention_lookup import MentionLookup
from newsgraph.resolve.stories.story_iris import Stories
from newsgraph.resolve.stories.story_nodes import StoryNode
from newsgraph.resolve.tables.column_builders import (
    Columns,
    article_columns,
    mention_columns,
    other_mention_columns,
    report_amount_columns,
    report_columns,
    report_role_columns,
    version_columns,
)
from newsgraph.resolve.tables.decision_rows import decision_rows, kept_iri_rows

Row = Mapping[str, object]
Table = Iterable[Row] | Columns
"""The rows of a table, or its columns if the table is large."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everything that was resolved; `witnesses` has the outlet of each article and the origin of its copies."""

    articles: Sequence[ArticleNode]
    providers: Mapping[str, ProviderNode]
    topics: Mapping[str, TopicNode]
    companies: Companies
    entities: Entities
    lookup: MentionLookup
    stated_relations: Sequence[StatedRelation]
    merged_relations: Sequence[MergedRelation]
    events: Events
    copies: Sequence[tuple[str, str]]
    corrections: Sequence[Correction]
    witnesses: Witnesses
    ledger: Sequence[LedgerEntry]
    decisions: Decisions
    kept_iris: KeptIris


def rows(resolved: Resolved) -> Iterator[tuple[str, Table]]:
    """Yield the rows, or the columns, of every table that does not depend on stories, except dataset, sources and problems; each can be iterated once."""
    parents = listed_owners(resolved.companies.nodes)
    counts = resolved.witnesses.count
    organisations = [node for node in resolved.entities.nodes if node.kind is Kind.ORGANISATION]
    products = [node for node in resolved.entities.nodes if node.kind is Kind.PRODUCT]
    people = [node for node in resolved.entities.nodes if node.kind is Kind.PERSON]
    places = [node for node in resolved.entities.nodes if node.kind is Kind.PLACE]
    yield "providers", [_provider(node) for node in resolved.providers.values()]
    yield "topics", [_topic(node) for node in {node.iri: node for node in resolved.topics.values()}.values()]
    yield "versions", version_columns(resolved.articles)
    yield "aliases", [{"article": node.iri, "kind": alias.kind, "url": alias.url} for node in resolved.articles for alias in _aliases(node)]
    yield (
        "images",
        [
            {"article": node.iri, "number": number, "url": image.url, "width": image.width, "height": image.height}
            for node in resolved.articles
            for number, image in enumerate(node.images, start=1)
        ],
    )
    yield (
        "article_topics",
        [
            {"article": node.iri, "topic": topic}
            for node in resolved.articles
            for topic in sorted({resolved.topics[name].iri for name in node.topics})
        ],
    )
    yield (
        "article_sources",
        [
            {"article": node.iri, "source": source}
            for node in resolved.articles
            for source in sorted({record.source for record in node.records})
        ],
    )
    yield "relations", [{"article": node.iri, "related": related} for node in resolved.articles for related in node.related]
    yield "copies", [{"article": article, "copy": copy} for article, copy in resolved.copies]
    yield (
        "corrections",
        [
            {"article": correction.article, "superseded": correction.superseded, "rule": correction.rule, "words": correction.words}
            for correction in resolved.corrections
        ],
    )
    yield "companies", [_company(node, parents) | counts([iri for iri, _ in node.mentions]).row() for node in resolved.companies.nodes]
    yield "organisations", [_entity(node, counts) for node in organisations]
    yield "products", [_entity(node, counts) | {"maker": resolved.lookup.company(node.detail)} for node in products]
    yield "people", [_entity(node, counts) for node in people]
    yield "places", [_entity(node, counts) for node in places]
    yield "posts", _posts(resolved)
    yield "lasting_relations", [relation.row() for relation in resolved.stated_relations]
    yield "merged_relations", [relation.row() for relation in resolved.merged_relations]
    yield "mentions", mention_columns(resolved.companies.nodes, resolved.articles)
    yield "other_mentions", other_mention_columns(resolved.articles, resolved.lookup)
    yield "events", [event_row(event, resolved.witnesses) for event in resolved.events.nodes]
    yield (
        "event_roles",
        [role_row(event.iri, role) for event in resolved.events.nodes for role in event.roles],
    )
    yield "event_parts", [{"event": event.iri, "part": part} for event in resolved.events.nodes for part in event.parts]
    yield "reports", report_columns(resolved.events.nodes, resolved.lookup.names)
    yield "report_roles", report_role_columns(resolved.events.nodes)
    yield "report_amounts", report_amount_columns(resolved.events.nodes)
    yield "totals", _totals(resolved.events.nodes)
    yield "ledger", [entry_row(entry) for entry in resolved.ledger]
    yield (
        "merges",
        [
            {
                "entity": node.iri,
                "name": merge.name,
                "rule": merge.rule,
                "article": merge.article or None,
                "note": merge.note or None,
                "start": merge.start if merge.end else None,
                "end": merge.end or None,
            }
            for node in resolved.companies.nodes
            for merge in node.merges
        ],
    )
    yield (
        "doubts",
        [
            {
                "verb": question.verb, "one": question.one, "other": question.other, "rule": question.rule, "note": question.note,
                "articles": question.articles,
            }
            for question in resolved.companies.questions
        ],
    )  # fmt: skip
    yield "decisions", decision_rows(resolved.decisions, resolved.companies, resolved.events)


def rows_of_stories(resolved: Resolved, stories: Stories) -> Iterator[tuple[str, Table]]:
    """Yield the rows, or the columns, of the tables that depend on stories."""
    yield "articles", _articles(resolved, stories)
    yield "stories", [story_row(story, resolved.witnesses) for story in stories.nodes]
    yield "story_events", [{"story": story.iri, "event": event} for story in stories.nodes for event in story.events]
    yield (
        "story_links",
        [
            {"story": story.iri, "article": article, "other": other, "rule": rule}
            for story in stories.nodes
            for article, other, rule in story.links
        ],
    )
    articles = [article.iri for article in resolved.articles]
    yield from kept_iri_rows(articles, resolved.companies, resolved.events, stories, resolved.kept_iris).items()


def _aliases(node: ArticleNode) -> Iterator[Alias]:
    link = node.chosen.article.url
    yield from (alias for alias in node.aliases if alias.url != link)


def _provider(node: ProviderNode) -> Row:
    return {
        "iri": node.iri, "name": node.name, "domain": node.domain, "url": f"https://{node.domain}/", "articles": node.articles,
        "company": node.company,
    }  # fmt: skip


def _topic(node: TopicNode) -> Row:
    return {"iri": node.iri, "name": node.name, "broader": node.broader, "rule": node.rule, "articles": node.articles}


def _articles(resolved: Resolved, stories: Stories) -> Columns:
    story = {iri: node.iri for node in stories.nodes for iri in node.members}
    providers = [resolved.providers[node.provider.domain].iri if node.provider else None for node in resolved.articles]
    return article_columns(resolved.articles, providers, story, resolved.witnesses.origins)


def _company(node: CompanyNode, parents: Mapping[str, str]) -> dict[str, object]:
    return {
        "iri": node.iri, "name": node.name, "aliases": list(node.aliases), "tickers": list(node.tickers),
        "legal_name": node.legal_name or None, "lei": node.lei or None, "wikidata": node.wikidata or None, "domain": node.domain or None,
        "parent": parents.get(node.iri), "places": list(node.countries), "sectors": list(node.sectors),
        "isins": list(node.isins), "cik": node.cik or None, "mentions": len(node.mentions), "confidence": node.confidence, "rule": node.rule,
    }  # fmt: skip


def _entity(node: EntityNode, counts: Callable[[Collection[str]], Counts]) -> dict[str, object]:
    row: dict[str, object] = {
        "iri": node.iri,
        "name": node.name,
        "mentions": len(node.mentions),
        "confidence": node.confidence,
        "rule": node.rule,
    }
    return row | counts([iri for iri, _ in node.mentions]).row() | ({} if node.kind is Kind.PRODUCT else {"aliases": list(node.aliases)})


def _posts(resolved: Resolved) -> Iterator[Row]:
    """Yield the posts that articles state; one whose employer is not a node is kept if it has a role."""
    for article in resolved.articles:
        for post in article.chosen.facts.posts:
            person = resolved.lookup.entity(Kind.PERSON, post.person)
            employer = resolved.lookup.party_in(article.iri, post.employer)
            if person and (employer or post.role):
                yield {
                    "article": article.iri, "person": person, "role": post.role, "employer": employer, "start": post.start,
                    "end": post.end, "rule": post.rule, "confidence": post.confidence, "extractor": article.chosen.facts.extractor,
                }  # fmt: skip


def event_row(event: EventNode, witnesses: Witnesses) -> Row:
    """Return an event as a row of the table `events`."""
    articles = event.articles
    times = [article.published for article in articles.values() if article.published]
    return {
        "iri": event.iri, "type": event.type, "label": event.label, "date": event.date, "when": event.when or None,
        "date_source": event.when_source or None, "amount": event.money.amount if event.money else None,
        "currency": event.money.currency if event.money else None, "amount_of": event.amount.of if event.amount else None,
        "percent": event.percent, "count": event.count, "part": event.part, "status": event.status.value, "background": event.background,
        "confidence": event.confidence, "rule": event.rule,
        "first": min(times, default=None),
    } | witnesses.count(articles.keys()).row()  # fmt: skip


def role_row(event: str, role: EventRole) -> Row:
    """Return who takes a role in an event as a row of the table `event_roles`."""
    return {"event": event, "role": ROLES[role.role].property, "party": role.party, "name": role.name, "kind": role.kind}


def entry_row(entry: LedgerEntry) -> Row:
    """Return an entry of the ledger as a row of the table `ledger`."""
    return {
        "event": entry.event, "field": entry.field, "relation": entry.relation, "value": entry.value, "note": entry.note or None,
        "amount": entry.money.amount if entry.money else None, "currency": entry.money.currency if entry.money else None,
        "first": entry.first, "tellers": list(entry.articles),
    } | entry.counts.row()  # fmt: skip


def _totals(events: Iterable[EventNode]) -> Iterator[Row]:
    for event in events:
        for article, total in event.totals:
            yield {
                "article": article.iri, "event": event.iri, "amount": total.money.amount, "currency": total.money.currency,
                "status": total.status.value, "start": total.start, "end": total.end, "rule": total.rule, "confidence": total.confidence,
            }  # fmt: skip


def story_row(story: StoryNode, witnesses: Witnesses) -> Row:
    """Return a story as a row of the table `stories`."""
    return {
        "iri": story.iri, "name": story.name, "lead": story.lead, "size": len(story.members),
        "first": story.first, "last": story.last, "rule": story.rule,
    } | witnesses.count(story.members).row()  # fmt: skip
