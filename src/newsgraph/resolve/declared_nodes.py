"""Providers and topics that documents declare, the company that each provider is, and which topic is broader than which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.iris import slug, unique_slugs
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.mention_lookup import MentionLookup


@dataclass(frozen=True, slots=True)
class ProviderNode:
    """A news provider, one for each domain; `name` is the most frequent one, `company` the IRI of the company that it is, or None."""

    iri: str
    name: str
    domain: str
    articles: int
    company: str | None


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic; `broader` is the IRI of the topic above it or None, `rule` why."""

    iri: str
    name: str
    broader: str | None
    rule: str | None
    articles: int


def resolve_providers(articles: Sequence[ArticleNode], lookup: MentionLookup, base: str) -> dict[str, ProviderNode]:
    """Return the providers by domain."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        if article.provider:
            names[article.provider.domain][article.provider.name] += 1
    return {domain: _provider(domain, counts, lookup, base) for domain, counts in sorted(names.items())}


def _provider(domain: str, names: Counter[str], lookup: MentionLookup, base: str) -> ProviderNode:
    """Make a provider; it is a company if its name is both a company's and its domain's (Nasdaq at nasdaq.com)."""
    name = min(names, key=lambda name: (-names[name], name))
    has_own_domain = name_key(name) == domain.removeprefix("www.").partition(".")[0].replace("-", "")
    return ProviderNode(f"{base}provider/{domain}", name, domain, names.total(), lookup.company(name) if has_own_domain else None)


def resolve_topics(articles: Sequence[ArticleNode], broader: Mapping[str, str], base: str) -> dict[str, TopicNode]:
    """Return the topics by name; spellings that differ only in case are one topic.

    A topic lies under the nearest of those above it in `broader` (folded name -> name) that occurs, else "X in Y" lies under "X", where
    both occur.
    """
    counts: Counter[str] = Counter(topic for article in articles for topic in set(article.topics))
    spellings: dict[str, list[str]] = defaultdict(list)
    for topic in sorted(counts, key=lambda name: (-counts[name], name)):
        spellings[topic.casefold()].append(topic)
    ordered = sorted(spellings)
    slugs = unique_slugs([slug(folded) for folded in ordered])
    iris = {folded: f"{base}topic/{part}" for folded, part in zip(ordered, slugs, strict=True)}
    nodes: dict[str, TopicNode] = {}
    for folded, names in spellings.items():
        above, rule = _broader_topic(folded, broader, iris)
        node = TopicNode(iris[folded], names[0], above, rule, sum(counts[name] for name in names))
        nodes.update(dict.fromkeys(names, node))
    return nodes


def _broader_topic(topic: str, broader: Mapping[str, str], iris: Mapping[str, str]) -> tuple[str | None, str | None]:
    listed = broader.get(topic, "").casefold()
    while listed and listed not in iris:
        listed = broader.get(listed, "").casefold()
    if listed and listed != topic:
        return iris[listed], "topic_table"
    head, separator, _ = topic.partition(" in ")
    if separator and head in iris:
        return iris[head], "x_in_y"
    return None, None
