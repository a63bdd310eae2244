"""Read documents into articles: one document at a time, as a pure function of its bytes."""

from newsgraph.ingest.document_finder import Document, find_documents, is_document
from newsgraph.ingest.document_parser import DocumentContent, fetch, parse_content, parse_document, read_document
from newsgraph.ingest.feed_splitter import SPOOL, Split, cap_problems, split_feeds, spool

__all__ = [
    "SPOOL",
    "Document",
    "DocumentContent",
    "Split",
    "cap_problems",
    "fetch",
    "find_documents",
    "is_document",
    "parse_content",
    "parse_document",
    "read_document",
    "split_feeds",
    "spool",
]  # fmt: skip
