"""A build into a folder: no other at a time, what holds is taken over, and all of it is put in place or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.build import BuildOptions, Built, build_counted
from newsgraph.export import FILES, write_held
from newsgraph.lock import HIDDEN, hold
from newsgraph.places import address_of, put_up
from newsgraph.progress import Progress
from newsgraph.recipe import recipe_files
from newsgraph.swap import settle_held


@dataclass(frozen=True, slots=True)
class FolderBuilt:
    """What was built, and the files that were written, sorted: none where there was no article."""

    built: Built
    files: tuple[Path, ...]


def build_into(
    output: Path, inputs: Sequence[Path], options: BuildOptions, formats: Sequence[str], progress: Progress | None = None
) -> FolderBuilt:
    """Build into a folder, which holds the old output or the new one at any moment.

    Of an output on object storage, all is written here and then put up; nothing is kept for the next build.
    What was read is kept there whatever becomes of the build. A graph without articles is not written. Raises as `build` and
    `export.write` do.
    """
    address = address_of(output)
    if address is not None:
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            made = build_into(Path(folder) / "output", inputs, options, formats, progress)
            put_up(Path(folder) / "output", address)
            places = tuple(output / path.relative_to(Path(folder) / "output") for path in made.files)
            return FolderBuilt(made.built, places)
    with hold(output):
        settle_held(output, FILES)
        recipe = recipe_files(inputs, options, formats)
        built = build_counted(inputs, replace(options, cache=output / HIDDEN), progress)
        files = write_held(built.tables, output, formats, recipe, options.workers, progress) if built.tables["articles"].height else ()
        return FolderBuilt(built, files)
