"""Documents shared out over buckets by a hash of their names, so that a bucket's documents are the same in every build."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsgraph.ingest import Document

SIZE = 250  # documents of a bucket at most, on average: enough to pay for sending it, few enough for a smooth progress bar
_BYTES = 8_000  # of a feed that count as one document: a record with its related articles
_FEEDS = (".jsonl",)


@dataclass(frozen=True, slots=True)
class Partition:
    """Some documents; `number` is their hash, modulo `of`, a power of two. Those in `left_out` broke their process and are not read."""

    number: int
    of: int
    documents: tuple[Document, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Name the bucket's file."""
        return file_name(self.number, self.of)


def file_name(number: int, of: int) -> str:
    """Name the file of a bucket by its number and how many there are."""
    return f"{of}-{number:0{len(str(of))}}.msgpack"


def partition_number(source: str, of: int) -> int:
    """Tell the number of a document's bucket; crc32, because `hash` differs from process to process."""
    return zlib.crc32(source.encode()) & (of - 1)


def partition_documents(documents: Sequence[Document]) -> list[Partition]:
    """Share documents out; buckets without any are left out. Documents stand in the order given."""
    of, whole = 1, sum(map(weight, documents))
    while whole > SIZE * of:
        of *= 2
    shares: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        shares[partition_number(document.name, of)].append(document)
    return [Partition(number, of, tuple(shares[number])) for number in sorted(shares)]


def relatives(bucket: Partition, layouts: Iterable[int]) -> Iterator[str]:
    """Name the files that may hold documents of a bucket where there were once another number of buckets: those in `layouts`."""
    for of in sorted(layouts):
        if of <= bucket.of:
            yield file_name(bucket.number & (of - 1), of)
        else:
            yield from (file_name(number, of) for number in range(bucket.number, of, bucket.of))


def weight(document: Document) -> int:
    """Count a feed or a piece of one by its size, any other document as one."""
    if document.piece:
        return 1 + document.piece.size // _BYTES
    if not document.source.lower().endswith(_FEEDS):
        return 1
    try:
        return 1 + document.path.stat().st_size // _BYTES
    except OSError:
        return 1
