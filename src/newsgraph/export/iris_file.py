"""iris.csv: the IRI of each company, event and story and the keys that identify it, so that the next build keeps it (`--iris`)."""

from __future__ import annotations

import csv
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.stable_iris import COLUMNS


def write_iris(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `iris.csv`, with a row for each member of an IRI and for each replaced IRI, and return its path."""
    rows = [(kind, iri, member, "") for kind, iri, member in graph["members"].select("kind", "iri", "member").iter_rows()]
    rows += [(kind, old, "", new) for kind, old, new in graph["replaced"].select("kind", "old", "new").iter_rows()]
    path = folder / "iris.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows))
    return (path,)
