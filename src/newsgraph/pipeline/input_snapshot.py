"""Which files a build depends on, and how they look now: to be compared with how they look later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.ingest import find_documents
from newsgraph.pipeline.graph_build import COMPANIES_FILE, DECISIONS_FILE, IGNORE_FILE, BuildOptions

Look = dict[str, tuple[int, int, int] | None]
"""A file's path -> its inode, its size in bytes and the time of its last change in nanoseconds; None where it is not there."""


def snapshot_inputs(inputs: Sequence[Path], options: BuildOptions) -> Look:
    """Look at all documents and at the files that options name or that may lie in the inputs."""
    try:
        paths = [document.path for document in find_documents(inputs)[0]]
    except InputError:  # an input is not there at present
        paths = list(inputs)
    beside = [path / name for path in inputs for name in (COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE)]
    named = [options.companies, options.ignore, options.decisions, options.iris, *options.packs]
    return {str(path): _look(path) for path in (*paths, *beside, *named) if path}


def _look(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns
