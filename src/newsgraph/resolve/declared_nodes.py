"""Providers and topics, as front matter declares them, and which topic is broader than which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.iris import slug, unique_slugs
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import Companies


@dataclass(frozen=True, slots=True)
class ProviderNode:
    """A news provider, one a domain; `name` is the one used most."""

    iri: str
    name: str
    domain: str
    articles: int


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic; `broader` is the IRI of the topic above it or None, `rule` why."""

    iri: str
    name: str
    broader: str | None
    rule: str | None
    articles: int


def resolve_providers(articles: Sequence[ArticleNode], base: str) -> dict[str, ProviderNode]:
    """Give the providers by domain."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        if article.provider:
            names[article.provider.domain][article.provider.name] += 1
    return {
        domain: ProviderNode(f"{base}provider/{domain}", min(found, key=lambda name: (-found[name], name)), domain, found.total())
        for domain, found in sorted(names.items())
    }


def publishing_company(provider: ProviderNode, companies: Companies) -> str | None:
    """Give the company that a provider is, where its name is both a company's and its domain's: Nasdaq at nasdaq.com."""
    named = companies.iri(provider.name)
    own = name_key(provider.name) == provider.domain.removeprefix("www.").partition(".")[0].replace("-", "")
    return named if own else None


def resolve_topics(articles: Sequence[ArticleNode], broader: Mapping[str, str], base: str) -> dict[str, TopicNode]:
    """Give the topics by name; spellings that differ in case are one topic.

    A topic lies under the one that `broader` (folded name -> name) gives, else "X in Y" lies under "X", where both occur.
    """
    counts: Counter[str] = Counter(topic for article in articles for topic in set(article.topics))
    spelled: dict[str, list[str]] = defaultdict(list)
    for topic in sorted(counts, key=lambda name: (-counts[name], name)):
        spelled[topic.casefold()].append(topic)
    ordered = sorted(spelled)
    slugs = unique_slugs([slug(folded) for folded in ordered])
    iris = {folded: f"{base}topic/{part}" for folded, part in zip(ordered, slugs, strict=True)}
    nodes: dict[str, TopicNode] = {}
    for folded, names in spelled.items():
        above, rule = _above(folded, broader, iris)
        node = TopicNode(iris[folded], names[0], above, rule, sum(counts[name] for name in names))
        nodes.update(dict.fromkeys(names, node))
    return nodes


def _above(topic: str, broader: Mapping[str, str], iris: Mapping[str, str]) -> tuple[str | None, str | None]:
    listed = broader.get(topic, "").casefold()
    if listed in iris and listed != topic:
        return iris[listed], "topic_table"
    head, found, _ = topic.partition(" in ")
    if found and head in iris:
        return iris[head], "x_in_y"
    return None, None
