"""The stores of a served graph on disk: found, or made in another process, and held under a second name until the server ends."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
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
        own = pinned.new("graphs-of-folder" if is_quads else "merged-of-folder")
        # a daemon, so that a server that is stopped meanwhile does not wait for it
        process = get_context("spawn").Process(target=_make, args=(origin, own), kwargs={"is_quads": is_quads}, daemon=True)
        process.start()
        process.join()
        store = existing_store(origin, is_quads=is_quads)
        if store is None and process.exitcode == 0 and own.is_dir():
            return own
    if store is not None:
        try:
            return pinned.pin(store)
        except OSError:  # a build has just removed it
            pass
    place = pinned.new("graphs-of-tables" if is_quads else "merged-of-tables")
    write_store(tables(), place, is_quads=is_quads)
    return place


def _make(origin: TableOrigin, own: Path, *, is_quads: bool) -> None:
    """Make a store where it is kept, or in a folder of its own where nothing can be kept."""
    tables = read_tables(origin.folder)
    if is_current(origin) and kept_store(tables, origin, is_quads=is_quads) is None and is_current(origin):
        write_store(tables, own, is_quads=is_quads)
