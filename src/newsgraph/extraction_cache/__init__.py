"""The facts extracted from each document, cached from one build to the next in files of partitions."""

from __future__ import annotations

from newsgraph.extraction_cache.cache_key import ExtractionSettings
from newsgraph.extraction_cache.cached_extraction import extract_cached, extract_in_process
from newsgraph.extraction_cache.document_facts import DocumentFacts, key_of, lexicon_of
from newsgraph.extraction_cache.partition_store import open_store
from newsgraph.extraction_cache.partitions import SIZE

__all__ = ["SIZE", "DocumentFacts", "ExtractionSettings", "extract_cached", "extract_in_process", "key_of", "lexicon_of", "open_store"]
