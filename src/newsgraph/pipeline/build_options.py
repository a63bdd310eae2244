"""The options of a build and its result, apart from what builds: a build that finds nothing to do needs no more than these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file, check_name
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.iris import DEFAULT_BASE, base_iri
from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT
from newsgraph.pipeline.input_report import NO_REPORT, InputReport

DEFAULT_TITLE = "newsgraph"
COMPANIES_FILE, IGNORE_FILE, DECISIONS_FILE = "companies.csv", "ignore.txt", "decisions.yaml"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of a build.

    Without `companies`, `ignore` and `decisions`, the files of these names in the input folders are used. `cache` is a folder for what was
    read; the next build takes over what is unchanged, unless it is `fresh`. `iris` is the `iris.csv` of an earlier build, whose IRIs are
    kept; `packs` are files of company identifiers. With `as_of`, only what was published up to the end of that day (UTC) is built. Without
    `text`, the graph has no bodies and no quotation of more than 25 words; a `cache` still has the texts.

    >>> newsgraph.BuildOptions(workers=2).threshold
    0.5
    """

    base: str = DEFAULT_BASE
    companies: Path | None = None
    ignore: Path | None = None
    workers: int = 1
    extractor: str = ""  # empty: the best one that is installed
    decisions: Path | None = None
    iris: Path | None = None
    new_iris: bool = False  # do not keep the IRIs of the graph that the output folder has
    day: date | None = None  # day of this build in the history of its folder; None: the last day on which an article was published
    own_iris: bool = False  # `iris` are those of the output folder itself: they follow from earlier builds and make no build another one
    packs: tuple[Path, ...] = ()
    as_of: date | None = None
    threshold: float = ACCEPTED  # confidence, 0 to 1, at which a company mention counts alone
    event_threshold: float = ACCEPTED_EVENT  # confidence, 0 to 1, at which a report makes an event
    cluster: str = ""  # address of a Dask scheduler, or `local`; empty: `workers` processes of this machine
    cache: Path | None = None
    fresh: bool = False
    text: bool = True
    field_map: Path | None = None  # YAML file of the names that fields have in the documents
    title: str = DEFAULT_TITLE  # of the graph: a name of the corpus for people


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, and the number of its documents; a piece of a large feed counts as a document.

    `read` is the number of documents that were read, while the facts of the others came from the cache. `fingerprint` is a digest of
    everything on which the graph depends; `unchanged` means that the tables are those of an earlier build with the same fingerprint.
    `report` is the account of the inputs.
    """

    tables: GraphTables
    documents: int
    read: int
    fingerprint: str = ""
    unchanged: bool = False
    report: InputReport = NO_REPORT


def given_files(options: BuildOptions) -> tuple[Path, ...]:
    """Return the files that options name: lists, decisions, IRIs, names of fields, and packs."""
    of_options = (options.companies, options.ignore, options.decisions, options.iris, options.field_map, *options.packs)
    return tuple(path for path in of_options if path)


def checked_options(options: BuildOptions) -> BuildOptions:
    """Return the options with a title that can be shown, on one line.

    Raises InputError if an option names a pipe or a device, on which a build would wait, or a file whose name is not in UTF-8, for a base
    that is no IRI, and for a confidence outside of 0 to 1.
    """
    base_iri(options.base)
    for path in given_files(options):
        check_name(path)
        check_given_file(path)
    if not options.extractor.isprintable():
        where, hint = f"--extractor {options.extractor!a}", "Name one that newsgraph has, such as rules."
        raise InputError(where, "is no extractor", hint)
    if not 0 <= options.event_threshold <= 1:
        where = f"--event-threshold {options.event_threshold:g}"
        hint = f"Use a number such as {ACCEPTED_EVENT:g}: higher is surer, lower finds more."
        raise InputError(where, "is not between 0 and 1", hint)
    return options if options.title.isprintable() else replace(options, title=_shown_title(options.title))


def _shown_title(title: str) -> str:
    """Return a title with what cannot be printed as single blanks, as pages of a site have it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in title).split())


FindUnchanged = Callable[[str], GraphTables | None]
"""Returns the tables of an earlier graph with a fingerprint, or None."""
