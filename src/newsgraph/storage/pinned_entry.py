"""An entry of the derived cache that stays although a build removes the cache: the same files under a second name, by hard links."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.storage.folder_lock import HIDDEN
from newsgraph.storage.scratch_folder import ScratchFolder

_PREFIX = "pinned-"


class PinnedEntries:
    """A folder of entries that one process uses until it ends; what processes left that were killed goes when the next one starts."""

    def __init__(self, output: Path) -> None:
        """`output` is an output folder. Without the right to write there, entries go to the system's folder for temporary files."""
        self._is_closed = False
        self._end = ExitStack()
        home = output / HIDDEN
        try:
            home.mkdir(exist_ok=True)
            self._folder = self._end.enter_context(ScratchFolder(home, _PREFIX))
        except OSError:
            self._folder = Path(self._end.enter_context(TemporaryDirectory(prefix="newsgraph-", ignore_cleanup_errors=True)))

    def pin(self, entry: Path) -> Path:
        """Return a second path to the files of an entry; they are copied where they cannot be linked. Raises OSError if they are gone."""
        target = self.new(entry.name)
        try:
            shutil.copytree(entry, target, copy_function=os.link, dirs_exist_ok=True)
        except (OSError, shutil.Error):
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(entry, target)
        return target

    def new(self, name: str) -> Path:
        """Return a path for an entry that is to be made here. Raises OSError after the end."""
        if self._is_closed:
            message = "the entries were removed"
            raise OSError(message)
        return self._folder / name

    def close(self) -> None:
        """Remove the entries; no other is taken any more."""
        self._is_closed = True
        self._end.close()
