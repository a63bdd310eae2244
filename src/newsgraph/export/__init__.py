"""Output formats, one module each; a module reads the graph and nothing else.

The module of a format is imported when the format is written, so that `import newsgraph` never waits for networkx or pyvis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from newsgraph.core.errors import ExportError, InputError, NewsgraphError, UnwritableError
from newsgraph.core.graph_tables import NODE_TABLES, SCHEMAS, GraphTables
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
    "ftm": _exporter("follow_the_money", "write_ftm"),
    "neo4j": _exporter("neo4j", "write_neo4j"),
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
    "ftm": ("entities.ftm.json",),
    "neo4j": tuple(f"neo4j/{name}.csv" for name in (*NODE_TABLES.values(), "relationships")),
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

HISTORY = f"{HIDDEN}/history.jsonl"
"""What became of the graph from build to build; see `history.build_records`."""

EXPORTED = "export.json"
"""What an export into another folder wrote; see `pipeline.graph_export`."""

FILES: frozenset[str] = frozenset(name for names in FORMAT_FILES.values() for name in names) | {
    RECIPE, GIVEN_IRIS, REPORT, EXPORTED, HISTORY,
}  # fmt: skip
"""Every file that a build or an export may write into a folder."""

_NEEDED = frozenset({"parquet", "iris"})  # later builds read them, so that without them there is no output
_FIRST = "turtle"  # other formats take over what it has written
_PROBE = 1 << 20  # bytes: with less free space, a failure to write is attributed to a full disk
_REASON = 200  # characters of an error's message that are shown
NO_RECIPE: Mapping[str, bytes] = MappingProxyType({})


def write(graph: GraphTables, folder: Path, formats: Iterable[str] = DEFAULT_FORMATS, workers: int = 1) -> tuple[Path, ...]:
    """Write a graph in some formats, always including Parquet and `iris.csv`, which later builds read; return the paths, sorted.

    `workers` is the number of processes for formats that several can write; the files are the same for any number.
    All files appear at once, when all are complete: a failed or killed run changes nothing.
    If the folder already contains a graph, the formats that it has are written anew too, so that all files describe the same graph; the
    stores that answer queries are removed, and nothing else in the folder is touched.
    Raises InputError for an unknown format, a folder that cannot be written, or one that another process is writing to, and, after the
    other formats were written, ExportError for one that an error of the program keeps from being written.
    """
    names = checked_formats(formats)
    with hold_lock(folder):
        recover_held(folder, FILES)
        written = write_held(graph, folder, (*names, *present_formats(folder)), workers=workers)
    if written.failures:
        raise ExportError(failure.line() for failure in written.failures)
    return written.files


def write_held(
    graph: GraphTables, folder: Path, formats: Iterable[str], recipe: Mapping[str, bytes] = NO_RECIPE, workers: int = 1,
    progress: Progress | None = None, *, reuse: bool = False,
) -> Written:  # fmt: skip
    """Write like `write`, in a process that holds the lock, and return which formats could not be written.

    Formats that are not named are removed, see `present_formats`. `recipe` is the content of the files `RECIPE`, `GIVEN_IRIS`, `HISTORY` and
    `REPORT`; those that it lacks are removed. `progress` is called for each format. With `reuse`, what is unchanged since the graph that the
    folder contains is taken over from there, see `shared_work`.
    """
    from newsgraph.export.shared_work import SharedWork  # noqa: PLC0415 - where nothing is written, no writer is loaded

    names = checked_formats(formats)
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


def add_held(
    graph: GraphTables, folder: Path, formats: Iterable[str], more: Mapping[str, bytes], workers: int = 1, progress: Progress | None = None
) -> Written:  # fmt: skip
    """Write formats of the graph that a folder already holds, or of which it is an export, in a process that holds the lock.

    `more` are further files by name. Other files stay, but for those of a format that cannot be written any more.
    """
    from newsgraph.export.shared_work import SharedWork  # noqa: PLC0415 - as above

    names = known_formats(formats)
    try:
        with staging(folder) as staged:
            written, failures = _write_formats(graph, staged, names, workers, SharedWork(None), progress)
            for name, content in more.items():
                (staged / name).parent.mkdir(exist_ok=True)
                (staged / name).write_bytes(content)
            failed = {file for failure in failures for file in FORMAT_FILES[failure.name] if (folder / file).is_file()}
            put_in_place(folder, {*written, *more}, failed)
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


def checked_formats(formats: Iterable[str]) -> list[str]:
    """Return the names of formats, in the order of writing, with those that are always written. Raises InputError for an unknown one."""
    return list(known_formats({"iris", "parquet", *formats}))


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the names of formats, in the order of writing. Raises InputError for an unknown one."""
    names = tuple(sorted(set(formats), key=lambda name: (name != _FIRST, name)))
    for name in names:
        if name not in EXPORTERS:
            where = f"format {name}"
            raise InputError(where, "is not known", f"Choose from: {', '.join(EXPORTERS)}")
    return names


def present_formats(folder: Path) -> tuple[str, ...]:
    """Return the formats of which the graph in a folder has files, sorted; none if it contains no graph."""
    return formats_of(_previous_files(folder))


def formats_of(files: AbstractSet[str]) -> tuple[str, ...]:
    """Return the formats that some files of a graph are of, sorted; none if its tables are not among them."""
    graph = "tables/dataset.parquet" in files
    return tuple(sorted(name for name, own in FORMAT_FILES.items() if graph and not files.isdisjoint(own)))


def _previous_files(folder: Path) -> set[str]:
    """Return the files of the graph that the folder already contains, relative to it."""
    if not (folder / "tables" / "dataset.parquet").is_file():
        return set()
    return {name for name in FILES if (folder / name).is_file() and not is_elsewhere(folder, folder / name)}
