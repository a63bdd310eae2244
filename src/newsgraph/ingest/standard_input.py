"""The standard input as a file: one document or archive, whose form its first bytes show."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from newsgraph.core.errors import InputError
from newsgraph.ingest.dialects.delimited_table import shows_table
from newsgraph.ingest.dialects.dialect import HEAD, MB
from newsgraph.ingest.dialects.registry import dialect_of

STANDARD_INPUT = Path("-")
_SHOWN = str(STANDARD_INPUT)
_MOST = 2_000 * MB
_NAME = "standard-input"
_FIELD = re.compile(rb"(?:\xef\xbb\xbf)?(?:- )?(?:title|headline|webUrl|originalUrl|publishedDateTime)[ \t]*:[ \t\r\n]")  # of YAML
_USUAL = (".xml", ".json", ".jsonl", ".html", ".md")
_TAR = slice(257, 262)  # where a tar file has the word "ustar"


@contextmanager
def saved_input(inputs: Sequence[Path], stream: IO[bytes] | None = None) -> Iterator[list[Path]]:
    """Yield the inputs with a file in place of `-`, which has what comes from the standard input; it is removed at the end of the block.

    Raises InputError if the standard input is empty or too large.
    """
    if STANDARD_INPUT not in inputs or STANDARD_INPUT.exists():
        yield list(inputs)
        return
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        path = _save(stream or sys.stdin.buffer, Path(folder))
        yield [path if place == STANDARD_INPUT else place for place in inputs]


def _save(stream: IO[bytes], folder: Path) -> Path:
    head = stream.read(MB)
    if not head.strip():
        raise InputError(_SHOWN, "the standard input is empty", "Send a document to it, such as: newsgraph build - < feed.xml")
    path = folder / f"{_NAME}{likely_extension(head)}"
    left = _MOST
    with path.open("wb") as file:
        while head:
            left -= file.write(head)
            if left < 0:
                raise InputError(_SHOWN, f"the standard input has more than {_MOST // MB:,} MB", "Save it as a file, and name that")
            head = stream.read(MB)
    return path


def likely_extension(head: bytes) -> str:
    """Return the extension of a file by its first bytes; `.txt` if they show nothing else.

    >>> likely_extension(b'title,text'), likely_extension(b'{"title": "Acme grows"}'), likely_extension(b"Acme grows")
    ('.csv', '.json', '.txt')
    """
    if head.startswith(b"PK\x03\x04"):
        return ".zip"
    if head.startswith(b"\x1f\x8b"):
        return f"{likely_extension(_unpacked(head))}.gz"
    if head[_TAR] == b"ustar":
        return ".tar"
    dialect = dialect_of(head[:HEAD], _NAME)
    if dialect is not None:
        return next((extension for extension in _USUAL if extension in dialect.extensions), min(dialect.extensions))
    return ".yaml" if _FIELD.match(head) else ".csv" if shows_table(head) else ".txt"


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD)
    except zlib.error:
        return b""
