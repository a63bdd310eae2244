"""What the formats of one output have in common, and what they may take over from the output before it.

`graph.ttl` and `ask.html` have the same statements, and the pages `graph.html` and `network.html` the same map: each is made once. What is
unchanged since the build before is taken from there: statements of articles from its `graph.ttl`, by an index in `.newsgraph/turtle.index`,
and the map from `.newsgraph/map.npz`. Both files count only for this program, and for the very `graph.ttl` and links that they belong to.
"""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.turtle_file import INDEX, TurtleFile, write_turtle_file
from newsgraph.storage.code_digest import program_digest
from newsgraph.storage.folder_lock import HIDDEN
from newsgraph.storage.keyed_file import read_keyed, write_keyed

if TYPE_CHECKING:
    from newsgraph.explorer.layout.community_map import CommunityMap
    from newsgraph.explorer.map_links import MapLinks
    from newsgraph.explorer.node_numbers import NodeNumbers

TURTLE = "graph.ttl"
TURTLE_INDEX = f"{HIDDEN}/turtle.index"
MAP = f"{HIDDEN}/map.npz"


class SharedWork:
    """The work that several formats of one output need, done when the first of them asks for it."""

    def __init__(self, output: Path | None = None) -> None:
        """`output` is the folder of the output before; None without one, or if nothing is to be taken over."""
        self.output = output
        self.turtle: TurtleFile | None = None  # the file of this graph, once it is written
        self._map: tuple[str, CommunityMap] | None = None

    def write_turtle(self, graph: GraphTables, path: Path, workers: int = 1) -> TurtleFile:
        """Write the Turtle file of a graph, see `write_turtle_file`."""
        earlier = read_index(self.output, index_key(graph)) if self.output else None
        self.turtle = write_turtle_file(graph, path, workers, earlier)
        if self.output:
            save_index(self.output, index_key(graph), self.turtle)
        return self.turtle

    def lay_out(self, numbering: NodeNumbers, links: MapLinks, engine: str) -> CommunityMap:
        """Lay out the map as `map_places` does, or take it over: within one output, or from the output before."""
        from newsgraph.explorer.map_places import map_digest  # noqa: PLC0415 - networkx is heavy, and only pages need it

        key = f"{program_digest()} {map_digest(numbering, links, engine)}"
        if self._map is None or self._map[0] != key:
            self._map = key, self._known_map(key) or self._new_map(key, numbering, links, engine)
        return self._map[1]

    def _known_map(self, key: str) -> CommunityMap | None:
        from newsgraph.explorer.layout.map_encoding import decode_map  # noqa: PLC0415 - as above

        with suppress(ValueError):
            content = read_keyed(self.output / MAP, key) if self.output else b""
            return decode_map(content) if content else None
        return None

    def _new_map(self, key: str, numbering: NodeNumbers, links: MapLinks, engine: str) -> CommunityMap:
        from newsgraph.explorer.layout.map_encoding import encode_map  # noqa: PLC0415 - as above
        from newsgraph.explorer.map_places import map_places  # noqa: PLC0415

        made = map_places(numbering, links, engine)
        if self.output:
            write_keyed(self.output / MAP, key, encode_map(made))
        return made


def index_key(graph: GraphTables) -> str:
    """Return a digest of what all statements of articles depend on: the program, the base of the IRIs and the run."""
    described = dataset(graph)
    return hashlib.sha256("\n".join((program_digest(), pl.__version__, described["base"], described["run"])).encode()).hexdigest()


def read_index(output: Path, key: str) -> TurtleFile | None:
    """Return the Turtle file of an output with its index; None if that is missing, damaged or of another file or program."""
    path = output / TURTLE
    with suppress(OSError, pl.exceptions.PolarsError):
        content = read_keyed(output / TURTLE_INDEX, f"{key} {_state(path)}")
        index = pl.read_ipc(io.BytesIO(content)) if content else pl.DataFrame()
        return TurtleFile(path, index) if index.schema == INDEX else None
    return None


def save_index(output: Path, key: str, turtle: TurtleFile) -> None:
    """Save the index of a Turtle file, which will be moved into the output; if it cannot be written, the next file is written as a whole."""
    buffer = io.BytesIO()
    turtle.index.rechunk().write_ipc(buffer)
    write_keyed(output / TURTLE_INDEX, f"{key} {_state(turtle.path)}", buffer.getvalue())


def _state(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"
