"""Unpack a gzip feed as a stream: in little memory whatever it holds, up to a limit, and up to the place where it is damaged."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.document_finder import Document

_MB = 1_000_000
MAX_LINE = 20 * _MB
"""Longest line of a large feed, in bytes: the size limit of a document."""
MAX_UNPACKED = 100_000 * _MB
MAX_RATIO = 300
"""Largest number of unpacked bytes, in total and per packed byte; text shrinks to a fifth, a decompression bomb to a thousandth."""
_TRUSTED = 100 * _MB  # unpacked bytes that are allowed whatever the ratio
_CHUNK = 4096  # packed bytes at a time
_STEP = _MB  # unpacked bytes at a time
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class UnpackOutcome:
    """The result of unpacking a feed."""

    sha256: str  # of the packed file, in hex; empty if it cannot be read
    problems: tuple[Problem, ...] = ()


class _BrokenError(Exception):
    """Packed bytes that cannot or must not be unpacked."""


@dataclass(slots=True)
class _Lines:
    """Writes lines; of a line that is too long, only the bytes up to the limit and one more, so that its reader notices."""

    target: IO[bytes]
    written: int = 0
    line: int = 0  # bytes of the current line
    whole: int = 0  # bytes up to the end of the last whole line

    def write(self, data: bytes) -> None:
        first, last = data.find(b"\n"), data.rfind(b"\n")
        head = len(data) if first < 0 else first
        room = max(MAX_LINE + 1 - self.line, 0)
        written = data if head <= room else data[:room] + data[head:]
        self.target.write(written)
        if last >= 0:
            self.whole = self.written + len(written) - (len(data) - 1 - last)
        self.written += len(written)
        self.line = len(data) - 1 - last if last >= 0 else self.line + len(data)


def unpack(document: Document, target: IO[bytes]) -> UnpackOutcome:
    """Write the lines of a packed feed to a file that is open for writing.

    If the feed breaks off, is damaged or unpacks to too much, its whole lines up to that place are written, and a problem says so.
    Raises OSError if the target cannot be written.
    """
    total, lines, packed = hashlib.sha256(), _Lines(target), 0
    try:
        file = document.path.open("rb")
    except OSError as error:
        what = f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
        return UnpackOutcome("", (Problem(document.source, "document", what, "Grant read access to it, or remove it", Severity.DOCUMENT),))
    problem = None
    with file:
        stream = _Stream()
        while chunk := file.read(_CHUNK):
            total.update(chunk)
            packed += len(chunk)
            if problem:
                continue  # the digest is that of the whole file
            try:
                _write(lines, stream, chunk, packed)
            except _BrokenError as error:
                problem = _problem(document.source, str(error))
        if problem is None and not stream.ended:
            problem = _problem(document.source, "breaks off")
    if problem is None:
        return UnpackOutcome(total.hexdigest())
    target.truncate(lines.whole)
    return UnpackOutcome(total.hexdigest(), (problem,))


def _write(lines: _Lines, stream: _Stream, chunk: bytes, packed: int) -> None:
    """Write what some packed bytes hold, the last of so many. Raises _BrokenError if it is too much, or behind what a damage leaves."""
    try:
        for data in stream.steps(chunk):
            lines.write(data)
            if stream.unpacked > min(MAX_UNPACKED, max(_TRUSTED, MAX_RATIO * packed)):
                _refuse("unpacks to far more than a feed")
    except zlib.error:
        for data in stream.rest():
            lines.write(data)
        _refuse("is damaged")


def _refuse(what: str) -> None:
    raise _BrokenError(what)


def _problem(source: str, what: str) -> Problem:
    described = f"{what}; the lines before that place were read"
    return Problem(source, "document", described, "Pack the feed again, or use it unpacked", Severity.ARTICLE)


class _Stream:
    """Unpacks one gzip member after the other.

    `unpacked` counts the bytes so far; `ended` is true if the last member is complete and no other has begun.
    """

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._before = self._member  # the member as it was before the bytes that are unpacked at present
        self._packed = b""  # these bytes
        self.unpacked = 0
        self.ended = False

    def steps(self, packed: bytes) -> Iterator[bytes]:
        """Yield the unpacked form of packed bytes, at most `_STEP` bytes at a time."""
        while True:
            if self.ended and not (packed := packed.lstrip(b"\0")):  # members may be padded
                return
            self.ended = False
            self._before, self._packed = self._member.copy(), packed
            data = self._member.decompress(packed, _STEP)
            self.unpacked += len(data)
            yield data
            if self._member.eof:
                packed = self._member.unused_data
                self._member = zlib.decompressobj(_GZIP)
                self.ended = True
                continue
            packed = self._member.unconsumed_tail
            if not packed and len(data) < _STEP:
                return

    def rest(self) -> Iterator[bytes]:
        """Yield what can be unpacked of the bytes in which `steps` met damage, byte by byte up to that place."""
        with suppress(zlib.error):
            for at in range(len(self._packed)):
                yield self._before.decompress(self._packed[at : at + 1])
