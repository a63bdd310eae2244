"""The stores of a served graph on disk: found, or made in another process, and held under a second name until the server ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.executor.background_process import in_background
from newsgraph.export.parquet import read_tables
from newsgraph.query.triple_store import existing_store, kept_store, write_store
from newsgraph.storage.derived_cache import TableOrigin, is_current
from newsgraph.storage.pinned_entry import PinnedEntries


def held_store(origin: TableOrigin, tables: Callable[[], GraphTables], pinned: PinnedEntries, *, is_quads: bool) -> Path:
    """Return the folder of a store that no build of the output takes away.

    A store that is not there yet is made in a second process, so that this one goes on answering; in this process, from what
    `tables` returns, if the folder has other tables by now.
    """
    store = existing_store(origin, is_quads=is_quads)
    if store is None and is_current(origin):
        with in_background() as run:
            store = run(_make, (origin, is_quads, pinned.new("own" if is_quads else "own-merged")))()
    if store is not None and is_current(origin):
        try:
            return pinned.pin(store)
        except OSError:  # a build has just removed it
            pass
    place = pinned.new("graphs-of-tables" if is_quads else "merged-of-tables")
    write_store(tables(), place, is_quads=is_quads)
    return place


def _make(part: tuple[TableOrigin, bool, Path]) -> Path | None:
    origin, is_quads, place = part
    tables = read_tables(origin.folder)
    if not is_current(origin):
        return None
    kept = kept_store(tables, origin, is_quads=is_quads)
    if kept is None:
        write_store(tables, place, is_quads=is_quads)
    return kept or place
