"""What a build into a folder takes over from the graph that the folder has: its IRIs, and the history that the build continues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.export import GIVEN_IRIS, HISTORY, RECIPE
from newsgraph.export.iris_file import write_iris
from newsgraph.export.parquet import read_columns
from newsgraph.history.build_records import BuildRecord, history_bytes, make_record
from newsgraph.history.graph_changes import COLUMNS, changes_between
from newsgraph.pipeline.build_options import BuildOptions

_KEPT = {"dataset": ("base",), "members": tuple(SCHEMAS["members"]), "replaced": tuple(SCHEMAS["replaced"])}


@contextmanager
def with_own_iris(output: Path, options: BuildOptions, base: str) -> Iterator[BuildOptions]:
    """Yield the options of a build into a folder, which keeps the IRIs of the folder's graph unless others are given or all are to be new.

    A graph with another base has none to keep. Of a folder whose tables are damaged, `iris.csv` is taken.
    """
    if options.iris or options.new_iris:
        yield options
        return
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        yield replace(options, iris=_own_iris(output, base, Path(folder)), own_iris=True)


def _own_iris(output: Path, base: str, folder: Path) -> Path | None:
    if not (output / "tables").is_dir():
        return None
    kept = read_columns(output, _KEPT)
    if kept is None:
        return output / "iris.csv" if (output / "iris.csv").is_file() else None
    return write_iris(kept, folder)[0] if kept["dataset"]["base"].to_list() == [base] else None


def manifest_of_folder(output: Path, manifest: Mapping[str, bytes], options: BuildOptions) -> dict[str, bytes]:
    """Return the manifest that a folder has if nothing has changed: one that keeps its own IRIs was given those of the build before."""
    if not options.own_iris:
        return dict(manifest)
    given = output / GIVEN_IRIS
    return {RECIPE: manifest[RECIPE]} | ({GIVEN_IRIS: given.read_bytes()} if given.is_file() else {})


def continued_history(output: Path, records: tuple[BuildRecord, ...], graph: GraphTables, day: date | None) -> dict[str, bytes]:
    """Return the file of the history with a record of the graph that is about to replace that of a folder, if it is another one."""
    before = read_columns(output, COLUMNS)
    changes = None if before is None else changes_between(before, graph)
    if changes is None or changes:
        records = (*records, make_record(day or _last_day(graph), graph["articles"].height, changes))
    return {HISTORY: history_bytes(records)}


def _last_day(graph: GraphTables) -> date | None:
    last = graph["articles"]["published"].max()
    return last.date() if isinstance(last, datetime) else None
