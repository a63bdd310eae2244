"""Names that people decided to be persons: their mentions, and what is reported of them as companies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Facts, Kind, Mention, Report, RoleFiller
from newsgraph.decisions.decision import DECISION, Decisions, Verb
from newsgraph.resolve.article_nodes import ArticleNode, article_addresses

# Roles that a person can take; a person does not launch a product or file for an initial public offering.
_ROLES_OF_PEOPLE = frozenset({
    "acquirer", "seller", "investor", "lead", "plaintiff", "defendant", "payer", "payee", "receiver", "giver", "attacker", "person", "party",
})  # fmt: skip
_Order = tuple[str, ...]


def with_decided_people(articles: Sequence[ArticleNode], decisions: Decisions) -> tuple[list[ArticleNode], frozenset[_Order]]:
    """Make persons of the companies that people decided to be persons; return the articles, and the decisions that apply to something.

    In reports such a person keeps a role that people can take, and loses any other.
    """
    about_people = decisions.of(Verb.PERSON)
    if not about_people:
        return list(articles), frozenset()
    addresses = article_addresses(articles, decisions)
    wanted = {
        (company.key[0], addresses.get(company.article, "?") if company.article else ""): decision.order
        for decision in about_people
        for company in decision.companies
    }
    used: set[_Order] = set()
    nodes = []
    for article in articles:
        people = dict(_people(article, wanted))
        used |= set(people.values())
        facts = _with_people(article.chosen.facts, people) if people else article.chosen.facts
        nodes.append(replace(article, chosen=replace(article.chosen, facts=facts)) if people else article)
    return nodes, frozenset(used)


def _people(article: ArticleNode, wanted: Mapping[tuple[str, str], _Order]) -> Iterable[tuple[str, _Order]]:
    """Yield the names in an article that are persons, each with the decision."""
    for mention in article.chosen.facts.mentions:
        if mention.kind is Kind.COMPANY:
            for key in (name_key(mention.name), name_key(mention.text)):
                order = wanted.get((key, "")) or wanted.get((key, article.iri))
                if order:
                    yield mention.name, order
                    break


def _with_people(facts: Facts, people: Mapping[str, object]) -> Facts:
    reports = tuple(_report(report, people) for report in facts.reports)
    return replace(facts, mentions=tuple(_mention(mention, people) for mention in facts.mentions), reports=reports)


def _mention(mention: Mention, people: Mapping[str, object]) -> Mention:
    if mention.kind is not Kind.COMPANY or mention.name not in people:
        return mention
    return replace(mention, kind=Kind.PERSON, rule=DECISION, confidence=1.0, known="", detail="")


def _report(report: Report, people: Mapping[str, object]) -> Report:
    if not any(_is_person(filler, people) for filler in report.roles):
        return report
    kept = (filler for filler in report.roles if not _is_person(filler, people) or filler.role in _ROLES_OF_PEOPLE)
    return replace(report, roles=tuple(replace(filler, kind=Kind.PERSON) if _is_person(filler, people) else filler for filler in kept))


def _is_person(filler: RoleFiller, people: Mapping[str, object]) -> bool:
    return filler.kind is Kind.COMPANY and filler.name in people
