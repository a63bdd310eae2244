"""Read documents into articles: one document at a time, as a pure function of its bytes."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

# The module of each name. A name is loaded when it is first used: a build that finds nothing to read does not load every reader.
_HOMES = {
    "Document": "document_finder",
    "DocumentContent": "document_parser",
    "DocumentReading": "document_parser",
    "FieldNames": "field_names",
    "FieldOrigin": "field_origins",
    "FoundDocuments": "document_finder",
    "Losses": "losses",
    "NO_LOSSES": "losses",
    "PassedOver": "other_files",
    "SPOOL": "feed_splitter",
    "Split": "feed_splitter",
    "UnreadField": "unread_fields",
    "cap_problems": "feed_splitter",
    "fetch": "document_parser",
    "find_documents": "document_finder",
    "inspect_content": "document_parser",
    "is_archive": "document_finder",
    "is_document": "document_finder",
    "is_other": "other_files",
    "losses_of": "losses",
    "opened_inputs": "archives",
    "parse_content": "document_parser",
    "parse_document": "document_parser",
    "read_document": "document_parser",
    "read_field_names": "field_names",
    "saved_input": "standard_input",
    "split_feeds": "feed_splitter",
    "spool": "feed_splitter",
    "unpack_archives": "archives",
}


def __getattr__(name: str) -> object:
    """Load a name when it is first used."""
    if name not in _HOMES:
        message = f"module newsgraph.ingest has no attribute {name}"
        raise AttributeError(message)
    value: object = getattr(import_module(f"newsgraph.ingest.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
