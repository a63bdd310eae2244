"""Replace a whole folder of generated files at once: it has the old files or the new ones, and never a mixture."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.given_files import read_regular


@contextmanager
def replaced_folder(target: Path, marker: str, head: str) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `target` when the block ends, and is removed if it raises.

    Only a folder that is empty, or whose file `marker` begins with `head`, is replaced. Raises InputError for any other one, and UnwritableError.
    """
    _check(target, marker, head)
    partial, former = (target.with_name(f".{target.name}.{what}-{os.getpid()}") for what in ("partial", "former"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        rmtree(partial, ignore_errors=True)
        partial.mkdir()
        yield partial
        if target.exists():
            target.rename(former)
        partial.rename(target)
    except OSError as error:
        raise UnwritableError(target, error) from error
    finally:
        rmtree(partial, ignore_errors=True)
        rmtree(former, ignore_errors=True)


def _check(target: Path, marker: str, head: str) -> None:
    if not os.path.lexists(target):
        return
    try:
        if target.is_dir() and not target.is_symlink():
            if not any(target.iterdir()):
                return
            if read_regular(target / marker).startswith(head.encode()):
                return
    except OSError:
        pass
    raise InputError(str(target), "has files that this command did not write", "Choose an empty folder, or one that does not exist yet")
