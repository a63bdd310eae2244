"""The graph in a SPARQL engine: in memory, or on disk where it is kept from one question to the next."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from newsgraph.export.nquads import write_nquads
from newsgraph.export.ntriples import write_ntriples
from newsgraph.graph import GraphTables
from newsgraph.kept import Origin, kept

# N-Triples and N-Quads of our own writers are the fastest way in, and as they are valid by the writers' tests the engine may
# skip its own checks. Without graphs a statement takes half the room and half the time of one with a graph.
_WRITERS = {ox.RdfFormat.N_TRIPLES: (write_ntriples, "merged"), ox.RdfFormat.N_QUADS: (write_nquads, "graphs")}


def opened(graph: GraphTables, form: ox.RdfFormat, origin: Origin | None = None) -> ox.Store:
    """Load a graph, N-Triples for one graph of all statements, N-Quads for one graph a source document.

    With the folder that the tables were read from, the store is made there at the first call and only opened, to read, at later
    ones; where it cannot be kept it is loaded into memory.
    """

    def make(path: Path) -> None:
        store = ox.Store(str(path))
        _load(store, graph, form, path.parent)
        store.flush()

    place = kept(origin, _WRITERS[form][1], make, versions=[ox.__version__]) if origin else None
    if place is not None:
        try:
            return ox.Store.read_only(str(place))
        except OSError:  # removed by a newer build, or damaged: the next question makes it anew
            rmtree(place, ignore_errors=True)
    store = ox.Store()
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        _load(store, graph, form, Path(folder))
    return store


def _load(store: ox.Store, graph: GraphTables, form: ox.RdfFormat, folder: Path) -> None:
    """Write the statements to a file in some folder, load it and remove it."""
    for path in _WRITERS[form][0](graph, folder):
        store.bulk_load(path=str(path), format=form, lenient=True)
        path.unlink()
