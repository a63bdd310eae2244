"""Which records are the same article, and what each of them adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from newsgraph.core.canonical_url import canonical_link
from newsgraph.core.errors import CollisionError
from newsgraph.core.iris import digest
from newsgraph.core.model import Alias, Article, Facts, Image, Provider
from newsgraph.decisions.decision import Decisions
from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.text_signature import pack_signature, text_signatures

NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # sorts articles without a date last


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """One record of a document and the facts extracted from it.

    `signature` is its packed text signature (`text_signature.pack_signature`); if it is empty, it is computed when it is needed.
    """

    article: Article
    facts: Facts
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """One article: the record whose text represents it (`chosen`), all its records, and what they state together."""

    iri: str
    chosen: ExtractedArticle
    records: tuple[Article, ...]
    published: datetime | None
    provider: Provider | None
    topics: tuple[str, ...]
    images: tuple[Image, ...]
    aliases: tuple[Alias, ...]
    related: tuple[str, ...]  # IRIs
    order: tuple[datetime, str] = field(init=False)  # sorts articles by time, then by IRI

    def __post_init__(self) -> None:
        """Compute the order once, because articles are sorted many times."""
        object.__setattr__(self, "order", (self.published or NEVER, self.iri))


def resolve_articles(readings: Sequence[ExtractedArticle], base: str) -> list[ArticleNode]:
    """Merge the records of each article into one node, and sort the nodes by IRI.

    Raises CollisionError if two articles would get the same IRI.
    """
    representatives = _representatives(readings)
    groups: dict[str, list[ExtractedArticle]] = {}
    for reading in readings:
        groups.setdefault(representatives[reading.article.key], []).append(reading)
    keys: dict[str, str] = {}
    for key in sorted(groups):
        iri = f"{base}article/{digest(key)}"
        if iri in keys:
            raise CollisionError(iri, keys[iri], key)
        keys[iri] = key
    nodes = [_node(iri, groups[key], representatives, base) for iri, key in keys.items()]
    return sorted(_with_signatures(nodes), key=lambda node: node.iri)


def summarize_articles(articles: Sequence[ArticleNode]) -> list[ArticleSummary]:
    """Return the summaries of articles, in order of time."""
    return [
        ArticleSummary(node.iri, node.published, node.provider.domain if node.provider else "", node.chosen.signature)
        for node in sorted(articles, key=lambda node: node.order)
    ]


def _with_signatures(nodes: Sequence[ArticleNode]) -> Iterator[ArticleNode]:
    """Compute the text signatures of articles that were extracted without one."""
    unsigned = [node.chosen.article for node in nodes if not node.chosen.signature]
    computed = iter(text_signatures(unsigned)) if unsigned else iter(())
    for node in nodes:
        yield node if node.chosen.signature else replace(node, chosen=replace(node.chosen, signature=pack_signature(next(computed))))


def _representatives(readings: Sequence[ExtractedArticle]) -> dict[str, str]:
    """Map each key to the key of its article: the link of the record that lists it as its AMP copy, else the key itself."""
    keys = {reading.article.key for reading in readings}
    parents = {key: key for key in keys}
    with_aliases = [reading.article for reading in readings if reading.article.aliases]
    for article in sorted(with_aliases, key=lambda article: (article.key, article.source, article.part)):
        for alias in article.aliases:
            for link in (alias.url, canonical_link(alias.url)):
                if link in keys and link != article.key and parents[link] == link:
                    root = _root(article.key, parents)
                    if root != link:
                        parents[link] = root
    return {key: _root(key, parents) for key in keys}


def _root(key: str, parents: dict[str, str]) -> str:
    while parents[key] != key:
        key = parents[key]
    return key


def _node(iri: str, readings: list[ExtractedArticle], representatives: dict[str, str], base: str) -> ArticleNode:
    # The document in which it is the main article has the best record, then the one with the longest text, then the smallest.
    ordered = sorted(readings, key=lambda reading: _preference(reading.article)) if len(readings) > 1 else readings
    articles = [reading.article for reading in ordered]
    related_keys = {key for article in articles for key in article.related if key in representatives}
    related = {f"{base}article/{digest(representatives[key])}" for key in related_keys}
    images: dict[str, Image] = {}
    for image in (image for article in articles for image in article.images):
        images.setdefault(image.url, image)  # the better record describes an image that several have
    published = articles[0].published or min((article.published for article in articles if article.published), default=None)
    return ArticleNode(
        iri=iri,
        chosen=ordered[0],
        records=tuple(articles),
        published=published,
        provider=next((article.provider for article in articles if article.provider), None),
        topics=tuple(dict.fromkeys(topic for article in articles for topic in article.topics)),
        images=tuple(images.values()),
        aliases=tuple(sorted({alias for article in articles for alias in article.aliases}, key=lambda alias: (alias.kind, alias.url))),
        related=tuple(sorted(related - {iri})),
    )


def article_addresses(articles: Sequence[ArticleNode], decisions: Decisions) -> dict[str, str]:
    """Map the links and IRIs by which decisions refer to articles to the IRIs of these articles."""
    wanted = {company.article for decision in decisions.applied for company in decision.companies if company.article}
    wanted |= {link for decision in decisions.applied for link in (decision.article, *decision.articles) if link}
    references = (event for decision in decisions.applied for event in (decision.event, *decision.events) if event)
    wanted |= {event.article for event in references if event.article}
    if not wanted:
        return {}
    known = {}
    for article in articles:
        known[article.iri] = article.iri
        for record in article.records:
            known.setdefault(record.key, article.iri)
            if record.url:
                known.setdefault(record.url, article.iri)
    return {address: iri for address in sorted(wanted) if (iri := known.get(address) or known.get(canonical_link(address) or ""))}


def _preference(article: Article) -> tuple[bool, int, str, str, str]:
    main = article.part == "main" or (article.part.endswith("]") and "related" not in article.part)
    return not main, -len(article.text), article.text, article.source, article.part
