"""Partitions of documents by a hash of their names, so that a partition has the same documents in every build."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsgraph.ingest import Document

SIZE = 250  # most documents of a partition on average: enough to be worth sending, few enough for a smooth progress bar
_BYTES = 8_000  # of a feed that count as one document, about a record with its related articles
_FEEDS = (".jsonl",)


@dataclass(frozen=True, slots=True)
class Partition:
    """The documents whose hash modulo `of`, a power of two, is `number`. Those in `left_out` crashed their process and are not read."""

    number: int
    of: int
    documents: tuple[Document, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the partition's file."""
        return file_name(self.number, self.of)


def file_name(number: int, of: int) -> str:
    """Return the name of a partition's file, from its number and the number of partitions."""
    return f"{of}-{number:0{len(str(of))}}.msgpack"


def partition_number(source: str, of: int) -> int:
    """Return the number of a document's partition, by crc32, because `hash` differs between processes."""
    return zlib.crc32(source.encode()) & (of - 1)


def partition_documents(documents: Sequence[Document]) -> list[Partition]:
    """Return the partitions of documents, without empty ones; the documents of each keep their order."""
    of, whole = 1, sum(map(weight, documents))
    while whole > SIZE * of:
        of *= 2
    shares: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        shares[partition_number(document.name, of)].append(document)
    return [Partition(number, of, tuple(shares[number])) for number in sorted(shares)]


def relatives(partition: Partition, layouts: Iterable[int]) -> Iterator[str]:
    """Yield the names of the files that may hold a partition's documents, for the numbers of partitions in `layouts`."""
    for of in sorted(layouts):
        if of <= partition.of:
            yield file_name(partition.number & (of - 1), of)
        else:
            yield from (file_name(number, of) for number in range(partition.number, of, partition.of))


def weight(document: Document) -> int:
    """Return the size of a document in documents: a feed or a piece of one by its bytes, any other as one."""
    if document.piece:
        return 1 + document.piece.size // _BYTES
    if not document.source.lower().endswith(_FEEDS):
        return 1
    try:
        return 1 + document.path.stat().st_size // _BYTES
    except OSError:
        return 1
