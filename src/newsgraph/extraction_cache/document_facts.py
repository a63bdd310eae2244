"""Documents -> what was read out of each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article, Facts, Problem
from newsgraph.executor import gc_paused
from newsgraph.extract import open_extractor
from newsgraph.extraction_cache.cache_key import READ, ExtractionSettings
from newsgraph.ingest import Document, fetch, parse_content
from newsgraph.resolve import ExtractedArticle, TextSignature, pack_signature, text_signatures


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What one document, or a piece of one, gave; `source` is its name.

    `sha256` is that of its bytes in hex, empty where they could not be read.
    """

    source: str
    sha256: str
    readings: tuple[ExtractedArticle, ...] = ()
    problems: tuple[Problem, ...] = ()


Known = Callable[[str, str], bool]
"""Tells of a source and the SHA-256 of its bytes whether they need not be read."""


def nothing_cached(_source: str, _sha256: str) -> bool:
    """Know nothing: everything is to be read."""
    return False


def read_documents(documents: Iterable[Document], manner: ExtractionSettings, known: Known = nothing_cached) -> list[DocumentFacts]:
    """Read documents in their order, but for those whose source and SHA-256 are `known`.

    Raises InputError for an extractor or a list of the user that cannot be used.
    """
    parsed: list[tuple[str, str, tuple[Article, ...], tuple[Problem, ...]]] = []
    for document in documents:
        content = fetch(document)
        if not known(document.name, content.sha256):
            parsed.append((document.name, content.sha256, *parse_content(content)))
    if not parsed:
        return []
    lexicon = lexicon_of(manner)
    with gc_paused():
        articles = [_beginning(article) for _, _, found, _ in parsed for article in found]
        facts = open_extractor(manner.extractor, manner.threshold).read(articles, lexicon)
        signs = iter(text_signatures([article for _, _, found, _ in parsed for article in found]))
        return [
            DocumentFacts(source, sha, tuple(_readings(found, facts, signs)), (*problems, *_too_long(found)))
            for source, sha, found, problems in parsed
        ]


def lexicon_of(manner: ExtractionSettings) -> Lexicon:
    """Load the lists as they are now. Raises InputError where one of the user's cannot be read."""
    return _lexicon(manner.companies, manner.ignore, manner.lists())


def key_of(manner: ExtractionSettings) -> str:
    """Give the key, see `Manner.key`, as things are here and now."""
    return manner.key(lexicon_of(manner).version, open_extractor(manner.extractor, manner.threshold).version)


@lru_cache(maxsize=1)  # the user's lists are put together with the shipped ones once a build, not once a part
def _lexicon(companies: Path | None, ignore: Path | None, _content: str) -> Lexicon:
    return load_lexicon(companies, ignore)


def _readings(articles: Iterable[Article], facts: Iterator[Facts], signs: Iterator[TextSignature]) -> Iterable[ExtractedArticle]:
    for article in articles:
        yield ExtractedArticle(article, next(facts), pack_signature(next(signs)))


def _beginning(article: Article) -> Article:
    """Give an article with no more text than is read; what is left out lies at the end, so that offsets hold."""
    if len(article.text) <= READ:
        return article
    title = article.title[:READ]
    excerpt = article.excerpt[: max(READ - len(title), 0)]
    return replace(article, title=title, excerpt=excerpt, body=article.body[: max(READ - len(title) - len(excerpt), 0)])


def _too_long(articles: Iterable[Article]) -> Iterable[Problem]:
    for article in articles:
        if len(article.text) > READ:
            what = f"the article has {len(article.text):,} characters, of which the first {READ:,} are read for names and events"
            yield Problem(article.source, article.part, what, "Split the document, if it holds more than one article.")
