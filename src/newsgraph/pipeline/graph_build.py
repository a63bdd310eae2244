"""The whole line, one screen: documents are read and extracted part by part, then everything is resolved into one graph."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.iris import DEFAULT_BASE, base_iri, digest
from newsgraph.core.model import ACCEPTED, Problem
from newsgraph.core.progress import Progress
from newsgraph.executor import LOCAL, InProcessExecutor, gc_paused, in_background, open_executor
from newsgraph.extract import default_extractor, open_extractor
from newsgraph.extraction_cache import (
    SIZE,
    DocumentFacts,
    ExtractionSettings,
    extract_cached,
    extract_in_process,
    key_of,
    lexicon_of,
    open_store,
)
from newsgraph.identifiers.company_linking import link_companies
from newsgraph.ingest import Document, Split, cap_problems, find_documents, is_document, split_feeds, spool
from newsgraph.pipeline.user_decisions import read_user_decisions, unapplied_decisions
from newsgraph.resolve import ExtractedArticle, resolve, run_at_once
from newsgraph.storage.code_digest import program_digest
from newsgraph.storage.object_store import local_copy

MANY = 10_000
"""Articles that are worth a second process for resolving, which takes half a second to start."""

COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE = "companies.csv", "ignore.txt", "decisions.yaml"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be told; `companies`, `ignore` and `decisions` are else taken from the input folders where they lie.

    `cache` is a folder in which what was read is kept for the next build, which takes over what still holds, unless it is `fresh`.
    `iris` is the `iris.csv` of a former build, whose IRIs are kept; `packs` are files of company identifiers; with `as_of`
    only what was published up to the end of that day (UTC) is built.
    """

    base: str = DEFAULT_BASE
    companies: Path | None = None
    ignore: Path | None = None
    workers: int = 1
    extractor: str = ""  # empty: the best that is installed
    decisions: Path | None = None
    iris: Path | None = None
    packs: tuple[Path, ...] = ()
    as_of: date | None = None
    threshold: float = ACCEPTED  # least confidence, 0 to 1, of a company mention that stands by itself
    cluster: str = ""  # address of a Dask scheduler, or `local`; empty: `workers` processes of this machine
    cache: Path | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, and of how many documents it was made, a piece of a large feed being one; `read` were not taken over from an earlier build.

    `made_of` is a digest of all that it depends on; `stands` tells that its tables are those of an earlier build, which was made of the same.
    """

    tables: GraphTables
    documents: int
    read: int
    made_of: str = ""
    stands: bool = False


Standing = Callable[[str], GraphTables | None]
"""Gives the tables of a graph that was made of the same, by the digest of all that it was made of, or None."""


def build(inputs: Sequence[Path], options: BuildOptions | None = None, progress: Progress | None = None) -> GraphTables:
    """Read every document below the inputs and make one graph of them.

    `progress` is told what is being done. Raises InputError for an input or an option that cannot
    be used; problems of documents stand in the table `problems` and never stop a build.
    """
    return build_counted(inputs, options, progress).tables


def build_counted(
    inputs: Sequence[Path], options: BuildOptions | None = None, progress: Progress | None = None, standing: Standing | None = None
) -> Built:
    """Do as `build`, and tell how many documents were read; a graph that is `standing` is taken as it is."""
    with ExitStack() as stack:
        copies = [stack.enter_context(local_copy(path, _is_input)) for path in inputs]
        return _built(copies, options or BuildOptions(), progress, standing)


def _is_input(name: str) -> bool:
    return is_document(name) or name in {COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE}


def _built(inputs: Sequence[Path], options: BuildOptions, progress: Progress | None, standing: Standing | None) -> Built:
    base = base_iri(options.base)
    decisions = options.decisions or _beside(inputs, DECISIONS_FILE)
    rulings = read_user_decisions(decisions, options.iris, base)
    manner = ExtractionSettings(
        options.extractor or default_extractor(), options.threshold,
        options.companies or _beside(inputs, COMPANIES_FILE), options.ignore or _beside(inputs, IGNORE_FILE),
    )  # fmt: skip
    lexicon = lexicon_of(manner)
    model_version = open_extractor(manner.extractor, manner.threshold).version
    documents, problems = find_documents(inputs)
    with _pieces(documents, options) as split, _read(split.documents, manner, options, progress) as (found, read):
        readings, sources, more = _told(found, split)
    problems += more
    made_of = _made_of(options, manner.key(lexicon.version, model_version), decisions, sources, problems)
    if standing and (there := standing(made_of)):
        return Built(there, len(split.documents), read, made_of, stands=True)
    if options.as_of:
        readings = [reading for reading in readings if _known_by(options.as_of, reading)]
        known = {reading.article.source for reading in readings}
        sources = [source for source in sources if source[0] in known]
    if progress:
        progress(f"resolving {len(readings):,} articles", 0, None)
    several = options.workers > 1 and len(readings) >= MANY
    with gc_paused(), in_background() if several else nullcontext(run_at_once) as aside:
        resolved = resolve(readings, lexicon, base, options.threshold, rulings, aside)
        del readings  # resolving holds them only for as long as it needs them
        tables = {name: frame(name, rows) for name, rows in resolved}
    if options.packs:
        tables["companies"], tables["id_candidates"] = link_companies(tables["companies"], options.packs)
    if decisions:
        problems += unapplied_decisions(decisions.name, rulings.decisions, tables["decisions"].to_dicts())
    versions = (version("newsgraph"), lexicon.version, model_version)
    run_iri = f"{base}run/{digest(' '.join(versions))}"
    tables["dataset"] = frame("dataset", [_dataset(base, lexicon.version, model_version, run_iri, options.as_of)])
    tables["sources"] = frame(
        "sources", [{"iri": f"{base}source/{sha[:12]}", "source": name, "sha256": sha} for name, sha in sources if sha]
    )
    tables["problems"] = frame("problems", [_problem(problem) for problem in sorted(problems)])
    return Built(make_tables(tables), len(split.documents), read, made_of)


def _told(found: Iterable[DocumentFacts], split: Split) -> tuple[list[ExtractedArticle], list[tuple[str, str]], list[Problem]]:
    """Give what documents hold, each document with the SHA-256 of its bytes, and their problems; pieces of a feed are one document."""
    readings: list[ExtractedArticle] = []
    sources: list[tuple[str, str]] = []
    problems: list[Problem] = []
    told: dict[str, list[Problem]] = {source: [] for source in split.sha256}
    source_of = {document.name: document.source for document in split.documents if document.piece}
    for facts in found:
        readings += facts.readings
        if source := source_of.get(facts.source):
            told[source] += facts.problems
        else:
            sources.append((facts.source, facts.sha256))
            problems += facts.problems
    sources += split.sha256.items()
    return readings, sources, [*problems, *split.problems, *(one for lines in told.values() for one in cap_problems(lines))]


def _made_of(
    options: BuildOptions, manner: str, decisions: Path | None, sources: Iterable[tuple[str, str]], problems: Iterable[Problem]
) -> str:
    """Give a digest of all that a graph is made of: the program, how documents are read, what they hold, and what comes after reading."""
    whole = hashlib.sha256("\n".join((program_digest(), manner, options.base, str(options.as_of))).encode())
    for path in (decisions, options.iris, *options.packs):
        whole.update(b"\n" + hashlib.sha256(path.read_bytes()).digest() if path else b"\n")
    for told in (*sorted(sources), *sorted(problems)):
        whole.update(f"\n{told}".encode())
    return whole.hexdigest()


@contextmanager
def _pieces(documents: Sequence[Document], options: BuildOptions) -> Iterator[Split]:
    with spool(documents, options.cache) as folder:
        yield split_feeds(documents, folder)


@contextmanager
def _read(
    documents: Sequence[Document], manner: ExtractionSettings, options: BuildOptions, progress: Progress | None
) -> Iterator[tuple[Iterable[DocumentFacts], int]]:
    """Read documents: what they gave, through files where there are several processes or it is to be kept, and how many were read."""
    many = len(documents) > SIZE or any(document.piece for document in documents)
    executor = open_executor(options.workers if many or options.cluster else 1, options.cluster)
    if options.cluster not in {"", LOCAL} and not options.cache:
        where = f"cluster {options.cluster}"
        raise InputError(where, "needs a folder for what is read", "Give cache=FOLDER, one that all its workers see by the same path.")
    if options.cache:
        shelf = open_store(options.cache / "facts", manner, key_of(manner), fresh=options.fresh)
        yield extract_cached(shelf, documents, executor, progress)
    elif isinstance(executor, InProcessExecutor) or not many:
        yield extract_in_process(documents, manner, progress), len(documents)
    else:
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            yield extract_cached(open_store(Path(folder), manner, key_of(manner)), documents, executor, progress)


def _known_by(day: date, reading: ExtractedArticle) -> bool:
    """Tell whether an article was out by the end of a day (UTC); of one without a date nobody knows."""
    published = reading.article.published
    return published is not None and published.astimezone(UTC).date() <= day


def _beside(inputs: Sequence[Path], name: str) -> Path | None:
    return next((path / name for path in inputs if (path / name).is_file()), None)


def _dataset(base: str, lexicon_version: str, model_version: str, run_iri: str, as_of: date | None) -> dict[str, object]:
    return {
        "title": "newsgraph", "base": base, "program": "newsgraph", "program_version": version("newsgraph"),
        "lexicon_version": lexicon_version, "model_version": model_version, "run": run_iri, "as_of": as_of,
    }  # fmt: skip


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "source": problem.source,
        "field": problem.field,
        "what": problem.what,
        "hint": problem.hint,
        "severity": problem.severity.value,
    }
