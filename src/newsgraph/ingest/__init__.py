"""Read documents into articles: one document at a time, as a pure function of its bytes."""

from newsgraph.ingest.document_finder import Document, find_documents, is_document
from newsgraph.ingest.document_parser import DocumentContent, DocumentReading, fetch, parse_content, parse_document, read_document
from newsgraph.ingest.feed_splitter import Split, cap_problems, split_feeds, spool
from newsgraph.ingest.unread_fields import UnreadField

__all__ = [
    "Document",
    "DocumentContent",
    "DocumentReading",
    "Split",
    "UnreadField",
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
