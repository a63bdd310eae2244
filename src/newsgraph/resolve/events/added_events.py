"""Events that people added, as reports of the articles that they name, with the sentence that they quote as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsgraph.core.model import EventAmount, Money, Report, Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.decision import DECISION, Decision, Decisions, EventChange, Verb
from newsgraph.resolve.article_nodes import ArticleNode, article_addresses
from newsgraph.resolve.events.event_decisions import DecidableNodes
from newsgraph.resolve.events.resolved_reports import ResolvedFiller, ResolvedReport, main_roles, report_fillers
from newsgraph.resolve.mention_lookup import MentionLookup

_Order = tuple[str, ...]


def added_reports(
    articles: Sequence[ArticleNode], decisions: Decisions, lookup: MentionLookup, nodes: DecidableNodes
) -> tuple[list[ResolvedReport], frozenset[_Order]]:
    """Return the reports of added events, and the decisions that apply.

    A decision does not apply if its article is not in the graph, if the article does not contain the sentence, or if a main party is no
    node of the graph.
    """
    additions = decisions.of(Verb.ADD)
    if not additions:
        return [], frozenset()
    addresses, by_iri = article_addresses(articles, decisions), {article.iri: article for article in articles}
    reports, used = [], set()
    for decision in additions:
        article = by_iri.get(addresses.get(decision.article, ""))
        resolved = _report(decision, article, lookup, nodes) if article else None
        if resolved is not None:
            reports.append(resolved)
            used.add(decision.order)
    return reports, frozenset(used)


def _report(decision: Decision, article: ArticleNode, lookup: MentionLookup, nodes: DecidableNodes) -> ResolvedReport | None:
    change, span = decision.change, _span(article.chosen.article.text, decision.sentence)
    if change is None or span is None:
        return None
    fillers = tuple(_fillers(article.iri, change, lookup, nodes))
    main = main_roles(change.type)
    if any(filler.role in main and filler.iri is None for filler in fillers):
        return None
    when, source = change.when, DECISION if change.when else ""
    if not when and article.published:
        when, source = article.published.date().isoformat(), "article"
    amounts: tuple[EventAmount, ...] = ()
    if change.amount is not None:
        amounts = (EventAmount(Money(change.amount, change.currency), EVENT_TYPES[change.type].amount),)
    report = Report(
        change.type, report_fillers(fillers), *span, DECISION, 1.0, Status(change.status or Status.ANNOUNCED), amounts, when, source,
        part=change.part or None,
    )  # fmt: skip
    return ResolvedReport(article, report, fillers)


def _fillers(article: str, change: EventChange, lookup: MentionLookup, nodes: DecidableNodes) -> Iterable[ResolvedFiller]:
    """Yield who takes which role: what the names mean in the article, else what they mean anywhere in the graph."""
    for role, names in change.roles:
        for name in names:
            in_article = lookup.party_in(article, name)
            yield nodes.filler(role, name, (in_article,) if in_article else ())


def _span(text: str, sentence: str) -> tuple[int, int] | None:
    """Return where the words of a sentence are in a text, whatever white space is between them."""
    match = re.search(r"\s+".join(map(re.escape, sentence.split())), text)
    return match.span() if match else None
