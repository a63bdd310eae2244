"""An entry of the derived cache that stays although a build removes the cache: the same files under a second name, by hard links."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition

from newsgraph.storage.folder_lock import HIDDEN
from newsgraph.storage.scratch_folder import ScratchFolder

_PREFIX = "pinned-"
_PATIENCE = 10.0  # seconds that the end waits for an entry that is being written


class PinnedEntries:
    """A folder of entries that one process uses until it ends; what processes left that were killed goes when the next one starts."""

    def __init__(self, output: Path) -> None:
        """`output` is an output folder. Without the right to write there, entries go to the system's folder for temporary files."""
        self._is_closed, self._writing = False, 0
        self._changed = Condition()
        self._end = ExitStack()
        home = output / HIDDEN
        try:
            home.mkdir(exist_ok=True)
            self._folder = self._end.enter_context(ScratchFolder(home, _PREFIX))
        except OSError:
            self._folder = Path(self._end.enter_context(TemporaryDirectory(prefix="newsgraph-", ignore_cleanup_errors=True)))

    def pin(self, entry: Path) -> Path:
        """Return a second path to the files of an entry; they are copied where they cannot be linked. Raises OSError if they are gone."""
        with self.writing(entry.name) as target:
            try:
                shutil.copytree(entry, target, copy_function=os.link, dirs_exist_ok=True)
            except (OSError, shutil.Error):
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(entry, target)
        return target

    def new(self, name: str) -> Path:
        """Return a path for an entry that another process is to make here. Raises OSError after the end."""
        if self._is_closed:
            message = "the entries were removed"
            raise OSError(message)
        return self._folder / name

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """Yield a path for an entry that a thread of this process makes in the block. Raises OSError after the end.

        The end waits for the block: a folder that is written to while it is removed would stay.
        """
        with self._changed:
            place = self.new(name)
            self._writing += 1
        try:
            yield place
        finally:
            with self._changed:
                self._writing -= 1
                self._changed.notify_all()
                self._remove()

    def close(self) -> None:
        """Remove the entries, those still being written when they are; no other is taken any more."""
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: self._writing == 0, _PATIENCE)
            self._remove()

    def _remove(self) -> None:
        if self._is_closed and self._writing == 0:
            self._end.close()
