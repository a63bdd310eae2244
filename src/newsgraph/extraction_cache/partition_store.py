"""The folder that facts are kept in: a bucket is filled by whoever reads it, and read back by whoever resolves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.model import Problem, Severity
from newsgraph.executor import TRIES, gc_paused
from newsgraph.extraction_cache.cache_entries import CacheEntry, InvalidEntryError, decode, encode, read_entries, write_entries
from newsgraph.extraction_cache.cache_key import ExtractionSettings
from newsgraph.extraction_cache.document_facts import DocumentFacts, Known, key_of, nothing_cached, read_documents
from newsgraph.extraction_cache.partitions import Partition, relatives
from newsgraph.ingest import Document

_OURS = re.compile(r"(\d+)-\d+\.msgpack(\.partial-\d+)?", re.ASCII)

_LONGEST = 9  # digits of a number of buckets: a greater one is not ours


@dataclass(frozen=True, slots=True)
class PartitionStore:
    """A folder, and how what is put there is read.

    `key` is that of the manner as the build found it, `layouts` are the numbers of buckets that files there belong to. With
    `fresh`, nothing that lies there is taken over.
    """

    folder: Path
    manner: ExtractionSettings
    key: str
    layouts: tuple[int, ...] = ()
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class FilledPartition:
    """How many documents a bucket has, and how many of them had to be read."""

    documents: int
    read: int


def open_store(folder: Path, manner: ExtractionSettings, key: str, *, fresh: bool = False) -> PartitionStore:
    """Make the folder where it is missing, and see what lies there; `key` is that of the manner. Raises UnwritableError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise UnwritableError(folder, error) from error
    layouts = {int(match[1]) for match in map(_OURS.fullmatch, names) if match and len(match[1]) < _LONGEST}
    return PartitionStore(folder.absolute(), manner, key, tuple(sorted(of for of in layouts if of and of & (of - 1) == 0)), fresh)


def fill_partition(bucket: Partition, shelf: PartitionStore) -> FilledPartition:
    """Read those documents of a bucket that are new or changed, and write its file, where that changes. Raises UnwritableError."""
    path = shelf.folder / bucket.name
    kept = [] if shelf.fresh else _kept(bucket, shelf)
    known = {entry.source: entry for entry in kept if entry.sha256}
    read = _read(bucket, shelf, lambda source, sha256: source in known and known[source].sha256 == sha256)
    new = {facts.source: encode(facts) for facts in read}
    entries = [new.get(document.name) or known[document.name] for document in bucket.documents]
    if entries != read_entries(path, shelf.key):
        write_entries(path, shelf.key, entries)
    return FilledPartition(len(bucket.documents), len(read))


def load_partition(bucket: Partition, shelf: PartitionStore) -> list[DocumentFacts]:
    """Give what a filled bucket holds; what another hand put in its place is read anew."""
    with gc_paused():
        try:
            found = [decode(entry) for entry in read_entries(shelf.folder / bucket.name, shelf.key)]
        except InvalidEntryError:
            found = []
    if [facts.source for facts in found] == [document.name for document in bucket.documents]:
        return found
    return _read(bucket, shelf)


def remove_stale(shelf: PartitionStore, buckets: Iterable[Partition]) -> None:
    """Remove the files of buckets that are no more, and what a killed build left half written."""
    wanted = {bucket.name for bucket in buckets}
    for path in shelf.folder.iterdir():
        if path.name not in wanted and _OURS.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _read(bucket: Partition, shelf: PartitionStore, known: Known = nothing_cached) -> list[DocumentFacts]:
    """Read the documents that are not known. Raises InputError where this process would read otherwise than the build means."""
    read = read_documents([document for document in bucket.documents if document.name not in bucket.left_out], shelf.manner, known)
    if read and key_of(shelf.manner) != shelf.key:
        what = "the lists have changed since the build began, or a worker has other versions of newsgraph or its libraries"
        raise InputError(str(shelf.folder), what, "Build again, with the same versions everywhere")
    return [*read, *(_broken(document) for document in bucket.documents if document.name in bucket.left_out)]


def _kept(bucket: Partition, shelf: PartitionStore) -> list[CacheEntry]:
    names = dict.fromkeys([bucket.name, *relatives(bucket, shelf.layouts)])
    return [entry for name in reversed(names) for entry in read_entries(shelf.folder / name, shelf.key)]


def _broken(document: Document) -> DocumentFacts:
    what = f"ended the process that read it, {TRIES} times"
    hint = "Split it if it is large, give the machine more memory, or try another extractor"
    place = f"lines from {document.piece.line + 1} on" if document.piece else "document"
    return DocumentFacts(document.name, "", problems=(Problem(document.source, place, what, hint, Severity.DOCUMENT),))
