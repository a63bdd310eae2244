"""One module for each format; each reads the graph and nothing else.

A format's module is loaded when the format is written, so that `import newsgraph` never waits for rdflib or pyvis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.core.progress import Progress
from newsgraph.storage import derived_cache
from newsgraph.storage.atomic_swap import is_elsewhere, put_in_place, recover_held, staging
from newsgraph.storage.folder_lock import HIDDEN, hold_lock


class Exporter(Protocol):
    """Writes a graph into a folder that exists, and gives the files it wrote."""

    def __call__(self, graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
        """Write with so many processes where that pays; the files are the same for any number."""
        ...


def _from(module: str, function: str, *, together: bool = False) -> Exporter:
    """Give the exporter of a module; one that works `together` can make use of several processes."""

    def export(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
        write = getattr(import_module(f"{__name__}.{module}"), function)
        return cast("tuple[Path, ...]", write(graph, folder, workers) if together else write(graph, folder))

    return export


EXPORTERS: dict[str, Exporter] = {
    "turtle": _from("turtle", "write_turtle", together=True),
    "ntriples": _from("ntriples", "write_ntriples", together=True),
    "nquads": _from("nquads", "write_nquads", together=True),
    "trig": _from("trig", "write_trig"),
    "rdf12": _from("rdf12", "write_rdf12", together=True),
    "jsonld": _from("jsonld", "write_jsonld"),
    "graphml": _from("graphml", "write_graphml"),
    "gexf": _from("gexf", "write_gexf"),
    "csv": _from("csv_tables", "write_csv"),
    "parquet": _from("parquet", "write_parquet"),
    "sqlite": _from("sqlite", "write_sqlite"),
    "explorer": _from("explorer_pages", "write_explorer"),
    "html": _from("pyvis_page", "write_html"),
    "iris": _from("iris_file", "write_iris"),
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

DEFAULT_FORMATS: tuple[str, ...] = ("turtle", "parquet", "explorer")


RECIPE = f"{HIDDEN}/build.json"
GIVEN_IRIS = f"{HIDDEN}/given-iris.csv"
"""How a command built what lies in a folder, and the kept IRIs that it was given; see `recipe`."""

FILES: frozenset[str] = frozenset(name for names in MADE.values() for name in names) | {RECIPE, GIVEN_IRIS}
"""Everything that may be put in place in an output folder."""

_PROBE = 1 << 20  # bytes: with less room than that, a failure to write is put down to it
NO_RECIPE: Mapping[str, bytes] = MappingProxyType({})


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS, workers: int = 1) -> tuple[Path, ...]:
    """Write a graph in some formats, Parquet and `iris.csv` always (builds read their own output there); give the files, sorted.

    `workers` is the number of processes for what several can write together; the files are the same for any number.
    All files appear at once, when all are whole: a failed or killed run changes nothing.
    Where the folder holds a graph already, its files of other formats go, so that all that is there tells the same, and what
    was kept for questions goes too; nothing else in it is touched.
    Raises InputError for an unknown format, a folder that cannot be written, or one that another process builds into.
    """
    wanted = _known(formats)
    with hold_lock(folder):
        recover_held(folder, FILES)
        return write_held(graph, folder, wanted, workers=workers)


def write_held(
    graph: GraphTables, folder: Path, formats: Iterable[str], recipe: Mapping[str, bytes] = NO_RECIPE, workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Do as `write`, in a process that holds the lock; `recipe` is the content of `RECIPE` and `GIVEN_IRIS`, which go where they are not in it.

    `progress` is told of each format.
    """
    wanted = _known(formats)
    try:
        with staging(folder) as staged:
            made = _made(graph, staged, wanted, workers, progress)
            (staged / HIDDEN).mkdir()
            for name, content in recipe.items():
                (staged / name).write_bytes(content)
            moves = {*made, *recipe}
            put_in_place(folder, moves, _old(folder) - moves)
        derived_cache.remove(folder)
    except OSError as error:
        raise UnwritableError(folder, error) from error
    return tuple(sorted(folder / name for name in made))


def _made(graph: GraphTables, staged: Path, wanted: Sequence[str], workers: int, progress: Progress | None) -> list[str]:
    """Write files, and name them by their paths below the folder. Raises OSError where there is no room, whatever a library calls it."""
    made: list[str] = []
    try:
        for done, name in enumerate(wanted):
            if progress:
                progress(f"writing {name}", done, len(wanted))
            made += [path.relative_to(staged).as_posix() for path in EXPORTERS[name](graph, staged, workers)]
    except Exception:
        (staged / "probe").write_bytes(bytes(_PROBE))  # raises OSError where the disk is full
        (staged / "probe").unlink()
        raise
    return made


def _known(formats: Iterable[str]) -> list[str]:
    wanted = sorted({"iris", "parquet", *formats})
    for name in wanted:
        if name not in EXPORTERS:
            where = f"format {name}"
            raise InputError(where, "is not known", f"Choose from: {', '.join(EXPORTERS)}")
    return wanted


def _old(folder: Path) -> set[str]:
    """List what an earlier run made."""
    if not (folder / "tables" / "dataset.parquet").is_file():
        return set()
    return {name for name in FILES if (folder / name).is_file() and not is_elsewhere(folder, folder / name)}
