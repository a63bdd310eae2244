"""Inputs that are known to be unchanged without being read, by what the file system says of each file and folder.

A digest of the states of everything that a build would look at is kept with its output. If it is the same again, so is the output. Nothing
is known of files that changed in the last seconds before the digest was made, because a second change may leave the same times.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path

from newsgraph.ingest.input_links import leads_inside, real_places
from newsgraph.pipeline.build_options import BuildOptions, given_files
from newsgraph.storage.code_digest import program_state
from newsgraph.storage.file_states import FileState, file_state, is_settled, state_of
from newsgraph.storage.object_store import address_of

OWN_EXTRACTORS = frozenset({"", "none", "rules", "names", "reader", "tagger"})
"""Extractors that depend on nothing but this program and its libraries; others may change without a file of ours that says so."""


def inputs_digest(inputs: Sequence[Path], options: BuildOptions) -> str:
    """Return a digest, 64 hex digits, of the program and of the states of all files and folders of a build.

    Empty if that cannot be known: for the standard input, object storage, an extractor of others, a file that is missing, and
    files that have just changed.
    """
    if options.extractor not in OWN_EXTRACTORS or any(str(path) == "-" or address_of(path) for path in inputs):
        return ""
    now = time.time_ns()
    whole = hashlib.sha256(program_state().encode())
    for path, state in sorted(_states(inputs, options), key=itemgetter(0)):  # a folder that cannot be read is there twice
        if state is None or not is_settled(state, now):
            return ""
        whole.update(f"\n{path}\t{state}".encode(errors="surrogateescape"))
    return whole.hexdigest()


def _states(inputs: Sequence[Path], options: BuildOptions) -> Iterator[tuple[str, FileState | None]]:
    places = real_places(inputs)
    for path in inputs:
        yield from _walk(str(path), places)
    for path in given_files(options):
        yield str(path), file_state(path)


def _walk(top: str, places: Sequence[Path]) -> Iterator[tuple[str, FileState | None]]:
    """Yield the state of a file, or of a folder and everything below it, but for what is behind links that lead out of `places`.

    What is hidden is no input, and is in the state of its folder.
    """
    state = file_state(top)
    yield top, state
    waiting, seen = [top] if Path(top).is_dir() else [], set[str]()
    while waiting:
        folder = waiting.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder, None
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                yield entry.path, state_of(entry.stat())
                if entry.is_dir() and (not entry.is_symlink() or leads_inside(entry, places)):
                    waiting.append(entry.path)
            except OSError:
                yield entry.path, None
