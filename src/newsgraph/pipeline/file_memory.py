"""The memory of resolving in files of the cache folder."""

from __future__ import annotations

from pathlib import Path

from newsgraph.storage.code_digest import program_digest
from newsgraph.storage.keyed_file import read_keyed, write_keyed


class FileMemory:
    """Keeps what resolving found out in files `NAME.memo` of a folder, for this program; see `resolve.build_memory.BuildMemory`."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        """With `fresh`, nothing of an earlier build is known."""
        self._folder, self._fresh = folder, fresh

    def load(self, name: str) -> bytes:
        """See `BuildMemory.load`."""
        return b"" if self._fresh else read_keyed(self._folder / f"{name}.memo", program_digest())

    def save(self, name: str, content: bytes) -> None:
        """See `BuildMemory.save`."""
        write_keyed(self._folder / f"{name}.memo", program_digest(), content)
