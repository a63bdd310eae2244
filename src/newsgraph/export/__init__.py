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
from newsgraph.graph import SCHEMAS, GraphTables

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
    "rdf12": _from("rdf12", "write_rdf12"),
    "jsonld": _from("jsonld", "write_jsonld"),
    "graphml": _from("graphml", "write_graphml"),
    "gexf": _from("gexf", "write_gexf"),
    "csv": _from("csv_tables", "write_csv"),
    "parquet": _from("parquet", "write_parquet"),
    "sqlite": _from("sqlite", "write_sqlite"),
    "explorer": _from("explorer", "write_explorer"),
    "html": _from("pyvis", "write_html"),
    "iris": _from("iris", "write_iris"),
}
"""All formats by name."""

MADE: dict[str, tuple[str, ...]] = {
    "turtle": ("graph.ttl",),
    "ntriples": ("graph.nt",),
    "nquads": ("graph.nq",),
    "trig": ("graph.trig",),
    "rdf12": ("graph-rdf12.ttl",),
    "jsonld": ("graph.jsonld",),
    "graphml": ("graph.graphml",),
    "gexf": ("graph.gexf",),
    "csv": tuple(f"csv/{name}.csv" for name in ("nodes", "edges", *SCHEMAS)),
    "parquet": tuple(f"tables/{name}.parquet" for name in SCHEMAS),
    "sqlite": ("newsgraph.sqlite",),
    "explorer": ("graph.html", "ask.html"),
    "html": ("network.html",),
    "iris": ("iris.csv",),
}
"""The files that each format is made of."""

DEFAULT_FORMATS: tuple[str, ...] = ("turtle", "parquet", "explorer", "html")


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS) -> tuple[Path, ...]:
    """Write a graph in some formats, Parquet and `iris.csv` always (builds read their own output there); give the files, sorted.

    A file appears under its name only when it is whole: a reader never sees half of one, and a failed run changes nothing.
    Where the folder holds a graph already, its files of other formats go, so that all that is there tells the same; nothing
    else in it is touched.
    Raises InputError for an unknown format or a folder that cannot be written.
    """
    wanted = sorted({"iris", "parquet", *formats})
    for name in wanted:
        if name not in EXPORTERS:
            where = f"format {name}"
            raise InputError(where, "is not known", f"Choose from: {', '.join(EXPORTERS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        old = _files(folder) if (folder / "tables" / "dataset.parquet").is_file() else []
        with TemporaryDirectory(prefix=".partial-", dir=folder) as partial:
            ready = [path for name in wanted for path in EXPORTERS[name](graph, Path(partial))]
            written = tuple(sorted(_move(path, folder / path.relative_to(partial)) for path in ready))
        _remove(path for path in old if path not in written)
    except OSError as error:
        hint = "Choose a folder that can be written, with enough room"
        raise InputError(str(folder), f"cannot be written ({error.strerror or error})", hint) from error
    return written


def _files(folder: Path) -> list[Path]:
    """List what an earlier run made; a folder that is a link may be shared with others and is left alone."""
    paths = [folder / name for names in MADE.values() for name in names]
    return [path for path in paths if path.is_file() and not (path.parent != folder and path.parent.is_symlink())]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink()
        if path.parent.name == "csv" and not any(path.parent.iterdir()):
            path.parent.rmdir()


def _move(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return path.replace(target)
