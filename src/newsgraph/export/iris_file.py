"""iris.csv: the IRI of each company, event and story and the keys that identify it, so that the next build keeps it (`--iris`)."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.stable_iris import COLUMNS

_QUOTED = r"""[",\s]"""  # a value with one of these may need quotes


def write_iris(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `iris.csv`, with a row for each member of an IRI and for each replaced IRI, and return its path."""
    members = graph["members"].select("kind", "iri", "member", replaced_by=pl.lit(""))
    replaced = graph["replaced"].select("kind", iri="old", member=pl.lit(""), replaced_by="new")
    rows = pl.concat([members, replaced]).select(COLUMNS).sort(COLUMNS)
    path = folder / "iris.csv"
    if rows.select(pl.any_horizontal(pl.all().str.contains(_QUOTED).any())).item():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows.iter_rows())
    else:  # as most files; it takes a tenth of the time
        rows.with_columns(pl.all().replace("", None)).write_csv(path, line_terminator="\n", null_value="", quote_style="never")
    return (path,)
