"""The graph as questions need it, in columns or in a SPARQL engine: in memory, or on disk where it is kept from one question to the next."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import polars as pl
import pyoxigraph as ox

from newsgraph.core.graph_tables import GraphTables
from newsgraph.executor import gc_paused
from newsgraph.query.columnwise import ColumnStore, build_column_store, open_column_store, write_column_store
from newsgraph.query.engine_process import EngineError, EngineProcess
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.statement_columns import StatementColumns, columns_of
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text
from newsgraph.storage.derived_cache import TableOrigin, derived, existing

# N-Triples and N-Quads of our own writers are the fastest way in, and as they are valid by the writers' tests the engine may
# skip its own checks. Without graphs a statement takes half the room and half the time of one with a graph.
_KEPT_AS = {ox.RdfFormat.N_TRIPLES: "merged", ox.RdfFormat.N_QUADS: "graphs"}
_COLUMNS = "columns"


def start_engine(graph: GraphTables, form: ox.RdfFormat, origin: TableOrigin | None, limits: QueryLimits) -> EngineProcess:
    """Start a SPARQL engine with a graph: N-Triples for one graph of all statements, N-Quads for one graph per source document.

    With the folder that the tables were read from, the store is made there at the first call and only opened, read-only, at later
    ones; where it cannot be kept it is loaded into memory. Raises EngineError.
    """
    is_quads = form == ox.RdfFormat.N_QUADS
    place = kept_store(graph, origin, is_quads=is_quads) if origin else None
    if place is not None:
        try:
            return EngineProcess(place, is_kept=True, is_quads=is_quads, limits=limits)
        except EngineError:  # removed by a newer build, or damaged: the next question makes it again
            rmtree(place, ignore_errors=True)
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        statements = _write_statements(graph, form, Path(folder))
        return EngineProcess(statements, is_kept=False, is_quads=is_quads, limits=limits)


def write_store(graph: GraphTables, path: Path, *, is_quads: bool) -> None:
    """Write a graph into a new store in a folder, which is made: one graph of all statements, or one graph per source document."""
    form = ox.RdfFormat.N_QUADS if is_quads else ox.RdfFormat.N_TRIPLES
    store = ox.Store(str(path))
    with TemporaryDirectory(prefix="newsgraph-", dir=path.parent) as folder:  # two stores may be made beside each other
        store.bulk_load(path=str(_write_statements(graph, form, Path(folder))), format=form, lenient=True)
    store.flush()


def kept_store(graph: GraphTables, origin: TableOrigin, *, is_quads: bool) -> Path | None:
    """Return the folder of the store that is kept for a graph, made at the first call; None where nothing can be kept."""
    form = ox.RdfFormat.N_QUADS if is_quads else ox.RdfFormat.N_TRIPLES
    return derived(origin, _KEPT_AS[form], lambda path: write_store(graph, path, is_quads=is_quads))


def existing_store(origin: TableOrigin, *, is_quads: bool) -> Path | None:
    """Return the folder of the store that is kept for the tables of a folder, None if none was made."""
    return existing(origin, _KEPT_AS[ox.RdfFormat.N_QUADS if is_quads else ox.RdfFormat.N_TRIPLES])


def discard_kept_store(form: ox.RdfFormat, origin: TableOrigin | None) -> None:
    """Remove a kept store that is damaged, so that the next question makes it again."""
    if origin is not None and (place := derived(origin, _KEPT_AS[form], lambda _: None)) is not None:
        rmtree(place, ignore_errors=True)


def open_kept_columns(graph: GraphTables, origin: TableOrigin | None = None) -> ColumnStore:
    """Load a graph into columns; they are kept like the store, in the folder that the tables were read from."""
    place = kept_columns(graph, origin) if origin else None
    if place is not None:
        try:
            return open_column_store(place)
        except (OSError, ValueError, pl.exceptions.PolarsError):  # removed by a newer build, or damaged
            rmtree(place, ignore_errors=True)
    return build_column_store(_columns(graph))


def kept_columns(graph: GraphTables, origin: TableOrigin) -> Path | None:
    """Return the folder of the columns that are kept for a graph, made at the first call; None where nothing can be kept."""
    return derived(origin, _COLUMNS, lambda path: write_column_store(_columns(graph), path))


def existing_columns(origin: TableOrigin) -> Path | None:
    """Return the folder of the columns that are kept for the tables of a folder, None if none were made."""
    return existing(origin, _COLUMNS)


def _columns(graph: GraphTables) -> StatementColumns:
    with gc_paused():
        return columns_of(graph)


def _write_statements(graph: GraphTables, form: ox.RdfFormat, folder: Path) -> Path:
    """Write the statements of a graph to a file in some folder."""
    path = folder / "statements"
    write_text(graph, LineSerializer(quads=form == ox.RdfFormat.N_QUADS), path)
    return path
