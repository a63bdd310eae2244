"""Read documents into articles: one document at a time, as a pure function of its bytes."""

from newsgraph.ingest.archives import opened_inputs, unpack_archives
from newsgraph.ingest.document_finder import Document, FoundDocuments, find_documents, is_archive, is_document
from newsgraph.ingest.document_parser import (
    DocumentContent,
    DocumentReading,
    fetch,
    inspect_content,
    parse_content,
    parse_document,
    read_document,
)
from newsgraph.ingest.feed_splitter import SPOOL, Split, cap_problems, split_feeds, spool
from newsgraph.ingest.field_names import FieldNames, read_field_names
from newsgraph.ingest.field_origins import FieldOrigin
from newsgraph.ingest.losses import NO_LOSSES, Losses, losses_of
from newsgraph.ingest.other_files import PassedOver, is_other
from newsgraph.ingest.standard_input import saved_input
from newsgraph.ingest.unread_fields import UnreadField

__all__ = [
    "NO_LOSSES",
    "SPOOL",
    "Document",
    "DocumentContent",
    "DocumentReading",
    "FieldNames",
    "FieldOrigin",
    "FoundDocuments",
    "Losses",
    "PassedOver",
    "Split",
    "UnreadField",
    "cap_problems",
    "fetch",
    "find_documents",
    "inspect_content",
    "is_archive",
    "is_document",
    "is_other",
    "losses_of",
    "opened_inputs",
    "parse_content",
    "parse_document",
    "read_document",
    "read_field_names",
    "saved_input",
    "split_feeds",
    "spool",
    "unpack_archives",
]  # fmt: skip
