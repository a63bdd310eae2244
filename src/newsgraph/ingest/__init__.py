"""Documents in files -> articles: one document at a time, each a pure function of its bytes."""

from newsgraph.ingest.decisions_file import read_decisions
from newsgraph.ingest.documents import parse_document, read_document
from newsgraph.ingest.folder import Document, find_documents

__all__ = ["Document", "find_documents", "parse_document", "read_decisions", "read_document"]
