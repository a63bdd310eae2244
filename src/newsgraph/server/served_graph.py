"""The graph that a server answers from: opened once, its parts loaded when they are needed, and kept while a build replaces its folder."""

from __future__ import annotations

import gc
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from sqlite3 import DatabaseError
from threading import Lock, Thread

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import make_tables
from newsgraph.core.redirects import redirects
from newsgraph.export.parquet import check_output, read_table, read_tables
from newsgraph.query.engine_pool import EnginePool
from newsgraph.retrieval.full_text_search import SearchHits, find
from newsgraph.retrieval.sentence_index import SentenceIndex
from newsgraph.server.deferred_value import DeferredValue
from newsgraph.server.exchange import RefusalError
from newsgraph.server.graph_view import GraphView
from newsgraph.server.held_stores import StoreMakers, held_columns, held_index, held_store
from newsgraph.server.recent_results import RecentResults
from newsgraph.server.settings import ServerSettings
from newsgraph.storage.derived_cache import TableOrigin, is_current, remove_unfinished, table_origin
from newsgraph.storage.pinned_entry import PinnedEntries

_DAYS, _DERIVED = 4, 2  # views as of a day that are kept, and that are being worked out or wait for it
_LOADING, _DERIVING = 20.0, 5.0  # seconds that a request waits for what is loaded, and for a view as of a day
_CHECKED = 2.0  # seconds between two looks at the folder
_SEARCHES = 8  # searches answered at a time
_REMEMBERED = 32  # searches whose results are remembered: at most 500 numbers each
_PAGES = ("graph.html",)
_OTHER_DAYS = "The server is working out the graph as of other days. Ask again in a moment."


def _page(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check its permissions, or build the graph again") from error


class ServedGraph:
    """The graph of an output folder, for many requests at once.

    `prepare` loads in threads of its own what the first requests need. A request that comes earlier waits for it, and is refused with 503
    if that takes long.
    """

    def __init__(self, folder: Path, settings: ServerSettings) -> None:
        """Read what describes the graph. Raises InputError if the folder holds none, or lacks files."""
        self.settings = settings
        self.folder = folder
        self._origin: TableOrigin = table_origin(folder)
        check_output(folder)
        described = read_table(folder, "dataset").row(0, named=True)
        self.base, self.title, self.program = str(described["base"]), str(described["title"] or "newsgraph"), described
        self.pages = {name: _page(folder / name) for name in _PAGES if (folder / name).is_file()}
        self.redirects: Mapping[str, str] = redirects(make_tables({"replaced": read_table(folder, "replaced")}))  # from each replaced IRI
        remove_unfinished(folder)
        self._pinned, self._makers = PinnedEntries(folder), StoreMakers()
        self._now = DeferredValue(self._load, _LOADING)
        self._stores = {is_quads: self._store_of(is_quads=is_quads) for is_quads in (False, True)}
        self._index = DeferredValue(
            lambda: held_index(self._origin, lambda: self.now.tables, self._pinned, self._makers, _SEARCHES), _LOADING
        )
        self._searched: RecentResults[tuple[str, int, date | None, str], SearchHits] = RecentResults(_REMEMBERED)
        self._days: OrderedDict[date, DeferredValue[GraphView]] = OrderedDict()
        self._guard, self._deriving = Lock(), Lock()
        self._looked = (-_CHECKED, False)
        self._columns = DeferredValue(lambda: held_columns(self._origin, self._pinned, self._makers), _LOADING)
        self.engines = EnginePool(
            lambda is_quads: self._stores[is_quads].get(), settings.at_once, settings.limits, columns=self._columns.if_done
        )

    def prepare(self) -> None:
        """Begin to load the tables and to open the stores: what most requests need comes first."""
        Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        self._now.start()
        self._stores[False].wait()  # one after the other: each takes memory where it has to be made
        self._now.wait()
        try:
            with suppress(RefusalError):  # files that cannot be read are in the log already
                self.now.prepare()
            self._index.wait()
            index = self._index.if_done()
            if index is not None:
                with suppress(DatabaseError):  # the server has ended, and the file is gone
                    index.prepare()
            gc.collect()
            gc.freeze()  # what was loaded stays: no later collection looks through it, which would hold up requests
        finally:
            self._columns.wait()
            self._stores[True].start()

    @property
    def now(self) -> GraphView:
        """The whole graph."""
        return self._now.get()

    @property
    def index(self) -> SentenceIndex:
        """The sentences, for search by words. Raises RefusalError while it is being made."""
        return self._index.get()

    def search(self, words: str, most: int, day: date | None, kind: str = "") -> SearchHits:
        """Return what `retrieval.full_text_search.find` does. What was searched for last is remembered: its further parts follow."""
        key = words, most, day, kind
        hits = self._searched.get(key)
        if hits is None:
            hits = find(self.index, words, most, self.settings.limits.seconds, day, kind)
            self._searched.put(key, hits)
        return hits

    def at(self, day: date | None) -> GraphView:
        """Return the graph as of a day; None for the whole one. Raises RefusalError while it is being worked out."""
        if day is None:
            return self.now
        whole = self.now
        with self._guard:
            if day not in self._days:
                self._check_turn()
                self._days[day] = DeferredValue(lambda: self._derive(whole, day), _DERIVING)
            self._days.move_to_end(day)
            while len(self._days) > _DAYS:
                self._days.popitem(last=False)
            view = self._days[day]
        return view.get()

    def _check_turn(self) -> None:
        """Refuse a further day while others are being worked out: it would take a thread, memory and a processor for later requests only."""
        if sum(not view.is_done for view in self._days.values()) >= _DERIVED:
            raise RefusalError(503, _OTHER_DAYS, {"Retry-After": "5"})

    @cached_property
    def graph_names(self) -> frozenset[str]:
        """The IRIs of the named graphs."""
        return frozenset({f"{self.base}dataset#graph", *(f"{iri}#graph" for iri in self.now.tables["sources"]["iri"])})

    @property
    def is_replaced(self) -> bool:
        """Whether a build has put another graph into the folder since this one was opened."""
        looked, was_replaced = self._looked
        if not was_replaced and time.monotonic() - looked > _CHECKED:
            try:
                was_replaced = not is_current(self._origin)
            except OSError:  # a build is at work
                was_replaced = True
            self._looked = time.monotonic(), was_replaced
        return was_replaced

    def close(self) -> None:
        """End the engines and what is still being made, and remove what was held or is half made."""
        self.engines.close()
        self._makers.end()
        self._pinned.close()
        remove_unfinished(self.folder)

    def _load(self) -> GraphView:
        origin = table_origin(self.folder)
        tables = read_tables(self.folder)
        return GraphView(tables, origin)

    def _derive(self, whole: GraphView, day: date) -> GraphView:
        from newsgraph.query.point_in_time import as_of  # noqa: PLC0415 - heavy, and the server starts at once

        with self._deriving:  # one at a time: it takes memory and all of a processor
            return GraphView(as_of(whole.tables, day))

    def _store_of(self, *, is_quads: bool) -> DeferredValue[Path]:
        return DeferredValue(
            lambda: held_store(self._origin, lambda: self.now.tables, self._pinned, self._makers, is_quads=is_quads), _LOADING
        )
