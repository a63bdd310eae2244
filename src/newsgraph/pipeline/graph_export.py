"""Further formats of a graph that exists, written from its tables, without its documents.

Into the graph's own folder the new files join the others, and the manifest of the build names their formats from then on. Into another folder,
`export.json` says which graph the files describe: whatever an earlier export left there is written anew, so that all files describe one graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import msgspec

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_name, read_regular
from newsgraph.core.progress import Progress
from newsgraph.core.withheld_text import without_texts
from newsgraph.export import EXPORTED, EXPORTERS, FILES, RECIPE, Written, add_held, known_formats, present_formats
from newsgraph.export.parquet import is_table, read_tables
from newsgraph.pipeline.manifest import Manifest, manifest_bytes, read_manifest
from newsgraph.pipeline.up_to_date import extend_record
from newsgraph.storage.atomic_swap import recover_held
from newsgraph.storage.file_digests import MANIFEST, sha256_of
from newsgraph.storage.folder_lock import hold_lock
from newsgraph.storage.object_store import address_of, local_copy


class _Export(msgspec.Struct, frozen=True, kw_only=True):
    """What an export wrote: `graph` is the SHA-256 of the manifest of the graph's tables, empty if the graph has none."""

    newsgraph: str
    graph: str
    text: bool
    formats: tuple[str, ...]


def export_into(
    output: Path, formats: Iterable[str], folder: Path | None = None, *, text: bool = True, workers: int = 1, progress: Progress | None = None
) -> Written:  # fmt: skip
    """Write the graph of an output folder in some formats into that folder, or into another one; return the files and what failed.

    Without `text`, bodies and quotations of more than 25 words are left out, which needs another folder. Raises InputError for an unknown
    format, a folder without a graph, or another folder that holds a graph of its own.
    """
    names = known_formats(formats)
    check_name(folder or output)
    if folder is None or folder.resolve() == output.resolve():
        return _add(output, names, text=text, workers=workers, progress=progress)
    with local_copy(output, is_table) as copy:
        graph, digest = read_tables(copy), _digest(copy)
    if address_of(folder) is not None:
        raise InputError(str(folder), "is on object storage", "Export into a folder of this machine, and copy it")
    with hold_lock(folder):
        recover_held(folder, FILES)
        earlier = _earlier(folder)
        wanted = tuple(sorted({*names, *earlier}))
        record = msgspec.json.format(msgspec.json.encode(_Export(newsgraph=version("newsgraph"), graph=digest, text=text, formats=wanted)))
        shown = graph if text else without_texts(graph)
        return add_held(shown, folder, wanted, {EXPORTED: record + b"\n"}, workers, progress)


def _add(output: Path, names: tuple[str, ...], *, text: bool, workers: int, progress: Progress | None) -> Written:
    if not text:
        hint = "Name another folder with -o"
        raise InputError(str(output), "has files with the texts, so --no-text cannot be for it", hint)
    if address_of(output) is not None:
        raise InputError(str(output), "is on object storage", "Export into a folder of this machine: -o FOLDER")
    with hold_lock(output):
        recover_held(output, FILES)
        graph = read_tables(output)
        before = _manifest(output)
        recipe = {RECIPE: manifest_bytes(_with_formats(before, {*names, *present_formats(output)}))} if before else {}
        written = add_held(graph, output, names, recipe, workers, progress)
        if before:
            extend_record(output, RECIPE, manifest_bytes(before), recipe[RECIPE], written.files)
    return written


def _manifest(output: Path) -> Manifest | None:
    """Return how a folder was built, None if no build wrote it."""
    return read_manifest(output) if (output / RECIPE).is_file() else None


def _with_formats(manifest: Manifest, formats: set[str]) -> Manifest:
    return msgspec.structs.replace(manifest, formats=tuple(sorted({*manifest.formats, *formats})))


def _digest(folder: Path) -> str:
    path = folder / "tables" / MANIFEST
    return sha256_of(path) if path.is_file() else ""


def _earlier(folder: Path) -> tuple[str, ...]:
    """Return the formats of an earlier export into a folder. Raises InputError if the folder holds a graph of its own."""
    try:
        record = msgspec.json.decode(read_regular(folder / EXPORTED), type=_Export)
        return tuple(name for name in record.formats if name in EXPORTERS)
    except FileNotFoundError:
        if (folder / "tables" / "dataset.parquet").is_file():
            hint = "Choose another folder, or export that graph into its own folder"
            raise InputError(str(folder), "holds another graph", hint) from None
        return ()
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise InputError(str(folder / EXPORTED), f"cannot be read ({error})", "Remove it, or choose another folder") from error
