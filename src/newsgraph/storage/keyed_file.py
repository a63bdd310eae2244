"""Files of a cache whose first line says what they belong to: a key, and a digest of the content; any other file counts as missing."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from newsgraph.core.given_files import read_regular


def read_keyed(path: Path, key: str) -> bytes:
    """Return the content that was written under the same key; empty if the file is missing, damaged or has another key."""
    try:
        head, _, content = read_regular(path).partition(b"\n")
    except OSError:
        return b""
    return content if head == _head(key, content) else b""


def write_keyed(path: Path, key: str, content: bytes) -> None:
    """Replace a file atomically; if it cannot be written, nothing is cached, which is no error."""
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    with suppress(OSError):
        try:
            partial.unlink(missing_ok=True)
            with partial.open("xb") as file:  # never through a link that someone else put there
                file.write(_head(key, content) + b"\n")
                file.write(content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _head(key: str, content: bytes) -> bytes:
    return f"newsgraph {key} {hashlib.sha256(content).hexdigest()}".encode()
