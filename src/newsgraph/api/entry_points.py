"""The functions that read documents or a graph: `build` and `read_articles` read documents, `load` an output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from newsgraph.api.news_graph import NewsGraph
from newsgraph.core.iris import DEFAULT_BASE
from newsgraph.core.model import ACCEPTED, ACCEPTED_EVENT, Problem


def build(
    *inputs: str | Path | Iterable[str | Path],
    base: str = DEFAULT_BASE,
    companies: str | Path | None = None,
    ignore: str | Path | None = None,
    decisions: str | Path | None = None,
    iris: str | Path | None = None,
    packs: Iterable[str | Path] = (),
    as_of: date | None = None,
    workers: int = 1,
    extractor: str | None = None,
    threshold: float | None = None,
    event_threshold: float | None = None,
    cache: str | Path | None = None,
    text: bool = True,
    title: str | None = None,
) -> NewsGraph:
    """Build a graph from files and folders of news documents.

    >>> newsgraph.build("seeds")
    <NewsGraph: 8 articles, 3 companies, 5 events, 1 stories>
    >>> newsgraph.build("seeds", extractor="rules", as_of=date(2021, 11, 17)).articles["published"].dt.date().to_list()
    [datetime.date(2021, 11, 15)]

    - `base`: the start of all IRIs in the graph.
    - `companies`: a CSV file of known companies; `ignore`: a text file of names that are not companies, one per line; `decisions`: a YAML
      file of decisions by people. Without them, `companies.csv`, `ignore.txt` and `decisions.yaml` of the input folders are used.
    - `iris`: the `iris.csv` of an earlier build; what is still the same thing keeps its IRI.
    - `packs`: files of company identifiers, made by `newsgraph pack`.
    - `as_of`: build only what was known at the end of this day (UTC).
    - `workers`: number of processes.
    - `extractor`: how texts are read: `none`, `rules`, `names`, `reader`, `spacy:PIPELINE` or a plugged-in one; None for the best
      one installed.
    - `threshold`: the confidence, 0 to 1, that a company mention needs to count by itself: higher is more precise, lower finds more; None
      for the measured default.
    - `event_threshold`: the confidence, 0 to 1, that type and parties of a reported event are right; None for the default (.5), at which
      a false event costs as much as a missed one.
    - `cache`: a folder for what was read; the next build with it reads only documents that are new or changed.
    - `text`: False for a graph without the articles' bodies and without any sentence of more than 25 words.
    - `title`: a name of the corpus for people, which pages and RDF show.

    Problems of documents are rows of the table `problems` and never stop a build. Raises `InputError` for an input or an option that
    cannot be used.
    """
    from newsgraph.pipeline.build_options import BuildOptions  # noqa: PLC0415 - ingest and extract are loaded when they are used
    from newsgraph.pipeline.graph_build import build as build_tables  # noqa: PLC0415 - as above

    paths = [Path(path) for part in inputs for path in ((part,) if isinstance(part, str | Path) else part)]
    options = BuildOptions(
        base=base, companies=_path(companies), ignore=_path(ignore), decisions=_path(decisions), iris=_path(iris), packs=tuple(map(Path, packs)), as_of=as_of,
        workers=workers, extractor=extractor or "", cache=_path(cache), text=text,
    )  # fmt: skip
    options = options if threshold is None else replace(options, threshold=threshold)
    options = options if title is None else replace(options, title=title)
    return NewsGraph(build_tables(paths, options if event_threshold is None else replace(options, event_threshold=event_threshold)))


def read_articles(
    *inputs: str | Path | Iterable[str | Path], extractor: str | None = None, threshold: float | None = None, event_threshold: float | None = None,
    problems: list[str] | None = None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Read what each article of files and folders says by itself, without a graph: its entities and its events, one dictionary an article.

    >>> article = next(newsgraph.read_articles("seeds", extractor="rules"))
    >>> [(entity["name"], entity["weight"]) for entity in article["entities"]]
    [('Sanofi', 'party'), ('Owkin', 'party')]
    >>> event = article["events"][0]
    >>> event["type"], event["roles"], event["status"], event["when"]
    ('investment', {'investor': 'Sanofi', 'target': 'Owkin'}, 'announced', '2021-11-18')
    >>> start, end = article["entities"][0]["spans"][0]
    >>> article["text"][start:end]
    'Sanofi'

    - `extractor`: how texts are read, see `build`; `threshold` and `event_threshold`: the confidence, 0 to 1, that a company and an event
      need.
    - `problems`: a list to which a line is added for each problem of a document.

    Articles come in the order of the documents, each as soon as it is read. docs/reading.md describes the keys, which are those of
    annotated articles, so that `newsgraph score --articles` can compare the two. Raises `InputError` if an input does not exist or the
    extractor cannot be used, `MissingExtraError` for an extractor that is not installed.
    """
    from newsgraph.pipeline import article_readings  # noqa: PLC0415 - loaded when it is used

    noted: list[Problem] = []
    paths = [Path(path) for item in inputs for path in ([item] if isinstance(item, str | Path) else item)]
    least, least_event = (ACCEPTED if threshold is None else threshold, ACCEPTED_EVENT if event_threshold is None else event_threshold)
    for article in article_readings.read_articles(paths, extractor or "", least, noted, least_event):
        yield article
        _take(noted, problems)
    _take(noted, problems)


def _take(noted: list[Problem], lines: list[str] | None) -> None:
    """Move problems to the lines of the caller."""
    if lines is not None:
        lines += [problem.line() for problem in noted]
    noted.clear()


def load(folder: str | Path) -> NewsGraph:
    """Load a graph from the folder that it was written to: the output folder of a build, or a folder that `NewsGraph.write` wrote.

    >>> written = kg.write("my-graph", formats=["parquet"])
    >>> newsgraph.load("my-graph")
    <NewsGraph: 8 articles, 3 companies, 5 events, 1 stories>

    What the first question loads is kept in `.newsgraph/` of that folder, so later questions, and other programs, start at once. Raises
    `InputError` if the folder holds no graph.
    """
    from newsgraph.export.parquet import is_table, read_tables  # noqa: PLC0415 - loaded when it is used
    from newsgraph.storage.derived_cache import table_origin  # noqa: PLC0415 - as above
    from newsgraph.storage.object_store import local_copy  # noqa: PLC0415 - as above

    with local_copy(Path(folder), is_table) as copy:
        read_from = table_origin(copy) if copy == Path(folder) else None
        return NewsGraph(read_tables(copy), read_from)


def _path(value: str | Path | None) -> Path | None:
    return None if value is None else Path(value)
