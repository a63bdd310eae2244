"""The order in which things are resolved, room by room; the result does not depend on the order of the extracted articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT
from newsgraph.core.renamings import former_names_of
from newsgraph.decisions.decision import NO_DECISIONS, Decisions
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ExtractedArticle, resolve_articles, summarize_articles
from newsgraph.resolve.build_memory import COPIES, NO_MEMORY, STORIES, BuildMemory
from newsgraph.resolve.companies.company_nodes import resolve_companies
from newsgraph.resolve.companies.listed_owners import listed_owners
from newsgraph.resolve.copies.corrections import find_corrections
from newsgraph.resolve.copies.near_copies import CopyInput, copy_groups, find_copies_again
from newsgraph.resolve.corroboration import witnesses
from newsgraph.resolve.decided_people import with_decided_people
from newsgraph.resolve.declared_nodes import resolve_providers, resolve_topics
from newsgraph.resolve.deferred_task import DeferTask, run_at_once
from newsgraph.resolve.entity_nodes import resolve_entities
from newsgraph.resolve.events.added_events import added_reports
from newsgraph.resolve.events.amounts_of_totals import without_totals
from newsgraph.resolve.events.event_decisions import decidable_nodes
from newsgraph.resolve.events.event_nodes import resolve_events
from newsgraph.resolve.events.ledger import ledger
from newsgraph.resolve.events.resolved_reports import resolve_reports, resolve_totals
from newsgraph.resolve.lasting_relations import merge_relations, parents_of, resolve_relations
from newsgraph.resolve.mention_lookup import mention_lookup
from newsgraph.resolve.stories.decided_stories import decided_stories
from newsgraph.resolve.stories.merge_edges import story_edges
from newsgraph.resolve.stories.story_input import story_input
from newsgraph.resolve.stories.story_iris import name_stories
from newsgraph.resolve.stories.story_nodes import resolve_stories
from newsgraph.resolve.tables.graph_rows import Resolved, Table, rows, rows_of_stories


@dataclass(frozen=True, slots=True)
class UserDecisions:
    """What overrides the rules: the decisions of people, and the IRIs of an earlier build."""

    decisions: Decisions = NO_DECISIONS
    kept_iris: KeptIris = NO_IRIS


def resolve(
    readings: Sequence[ExtractedArticle], lexicon: Lexicon, base: str, threshold: float = ACCEPTED,
    user_decisions: UserDecisions | None = None, defer: DeferTask = run_at_once, event_threshold: float = ACCEPTED_EVENT,
    memory: BuildMemory = NO_MEMORY, day: date | None = None,
) -> Iterator[tuple[str, Table]]:  # fmt: skip
    """Resolve extracted articles into the tables of the graph: yield the name and the rows (or columns) of each table.

    For the names see `graph_tables.SCHEMAS`; `graph_tables.frame` makes a data frame of the rows. `threshold` is the confidence, 0 to 1,
    at which a company mention counts alone, the same as in extraction, `event_threshold` that of a report of an event. Tasks whose results are needed later are started by `defer`.
    `memory` has what an earlier build found out; the tables are the same without it. Companies have the names of a `day`, else the newest.
    Tables come one after the other, so that not all of them need to be in memory together with the frames.
    """
    user_decisions = user_decisions or UserDecisions()
    decisions, kept_iris = user_decisions.decisions, user_decisions.kept_iris
    articles = resolve_articles(readings, base)
    del readings
    summaries = summarize_articles(articles)
    articles, applied_people = with_decided_people(articles, decisions)
    ordered = sorted(articles, key=lambda article: article.order)
    copies_found = defer(find_copies_again, CopyInput(summaries, memory.load(COPIES)))
    companies = resolve_companies(articles, lexicon, base, threshold, decisions, kept_iris, day)
    owned = listed_owners(companies.nodes)
    entities = resolve_entities(articles, base)
    lookup = mention_lookup(companies, entities)
    providers = resolve_providers(articles, lookup, base)
    topics = resolve_topics(articles, lexicon.broader_topics, base)
    copies, compared = copies_found()
    if compared:
        memory.save(COPIES, compared)
    origins = copy_groups([article.iri for article in ordered], copies)
    corrections = find_corrections(summaries, origins)
    evidence = witnesses(articles, origins, [correction.superseded for correction in corrections])
    stated = list(resolve_relations(articles, lookup, base))
    relations = merge_relations(stated, evidence)
    owners = parents_of(relations, owned)
    totals = list(resolve_totals(articles, lookup))
    reports = without_totals(list(resolve_reports(articles, lookup, event_threshold)), totals)
    nodes = decidable_nodes(lookup, articles, decisions)
    added, applied_additions = added_reports(articles, decisions, lookup, nodes)
    reports += added
    former = former_names_of((node.iri, merge.name, merge.rule, merge.note) for node in companies.nodes for merge in node.merges)
    events = resolve_events(reports, totals, lookup.names, base, evidence, nodes, decisions, kept_iris, owners, former)
    times = {article.iri: article.published for article in articles}
    entries = tuple(ledger(events.nodes, lookup.names, evidence, times))
    decided = decided_stories(articles, decisions)
    events = replace(events, used=events.used | applied_people | applied_additions | decided.used)
    edges_found = defer(story_edges, story_input(ordered, summaries, events.nodes, copies, lookup, decided, memory.load(STORIES)))
    resolved = Resolved(
        articles, providers, topics, companies, entities, lookup, stated, relations, events, copies, corrections, evidence, entries,
        decisions, kept_iris,
    )  # fmt: skip
    yield from rows(resolved)
    edges, learned = edges_found()
    if learned:
        memory.save(STORIES, learned)
    stories = name_stories(resolve_stories(ordered, events.nodes, edges, base), kept_iris)
    yield from rows_of_stories(resolved, stories)
