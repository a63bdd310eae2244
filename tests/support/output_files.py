"""The files of an output folder, and a graph to write over another."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.storage.folder_lock import HIDDEN
from sample import sample_graph


def new_graph() -> GraphTables:
    """Make a graph that is another in every table that has rows."""
    return make_tables({name: table.head(max(table.height // 2, 1)) for name, table in sample_graph().tables.items()})


def files(folder: Path) -> dict[str, bytes]:
    """Read everything that is not hidden."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(HIDDEN)}
