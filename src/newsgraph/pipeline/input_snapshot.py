"""A snapshot of the files on which a build depends, for comparison with a later one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.ingest import find_documents
from newsgraph.pipeline.build_options import COMPANIES_FILE, DECISIONS_FILE, IGNORE_FILE, BuildOptions, given_files
from newsgraph.storage.file_states import FileState, file_state

Snapshot = dict[str, FileState | None]
"""The state of each file by path; None for a missing file."""


def snapshot_inputs(inputs: Sequence[Path], options: BuildOptions) -> Snapshot:
    """Return the state of all documents, of the files in the options, and of the lists and decisions that the inputs may have."""
    try:
        found = find_documents(inputs)
        paths = [document.path for document in (*found.documents, *found.archives)]
    except InputError:  # an input is missing at the moment
        paths = list(inputs)
    in_inputs = [path / name for path in inputs for name in (COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE)]
    return {str(path): file_state(path) for path in (*paths, *in_inputs, *given_files(options))}
