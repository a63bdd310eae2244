"""Read documents and extract the facts of their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Problem
from newsgraph.executor import gc_paused
from newsgraph.extract import open_extractor
from newsgraph.extraction_cache.cache_key import ExtractionSettings
from newsgraph.extraction_cache.reading_faults import GuardedFacts, read_guarded
from newsgraph.extraction_cache.text_problems import shorten, text_problems
from newsgraph.ingest import NO_LOSSES, Document, DocumentReading, Losses, UnreadField, fetch, losses_of, parse_content, read_field_names
from newsgraph.resolve import ExtractedArticle, TextSignature, pack_signature, text_signatures


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The articles of one document, or of a piece of one, with their facts, and its problems; `source` is its name.

    `sha256` is the digest of its bytes in hex, or empty if they could not be read.
    """

    source: str
    sha256: str
    readings: tuple[ExtractedArticle, ...] = ()
    problems: tuple[Problem, ...] = ()
    dialect: str = ""  # the name of the form in which it is written, empty if it was not read
    unread: tuple[UnreadField, ...] = ()  # fields that were not understood
    losses: Losses = NO_LOSSES


IsCached = Callable[[str, str], bool]
"""Returns whether a source with this SHA-256 need not be read."""


def nothing_cached(_source: str, _sha256: str) -> bool:
    """Return that nothing is cached, so that everything is read."""
    return False


def read_documents(
    documents: Iterable[Document], settings: ExtractionSettings, is_cached: IsCached = nothing_cached
) -> list[DocumentFacts]:
    """Return the facts of documents, in their order, without those whose source and SHA-256 are cached.

    Raises InputError if the extractor or a list of the user cannot be used.
    """
    parsed: list[tuple[str, str, DocumentReading]] = []
    field_names = read_field_names(settings.field_map) if settings.field_map else None
    for document in documents:
        content = fetch(document)
        if not is_cached(document.name, content.sha256):
            parsed.append((document.name, content.sha256, parse_content(content, field_names)))
    if not parsed:
        return []
    lexicon = lexicon_of(settings)
    with gc_paused():
        articles = [shorten(article) for _, _, reading in parsed for article in reading.articles]
        facts = read_guarded(open_extractor(settings.extractor, settings.threshold), articles, lexicon)
        signatures = iter(text_signatures([article for _, _, reading in parsed for article in reading.articles]))
        return [_facts(source, sha, reading, facts, signatures) for source, sha, reading in parsed]


def _facts(
    source: str, sha256: str, reading: DocumentReading, facts: Iterator[GuardedFacts], signatures: Iterator[TextSignature]
) -> DocumentFacts:
    """Return what was read from one document; `facts` and `signatures` begin with those of its articles."""
    readings: list[ExtractedArticle] = []
    of_texts: list[Problem] = []
    for article in reading.articles:
        read, faults = next(facts)
        readings.append(ExtractedArticle(article, read, pack_signature(next(signatures))))
        of_texts += (*text_problems(article, read), *faults)
    return DocumentFacts(
        source,
        sha256,
        tuple(readings),
        (*reading.problems, *of_texts),
        reading.dialect,
        reading.unread,
        reading.losses + losses_of(of_texts),
    )


def lexicon_of(settings: ExtractionSettings) -> Lexicon:
    """Load the lists as they are now. Raises InputError if one of the user's lists cannot be read."""
    return _lexicon(settings.companies, settings.ignore, settings.lists())


def key_of(settings: ExtractionSettings) -> str:
    """Return the cache key for the present lists and code, see `ExtractionSettings.key`."""
    return settings.key(lexicon_of(settings).version, open_extractor(settings.extractor, settings.threshold).version)


@lru_cache(maxsize=1)  # the user's lists are merged with the shipped ones once a build, not once a partition
def _lexicon(companies: Path | None, ignore: Path | None, _content: str) -> Lexicon:
    return load_lexicon(companies, ignore)
