"""Output formats, one module each; a module reads the graph and nothing else.

The module of a format is imported when the format is written, so that `import newsgraph` never waits for networkx or pyvis.
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
    """Writes a graph into an existing folder and returns the paths of its files."""

    def __call__(self, graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
        """Write with that many processes where it pays off; the files are the same for any number."""
        ...


def _exporter(module: str, function: str, *, parallel: bool = False) -> Exporter:
    """Return an exporter that imports its module when it is called; a `parallel` one can use several processes."""

    def export(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
        write = getattr(import_module(f"{__name__}.{module}"), function)
        return cast("tuple[Path, ...]", write(graph, folder, workers) if parallel else write(graph, folder))

    return export


EXPORTERS: dict[str, Exporter] = {
    "turtle": _exporter("turtle", "write_turtle", parallel=True),
    "ntriples": _exporter("ntriples", "write_ntriples", parallel=True),
    "nquads": _exporter("nquads", "write_nquads", parallel=True),
    "trig": _exporter("trig", "write_trig"),
    "rdf12": _exporter("rdf12", "write_rdf12", parallel=True),
    "jsonld": _exporter("jsonld", "write_jsonld"),
    "graphml": _exporter("graphml", "write_graphml"),
    "gexf": _exporter("gexf", "write_gexf"),
    "csv": _exporter("csv_tables", "write_csv"),
    "parquet": _exporter("parquet", "write_parquet"),
    "sqlite": _exporter("sqlite", "write_sqlite"),
    "explorer": _exporter("explorer_pages", "write_explorer"),
    "html": _exporter("pyvis_page", "write_html"),
    "iris": _exporter("iris_file", "write_iris"),
}
"""All formats by name."""

FORMAT_FILES: dict[str, tuple[str, ...]] = {
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
"""The files of each format, relative to the output folder."""

DEFAULT_FORMATS: tuple[str, ...] = ("turtle", "parquet", "explorer")


RECIPE = f"{HIDDEN}/build.json"
GIVEN_IRIS = f"{HIDDEN}/given-iris.csv"
"""The build manifest of an output folder, and the IRIs that the build was asked to keep; see `pipeline.manifest`."""

REPORT = "report.json"
"""The account of the inputs of a build; see `pipeline.input_report`."""

FILES: frozenset[str] = frozenset(name for names in FORMAT_FILES.values() for name in names) | {RECIPE, GIVEN_IRIS, REPORT}
"""Every file that a build may write into an output folder."""

_PROBE = 1 << 20  # bytes: with less free space, a failure to write is attributed to a full disk
NO_RECIPE: Mapping[str, bytes] = MappingProxyType({})


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS, workers: int = 1) -> tuple[Path, ...]:
    """Write a graph in some formats, always including Parquet and `iris.csv`, which later builds read; return the paths, sorted.

    `workers` is the number of processes for formats that several can write; the files are the same for any number.
    All files appear at once, when all are complete: a failed or killed run changes nothing.
    If the folder already contains a graph, its files in other formats are removed, so that all files describe the same graph, and so
    are the stores that answer queries; nothing else in the folder is touched.
    Raises InputError for an unknown format, a folder that cannot be written, or one that another process is writing to.
    """
    names = _checked(formats)
    with hold_lock(folder):
        recover_held(folder, FILES)
        return write_held(graph, folder, names, workers=workers)


def write_held(
    graph: GraphTables, folder: Path, formats: Iterable[str], recipe: Mapping[str, bytes] = NO_RECIPE, workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write like `write`, in a process that holds the lock.

    `recipe` is the content of the files `RECIPE`, `GIVEN_IRIS` and `REPORT`; those that it lacks are removed. `progress` is called for each format.
    """
    names = _checked(formats)
    try:
        with staging(folder) as staged:
            written = _write_formats(graph, staged, names, workers, progress)
            (staged / HIDDEN).mkdir()
            for name, content in recipe.items():
                (staged / name).write_bytes(content)
            moves = {*written, *recipe}
            put_in_place(folder, moves, _previous_files(folder) - moves)
        derived_cache.remove(folder)
    except OSError as error:
        raise UnwritableError(folder, error) from error
    return tuple(sorted(folder / name for name in written))


def _write_formats(graph: GraphTables, staged: Path, names: Sequence[str], workers: int, progress: Progress | None) -> list[str]:
    """Write the formats and return the files, relative to the folder. Raises OSError if the disk is full, whatever a library raises."""
    written: list[str] = []
    try:
        for done, name in enumerate(names):
            if progress:
                progress(f"writing {name}", done, len(names))
            written += [path.relative_to(staged).as_posix() for path in EXPORTERS[name](graph, staged, workers)]
    except Exception:
        (staged / "probe").write_bytes(bytes(_PROBE))  # raises OSError if the disk is full
        (staged / "probe").unlink()
        raise
    return written


def _checked(formats: Iterable[str]) -> list[str]:
    names = sorted({"iris", "parquet", *formats})
    for name in names:
        if name not in EXPORTERS:
            where = f"format {name}"
            raise InputError(where, "is not known", f"Choose from: {', '.join(EXPORTERS)}")
    return names


def _previous_files(folder: Path) -> set[str]:
    """Return the files of the graph that the folder already contains, relative to it."""
    if not (folder / "tables" / "dataset.parquet").is_file():
        return set()
    return {name for name in FILES if (folder / name).is_file() and not is_elsewhere(folder, folder / name)}
