"""All documents read: in this process, or through files by any executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newsgraph.core.progress import Progress
from newsgraph.executor import Executor
from newsgraph.extraction_cache.cache_key import ExtractionSettings
from newsgraph.extraction_cache.document_facts import DocumentFacts, read_documents
from newsgraph.extraction_cache.interning import Interner
from newsgraph.extraction_cache.partition_store import PartitionStore, fill_partition, load_partition, remove_stale
from newsgraph.extraction_cache.partitions import SIZE, Partition, partition_documents, weight
from newsgraph.ingest import Document

READING = "reading documents"


def extract_in_process(
    documents: Sequence[Document], manner: ExtractionSettings, progress: Progress | None = None
) -> Iterator[DocumentFacts]:
    """Read all documents in this process and keep nothing; `progress` is told of documents."""
    done = 0
    for part in _parts(documents):
        yield from read_documents(part, manner)
        done += len(part)
        if progress:
            progress(READING, done, len(documents))


def _parts(documents: Sequence[Document]) -> Iterator[list[Document]]:
    part: list[Document] = []
    room = SIZE
    for document in documents:
        room -= (heavy := weight(document))
        if part and room < 0:
            yield part
            part, room = [], SIZE - heavy
        part.append(document)
    if part:
        yield part


def extract_cached(
    shelf: PartitionStore, documents: Sequence[Document], executor: Executor, progress: Progress | None = None
) -> tuple[Iterator[DocumentFacts], int]:
    """Bring a shelf up to date, and give what it holds then, a bucket at a time, and how many documents had to be read.

    A document that breaks the process that reads it again and again is left out, with a problem that says so.
    """
    buckets = {
        bucket.name: bucket for bucket in partition_documents([replace(document, path=document.path.absolute()) for document in documents])
    }
    read, done = 0, 0
    waiting: Sequence[Partition] = tuple(buckets.values())
    while waiting:
        broken: list[Partition] = []
        for bucket, filled in executor.run(partial(fill_partition, shelf=shelf), waiting):
            if filled is None:
                broken.append(bucket)
                continue
            read, done = read + filled.read, done + filled.documents
            if progress:
                progress(READING, done, len(documents))
        waiting = [_without_guilty(bucket, shelf, executor) for bucket in broken]
        buckets.update((bucket.name, bucket) for bucket in waiting)
    remove_stale(shelf, buckets.values())
    return _loaded(buckets.values(), shelf), read


def _loaded(buckets: Iterable[Partition], shelf: PartitionStore) -> Iterator[DocumentFacts]:
    sharing = Interner()
    for bucket in buckets:
        for facts in load_partition(bucket, shelf):
            for reading in facts.readings:
                sharing.share(reading)
            yield facts


def _without_guilty(bucket: Partition, shelf: PartitionStore, executor: Executor) -> Partition:
    """Try the documents of a bucket one by one, and leave out those that break their process; all, where none does by itself."""
    trial = [document for document in bucket.documents if document.name not in bucket.left_out]
    guilty = {document.name for document, read in executor.run(partial(_try, manner=shelf.manner), trial) if read is None}
    return replace(bucket, left_out=bucket.left_out | (guilty or {document.name for document in trial}))


def _try(document: Document, manner: ExtractionSettings) -> str:
    return read_documents([document], manner)[0].sha256
