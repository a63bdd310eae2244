"""Whether an output folder is up to date: a build would write the same files again, because nothing on which they depend has changed.

`.newsgraph/standing.json` has the fingerprint of the build, see `build_options.Built.fingerprint`, a digest of its inputs, and the size and
time of each file that it wrote. It counts only if every file is unchanged; if it is missing or invalid, everything is built again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from newsgraph.core.given_files import read_regular
from newsgraph.pipeline.build_options import Built
from newsgraph.pipeline.input_report import NO_REPORT, InputReport
from newsgraph.storage.folder_lock import HIDDEN

_RECORD = Path(HIDDEN, "standing.json")

State = tuple[int, int]
"""Size of a file in bytes and the time of its last change in nanoseconds."""


class OutputRecord(msgspec.Struct, frozen=True):
    """What a build has left in its folder: fingerprint, digest of its manifest, and the state of each file.

    `inputs` is the digest of `known_inputs` from before the build, empty if it was not known; `documents` and `report` are those of `Built`.
    """

    fingerprint: str
    manifest: str
    files: dict[str, State]
    inputs: str = ""
    documents: int = 0
    report: InputReport = NO_REPORT


def read_record(folder: Path, manifest: Mapping[str, bytes]) -> OutputRecord | None:
    """Return the record of an output folder; None if there is none, if it has another manifest, or if a file has changed since."""
    try:
        record = msgspec.json.decode(read_regular(folder / _RECORD), type=OutputRecord)
        same = record.files and record.manifest == _digest(manifest) and record.files == _states(folder, record.files)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    return record if same else None


def recorded_files(folder: Path, record: OutputRecord, manifest: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Return the files of a record, sorted, without those of the manifest."""
    return tuple(sorted(folder / name for name in record.files if name not in manifest))


def record_files(folder: Path, built: Built, manifest: Mapping[str, bytes], files: Iterable[Path], inputs: str) -> None:
    """Record the files of an output folder and of what they were made; if the record cannot be written, the next build starts anew."""
    with suppress(OSError):
        names = [*(path.relative_to(folder).as_posix() for path in files), *manifest]
        states = _states(folder, names)
        _write(folder, OutputRecord(built.fingerprint, _digest(manifest), states, inputs, built.documents, built.report))


def _write(folder: Path, record: OutputRecord) -> None:
    partial = folder / f"{_RECORD}.partial-{os.getpid()}"
    partial.unlink(missing_ok=True)
    with partial.open("xb") as file:  # never through a link that someone else put there
        file.write(msgspec.json.encode(record))
    partial.replace(folder / _RECORD)


def extend_record(folder: Path, name: str, before: bytes, after: bytes, files: Iterable[Path]) -> None:
    """Add files to the record of an output folder whose manifest file `name` was `before` and is `after` now.

    A record that was not of that manifest stays as it is, and the next build starts anew.
    """
    with suppress(OSError, msgspec.DecodeError, ValueError):
        record = msgspec.json.decode(read_regular(folder / _RECORD), type=OutputRecord)
        others = {other: read_regular(folder / other) for other in record.files if other.startswith(HIDDEN) and other != name}
        unchanged = {other: state for other, state in record.files.items() if other != name}
        if record.manifest == _digest(others | {name: before}) and unchanged == _states(folder, unchanged):
            manifest = others | {name: after}
            names = sorted({*record.files, *(path.relative_to(folder).as_posix() for path in files), *manifest})
            _write(folder, msgspec.structs.replace(record, manifest=_digest(manifest), files=_states(folder, names)))


def _states(folder: Path, names: Iterable[str]) -> dict[str, State]:
    states = {name: (folder / name).stat() for name in names}
    return {name: (state.st_size, state.st_mtime_ns) for name, state in states.items()}


def _digest(manifest: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(manifest):
        whole.update(f"{name} {len(manifest[name])}\n".encode())
        whole.update(manifest[name])
    return whole.hexdigest()
