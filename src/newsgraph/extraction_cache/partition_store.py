"""The folder of the cache: a worker fills the file of a partition, and the build loads it to resolve its facts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace as replace_state

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.model import Problem, Severity
from newsgraph.executor import TRIES, gc_paused
from newsgraph.extraction_cache.cache_entries import CacheEntry, InvalidEntryError, decode, encode, read_entries, write_entries
from newsgraph.extraction_cache.cache_key import ExtractionSettings
from newsgraph.extraction_cache.document_facts import DocumentFacts, IsCached, key_of, nothing_cached, read_documents
from newsgraph.extraction_cache.partitions import Partition, relatives
from newsgraph.ingest import Document, losses_of
from newsgraph.storage.file_states import file_state, is_settled

_HALF_WRITTEN = re.compile(r"\w+\.memo\.partial-\d+", re.ASCII)  # what resolving keeps beside the partitions
_OURS = re.compile(r"(\d+)-\d+\.msgpack(\.partial-\d+)?", re.ASCII)

_LONGEST = 9  # digits of a number of partitions; a file with more is not ours


@dataclass(frozen=True, slots=True)
class PartitionStore:
    """A folder of cache files, and the settings by which their documents are read.

    `key` is the cache key when the build began, `layouts` are the numbers of partitions that the present files belong to. With `fresh`,
    none of the present files is used.
    """

    folder: Path
    settings: ExtractionSettings
    key: str
    layouts: tuple[int, ...] = ()
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class FilledPartition:
    """How many documents a partition has, and how many of them had to be read."""

    documents: int
    read: int


def open_store(folder: Path, settings: ExtractionSettings, key: str, *, fresh: bool = False) -> PartitionStore:
    """Create the folder if it is missing and look which files it has; `key` is the cache key. Raises UnwritableError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise UnwritableError(folder, error) from error
    layouts = {int(match[1]) for match in map(_OURS.fullmatch, names) if match and len(match[1]) < _LONGEST}
    return PartitionStore(folder.absolute(), settings, key, tuple(sorted(of for of in layouts if of and of & (of - 1) == 0)), fresh)


def fill_partition(partition: Partition, store: PartitionStore) -> FilledPartition:
    """Read the new and changed documents of a partition, and write its file if that changes it. Raises UnwritableError.

    A document whose file has the state that it had before is not opened.
    """
    path = store.folder / partition.name
    previous = [] if store.fresh else _cached_entries(partition, store)
    cached = {entry.source: entry for entry in previous if entry.sha256}
    now = time.time_ns()
    states = {document.name: _settled_state(document, now) for document in partition.documents}
    unchanged = frozenset(name for name, entry in cached.items() if entry.state and entry.state == states.get(name))
    read = _read(partition, store, lambda source, sha256: source in cached and cached[source].sha256 == sha256, unchanged)
    new = {facts.source: encode(facts, states[facts.source]) for facts in read}
    entries = [new.get(name) or replace_state(cached[name], state=state) for name, state in states.items()]
    if entries != read_entries(path, store.key):
        write_entries(path, store.key, entries)
    return FilledPartition(len(partition.documents), len(read))


def load_partition(partition: Partition, store: PartitionStore) -> list[DocumentFacts]:
    """Return the facts of a filled partition; if its file has been changed since, its documents are read again."""
    with gc_paused():
        try:
            loaded = [decode(entry) for entry in read_entries(store.folder / partition.name, store.key)]
        except InvalidEntryError:
            loaded = []
    if [facts.source for facts in loaded] == [document.name for document in partition.documents]:
        return loaded
    return _read(partition, store)


def remove_stale(store: PartitionStore, partitions: Iterable[Partition]) -> None:
    """Remove the files of partitions that no longer exist, and partial files of killed builds."""
    wanted = {partition.name for partition in partitions}
    for path in store.folder.iterdir():
        if path.name not in wanted and (_OURS.fullmatch(path.name) or _HALF_WRITTEN.fullmatch(path.name)):
            with suppress(OSError):
                path.unlink()


def _settled_state(document: Document, now: int) -> tuple[int, ...]:
    """Return the state of a document's file; empty for a piece of a file, and for one that changed too shortly before `now`."""
    state = None if document.piece else file_state(document.path)
    return state if state and is_settled(state, now) else ()


def _read(
    partition: Partition, store: PartitionStore, is_cached: IsCached = nothing_cached, unchanged: AbstractSet[str] = frozenset()
) -> list[DocumentFacts]:
    """Read the documents that are neither `unchanged` nor cached.

    Raises InputError if the cache key of this process differs from that of the build.
    """
    skipped = partition.left_out | unchanged
    read = read_documents([document for document in partition.documents if document.name not in skipped], store.settings, is_cached)
    if read and key_of(store.settings) != store.key:
        what = "the lists have changed since the build began, or a worker has other versions of newsgraph or its libraries"
        raise InputError(str(store.folder), what, "Build again with the same versions everywhere")
    return [*read, *(_crash_problem(document) for document in partition.documents if document.name in partition.left_out)]


def _cached_entries(partition: Partition, store: PartitionStore) -> list[CacheEntry]:
    names = dict.fromkeys([partition.name, *relatives(partition, store.layouts)])
    return [entry for name in reversed(names) for entry in read_entries(store.folder / name, store.key)]


def _crash_problem(document: Document) -> DocumentFacts:
    what = f"crashed the process that read it {TRIES} times"
    hint = "Split it if it is large, add memory, or try another extractor"
    place = f"lines from {document.piece.line + 1} on" if document.piece else "document"
    problem = Problem(document.source, place, what, hint, Severity.DOCUMENT)
    return DocumentFacts(document.name, "", problems=(problem,), losses=losses_of([problem]))
