"""What the formats of one output have in common, and what they may take over from the output before it.

`graph.ttl` and `ask.html` have the same statements, and the pages `graph.html` and `network.html` the same map: each is made once. What is
unchanged since the build before is taken from there: statements of articles from its `graph.ttl`, by an index in `.newsgraph/turtle.index`,
and the map from `.newsgraph/map.npz`. Both files count only for this program, and for the very `graph.ttl` and links that they belong to.
"""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import suppress
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer.layout.community_map import CommunityMap
from newsgraph.explorer.layout.map_encoding import decode_map, encode_map
from newsgraph.explorer.map_links import MapLinks
from newsgraph.explorer.map_places import map_digest, map_places
from newsgraph.explorer.node_numbers import NodeNumbers
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.turtle_file import INDEX, TurtleFile, write_turtle_file
from newsgraph.storage.code_digest import program_digest
from newsgraph.storage.folder_lock import HIDDEN

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
        key = f"{program_digest()} {map_digest(numbering, links, engine)}"
        if self._map is None or self._map[0] != key:
            self._map = key, self._known_map(key) or self._new_map(key, numbering, links, engine)
        return self._map[1]

    def _known_map(self, key: str) -> CommunityMap | None:
        with suppress(OSError, ValueError):
            content = _read(self.output / MAP, key) if self.output else b""
            return decode_map(content) if content else None
        return None

    def _new_map(self, key: str, numbering: NodeNumbers, links: MapLinks, engine: str) -> CommunityMap:
        made = map_places(numbering, links, engine)
        with suppress(OSError):
            if self.output:
                _save(self.output / MAP, key, encode_map(made))
        return made


def index_key(graph: GraphTables) -> str:
    """Return a digest of what all statements of articles depend on: the program, the base of the IRIs and the run."""
    described = dataset(graph)
    return hashlib.sha256("\n".join((program_digest(), pl.__version__, described["base"], described["run"])).encode()).hexdigest()


def read_index(output: Path, key: str) -> TurtleFile | None:
    """Return the Turtle file of an output with its index; None if that is missing, damaged or of another file or program."""
    path = output / TURTLE
    with suppress(OSError, pl.exceptions.PolarsError):
        content = _read(output / TURTLE_INDEX, f"{key} {_state(path)}")
        index = pl.read_ipc(io.BytesIO(content)) if content else pl.DataFrame()
        return TurtleFile(path, index) if index.schema == INDEX else None
    return None


def save_index(output: Path, key: str, turtle: TurtleFile) -> None:
    """Save the index of a Turtle file, which will be moved into the output; if it cannot be written, the next file is written as a whole."""
    buffer = io.BytesIO()
    turtle.index.rechunk().write_ipc(buffer)
    with suppress(OSError):
        _save(output / TURTLE_INDEX, f"{key} {_state(turtle.path)}", buffer.getvalue())


def _state(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _read(path: Path, key: str) -> bytes:
    """Return the content of a file that `_save` wrote under the same key; empty if it is another one."""
    head, _, content = path.read_bytes().partition(b"\n")
    return content if head == _head(key, content) else b""


def _save(path: Path, key: str, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.partial-{os.getpid()}")
    partial.unlink(missing_ok=True)
    with partial.open("xb") as file:  # never through a link that someone else put there
        file.write(_head(key, content) + b"\n" + content)
    partial.replace(path)


def _head(key: str, content: bytes) -> bytes:
    return f"newsgraph {key} {hashlib.sha256(content).hexdigest()}".encode()
