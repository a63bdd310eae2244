"""The cache file of a partition: a line of text, then the facts of its documents as MessagePack.

The line holds the name of the format, the cache key (see `ExtractionSettings.key`) and the SHA-256 of the rest. An entry can be looked up,
compared and copied without being decoded. A file with another key, a damaged or a foreign one has no entries, and its documents are
read again. Nothing in a file is ever executed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from newsgraph.core.errors import UnwritableError
from newsgraph.core.given_files import read_regular
from newsgraph.core.model import Problem
from newsgraph.extraction_cache.document_facts import DocumentFacts
from newsgraph.ingest import Losses, UnreadField
from newsgraph.resolve import ExtractedArticle

_NAME = b"newsgraph-facts"


class CacheEntry(msgspec.Struct, frozen=True, array_like=True):
    """The cached facts of one document; `body` holds its readings, its problems and how it was read, encoded.

    `state` is the state of its file (see `file_states`) before it was read; empty for a part of a file, and for a file that may have changed
    again without another state.
    """

    source: str
    sha256: str
    body: bytes
    state: tuple[int, ...] = ()


class _Body(msgspec.Struct, frozen=True, array_like=True, gc=False):
    readings: tuple[ExtractedArticle, ...]
    problems: tuple[Problem, ...]
    dialect: str
    unread: tuple[UnreadField, ...]
    losses: Losses


_BODY = msgspec.msgpack.Decoder(_Body)
_ENTRIES = msgspec.msgpack.Decoder(list[CacheEntry])


class InvalidEntryError(ValueError):
    """An entry with content that newsgraph does not write."""


def encode(facts: DocumentFacts, state: tuple[int, ...] = ()) -> CacheEntry:
    """Return the cache entry of a document's facts; `state` is that of its file."""
    body = _Body(facts.readings, facts.problems, facts.dialect, facts.unread, facts.losses)
    return CacheEntry(facts.source, facts.sha256, msgspec.msgpack.encode(body), state)


def decode(entry: CacheEntry) -> DocumentFacts:
    """Return the facts of a cache entry. Raises InvalidEntryError."""
    try:
        body = _BODY.decode(entry.body)
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidEntryError(str(error)) from error
    return DocumentFacts(entry.source, entry.sha256, body.readings, body.problems, body.dialect, body.unread, body.losses)


def read_entries(path: Path, key: str) -> list[CacheEntry]:
    """Return the entries of a partition's file; none if it is missing, has another key or is damaged."""
    try:
        head, _, payload = read_regular(path).partition(b"\n")
    except OSError:
        return []
    if head != _head(key, payload):
        return []
    try:
        return _ENTRIES.decode(payload)
    except (msgspec.DecodeError, ValueError):
        return []


def write_entries(path: Path, key: str, entries: Iterable[CacheEntry]) -> None:
    """Replace a partition's file atomically. Raises UnwritableError."""
    payload = msgspec.msgpack.encode(list(entries))
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    try:
        try:
            partial.unlink(missing_ok=True)
            with partial.open("xb") as file:  # "x" follows no symbolic link that somebody put there
                file.write(_head(key, payload) + b"\n")
                file.write(payload)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableError(path.parent, error) from error


def _head(key: str, payload: bytes) -> bytes:
    return b" ".join((_NAME, key.encode(), hashlib.sha256(payload).hexdigest().encode()))
