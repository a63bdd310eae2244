"""The graph for people who go on in Python: tables, SPARQL, networks, pictures, all from one object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables
from newsgraph.core.iris import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx
    import pyvis.network
    import rdflib

    from newsgraph.diff.difference import Difference
    from newsgraph.explorer.widget import Explorer
    from newsgraph.provenance.explanation import Statement
    from newsgraph.query.graph_statistics import Stats
    from newsgraph.query.sparql import QueryStore
    from newsgraph.shacl.validation import Finding
    from newsgraph.storage.derived_cache import TableOrigin

# The view may run its own script and nothing else: no request, no form, no access to the notebook around it.
_FRAME = '<iframe sandbox="allow-scripts" width="100%" height="720" style="border:0" title="{title}" srcdoc="{page}"></iframe>'


class View:
    """A picture of a graph that a notebook shows; elsewhere `page` is the whole HTML page."""

    def __init__(self, page: str) -> None:
        """Hold one HTML page."""
        self.page = page

    def _repr_html_(self) -> str:
        return _FRAME.format(title="newsgraph: companies, providers, topics and events", page=escape(self.page))

    def __repr__(self) -> str:
        """Say how to see it."""
        return "<newsgraph view: shown by a notebook, or write .page to a file and open it>"


class NewsGraph:
    """A knowledge graph of news; every table of `graph.SCHEMAS` is an attribute: `kg.articles`, `kg.companies`, `kg.events`.

    Tables are polars frames; `.to_pandas()` of a table gives a pandas one. A NewsGraph never changes.
    """

    def __init__(self, tables: GraphTables, origin: TableOrigin | None = None) -> None:
        """Wrap the tables of a graph, and the folder that they were read from; `build` and `load` do this."""
        self.tables = tables
        self._origin = origin

    def __getattr__(self, name: str) -> pl.DataFrame:
        """Give a table by its name."""
        if name not in SCHEMAS:
            message = f"NewsGraph has no attribute {name}. Its tables: {', '.join(SCHEMAS)}."
            raise AttributeError(message)
        return self.tables[name]

    def __dir__(self) -> list[str]:
        """List the tables too, for completion."""
        return sorted({*super().__dir__(), *SCHEMAS})

    def query(self, question: str, **parameters: str) -> pl.DataFrame:
        """Answer SPARQL, or a named question with its parameters: `kg.query("co-mentioned", company="Sanofi")`.

        Companies and topics are known by any of their names; an IRI that was replaced is asked as the one that stands for it now. Columns are typed; see `query.Store.ask`. Raises `QueryError` or `UnknownNameError`.
        """
        from newsgraph.query.named_questions import is_name  # noqa: PLC0415 - the engine is loaded when it is asked

        return self._store.ask_named(question, parameters) if is_name(question) or parameters else self._store.ask(question)

    @cached_property
    def _store(self) -> QueryStore:
        from newsgraph.query.sparql import QueryStore  # noqa: PLC0415 - as above

        return QueryStore(self.tables, self._origin)

    def questions(self) -> pl.DataFrame:
        """List the named questions: name, question, parameters."""
        from newsgraph.query.named_questions import questions  # noqa: PLC0415 - as above

        rows = [(question.name, question.question, ", ".join(question.parameters)) for question in questions().values()]
        return pl.DataFrame(rows, schema=["name", "question", "parameters"], orient="row")

    def why(self, a: str, b: str | None = None, *, limit: int = 20) -> tuple[Statement, ...]:
        """Give every statement between two nodes, or of one, each with its sentence, article, rule and confidence."""
        from newsgraph.provenance.explanation import why  # noqa: PLC0415 - loaded when it is asked

        return why(self.tables, a, b, limit=limit)

    def storyline(self, name: str) -> pl.DataFrame:
        """Give the events and stories of a company, organisation, person, product, place or topic in order of time.

        Columns are the fields of `storyline.Step`; the events of a story follow it.
        """
        from newsgraph.query.storyline_steps import storyline, storyline_frame  # noqa: PLC0415 - loaded when it is asked

        return storyline_frame(storyline(self.tables, name))

    def as_of(self, day: date) -> NewsGraph:
        """Give what could be known at the end of a day (UTC): the articles published by then, and what rests on them."""
        from newsgraph.query.point_in_time import as_of  # noqa: PLC0415 - loaded when it is asked

        return NewsGraph(as_of(self.tables, day))

    def check(self, *, reference: bool = False) -> tuple[Finding, ...]:
        """Check the graph against its SHACL shapes; an empty tuple means that it keeps them. `reference`: by pySHACL alone, slowly."""
        from newsgraph.shacl.validation import check  # noqa: PLC0415 - rdflib is heavy

        return check(self.tables, reference=reference)

    def diff(self, new: NewsGraph) -> Difference:
        """Tell what differs in a newer graph: nodes that are new, gone, changed or known by another IRI."""
        from newsgraph.diff.graph_diff import diff  # noqa: PLC0415 - loaded when it is asked

        return diff(self.tables, new.tables)

    def stats(self) -> Stats:
        """Count what the graph holds."""
        from newsgraph.query.graph_statistics import stats  # noqa: PLC0415 - loaded when it is asked

        return stats(self.tables)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Give all nodes and edges as a directed multigraph with typed attributes."""
        from newsgraph.export.network import to_networkx  # noqa: PLC0415 - networkx is heavy

        return to_networkx(self.tables)

    def company_network(self) -> nx.Graph[str]:
        """Give the companies, joined where articles name both or events have both as parties, weighted by their number."""
        from newsgraph.export.network import company_network  # noqa: PLC0415 - networkx is heavy

        return company_network(self.tables)

    def to_rdflib(self) -> rdflib.Graph:
        """Give all statements as an rdflib graph."""
        from newsgraph.rdf.rdflib_graph import to_rdflib  # noqa: PLC0415 - rdflib is heavy

        return to_rdflib(self.tables)

    def to_pyvis(self) -> pyvis.network.Network:
        """Give the pyvis network of companies, providers, topics and events, the most connected ones of a large graph."""
        from newsgraph.export.pyvis_page import to_pyvis  # noqa: PLC0415 - pyvis is heavy

        return to_pyvis(self.tables)

    def explore(self, height: int = 640, engine: str = "networkx") -> Explorer:
        """Show the viewer of `graph.html` in a notebook, `height` pixels high; `.selection` of what it gives is a frame of what is chosen.

        `engine` finds the communities of the map: `networkx`, or `networkit` where it is installed. Needs `pip install 'newsgraph[notebook]'`; raises `NewsgraphError` without it.
        """
        try:
            from newsgraph.explorer.widget import Explorer  # noqa: PLC0415 - an extra, loaded when it is asked
        except ModuleNotFoundError as error:
            if error.name not in {"anywidget", "traitlets"}:
                raise
            message = "the explorer needs anywidget, which is not installed. Install it with pip install 'newsgraph[notebook]', or open graph.html"
            raise NewsgraphError(message) from error
        return Explorer(self.tables, height, engine)

    def show(self) -> View:
        """Show the network in a notebook, in a frame that can reach nothing outside itself."""
        from newsgraph.export.pyvis_page import write_html  # noqa: PLC0415 - pyvis is heavy

        with TemporaryDirectory(prefix="newsgraph-") as folder:
            (path,) = write_html(self.tables, Path(folder))
            return View(path.read_text("utf-8"))

    def write(self, folder: str | Path, formats: Iterable[str] | None = None, *, workers: int = 1) -> tuple[Path, ...]:
        """Write the graph into a folder and give the files; `formats` are names of `export.EXPORTERS`, `workers` a number of processes."""
        from newsgraph.export import DEFAULT_FORMATS, write  # noqa: PLC0415 - writers are loaded when they are used

        return write(self.tables, Path(folder), DEFAULT_FORMATS if formats is None else formats, workers)

    def __repr__(self) -> str:
        """Say in one line what the graph holds."""
        counts = ", ".join(f"{self.tables[name].height:,} {name}" for name in ("articles", "companies", "events", "stories"))
        return f"<NewsGraph: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{count:,}</td></tr>" for name, count in self.stats().counts)
        return f"<table><caption>NewsGraph</caption>{rows}</table>"


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
    cache: str | Path | None = None,
) -> NewsGraph:
    """Build a graph from folders and files: `build("seeds/")`.

    `base` is the IRI that all names start with; `companies` is a CSV file of companies and `ignore` a file of names that
    are none; `decisions` is a file of what people decided, `iris` the `iris.csv` of a former build, whose IRIs are kept; `packs`
    are files of company identifiers; with
    `as_of` only what was published up to the end of that day (UTC) is built; `workers` is a number of processes. `extractor` is `rules`, `tagger`, `spacy:PIPELINE` or one that is plugged in (None:
    the best that is installed); `threshold` is the least confidence, 0 to 1, of a company mention that stands by itself:
    higher is surer, lower finds more (None: the measured default). `cache` is a folder in which what was read is kept: the next build reads only documents
    that are new or changed (that of the command line is `.newsgraph` in the output folder). What was wrong with a document stands in the table `problems`.
    """
    from newsgraph.pipeline.graph_build import BuildOptions  # noqa: PLC0415 - ingest and extract are loaded when they are used
    from newsgraph.pipeline.graph_build import build as build_tables  # noqa: PLC0415 - as above

    paths = [Path(path) for part in inputs for path in ((part,) if isinstance(part, str | Path) else part)]
    options = BuildOptions(
        base=base, companies=_path(companies), ignore=_path(ignore), decisions=_path(decisions), iris=_path(iris), packs=tuple(map(Path, packs)), as_of=as_of,
        workers=workers, extractor=extractor or "", cache=_path(cache),
    )  # fmt: skip
    return NewsGraph(build_tables(paths, options if threshold is None else replace(options, threshold=threshold)))


def load(folder: str | Path) -> NewsGraph:
    """Read a graph back from the folder that it was written to; raises `InputError` where there is none.

    What its first question loads is kept in `.newsgraph/` of that folder, so that later questions, and other programs, wait for nothing.
    """
    from newsgraph.export.parquet import is_table, read_tables  # noqa: PLC0415 - loaded when it is used
    from newsgraph.storage.derived_cache import table_origin  # noqa: PLC0415 - as above
    from newsgraph.storage.object_store import local_copy  # noqa: PLC0415 - as above

    with local_copy(Path(folder), is_table) as copy:
        read_from = table_origin(copy) if copy == Path(folder) else None
        return NewsGraph(read_tables(copy), read_from)


def _path(value: str | Path | None) -> Path | None:
    return None if value is None else Path(value)
