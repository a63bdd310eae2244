"""Split large JSON Lines feeds into pieces of whole lines, so that several processes can read one feed and none holds all of it."""

from __future__ import annotations

import codecs
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.errors import UnwritableError
from newsgraph.core.model import Problem, Severity
from newsgraph.ingest import gzip_feed
from newsgraph.ingest.document_finder import PACKED, Document, FeedPiece, is_archive
from newsgraph.ingest.problem_notes import FIX_THESE, MAX_PROBLEMS, MORE_PROBLEMS

_MB = 1_000_000
WHOLE = 4 * _MB
PIECE = 2 * _MB
"""Bytes up to which a feed is read as a whole, and bytes of a piece, which then continues to the end of its line."""
LARGEST_WHOLE = 200 * _MB  # a feed that is not plain UTF-8 is read as a whole, up to that many bytes
_CHUNK = _MB
_NOT_PLAIN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\r(?!\n)")
SPOOL = "spool-"


@dataclass(frozen=True, slots=True)
class Split:
    """Documents, with pieces in place of large feeds."""

    documents: tuple[Document, ...]
    sha256: Mapping[str, str]  # source of a feed that was split -> SHA-256 of its file, in hex
    problems: tuple[Problem, ...] = ()


@contextmanager
def spool(documents: Sequence[Document], cache: Path | None) -> Iterator[Path]:
    """Yield a folder for unpacked feeds and archives, in `cache` or among the temporary files; it is removed at the end of the block.

    If none of the documents is packed, no folder is made. Raises UnwritableError.
    """
    if not any(_is_packed(document) or is_archive(document.source) for document in documents):
        yield Path()
        return
    try:
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
            for leftover in cache.glob(f"{SPOOL}*"):  # of a build that was killed
                shutil.rmtree(leftover, ignore_errors=True)
        folder = TemporaryDirectory(prefix=SPOOL, dir=cache)
    except OSError as error:
        raise UnwritableError(cache or "the folder of temporary files", error) from error
    with folder as path:
        yield Path(path)


def split_feeds(documents: Sequence[Document], folder: Path) -> Split:
    """Split large and packed feeds into pieces; packed ones are unpacked into `folder` first. Raises UnwritableError."""
    split: list[Document] = []
    digests: dict[str, str] = {}
    problems: list[Problem] = []
    for number, document in enumerate(documents):
        if _is_packed(document):
            target = folder / f"{number}.jsonl"
            try:
                with target.open("wb") as file:
                    unpacked = gzip_feed.unpack(document, file)
                pieces = _split(replace(document, path=target), unpacked.sha256)
            except OSError as error:
                raise UnwritableError(folder, error) from error
            problems += unpacked.problems
        elif _is_large(document):
            pieces = _split(document)
        else:
            pieces = None
        if pieces is None:
            split.append(document)
        else:
            split += pieces.documents
            digests |= pieces.sha256
            problems += pieces.problems
    return Split(tuple(split), digests, tuple(problems))


def cap_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of all pieces of one feed as if it had been read as a whole: at most `MAX_PROBLEMS`, then that there are more."""
    unique = dict.fromkeys(problem for problem in problems if problem.what != MORE_PROBLEMS)
    if len(unique) <= MAX_PROBLEMS:
        return list(unique)
    first = list(unique)[:MAX_PROBLEMS]
    return [*first, Problem(first[0].source, "document", MORE_PROBLEMS, FIX_THESE, Severity.ARTICLE)]


def _is_packed(document: Document) -> bool:
    return document.source.lower().endswith(PACKED)


def _is_large(document: Document) -> bool:
    if not document.source.lower().endswith(".jsonl"):
        return False
    try:
        return document.path.stat().st_size > WHOLE
    except OSError:
        return False


def _split(document: Document, packed_sha256: str | None = None) -> Split | None:
    """Split one feed; None if it must be read as a whole, because it is not plain UTF-8 or cannot be read.

    `packed_sha256` is the digest of the packed file, None for a feed that is not packed.
    """
    scan = _Scan(document.source)
    try:
        with document.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                scan.take(chunk)
    except OSError:
        if packed_sha256 is not None:
            raise
        return None
    scan.end()
    whole = scan.size <= LARGEST_WHOLE and not (scan.plain and not scan.problems)
    if packed_sha256 is None and (scan.wide or whole):
        return None
    pieces = tuple(replace(document, piece=piece) for piece in scan.pieces)
    digest = packed_sha256 or scan.digest.hexdigest()
    return Split(pieces, {document.source: digest}, tuple(scan.problems))


@dataclass(slots=True)
class _Scan:
    """One pass over the bytes of a feed: finds the pieces, and whether reading them gives what reading the whole would."""

    source: str
    pieces: list[FeedPiece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    plain: bool = True  # UTF-8 without control characters and lone carriage returns
    wide: bool = False  # in UTF-16 or UTF-32, which cannot be split at line feed bytes
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    _text: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    _begin: int = 0  # first byte of the current piece
    _first: int = 0  # number of the line at `_begin`
    _lines: int = 0  # lines that have ended
    _last: int = -1  # position of the last line feed
    _return: str = ""  # a carriage return at the end of a chunk, whose line feed may follow

    def take(self, chunk: bytes) -> None:
        """Scan the next bytes."""
        self.digest.update(chunk)
        if not self.size:
            self.wide = b"\0" in chunk[:4096]
        self.plain = self.plain and self._is_plain(chunk, final=False)
        base, done = self.size, 0
        self.size += len(chunk)
        first = chunk.find(b"\n")
        if first >= 0 and base + first - self._last - 1 > gzip_feed.MAX_LINE:
            self._leave_out(base + first)
        while (cut := chunk.find(b"\n", max(self._begin + PIECE - base, done))) >= 0:
            self._lines += chunk.count(b"\n", done, cut + 1)
            done = cut + 1
            self._end_piece(base + done, self._lines)
        self._lines += chunk.count(b"\n", done)
        if first >= 0:
            self._last = base + chunk.rfind(b"\n")

    def end(self) -> None:
        """Close the last piece."""
        self.plain = self.plain and self._is_plain(b"", final=True)
        if self.size - self._last - 1 > gzip_feed.MAX_LINE:
            self._leave_out(self.size)
        self._end_piece(self.size, self._lines)

    def _end_piece(self, end: int, line: int) -> None:
        if end > self._begin:
            self.pieces.append(FeedPiece(self._begin, end - self._begin, self._first))
        self._begin, self._first = end, line

    def _leave_out(self, end: int) -> None:
        """Leave out the line that ends at a byte."""
        self._end_piece(self._last + 1, self._lines)
        what = f"is longer than {gzip_feed.MAX_LINE // _MB} MB"
        self.problems.append(
            Problem(self.source, f"line {self._lines + 1}", what, "Fix or remove the line: each holds one article", Severity.ARTICLE)
        )
        self._begin, self._first = min(end + 1, self.size), self._lines + 1

    def _is_plain(self, chunk: bytes, *, final: bool) -> bool:
        try:
            text = self._return + self._text.decode(chunk, final)
        except UnicodeDecodeError:
            return False
        self._return = "\r" if text.endswith("\r") and not final else ""
        return _NOT_PLAIN.search(text.removesuffix(self._return)) is None
