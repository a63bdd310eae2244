"""One module for each format; each reads the graph and nothing else.

A format's module is loaded when the format is written, so that `import newsgraph` never waits for rdflib or pyvis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from newsgraph.errors import InputError
from newsgraph.graph import GraphTables

Exporter = Callable[[GraphTables, Path], tuple[Path, ...]]
"""Writes a graph into a folder that exists, and gives the files it wrote."""


def _from(module: str, function: str) -> Exporter:
    def export(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
        return cast("Exporter", getattr(import_module(f"{__name__}.{module}"), function))(graph, folder)

    return export


EXPORTERS: dict[str, Exporter] = {
    "turtle": _from("turtle", "write_turtle"),
    "ntriples": _from("ntriples", "write_ntriples"),
    "nquads": _from("nquads", "write_nquads"),
    "trig": _from("trig", "write_trig"),
    "jsonld": _from("jsonld", "write_jsonld"),
    "graphml": _from("graphml", "write_graphml"),
    "gexf": _from("gexf", "write_gexf"),
    "csv": _from("csv_tables", "write_csv"),
    "parquet": _from("parquet", "write_parquet"),
    "sqlite": _from("sqlite", "write_sqlite"),
    "html": _from("pyvis", "write_html"),
}
"""All formats by name."""

DEFAULT_FORMATS: tuple[str, ...] = ("turtle", "parquet", "html")


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS) -> tuple[Path, ...]:
    """Write a graph in some formats, Parquet always (newsgraph reads its own output from there); give the files, sorted.

    A file appears under its name only when it is whole: a reader never sees half of one, and a failed run changes nothing.
    Raises InputError for an unknown format or a folder that cannot be written.
    """
    wanted = sorted({"parquet", *formats})
    for name in wanted:
        if name not in EXPORTERS:
            where = f"format {name}"
            raise InputError(where, "is not known", f"Choose from: {', '.join(EXPORTERS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".partial-", dir=folder) as partial:
            ready = [path for name in wanted for path in EXPORTERS[name](graph, Path(partial))]
            return tuple(sorted(_move(path, folder / path.relative_to(partial)) for path in ready))
    except OSError as error:
        hint = "Choose a folder that can be written, with enough room"
        raise InputError(str(folder), f"cannot be written ({error.strerror or error})", hint) from error


def _move(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return path.replace(target)
