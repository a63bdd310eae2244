"""A build into a folder: no other at a time, what holds is taken over, and all of it is put in place or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.progress import Progress
from newsgraph.export import FILES, write_held
from newsgraph.export.parquet import read_tables
from newsgraph.pipeline.graph_build import BuildOptions, Built, build_counted
from newsgraph.pipeline.manifest import recipe_files
from newsgraph.pipeline.up_to_date import note
from newsgraph.pipeline.up_to_date import standing as files_made_of
from newsgraph.storage.atomic_swap import settle_held
from newsgraph.storage.folder_lock import HIDDEN, hold
from newsgraph.storage.object_store import address_of, put_up


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
    What was read is kept there whatever becomes of the build; where nothing has changed at all, nothing is written. A graph without articles is not written. Raises as `build` and
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
        standing = None if options.fresh else partial(_standing, output, recipe)
        built = build_counted(inputs, replace(options, cache=output / HIDDEN), progress, standing)
        if built.stands:
            return FolderBuilt(built, files_made_of(output, built.made_of, recipe))
        files = write_held(built.tables, output, formats, recipe, options.workers, progress) if built.tables["articles"].height else ()
        if files:
            note(output, built.made_of, recipe, files)
        return FolderBuilt(built, files)


def _standing(output: Path, recipe: Mapping[str, bytes], made_of: str) -> GraphTables | None:
    return read_tables(output) if files_made_of(output, made_of, recipe) else None
