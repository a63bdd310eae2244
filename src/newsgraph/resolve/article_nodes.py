"""Which records are one article, and what each of them adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from newsgraph.core.canonical_url import canonical_link
from newsgraph.core.errors import CollisionError
from newsgraph.core.iris import digest
from newsgraph.core.model import Alias, Article, Facts, Image, Provider
from newsgraph.resolve.copies.text_signature import pack_signature, text_signatures

NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # sorts articles without a date last


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """One record of a document and what was read out of it; `signs` are those of `signs.pack`, or empty: then they are read when they are needed."""

    article: Article
    facts: Facts
    signs: bytes = b""


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """One article: the record whose text stands for it, all its records, and what they say together."""

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
        """Work the order out once: articles are sorted again and again."""
        object.__setattr__(self, "order", (self.published or NEVER, self.iri))

    @property
    def signs(self) -> bytes:
        """Give the signs of the text that stands for it, packed."""
        return self.chosen.signs


def resolve_articles(readings: Sequence[ExtractedArticle], base: str) -> list[ArticleNode]:
    """Fold records of one article into one node; sorted by IRI.

    Raises CollisionError where two articles would get one IRI.
    """
    same = _representatives(readings)
    groups: dict[str, list[ExtractedArticle]] = {}
    for reading in readings:
        groups.setdefault(same[reading.article.key], []).append(reading)
    iris: dict[str, str] = {}
    for key in sorted(groups):
        iri = f"{base}article/{digest(key)}"
        if iri in iris:
            raise CollisionError(iri, iris[iri], key)
        iris[iri] = key
    nodes = [_node(iri, groups[key], same, base) for iri, key in iris.items()]
    return sorted(_signed(nodes), key=lambda node: node.iri)


def _signed(nodes: Sequence[ArticleNode]) -> Iterator[ArticleNode]:
    """Read the signs of articles whose readings come without."""
    bare = [node.chosen.article for node in nodes if not node.chosen.signs]
    read = iter(text_signatures(bare)) if bare else iter(())
    for node in nodes:
        yield node if node.chosen.signs else replace(node, chosen=replace(node.chosen, signs=pack_signature(next(read))))


def _representatives(readings: Sequence[ExtractedArticle]) -> dict[str, str]:
    """Give each key the key that stands for it: the link of the record that lists it as its AMP copy."""
    keys = {reading.article.key for reading in readings}
    stands_for = {key: key for key in keys}
    telling = (reading for reading in readings if reading.article.aliases)
    for reading in sorted(telling, key=lambda one: (one.article.key, one.article.source, one.article.part)):
        for alias in reading.article.aliases:
            for link in (alias.url, canonical_link(alias.url)):
                if link in keys and link != reading.article.key and stands_for[link] == link:
                    root = _root(reading.article.key, stands_for)
                    if root != link:
                        stands_for[link] = root
    return {key: _root(key, stands_for) for key in keys}


def _root(key: str, stands_for: dict[str, str]) -> str:
    while stands_for[key] != key:
        key = stands_for[key]
    return key


def _node(iri: str, readings: list[ExtractedArticle], same: dict[str, str], base: str) -> ArticleNode:
    # The document where it is the main article tells it best, then the longest text, then the smallest.
    ordered = sorted(readings, key=lambda one: _preference(one.article)) if len(readings) > 1 else readings
    articles = [reading.article for reading in ordered]
    related = {f"{base}article/{digest(same.get(key, key))}" for article in articles for key in article.related if key in same}
    images: dict[str, Image] = {}
    for image in (image for article in articles for image in article.images):
        images.setdefault(image.url, image)  # of one picture told twice, as the better record tells it
    published = articles[0].published or min((article.published for article in articles if article.published), default=None)
    return ArticleNode(
        iri=iri,
        chosen=ordered[0],
        records=tuple(articles),
        published=published,
        provider=next((article.provider for article in articles if article.provider), None),
        topics=tuple(dict.fromkeys(topic for article in articles for topic in article.topics)),
        images=tuple(images.values()),
        aliases=tuple(sorted({alias for article in articles for alias in article.aliases}, key=lambda one: (one.kind, one.url))),
        related=tuple(sorted(related - {iri})),
    )


def _preference(article: Article) -> tuple[bool, int, str, str, str]:
    main = article.part == "main" or (article.part.endswith("]") and "related" not in article.part)
    return not main, -len(article.text), article.text, article.source, article.part
