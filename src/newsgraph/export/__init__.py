"""Output formats, one module each; a module reads the graph and nothing else.

The module of a format is imported when the format is written, so that `import newsgraph` never waits for networkx or pyvis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from newsgraph.core.errors import ExportError, InputError, NewsgraphError, UnwritableError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.core.progress import Progress
from newsgraph.storage import derived_cache
from newsgraph.storage.atomic_swap import is_elsewhere, put_in_place, recover_held, staging
from newsgraph.storage.file_digests import MANIFEST
from newsgraph.storage.folder_lock import HIDDEN, hold_lock

if TYPE_CHECKING:
    from newsgraph.export.shared_work import SharedWork


class Exporter(Protocol):
    """Writes a graph into an existing folder and returns the paths of its files."""

    def __call__(self, graph: GraphTables, folder: Path, workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
        """Write with that many processes where it pays off, and with what other formats have done; the files are the same for any."""
        ...


def _exporter(module: str, function: str, *, parallel: bool = False, sharing: bool = False) -> Exporter:
    """Return an exporter that imports its module when it is called.

    A `parallel` one can use several processes; a `sharing` one, which can too, also shares work with others.
    """

    def export(graph: GraphTables, folder: Path, workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
        write = getattr(import_module(f"{__name__}.{module}"), function)
        arguments = (workers, shared) if sharing else (workers,) if parallel else ()
        return cast("tuple[Path, ...]", write(graph, folder, *arguments))

    return export


EXPORTERS: dict[str, Exporter] = {
    "turtle": _exporter("turtle", "write_turtle", sharing=True),
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
    "explorer": _exporter("explorer_pages", "write_explorer", sharing=True),
    "html": _exporter("pyvis_page", "write_html", sharing=True),
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
    "parquet": (*(f"tables/{name}.parquet" for name in SCHEMAS), f"tables/{MANIFEST}"),
    "sqlite": ("newsgraph.sqlite",),
    "explorer": ("graph.html", "ask.html"),
    "html": ("network.html",),
    "iris": ("iris.csv",),
}
"""The files of each format, relative to the output folder."""

DEFAULT_FORMATS: tuple[str, ...] = ("turtle", "parquet", "explorer")


@dataclass(frozen=True, slots=True)
class FormatFailure:
    """A format that could not be written, and why; the others were."""

    name: str
    reason: str

    def line(self) -> str:
        """Return the failure as one line for a person."""
        return f"format {self.name}: could not be written ({self.reason}); the other formats were. Please report this fault of newsgraph"


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, sorted, and the formats that could not be."""

    files: tuple[Path, ...] = ()
    failures: tuple[FormatFailure, ...] = ()


RECIPE = f"{HIDDEN}/build.json"
GIVEN_IRIS = f"{HIDDEN}/given-iris.csv"
"""The build manifest of an output folder, and the IRIs that the build was asked to keep; see `pipeline.manifest`."""

REPORT = "report.json"
"""The account of the inputs of a build; see `pipeline.input_report`."""

FILES: frozenset[str] = frozenset(name for names in FORMAT_FILES.values() for name in names) | {RECIPE, GIVEN_IRIS, REPORT}
"""Every file that a build may write into an output folder."""

_NEEDED = frozenset({"parquet", "iris"})  # later builds read them, so that without them there is no output
_FIRST = "turtle"  # other formats take over what it has written
_PROBE = 1 << 20  # bytes: with less free space, a failure to write is attributed to a full disk
_REASON = 200  # characters of an error's message that are shown
NO_RECIPE: Mapping[str, bytes] = MappingProxyType({})


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS, workers: int = 1) -> tuple[Path, ...]:
    """Write a graph in some formats, always including Parquet and `iris.csv`, which later builds read; return the paths, sorted.

    `workers` is the number of processes for formats that several can write; the files are the same for any number.
    All files appear at once, when all are complete: a failed or killed run changes nothing.
    If the folder already contains a graph, its files in other formats are removed, so that all files describe the same graph, and so
    are the stores that answer queries; nothing else in the folder is touched.
    Raises InputError for an unknown format, a folder that cannot be written, or one that another process is writing to, and, after the
    other formats were written, ExportError for one that an error of the program keeps from being written.
    """
    names = _checked(formats)
    with hold_lock(folder):
        recover_held(folder, FILES)
        written = write_held(graph, folder, names, workers=workers)
    if written.failures:
        raise ExportError(failure.line() for failure in written.failures)
    return written.files


def write_held(
    graph: GraphTables, folder: Path, formats: Iterable[str], recipe: Mapping[str, bytes] = NO_RECIPE, workers: int = 1,
    progress: Progress | None = None, *, reuse: bool = False,
) -> Written:  # fmt: skip
    """Write like `write`, in a process that holds the lock, and return which formats could not be written.

    `recipe` is the content of the files `RECIPE`, `GIVEN_IRIS` and `REPORT`; those that it lacks are removed. `progress` is called for each format.
    With `reuse`, what is unchanged since the graph that the folder contains is taken over from there, see `shared_work`.
    """
    from newsgraph.export.shared_work import SharedWork  # noqa: PLC0415 - where nothing is written, no writer is loaded

    names = _checked(formats)
    try:
        with staging(folder) as staged:
            written, failures = _write_formats(graph, staged, names, workers, SharedWork(folder if reuse else None), progress)
            (staged / HIDDEN).mkdir()
            for name, content in recipe.items():
                (staged / name).write_bytes(content)
            moves = {*written, *recipe}
            put_in_place(folder, moves, _previous_files(folder) - moves)
        derived_cache.remove(folder)
    except OSError as error:
        raise UnwritableError(folder, error) from error
    return Written(tuple(sorted(folder / name for name in written)), tuple(failures))


def _write_formats(
    graph: GraphTables, staged: Path, names: Sequence[str], workers: int, shared: SharedWork, progress: Progress | None
) -> tuple[list[str], list[FormatFailure]]:
    """Write the formats and return the files, relative to the folder, and the formats that an error keeps from being written.

    Raises OSError if the disk is full, whatever a library raises, and what a format raises without which there is no output.
    """
    written: list[str] = []
    failures: list[FormatFailure] = []
    for done, name in enumerate(names):
        if progress:
            progress(f"writing {name}", done, len(names))
        try:
            written += [path.relative_to(staged).as_posix() for path in EXPORTERS[name](graph, staged, workers, shared)]
        except (OSError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of a library in Rust is no Exception
            (staged / "probe").write_bytes(bytes(_PROBE))  # raises OSError if the disk is full
            (staged / "probe").unlink()
            if name in _NEEDED or isinstance(error, NewsgraphError):
                raise
            failures.append(FormatFailure(name, _reason(error)))
            for file in FORMAT_FILES[name]:
                (staged / file).unlink(missing_ok=True)
    return written, failures


def _reason(error: BaseException) -> str:
    message = " ".join(str(error).split())[:_REASON]
    return ": ".join(filter(None, (type(error).__name__, message)))


def _checked(formats: Iterable[str]) -> list[str]:
    names = sorted({"iris", "parquet", *formats}, key=lambda name: (name != _FIRST, name))
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
