"""Extract the facts of all documents: in this process, or through the cache by any executor."""

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
    documents: Sequence[Document], settings: ExtractionSettings, progress: Progress | None = None
) -> Iterator[DocumentFacts]:
    """Yield the facts of all documents, read in this process without a cache; `progress` counts documents."""
    done = 0
    for batch in _batches(documents):
        yield from read_documents(batch, settings)
        done += len(batch)
        if progress:
            progress(READING, done, len(documents))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    room = SIZE
    for document in documents:
        room -= (size := weight(document))
        if batch and room < 0:
            yield batch
            batch, room = [], SIZE - size
        batch.append(document)
    if batch:
        yield batch


def extract_cached(
    store: PartitionStore, documents: Sequence[Document], executor: Executor, progress: Progress | None = None
) -> tuple[Iterator[DocumentFacts], int]:
    """Update the store, and return the facts of all documents, loaded partition by partition, and how many documents had to be read.

    A document that repeatedly crashes the process that reads it is left out, with a problem that says so.
    """
    absolute = [replace(document, path=document.path.absolute()) for document in documents]
    partitions = {partition.name: partition for partition in partition_documents(absolute)}
    read, done = 0, 0
    waiting: Sequence[Partition] = tuple(partitions.values())
    while waiting:
        crashed: list[Partition] = []
        for partition, filled in executor.run(partial(fill_partition, store=store), waiting):
            if filled is None:
                crashed.append(partition)
                continue
            read, done = read + filled.read, done + filled.documents
            if progress:
                progress(READING, done, len(documents))
        waiting = [_without_crashing(partition, store, executor) for partition in crashed]
        partitions.update((partition.name, partition) for partition in waiting)
    remove_stale(store, partitions.values())
    return _load(partitions.values(), store), read


def _load(partitions: Iterable[Partition], store: PartitionStore) -> Iterator[DocumentFacts]:
    interner = Interner()
    for partition in partitions:
        for facts in load_partition(partition, store):
            for article in facts.readings:
                interner.intern(article)
            yield facts


def _without_crashing(partition: Partition, store: PartitionStore, executor: Executor) -> Partition:
    """Read the documents of a partition one by one, and leave out those that crash their process; all, if none does alone."""
    remaining = [document for document in partition.documents if document.name not in partition.left_out]
    crashing = {document.name for document, digest in executor.run(partial(_try, settings=store.settings), remaining) if digest is None}
    return replace(partition, left_out=partition.left_out | (crashing or {document.name for document in remaining}))


def _try(document: Document, settings: ExtractionSettings) -> str:
    return read_documents([document], settings)[0].sha256
