"""A build into a folder: one build at a time, an output that is up to date is kept, and new files appear all together or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_name
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.iris import base_iri
from newsgraph.core.progress import Progress
from newsgraph.export import FILES, REPORT, FormatFailure, checked_formats, formats_of, present_formats, write_held
from newsgraph.export.parquet import read_tables
from newsgraph.history.build_records import read_records
from newsgraph.pipeline.build_options import BuildOptions, Built, checked_options
from newsgraph.pipeline.earlier_graph import continued_history, manifest_of_folder, with_own_iris
from newsgraph.pipeline.input_report import report_file
from newsgraph.pipeline.known_inputs import inputs_digest
from newsgraph.pipeline.manifest import manifest_files
from newsgraph.pipeline.up_to_date import OutputRecord, read_record, record_files, recorded_files
from newsgraph.storage.atomic_swap import recover_held
from newsgraph.storage.folder_lock import HIDDEN, hold_lock
from newsgraph.storage.object_store import address_of, names_at, upload


@dataclass(frozen=True, slots=True)
class FolderBuilt:
    """The graph that was built, the files that were written, sorted (none if there was no article), and the formats that could not be."""

    built: Built
    files: tuple[Path, ...]
    failures: tuple[FormatFailure, ...] = ()


def build_into(
    output: Path, inputs: Sequence[Path], options: BuildOptions, formats: Collection[str], progress: Progress | None = None
) -> FolderBuilt:
    """Build into a folder, which has the old output or the new one at any moment.

    What is still the same thing keeps the IRI that it has in the folder's graph, unless `options.iris` or `options.new_iris` say otherwise, and
    the history of the folder gets a record of what changed. Formats that the folder has are written anew, whether they are asked for or not,
    so that no file is left that describes another graph.

    An output on object storage is written to a local folder first and then uploaded; nothing is cached for the next build. In a local
    folder, extracted facts are cached even if the build fails later, but not if texts are left out: what earlier builds cached goes then. If nothing has changed at all, nothing is written; a graph without
    articles is not written either. Raises as `build` and `export.write` do.
    """
    options = checked_options(options)
    for path in (Path.cwd(), output, *inputs):
        check_name(path)
    _check_output(output, inputs)
    address = address_of(output)
    if address is not None:
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            local = Path(folder) / "output"
            result = build_into(local, inputs, options, {*formats, *formats_of(names_at(address))}, progress)
            upload(local, address)
            return replace(result, files=tuple(output / path.relative_to(local) for path in result.files))
    with hold_lock(output):
        recover_held(output, FILES)
        formats = checked_formats({*formats, *present_formats(output)})
        records = read_records(output)
        options = replace(options, own_iris=not (options.iris or options.new_iris))
        present = manifest_of_folder(output, manifest_files(inputs, options, formats), options)
        digest = inputs_digest(inputs, options)
        record = None if options.fresh else read_record(output, present)
        if record and digest and record.inputs == digest and (tables := _undamaged_tables(output)):
            built = Built(tables, record.documents, 0, record.fingerprint, unchanged=True, report=record.report)
            return FolderBuilt(built, recorded_files(output, record, present))
        with with_own_iris(output, options, base_iri(options.base)) as continued:
            built = _build(output, inputs, continued, progress, record)
            if built.unchanged and record:
                files = recorded_files(output, record, present)
                record_files(output, built, present, files, digest)
                return FolderBuilt(built, files)
            if not built.tables["articles"].height:
                return FolderBuilt(built, ())
            manifest = manifest_files(inputs, continued, formats)
            extra = {**manifest, **continued_history(output, records, built.tables, options.day), REPORT: report_file(built.report)}
            written = write_held(built.tables, output, formats, extra, options.workers, progress, reuse=not options.fresh)
        files = tuple(sorted((*written.files, output / REPORT)))
        if not written.failures:  # otherwise the next build tries again
            record_files(output, built, manifest, files, digest)
        return FolderBuilt(built, files, written.failures)


def _check_output(output: Path, inputs: Sequence[Path]) -> None:
    """Raise InputError if the output is one of the inputs: the next build would take its pages for news."""
    if any(path.is_dir() and output.exists() and path.samefile(output) for path in inputs):
        where = f"--output {output}"
        raise InputError(where, "is one of the inputs", "Name another folder, which may be inside of it")


def _build(output: Path, inputs: Sequence[Path], options: BuildOptions, progress: Progress | None, record: OutputRecord | None) -> Built:
    from newsgraph.pipeline.graph_build import build_counted, remove_texts  # noqa: PLC0415 - slow to load, and often there is nothing to do

    # without texts nothing is cached, as facts have them; workers of a cluster need the folder
    cache = output / HIDDEN if options.text or options.cluster else None
    try:
        return build_counted(inputs, replace(options, cache=cache), progress, partial(_unchanged_tables, output, record))
    finally:
        if not options.text:
            remove_texts(output / HIDDEN)


def _unchanged_tables(output: Path, record: OutputRecord | None, fingerprint: str) -> GraphTables | None:
    """Return the tables of an output that is up to date; none if they are damaged, so that they are built again."""
    return _undamaged_tables(output) if record and record.fingerprint == fingerprint else None


def _undamaged_tables(output: Path) -> GraphTables | None:
    try:
        return read_tables(output)
    except InputError:
        return None
