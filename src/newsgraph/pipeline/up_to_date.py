"""Whether an output folder is up to date: a build would write the same files again, because nothing on which they depend has changed.

`.newsgraph/standing.json` has the fingerprint of the build, see `graph_build.Built.fingerprint`, and the size and time of each file that it
wrote. It counts only if every file is unchanged; if it is missing or invalid, everything is built again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from newsgraph.storage.folder_lock import HIDDEN

_RECORD = Path(HIDDEN, "standing.json")

State = tuple[int, int]
"""Size of a file in bytes and the time of its last change in nanoseconds."""


class _Record(msgspec.Struct, frozen=True):
    fingerprint: str
    manifest: str
    files: dict[str, State]


def up_to_date_files(folder: Path, fingerprint: str, manifest: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Return the files of an output folder, sorted, if it has this fingerprint and manifest and no file has changed; else an empty tuple."""
    try:
        record = msgspec.json.decode((folder / _RECORD).read_bytes(), type=_Record)
        same_build = (record.fingerprint, record.manifest) == (fingerprint, _digest(manifest))
        if same_build and record.files == _states(folder, record.files):
            return tuple(sorted(folder / name for name in record.files if name not in manifest))
    except (OSError, msgspec.DecodeError, ValueError):
        pass
    return ()


def record_files(folder: Path, fingerprint: str, manifest: Mapping[str, bytes], files: Iterable[Path]) -> None:
    """Record the files of an output folder and the fingerprint; if the record cannot be written, the next build starts anew."""
    with suppress(OSError):
        names = [*(path.relative_to(folder).as_posix() for path in files), *manifest]
        content = msgspec.json.encode(_Record(fingerprint, _digest(manifest), _states(folder, names)))
        partial = folder / f"{_RECORD}.partial-{os.getpid()}"
        partial.unlink(missing_ok=True)
        with partial.open("xb") as file:  # never through a link that someone else put there
            file.write(content)
        partial.replace(folder / _RECORD)


def extend_record(folder: Path, name: str, before: bytes, after: bytes, files: Iterable[Path]) -> None:
    """Add files to the record of an output folder whose manifest file `name` was `before` and is `after` now.

    A record that was not of that manifest stays as it is, and the next build starts anew.
    """
    with suppress(OSError, msgspec.DecodeError, ValueError):
        record = msgspec.json.decode((folder / _RECORD).read_bytes(), type=_Record)
        others = {other: (folder / other).read_bytes() for other in record.files if other.startswith(HIDDEN) and other != name}
        unchanged = {other: state for other, state in record.files.items() if other != name}
        if record.manifest == _digest(others | {name: before}) and unchanged == _states(folder, unchanged):
            listed = (folder / other for other in record.files if other not in {*others, name})
            record_files(folder, record.fingerprint, others | {name: after}, sorted({*listed, *files}))


def _states(folder: Path, names: Iterable[str]) -> dict[str, State]:
    states = {name: (folder / name).stat() for name in names}
    return {name: (state.st_size, state.st_mtime_ns) for name, state in states.items()}


def _digest(manifest: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(manifest):
        whole.update(f"{name} {len(manifest[name])}\n".encode())
        whole.update(manifest[name])
    return whole.hexdigest()
