"""The stores, the columns and the sentence index of a served graph: found, or made in another process, and held under a second name until the end."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from sqlite3 import DatabaseError
from threading import Lock

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.parquet import read_tables
from newsgraph.query.triple_store import existing_columns, existing_store, kept_columns, kept_store, write_store
from newsgraph.retrieval.sentence_index import SentenceIndex, existing_index, open_index, open_kept_index
from newsgraph.storage.derived_cache import TableOrigin, is_current
from newsgraph.storage.pinned_entry import PinnedEntries


class EndedError(Exception):
    """The server has ended, and nothing is made any more."""


class StoreMakers:
    """The processes that make stores and the index, so that the server goes on answering, and ends them when it ends."""

    def __init__(self) -> None:
        """None is at work yet."""
        self._guard = Lock()
        self._working: set[SpawnProcess] = set()
        self._is_ended = False

    def run(self, make: Callable[..., None], origin: TableOrigin, **more: object) -> int | None:
        """Run a function in a process, and return how it ended. Raises EndedError if the server has ended meanwhile."""
        # a daemon, so that a server that is killed leaves none behind
        process = get_context("spawn").Process(target=make, args=(origin,), kwargs=more, daemon=True)
        with self._guard:
            self._check()
            process.start()
            self._working.add(process)
        process.join()
        with self._guard:
            self._working.discard(process)
            self._check()
        return process.exitcode

    def end(self) -> None:
        """End all processes, and wait until they write nothing any more."""
        with self._guard:
            self._is_ended = True
            working = list(self._working)
        for process in working:
            process.kill()
        for process in working:
            process.join()

    def _check(self) -> None:
        if self._is_ended:
            raise EndedError


def held_store(
    origin: TableOrigin, tables: Callable[[], GraphTables], pinned: PinnedEntries, makers: StoreMakers, *, is_quads: bool
) -> Path:  # fmt: skip
    """Return the folder of a store that no build of the output takes away.

    A store that is not there yet is made in a second process; in this process, from what `tables` returns, if the folder has other tables
    by now. Raises EndedError if the server ends meanwhile.
    """
    store = existing_store(origin, is_quads=is_quads)
    if store is None and is_current(origin):
        own = pinned.new("graphs-of-folder" if is_quads else "merged-of-folder")
        code = makers.run(_make, origin, own=own, is_quads=is_quads)
        store = existing_store(origin, is_quads=is_quads)
        if store is None and code == 0 and own.is_dir():
            return own
    if store is not None:
        try:
            return pinned.pin(store)
        except OSError:  # a build has just removed it
            pass
    whole = tables()
    with pinned.writing("graphs-of-tables" if is_quads else "merged-of-tables") as place:
        write_store(whole, place, is_quads=is_quads)
    return place


def held_index(
    origin: TableOrigin, tables: Callable[[], GraphTables], pinned: PinnedEntries, makers: StoreMakers, at_once: int
) -> SentenceIndex:  # fmt: skip
    """Return the sentence index, for some requests at once, such that no build takes its file away.

    It is found or made as a store is; where it cannot be kept it is in memory, and requests take turns.
    """
    if existing_index(origin) is None and is_current(origin):
        makers.run(_make_index, origin)
    place = existing_index(origin)
    if place is not None:
        try:
            return open_kept_index(pinned.pin(place), at_once)
        except (OSError, DatabaseError):  # a build has just removed it
            pass
    return open_index(tables)


def held_columns(origin: TableOrigin, pinned: PinnedEntries, makers: StoreMakers) -> Path | None:
    """Return the folder of the columns, which no build takes away, found or made as a store is; None where they cannot be kept."""
    if existing_columns(origin) is None and is_current(origin):
        makers.run(_make_columns, origin)
    place = existing_columns(origin)
    try:
        return None if place is None else pinned.pin(place)
    except OSError:  # a build has just removed it
        return None


def _tables(origin: TableOrigin) -> GraphTables:
    try:
        return read_tables(origin.folder)
    except InputError as error:
        raise SystemExit(1) from error  # the server itself reads them next, and tells why it cannot


def _make_columns(origin: TableOrigin) -> None:
    kept_columns(_tables(origin), origin)


def _make_index(origin: TableOrigin) -> None:
    open_index(lambda: _tables(origin), origin).close()


def _make(origin: TableOrigin, own: Path, *, is_quads: bool) -> None:
    """Make a store where it is kept, or in a folder of its own where nothing can be kept."""
    tables = _tables(origin)
    if is_current(origin) and kept_store(tables, origin, is_quads=is_quads) is None and is_current(origin):
        write_store(tables, own, is_quads=is_quads)
