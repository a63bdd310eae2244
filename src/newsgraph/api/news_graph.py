"""The graph as one Python object: tables, SPARQL, networks, pictures and files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.api.graph_publications import GraphPublications
from newsgraph.api.view import View
from newsgraph.core.errors import MissingExtraError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables

if TYPE_CHECKING:
    import networkx as nx
    import pyvis.network
    import rdflib

    from newsgraph.analytics.graph_analytics import Analytics
    from newsgraph.diff.difference import Difference
    from newsgraph.explorer.widget import Explorer
    from newsgraph.query.graph_statistics import Stats
    from newsgraph.shacl.validation import Finding
    from newsgraph.storage.derived_cache import TableOrigin


class NewsGraph(GraphPublications):
    """A knowledge graph of news.

    Every table of `core.graph_tables.SCHEMAS` is an attribute, as a polars data frame; `.to_pandas()` of a table returns a pandas one (extra `pandas`).
    `tables` holds all of them. A NewsGraph never changes. `newsgraph.build` and `newsgraph.load` return one.

    >>> kg = newsgraph.build("seeds")
    >>> kg.companies.select("name", "articles").rows()
    [('Deloitte', 1), ('Owkin', 7), ('Sanofi', 8)]
    >>> kg.events.filter(type="investment").select("label", "amount", "currency").rows()
    [('Sanofi invests $180M in Owkin', 180000000.0, 'USD')]
    """

    def __init__(self, tables: GraphTables, origin: TableOrigin | None = None) -> None:
        """`origin` is the folder that the tables were read from, in which questions keep what they load."""
        super().__init__(tables, origin)

    def __getattr__(self, name: str) -> pl.DataFrame:
        """Return a table by its name."""
        if name not in SCHEMAS:
            message = f"NewsGraph has no attribute {name}. Its tables: {', '.join(SCHEMAS)}."
            raise AttributeError(message)
        return self.tables[name]

    def __dir__(self) -> list[str]:
        """List the tables too, for completion."""
        return sorted({*super().__dir__(), *SCHEMAS})

    def as_of(self, day: date) -> NewsGraph:
        """Return what could be known at the end of a day (UTC): the articles published by then, and what rests on them.

        >>> kg.as_of(date(2021, 11, 17))
        <NewsGraph: 1 articles, 2 companies, 1 events, 0 stories>
        """
        from newsgraph.query.point_in_time import as_of  # noqa: PLC0415 - loaded when it is asked

        return NewsGraph(as_of(self.tables, day))

    def without_texts(self) -> NewsGraph:
        """Return the graph without the articles' bodies and without any sentence of more than 25 words; offsets remain.

        >>> kg.without_texts().articles["text"].null_count()
        8
        """
        from newsgraph.core.withheld_text import without_texts  # noqa: PLC0415 - loaded when it is asked

        return NewsGraph(without_texts(self.tables))

    def check(self, *, reference: bool = False) -> tuple[Finding, ...]:
        """Validate the graph against its SHACL shapes, and return what breaks them: nothing for a valid graph.

        With `reference`, pySHACL validates the whole graph, which is slow and finds the same.

        >>> kg.check()
        ()
        """
        from newsgraph.shacl.validation import check  # noqa: PLC0415 - rdflib is heavy

        return check(self.tables, reference=reference)

    def diff(self, new: NewsGraph) -> Difference:
        """Return what differs in a newer graph: nodes that are new, gone or changed, or have another IRI, and the rows of all tables.

        >>> difference = kg.as_of(date(2021, 11, 17)).diff(kg)
        >>> [node.label for node in difference.kind("companies").new]
        ['Owkin']
        """
        from newsgraph.diff.graph_diff import diff  # noqa: PLC0415 - loaded when it is asked

        return diff(self.tables, new.tables)

    def stats(self) -> Stats:
        """Count what the graph holds: nodes, events by type, the companies named most, the time it spans, problems.

        >>> dict(kg.stats().counts)["articles"], kg.stats().top[0]
        (8, ('Sanofi', 8))
        """
        from newsgraph.query.graph_statistics import stats  # noqa: PLC0415 - loaded when it is asked

        return stats(self.tables)

    @cached_property
    def analytics(self) -> Analytics:
        """Deal flow, coverage, links between companies, communities, trends and bursts, as data frames; see `Analytics`."""
        from newsgraph.analytics.graph_analytics import Analytics  # noqa: PLC0415 - loaded when it is asked

        return Analytics(self.tables)

    def to_networkx(self, *, typed: bool = False) -> nx.MultiDiGraph[str]:
        """Return all nodes and edges as a directed multigraph; keys are IRIs, attributes texts and numbers, if `typed` as in the tables.

        >>> kg.to_networkx().nodes["https://newsgraph.example.org/id/company/owkin"]["label"]
        'Owkin'
        """
        from newsgraph.export.network import to_networkx  # noqa: PLC0415 - networkx is heavy

        return to_networkx(self.tables, typed=typed)

    def company_network(self) -> nx.Graph[str]:
        """Return the companies as an undirected graph, linked where articles name both or events have both as parties.

        Edges have the attributes `articles`, `events` and their sum, `weight`.

        >>> [(first[-5:], second[-6:], weight) for first, second, weight in kg.company_network().edges(data="weight") if weight > 5]
        [('owkin', 'sanofi', 10)]
        """
        from newsgraph.export.network import company_network  # noqa: PLC0415 - networkx is heavy

        return company_network(self.tables)

    def to_rdflib(self) -> rdflib.Graph:
        """Return all statements as an rdflib graph.

        >>> len(kg.to_rdflib()) > 1000
        True
        """
        from newsgraph.rdf.rdflib_graph import to_rdflib  # noqa: PLC0415 - rdflib is heavy

        return to_rdflib(self.tables)

    def to_pyvis(self) -> pyvis.network.Network:
        """Return companies, providers, topics and events as a pyvis network; of a large graph, the most connected ones.

        >>> {"Owkin", "Sanofi"} <= {node["label"] for node in kg.to_pyvis().nodes}
        True
        """
        from newsgraph.export.pyvis_page import to_pyvis  # noqa: PLC0415 - pyvis is heavy

        return to_pyvis(self.tables)

    def explore(self, height: int = 640, engine: str = "networkx") -> Explorer:
        """Return the viewer of `graph.html` as a notebook widget, `height` pixels high; its `selection` is a frame of what is selected.

        `engine` finds the communities: `networkx`, or `networkit` if installed. Raises `MissingExtraError` without the extra `notebook`.

        >>> viewer = kg.explore()
        >>> viewer.choose("Sanofi")
        >>> viewer.selection.select("kind", "label", "articles").rows()
        [('company', 'Sanofi', 8)]
        """
        try:
            from newsgraph.explorer.widget import Explorer  # noqa: PLC0415 - an extra, loaded when it is asked
        except ModuleNotFoundError as error:
            if error.name not in {"anywidget", "traitlets"}:
                raise
            what, hint = "the explorer in a notebook", "Without it, open graph.html"
            raise MissingExtraError(what, "anywidget", "notebook", hint) from error
        return Explorer(self.tables, height, engine)

    def show(self) -> View:
        """Return the pyvis network for a notebook, in a frame that has no access to anything outside itself.

        >>> kg.show()
        <newsgraph view: shown by a notebook, or write .page to a file and open it>
        """
        from newsgraph.export.pyvis_page import write_html  # noqa: PLC0415 - pyvis is heavy

        with TemporaryDirectory(prefix="newsgraph-") as folder:
            return View(write_html(self.tables, Path(folder))[0].read_text("utf-8"))

    def write(self, folder: str | Path, formats: Iterable[str] | None = None, *, workers: int = 1, text: bool = True) -> tuple[Path, ...]:
        """Write the graph into a folder, and return the paths of the files.

        `formats` are names of `export.EXPORTERS`, None for the default ones; the tables are always written, for `newsgraph.load`, and
        so are the formats that the folder has. `workers` is a number of processes. Without `text`, the files are those of `without_texts`. Raises `InputError` for an unknown format or a folder that cannot be written.

        >>> [path.name for path in kg.write("my-graph", formats=["turtle", "graphml"])][:2]
        ['graph.graphml', 'graph.ttl']
        """
        from newsgraph.export import DEFAULT_FORMATS, write  # noqa: PLC0415 - writers are loaded when they are used

        graph = self if text else self.without_texts()
        return write(graph.tables, Path(folder), DEFAULT_FORMATS if formats is None else formats, workers)

    def __repr__(self) -> str:
        """Return in one line what the graph holds."""
        counts = ", ".join(f"{self.tables[name].height:,} {name}" for name in ("articles", "companies", "events", "stories"))
        return f"<NewsGraph: {counts}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{count:,}</td></tr>" for name, count in self.stats().counts)
        return f"<table><caption>NewsGraph</caption>{rows}</table>"
