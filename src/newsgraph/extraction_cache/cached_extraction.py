"""All documents read: in this process, or through files by any executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newsgraph.core.progress import Progress
from newsgraph.executor import Executor
from newsgraph.extraction_cache.cache_key import Manner
from newsgraph.extraction_cache.document_facts import DocumentFacts, read_documents
from newsgraph.extraction_cache.interning import Sharing
from newsgraph.extraction_cache.partition_store import Shelf, fill, load, sweep
from newsgraph.extraction_cache.partitions import SIZE, Bucket, share_out, weight
from newsgraph.ingest import Document

READING = "reading documents"


def read_here(documents: Sequence[Document], manner: Manner, progress: Progress | None = None) -> Iterator[DocumentFacts]:
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


def read_through(
    shelf: Shelf, documents: Sequence[Document], executor: Executor, progress: Progress | None = None
) -> tuple[Iterator[DocumentFacts], int]:
    """Bring a shelf up to date, and give what it holds then, a bucket at a time, and how many documents had to be read.

    A document that breaks the process that reads it again and again is left out, with a problem that says so.
    """
    buckets = {bucket.name: bucket for bucket in share_out([replace(document, path=document.path.absolute()) for document in documents])}
    read, done = 0, 0
    waiting: Sequence[Bucket] = tuple(buckets.values())
    while waiting:
        broken: list[Bucket] = []
        for bucket, filled in executor.run(partial(fill, shelf=shelf), waiting):
            if filled is None:
                broken.append(bucket)
                continue
            read, done = read + filled.read, done + filled.documents
            if progress:
                progress(READING, done, len(documents))
        waiting = [_without_guilty(bucket, shelf, executor) for bucket in broken]
        buckets.update((bucket.name, bucket) for bucket in waiting)
    sweep(shelf, buckets.values())
    return _loaded(buckets.values(), shelf), read


def _loaded(buckets: Iterable[Bucket], shelf: Shelf) -> Iterator[DocumentFacts]:
    sharing = Sharing()
    for bucket in buckets:
        for facts in load(bucket, shelf):
            for reading in facts.readings:
                sharing.share(reading)
            yield facts


def _without_guilty(bucket: Bucket, shelf: Shelf, executor: Executor) -> Bucket:
    """Try the documents of a bucket one by one, and leave out those that break their process; all, where none does by itself."""
    trial = [document for document in bucket.documents if document.name not in bucket.left_out]
    guilty = {document.name for document, read in executor.run(partial(_try, manner=shelf.manner), trial) if read is None}
    return replace(bucket, left_out=bucket.left_out | (guilty or {document.name for document in trial}))


def _try(document: Document, manner: Manner) -> str:
    return read_documents([document], manner)[0].sha256
