"""The fields of things that people read: which columns of a table of nodes are shown, under which names."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO


@cache
def server_file(name: str) -> str:
    """Return a file of `data/server`."""
    return files("newsgraph").joinpath(f"data/server/{name}").read_text("utf-8")


@cache
def node_fields(table: str) -> dict[str, str]:
    """Return the label of each shown column of a table of nodes, in the order in which they are shown."""
    rows = csv.DictReader(StringIO(server_file("node_fields.csv")))
    return {row["column"]: row["label"] for row in rows if row["table"] == table}
