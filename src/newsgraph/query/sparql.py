"""SPARQL over a built graph, offline and read-only.

Questions are answered over columns where these cover them, else by a SPARQL engine; both give the same answers. What SPARQL leaves
open may differ: which rows LIMIT keeps where ORDER BY does not decide, the order of rows without ORDER BY, and of what
GROUP_CONCAT joins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

import polars as pl
import pyoxigraph as ox

from newsgraph.core.errors import QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.redirects import follow_redirects, redirects
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, Select, answer, parse
from newsgraph.query.named_questions import fill_question
from newsgraph.query.result_frame import frame_of
from newsgraph.query.syntax_errors import explain_syntax_error, keywords, without_text
from newsgraph.query.triple_store import open_kept_columns, open_triple_store
from newsgraph.storage.derived_cache import TableOrigin

_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^<>]*)>", re.IGNORECASE)


class QueryStore:
    """A graph that is loaded once for many questions.

    It is loaded into columns, or into a SPARQL engine for questions that columns do not cover, each at the first question that needs
    it. Questions with neither GRAPH nor FROM see all statements as one graph, each once; those with GRAPH or FROM see the statements
    of each source document in a named graph. With the folder that the tables were read from, what was loaded is kept there and
    opened at once by later questions (see `derived_cache`).
    """

    def __init__(self, graph: GraphTables, origin: TableOrigin | None = None) -> None:
        """`origin` is where the tables were read from, None for tables in memory."""
        self._graph, self._origin = graph, origin
        self._redirects = redirects(graph)
        self._names: dict[tuple[str, ...], NameIndex] = {}
        self._engines: dict[ox.RdfFormat, ox.Store] = {}

    def ask(self, sparql: str) -> pl.DataFrame:
        """Answer SELECT with its rows, ASK with one row `answer`, CONSTRUCT and DESCRIBE with subject, predicate and object.

        Columns are typed where all values agree: integer, decimal, date, time (UTC), boolean; everything else is text.
        The prefixes of `vocabulary.PREFIXES` need no declaration. An IRI that was replaced stands for its successor, see
        `redirects.follow_redirects`. Raises `QueryError`.
        """
        sparql, _ = follow_redirects(sparql, self._redirects)
        words = keywords(sparql)
        self._refuse_network(sparql, words)
        try:
            return self._answer(sparql, words)
        except SyntaxError as error:
            raise QueryError(explain_syntax_error(sparql, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            message = f"The question cannot be answered: {error}."
            raise QueryError(message) from error

    def ask_named(self, name: str, parameters: Mapping[str, str]) -> pl.DataFrame:
        """Answer a named question with its parameters. Raises as `named_questions.sparql_of` and `ask` do."""
        return self.ask(fill_question(name, parameters, self._names_of))

    def _names_of(self, kinds: tuple[str, ...]) -> NameIndex:
        if kinds not in self._names:
            self._names[kinds] = name_index(self._graph, *kinds)
        return self._names[kinds]

    def _answer(self, sparql: str, words: list[str]) -> pl.DataFrame:
        is_named = not {"GRAPH", "FROM"}.isdisjoint(words)
        select = None if is_named else _read(sparql)
        if select is not None:
            try:
                return answer(self._columns, select)
            except NotCoveredError:
                pass
        return self._answer_by_engine(sparql, is_named=is_named, is_union="FROM" not in words)

    def _answer_by_engine(self, sparql: str, *, is_named: bool, is_union: bool) -> pl.DataFrame:
        form = ox.RdfFormat.N_QUADS if is_named else ox.RdfFormat.N_TRIPLES
        try:
            return frame_of(self._engine(form).query(sparql, prefixes=PREFIXES, use_default_graph_as_union=is_named and is_union))
        except OSError:
            if self._origin is None:
                raise
            # a newer build removed what was kept while this object still answers from the tables that it holds
            self._origin = None
            self._engines.clear()
            return self._answer_by_engine(sparql, is_named=is_named, is_union=is_union)

    @cached_property
    def _columns(self) -> ColumnStore:
        return open_kept_columns(self._graph, self._origin)

    def _engine(self, form: ox.RdfFormat) -> ox.Store:
        if form not in self._engines:
            self._engines[form] = open_triple_store(self._graph, form, self._origin)
        return self._engines[form]

    def _refuse_network(self, sparql: str, words: list[str]) -> None:
        if "SERVICE" in words:
            message = "SERVICE asks another machine, and newsgraph never uses the network. Leave the SERVICE part out."
            raise QueryError(message)
        asked = [iri for iri in _FROM.findall(without_text(sparql, keep_iris=True)) if "FROM" in words]
        graphs = {graph.value for graph in self._engine(ox.RdfFormat.N_QUADS).named_graphs()} if asked else set()
        for iri in asked:
            if iri not in graphs:
                message = f"FROM <{iri}>: this graph holds no such named graph, and nothing is fetched. Leave the FROM line out."
                raise QueryError(message)


def _read(sparql: str) -> Select | None:
    """Parse a question; None if columns do not cover it.

    The engine's parser reads it first, so that all questions are judged alike. Raises SyntaxError.
    """
    no_answer = ox.Store().query(sparql, prefixes=PREFIXES)
    if isinstance(no_answer, ox.QueryTriples):
        return None
    variables = [variable.value for variable in no_answer.variables] if isinstance(no_answer, ox.QuerySolutions) else None
    try:
        return parse(sparql, variables)
    except NotCoveredError:
        return None


def run(graph: GraphTables, sparql: str, origin: TableOrigin | None = None) -> pl.DataFrame:
    """Answer one SPARQL question; `QueryStore` loads a graph once for many."""
    return QueryStore(graph, origin).ask(sparql)
