"""The whole line, one screen: documents are read and extracted part by part, then everything is resolved into one graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from functools import partial
from importlib.metadata import version
from pathlib import Path

from newsgraph.executor import collector_off, run
from newsgraph.extract import default_extractor, open_extractor
from newsgraph.graph import GraphTables, frame, make_tables
from newsgraph.identity import DEFAULT_BASE, base_iri, digest
from newsgraph.ingest import Document, find_documents, read_document
from newsgraph.lexicon import load_lexicon
from newsgraph.linked import link_companies
from newsgraph.model import ACCEPTED, Article, Problem
from newsgraph.resolve import Reading, resolve
from newsgraph.rulings import read_rulings, unapplied

PART = 250  # documents a part: large enough to pay for sending it, small enough for a smooth progress bar
READ = 100_000  # characters of an article: a long report; what is longer is a log or a book, and would stall the build
COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE = "companies.csv", "ignore.txt", "decisions.yaml"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be told; `companies`, `ignore` and `decisions` are else taken from the input folders where they lie.

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


@dataclass(frozen=True, slots=True)
class _Read:
    readings: tuple[Reading, ...]
    sources: tuple[tuple[str, str], ...]  # (source, sha256)
    problems: tuple[Problem, ...] = field(default=())


def build(inputs: Sequence[Path], options: BuildOptions | None = None, progress: Callable[[int, int], None] | None = None) -> GraphTables:
    """Read every document below the inputs and make one graph of them.

    `progress` is called with documents done and documents in all. Raises InputError for an input or an option that cannot
    be used; problems of documents stand in the table `problems` and never stop a build.
    """
    options = options or BuildOptions()
    base = base_iri(options.base)
    companies = options.companies or _beside(inputs, COMPANIES_FILE)
    ignore = options.ignore or _beside(inputs, IGNORE_FILE)
    decisions = options.decisions or _beside(inputs, DECISIONS_FILE)
    rulings = read_rulings(decisions, options.iris, base)
    lexicon = load_lexicon(companies, ignore)
    extractor = options.extractor or default_extractor()
    model_version = open_extractor(extractor, options.threshold).version
    documents, problems = find_documents(inputs)
    parts = [documents[at : at + PART] for at in range(0, len(documents), PART)]
    readings: list[Reading] = []
    sources: list[tuple[str, str]] = []
    read = partial(_read_part, companies=companies, ignore=ignore, extractor=extractor, threshold=options.threshold)
    for part in run(read, parts, options.workers):
        readings += part.readings
        sources += part.sources
        problems += part.problems
        if progress:
            progress(len(sources), len(documents))
    if options.as_of:
        readings = [reading for reading in readings if _known_by(options.as_of, reading)]
        known = {reading.article.source for reading in readings}
        sources = [source for source in sources if source[0] in known]
    with collector_off():
        rows = resolve(readings, lexicon, base, options.threshold, rulings)
        tables = {name: frame(name, table) for name, table in rows.items()}
    if options.packs:
        tables["companies"], tables["id_candidates"] = link_companies(tables["companies"], options.packs)
    if decisions:
        problems += unapplied(decisions.name, rulings.decisions, tables["decisions"].to_dicts())
    versions = (version("newsgraph"), lexicon.version, model_version)
    run_iri = f"{base}run/{digest(' '.join(versions))}"
    tables["dataset"] = frame("dataset", [_dataset(base, lexicon.version, model_version, run_iri, options.as_of)])
    tables["sources"] = frame(
        "sources", [{"iri": f"{base}source/{sha[:12]}", "source": name, "sha256": sha} for name, sha in sources if sha]
    )
    tables["problems"] = frame("problems", [_problem(problem) for problem in sorted(problems)])
    return make_tables(tables)


def _read_part(documents: Sequence[Document], companies: Path | None, ignore: Path | None, extractor: str, threshold: float) -> _Read:
    lexicon = load_lexicon(companies, ignore)
    read: list[Article] = []
    sources: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for document in documents:
        articles, found, sha = read_document(document)
        read += articles
        sources.append((document.source, sha))
        problems += found
    problems += [_too_long(article) for article in read if len(article.text) > READ]
    with collector_off():
        facts = open_extractor(extractor, threshold).read([_beginning(article) for article in read], lexicon)
        readings = tuple(Reading(article, one) for article, one in zip(read, facts, strict=True))
    return _Read(readings, tuple(sources), tuple(problems))


def _beginning(article: Article) -> Article:
    """Give an article with no more text than is read; what is left out lies at the end, so that offsets hold."""
    if len(article.text) <= READ:
        return article
    title = article.title[:READ]
    excerpt = article.excerpt[: max(READ - len(title), 0)]
    return replace(article, title=title, excerpt=excerpt, body=article.body[: max(READ - len(title) - len(excerpt), 0)])


def _known_by(day: date, reading: Reading) -> bool:
    """Tell whether an article was out by the end of a day (UTC); of one without a date nobody knows."""
    published = reading.article.published
    return published is not None and published.astimezone(UTC).date() <= day


def _too_long(article: Article) -> Problem:
    what = f"the article has {len(article.text):,} characters, of which the first {READ:,} are read for names and events"
    return Problem(article.source, article.part, what, "Split the document, if it holds more than one article.")


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
