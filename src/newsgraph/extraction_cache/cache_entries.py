"""The file of a bucket: what was read out of its documents, as MessagePack behind one line of text.

The line names the format, the key of `Manner` and the SHA-256 of what follows. An entry can be looked up, compared and copied
without being decoded. A file that is of another key, damaged or made by someone else's hand gives no entries: its documents are
read anew. Nothing in it is ever run.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from newsgraph.core.errors import UnwritableError
from newsgraph.core.model import Problem
from newsgraph.extraction_cache.document_facts import DocumentFacts
from newsgraph.resolve import ExtractedArticle

_NAME = b"newsgraph-facts"


class CacheEntry(msgspec.Struct, frozen=True, array_like=True):
    """One document; `body` is its readings and problems, encoded."""

    source: str
    sha256: str
    body: bytes


class _Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    readings: tuple[ExtractedArticle, ...]
    problems: tuple[Problem, ...]


_BODY = msgspec.msgpack.Decoder(_Body)
_ENTRIES = msgspec.msgpack.Decoder(list[CacheEntry])


class InvalidEntryError(ValueError):
    """An entry that holds something else than newsgraph writes."""


def encode(facts: DocumentFacts) -> CacheEntry:
    """Make the entry of a document."""
    return CacheEntry(facts.source, facts.sha256, msgspec.msgpack.encode(_Body(facts.readings, facts.problems)))


def decode(entry: CacheEntry) -> DocumentFacts:
    """Give back what was read. Raises StrangeEntryError."""
    try:
        body = _BODY.decode(entry.body)
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidEntryError(str(error)) from error
    return DocumentFacts(entry.source, entry.sha256, body.readings, body.problems)


def read_entries(path: Path, key: str) -> list[CacheEntry]:
    """Read a bucket's file; no entries where it is missing, of another key or not as it was written."""
    try:
        head, _, payload = path.read_bytes().partition(b"\n")
    except OSError:
        return []
    if head != _head(key, payload):
        return []
    try:
        return _ENTRIES.decode(payload)
    except (msgspec.DecodeError, ValueError):
        return []


def write_entries(path: Path, key: str, entries: Iterable[CacheEntry]) -> None:
    """Write a bucket's file: it is there whole, or as it was. Raises UnwritableError."""
    payload = msgspec.msgpack.encode(list(entries))
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    try:
        try:
            partial.unlink(missing_ok=True)
            with partial.open("xb") as file:  # never through a link that someone laid there
                file.write(_head(key, payload) + b"\n")
                file.write(payload)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableError(path.parent, error) from error


def _head(key: str, payload: bytes) -> bytes:
    return b" ".join((_NAME, key.encode(), hashlib.sha256(payload).hexdigest().encode()))
