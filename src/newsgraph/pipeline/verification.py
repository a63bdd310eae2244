"""Whether an output folder is equal, byte for byte, to a build from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.progress import Progress
from newsgraph.export import FILES, REPORT, write
from newsgraph.export.parquet import read_tables
from newsgraph.pipeline.graph_build import build_counted
from newsgraph.pipeline.input_report import report_file
from newsgraph.pipeline.manifest import read_manifest
from newsgraph.storage.folder_lock import HIDDEN


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """The number of equal files, the unequal ones (`NAME differs`, `is missing`, `should not be there`), and possible reasons."""

    equal: int
    unequal: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def verify(output: Path, workers: int = 1, progress: Progress | None = None) -> VerificationResult:
    """Repeat the build of an output folder in another folder, without its cache, and compare every file.

    Documents, decisions and lists are read as they are now; kept IRIs are those that were given for the build. Raises InputError if it
    is not known how the folder was built, or if the build cannot be repeated.
    """
    manifest = read_manifest(output)
    before = read_tables(output, checked=False)
    built = build_counted(manifest.paths(), replace(manifest.options(output), workers=workers), progress)
    after = built.tables
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        write(after, Path(folder), manifest.formats)
        (Path(folder) / REPORT).write_bytes(report_file(built.report))
        names = sorted(file for file in FILES if not file.startswith(HIDDEN))
        present = [file for file in names if (output / file).is_file() or (Path(folder) / file).is_file()]
        unequal = [difference for file in present for difference in _differences(file, output, Path(folder))]
    return VerificationResult(len(present) - len(unequal), tuple(unequal), tuple(_reasons(before, after)) if unequal else ())


def _differences(file: str, output: Path, repeated: Path) -> Iterator[str]:
    if not (repeated / file).is_file():
        yield f"{file} should not be there"
    elif not (output / file).is_file():
        yield f"{file} is missing"
    else:
        try:
            is_same = _have_same_bytes(output / file, repeated / file)
        except OSError as error:
            yield f"{file} cannot be read ({error.strerror})"
            return
        if not is_same:
            yield f"{file} differs"


def _have_same_bytes(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while block := first.read(1 << 20):
            if block != second.read(1 << 20):
                return False
    return True


def _reasons(before: GraphTables, after: GraphTables) -> Iterator[str]:
    """Yield what has changed since the folder was built."""
    old, new = (dict(graph["sources"].select("source", "sha256").iter_rows()) for graph in (before, after))
    for what, count in (
        ("new", len(new.keys() - old.keys())),
        ("gone", len(old.keys() - new.keys())),
        ("changed", sum(old[source] != new[source] for source in old.keys() & new.keys())),
    ):
        if count:
            yield f"since it was built, {count:,} document{'s are' if count > 1 else ' is'} {what}"
    if not all(graph["dataset"].height == 1 for graph in (before, after)):
        yield "its table of the data set is not what a build writes"
        return
    for column, what in (("program_version", "newsgraph"), ("lexicon_version", "the lists"), ("model_version", "the extractor")):
        then, now = (graph["dataset"][column].item() for graph in (before, after))
        if then != now:
            yield f"it was built with another version of {what}: {then}, now {now}"
