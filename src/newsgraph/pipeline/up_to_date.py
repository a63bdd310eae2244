"""Whether what lies in an output folder is what a build would write again, because nothing that it is made of has changed.

`.newsgraph/standing.json` holds a digest of all that a build was made of, see `build.Built.made_of`, and the size and time of each file
that it wrote. It is believed only where every file is still as it was; where it is missing or strange, everything is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from newsgraph.storage.folder_lock import HIDDEN

_PLACE = Path(HIDDEN, "standing.json")

State = tuple[int, int]
"""Size of a file and the time of its last change, in nanoseconds."""


class _Standing(msgspec.Struct, frozen=True):
    made_of: str
    recipe: str
    files: dict[str, State]


def up_to_date_files(folder: Path, made_of: str, recipe: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Give the files of an output folder that was made of the same by the same recipe, sorted; none where it was not, or where one has changed."""
    try:
        known = msgspec.json.decode((folder / _PLACE).read_bytes(), type=_Standing)
        if (known.made_of, known.recipe) == (made_of, _digest(recipe)) and known.files == _states(folder, known.files):
            return tuple(sorted(folder / name for name in known.files if name not in recipe))
    except (OSError, msgspec.DecodeError, ValueError):
        pass
    return ()


def record_files(folder: Path, made_of: str, recipe: Mapping[str, bytes], files: Iterable[Path]) -> None:
    """Note what the files of an output folder are made of; where nothing can be written, the next build makes them anew."""
    with suppress(OSError):
        names = [*(path.relative_to(folder).as_posix() for path in files), *recipe]
        content = msgspec.json.encode(_Standing(made_of, _digest(recipe), _states(folder, names)))
        partial = folder / f"{_PLACE}.partial-{os.getpid()}"
        partial.unlink(missing_ok=True)
        with partial.open("xb") as file:  # never through a link that someone laid there
            file.write(content)
        partial.replace(folder / _PLACE)


def _states(folder: Path, names: Iterable[str]) -> dict[str, State]:
    states = {name: (folder / name).stat() for name in names}
    return {name: (state.st_size, state.st_mtime_ns) for name, state in states.items()}


def _digest(recipe: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(recipe):
        whole.update(f"{name} {len(recipe[name])}\n".encode())
        whole.update(recipe[name])
    return whole.hexdigest()
