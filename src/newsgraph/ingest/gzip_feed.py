"""A feed packed by gzip, unpacked as a stream: in little memory, whatever it holds, up to a limit and up to where it breaks."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.document_finder import Document

_MB = 1_000_000
MAX_LINE = 20 * _MB
"""Longest line of a large feed, in bytes: as long as a document may be."""
MAX_UNPACKED = 100_000 * _MB
MAX_RATIO = 300
"""Most bytes in all, and most for one packed byte; text is packed to a fifth, a bomb to a thousandth."""
_TRUSTED = 100 * _MB  # bytes that may come of a file however small
_CHUNK = 4096  # packed bytes at a time: so much is lost before a place that is broken
_STEP = _MB  # unpacked bytes at a time
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of a packed feed; `sha256` is that of the packed bytes in hex, empty where the file cannot be read."""

    sha256: str
    problems: tuple[Problem, ...] = ()


class _BrokenError(Exception):
    """Packed bytes that cannot be unpacked, or that must not."""


@dataclass(slots=True)
class _Lines:
    """Writes lines; of one that is too long only as much as tells that it is."""

    target: IO[bytes]
    written: int = 0
    line: int = 0  # bytes of the line that is written
    whole: int = 0  # bytes up to the end of the last whole line

    def write(self, data: bytes) -> None:
        first, last = data.find(b"\n"), data.rfind(b"\n")
        head = len(data) if first < 0 else first
        room = max(MAX_LINE + 1 - self.line, 0)
        kept = data if head <= room else data[:room] + data[head:]
        self.target.write(kept)
        if last >= 0:
            self.whole = self.written + len(kept) - (len(data) - 1 - last)
        self.written += len(kept)
        self.line = len(data) - 1 - last if last >= 0 else self.line + len(data)


def unpack(document: Document, target: IO[bytes]) -> Unpacked:
    """Write the lines of a packed feed into a file opened for writing.

    Where the feed breaks off or grows beyond all measure, its whole lines up to there are written, and a problem says so. Raises
    OSError where the target cannot be written.
    """
    total, lines, packed = hashlib.sha256(), _Lines(target), 0
    try:
        file = document.path.open("rb")
    except OSError as error:
        what = f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
        return Unpacked("", (Problem(document.source, "document", what, "Give the right to read it, or remove it", Severity.DOCUMENT),))
    problem = None
    with file:
        stream = _Stream()
        while chunk := file.read(_CHUNK):
            total.update(chunk)
            packed += len(chunk)
            if problem:
                continue  # the digest is that of the whole file
            try:
                for data in stream.steps(chunk):
                    lines.write(data)
                    if stream.given > min(MAX_UNPACKED, max(_TRUSTED, MAX_RATIO * packed)):
                        _refuse("unpacks to more than any feed")
            except (zlib.error, _BrokenError) as error:
                problem = _problem(document.source, str(error) if isinstance(error, _BrokenError) else "is damaged")
        if problem is None and not stream.ended:
            problem = _problem(document.source, "breaks off")
    if problem is None:
        return Unpacked(total.hexdigest())
    target.truncate(lines.whole)
    return Unpacked(total.hexdigest(), (problem,))


def _refuse(what: str) -> None:
    raise _BrokenError(what)


def _problem(source: str, what: str) -> Problem:
    told = f"{what}; what stands before that place was read"
    return Problem(source, "document", told, "Pack the feed anew, or give it unpacked", Severity.ARTICLE)


class _Stream:
    """One gzip member after the other; `given` counts what came out, `ended` tells whether a member ended and no other began."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self.given = 0
        self.ended = False

    def steps(self, packed: bytes) -> Iterator[bytes]:
        """Unpack packed bytes, a step at a time."""
        while True:
            if self.ended and not (packed := packed.lstrip(b"\0")):  # members may be padded
                return
            self.ended = False
            data = self._member.decompress(packed, _STEP)
            self.given += len(data)
            yield data
            if self._member.eof:
                packed = self._member.unused_data
                self._member = zlib.decompressobj(_GZIP)
                self.ended = True
                continue
            packed = self._member.unconsumed_tail
            if not packed and len(data) < _STEP:
                return
