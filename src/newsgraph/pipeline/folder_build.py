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
from newsgraph.pipeline.manifest import manifest_files
from newsgraph.pipeline.up_to_date import record_files, up_to_date_files
from newsgraph.storage.atomic_swap import recover_held
from newsgraph.storage.folder_lock import HIDDEN, hold_lock
from newsgraph.storage.object_store import address_of, upload


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
            upload(Path(folder) / "output", address)
            places = tuple(output / path.relative_to(Path(folder) / "output") for path in made.files)
            return FolderBuilt(made.built, places)
    with hold_lock(output):
        recover_held(output, FILES)
        recipe = manifest_files(inputs, options, formats)
        unchanged = None if options.fresh else partial(_unchanged_tables, output, recipe)
        built = build_counted(inputs, replace(options, cache=output / HIDDEN), progress, unchanged)
        if built.stands:
            return FolderBuilt(built, up_to_date_files(output, built.made_of, recipe))
        files = write_held(built.tables, output, formats, recipe, options.workers, progress) if built.tables["articles"].height else ()
        if files:
            record_files(output, built.made_of, recipe, files)
        return FolderBuilt(built, files)


def _unchanged_tables(output: Path, recipe: Mapping[str, bytes], made_of: str) -> GraphTables | None:
    return read_tables(output) if up_to_date_files(output, made_of, recipe) else None
