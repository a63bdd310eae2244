"""The whole build on one page: facts are extracted from documents part by part, then everything is resolved into one graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, date
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.iris import base_iri, digest
from newsgraph.core.model import Problem
from newsgraph.core.progress import Progress
from newsgraph.core.withheld_text import without_texts
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
from newsgraph.ingest import (
    SPOOL,
    Document,
    FoundDocuments,
    Split,
    cap_problems,
    find_documents,
    is_document,
    is_other,
    saved_input,
    split_feeds,
    spool,
    unpack_archives,
)
from newsgraph.pipeline.build_options import (
    COMPANIES_FILE,
    DECISIONS_FILE,
    IGNORE_FILE,
    BuildOptions,
    Built,
    FindUnchanged,
    checked_options,
)
from newsgraph.pipeline.crowded_articles import crowded_articles
from newsgraph.pipeline.file_memory import FileMemory
from newsgraph.pipeline.input_report import FileReport, InputReport, input_report
from newsgraph.pipeline.user_decisions import read_user_decisions, unapplied_decisions
from newsgraph.resolve import NO_MEMORY, ExtractedArticle, resolve, run_at_once
from newsgraph.storage.code_digest import program_digest
from newsgraph.storage.object_store import local_copy

__all__ = ["BuildOptions", "Built", "build", "build_counted", "remove_texts"]

_FACTS = "facts"
MANY = 10_000
"""Articles for which a second process speeds up resolving; it takes half a second to start."""


def build(inputs: Sequence[Path], options: BuildOptions | None = None, progress: Progress | None = None) -> GraphTables:
    """Read every document below the inputs and build one graph of them.

    `progress` is called with each step. Raises InputError for an input or an option that cannot be used; problems of documents are in
    the table `problems` and never stop a build.
    """
    return build_counted(inputs, options, progress).tables


def build_counted(
    inputs: Sequence[Path], options: BuildOptions | None = None, progress: Progress | None = None,
    find_unchanged: FindUnchanged | None = None,
) -> Built:  # fmt: skip
    """Build like `build`, and count the documents that were read; a graph that `find_unchanged` returns is not built again."""
    with ExitStack() as stack:
        copies = [stack.enter_context(local_copy(path, _is_input)) for path in stack.enter_context(saved_input(inputs))]
        return _build(copies, options or BuildOptions(), progress, find_unchanged)


def _is_input(name: str) -> bool:
    """Return whether a file of object storage is fetched: one that is known to be no news by its name is not."""
    return is_document(name) or not is_other(name) or name in {COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE}


def _build(inputs: Sequence[Path], options: BuildOptions, progress: Progress | None, find_unchanged: FindUnchanged | None) -> Built:
    options = checked_options(options)
    base = base_iri(options.base)
    decisions = options.decisions or _in_inputs(inputs, DECISIONS_FILE)
    user_decisions = read_user_decisions(decisions, options.iris, base)
    settings = ExtractionSettings(
        options.extractor or default_extractor(), options.threshold,
        options.companies or _in_inputs(inputs, COMPANIES_FILE), options.ignore or _in_inputs(inputs, IGNORE_FILE),
        options.field_map,
    )  # fmt: skip
    lexicon = lexicon_of(settings)
    model_version = open_extractor(settings.extractor, settings.threshold).version
    with _pieces(inputs, options) as (found, split), _extracted(split.documents, settings, options, progress) as (facts, read):
        readings, sources, document_problems, files = _collect(facts, split)
    problems = [*found.problems, *document_problems]
    report = input_report(files, [*found.problems, *split.problems], found.passed_over)
    fingerprint = _fingerprint(options, settings.key(lexicon.version, model_version), decisions, sources, problems, report)
    if find_unchanged and (unchanged := find_unchanged(fingerprint)):
        return Built(unchanged, len(split.documents), read, fingerprint, unchanged=True, report=report)
    if options.as_of:
        readings = [reading for reading in readings if _published_by(options.as_of, reading)]
        used = {reading.article.source for reading in readings}
        sources = [(source, sha256) for source, sha256 in sources if source in used]
    if progress:
        progress(f"resolving {len(readings):,} articles", 0, None)
    memory = FileMemory(options.cache, fresh=options.fresh) if options.cache and options.text else NO_MEMORY
    use_background = options.workers > 1 and len(readings) >= MANY
    with gc_paused(), in_background() if use_background else nullcontext(run_at_once) as defer:
        resolved = resolve(
            readings, lexicon, base, options.threshold, user_decisions, defer, options.event_threshold, memory, options.as_of
        )
        del readings  # resolving keeps them only for as long as it needs them
        tables = {name: frame(name, rows) for name, rows in resolved}
    if options.packs:
        from newsgraph.identifiers.company_linking import link_companies  # noqa: PLC0415 - needs an extra, and is slow to load

        tables["companies"], tables["id_candidates"] = link_companies(tables["companies"], options.packs)
    if decisions:
        problems += unapplied_decisions(decisions.name, user_decisions.decisions, tables["decisions"].to_dicts())
    problems += crowded_articles(tables)
    versions = (version("newsgraph"), lexicon.version, model_version)
    run_iri = f"{base}run/{digest(' '.join(versions))}"
    tables["dataset"] = frame("dataset", [_dataset_row(options, base, lexicon.version, model_version, run_iri)])
    tables["sources"] = frame(
        "sources", [{"iri": f"{base}source/{sha256[:12]}", "source": source, "sha256": sha256} for source, sha256 in sources if sha256]
    )
    tables["problems"] = frame("problems", [_problem_row(problem) for problem in sorted(problems)])
    graph = make_tables(tables)
    return Built(graph if options.text else without_texts(graph), len(split.documents), read, fingerprint, report=report)


def _collect(
    facts: Iterable[DocumentFacts], split: Split
) -> tuple[list[ExtractedArticle], list[tuple[str, str]], list[Problem], list[FileReport]]:
    """Return the extracted articles, each document with the SHA-256 of its bytes, the problems, and what each document gave.

    The pieces of a feed are one document.
    """
    readings: list[ExtractedArticle] = []
    sources: list[tuple[str, str]] = []
    problems: list[Problem] = []
    reports: list[FileReport] = []
    feed_problems: dict[str, list[Problem]] = {source: [] for source in split.sha256}
    feed_of = {document.name: document.source for document in split.documents if document.piece}
    for document in facts:
        readings += document.readings
        feed = feed_of.get(document.source)
        reports.append(
            FileReport(
                feed or document.source, document.dialect, len(document.readings), document.unread, document.losses, document.problems
            )
        )
        if feed:
            feed_problems[feed] += document.problems
        else:
            sources.append((document.source, document.sha256))
            problems += document.problems
    sources += split.sha256.items()
    capped = [problem for of_feed in feed_problems.values() for problem in cap_problems(of_feed)]
    return readings, sources, [*problems, *split.problems, *capped], reports


def _fingerprint(
    options: BuildOptions,
    settings_key: str,
    decisions: Path | None,
    sources: Iterable[tuple[str, str]],
    problems: Iterable[Problem],
    report: InputReport,
) -> str:
    """Return a digest of everything that a graph is made of: the program, the settings of extraction, documents, and options."""
    whole = hashlib.sha256(
        "\n".join((program_digest(), settings_key, options.base, str(options.as_of), str(options.text), options.title)).encode()
    )
    for path in (decisions, None if options.own_iris else options.iris, *options.packs):
        whole.update(b"\n" + hashlib.sha256(path.read_bytes()).digest() if path else b"\n")
    for item in (*sorted(sources), *sorted(problems), *report.passed_over):
        whole.update(f"\n{item}".encode())
    return whole.hexdigest()


def remove_texts(cache: Path) -> None:
    """Remove the facts and the unpacked feeds, which have texts, that builds left in their cache."""
    for folder in (cache / _FACTS, *cache.glob(f"{SPOOL}*")):
        rmtree(folder, ignore_errors=True)


@contextmanager
def _pieces(inputs: Sequence[Path], options: BuildOptions) -> Iterator[tuple[FoundDocuments, Split]]:
    """Yield what was found in the inputs and in their archives, and the documents with pieces in place of large feeds."""
    found = find_documents(inputs)
    with spool((*found.documents, *found.archives), options.cache) as folder:
        found = unpack_archives(found, folder)
        yield found, split_feeds(found.documents, folder)


@contextmanager
def _extracted(
    documents: Sequence[Document], settings: ExtractionSettings, options: BuildOptions, progress: Progress | None
) -> Iterator[tuple[Iterable[DocumentFacts], int]]:
    """Extract facts from documents, and count the documents that were read.

    Facts pass through files if several processes extract them or if they are to be cached.
    """
    many = len(documents) > SIZE or any(document.piece for document in documents)
    executor = open_executor(options.workers if many or options.cluster else 1, options.cluster)
    if options.cluster not in {"", LOCAL} and not options.cache:
        where, hint = f"cluster {options.cluster}", "Give cache=FOLDER, a folder that all its workers see under the same path."
        raise InputError(where, "needs a folder for what its workers extract", hint)
    if options.cache:
        store = open_store(options.cache / _FACTS, settings, key_of(settings), fresh=options.fresh)
        yield extract_cached(store, documents, executor, progress)
    elif isinstance(executor, InProcessExecutor) or not many:
        yield extract_in_process(documents, settings, progress), len(documents)
    else:
        with TemporaryDirectory(prefix="newsgraph-") as folder:
            yield extract_cached(open_store(Path(folder), settings, key_of(settings)), documents, executor, progress)


def _published_by(day: date, reading: ExtractedArticle) -> bool:
    """Return whether an article was published by the end of a day (UTC); false if its date is unknown."""
    published = reading.article.published
    return published is not None and published.astimezone(UTC).date() <= day


def _in_inputs(inputs: Sequence[Path], name: str) -> Path | None:
    return next((path / name for path in inputs if (path / name).is_file()), None)


def _dataset_row(options: BuildOptions, base: str, lexicon_version: str, model_version: str, run_iri: str) -> dict[str, object]:
    return {
        "title": options.title, "base": base, "program": "newsgraph", "program_version": version("newsgraph"),
        "lexicon_version": lexicon_version, "model_version": model_version, "run": run_iri, "as_of": options.as_of,
    }  # fmt: skip


def _problem_row(problem: Problem) -> dict[str, object]:
    return {
        "source": problem.source,
        "field": problem.field,
        "what": problem.what,
        "hint": problem.hint,
        "severity": problem.severity.value,
    }
