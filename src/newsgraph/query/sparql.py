"""SPARQL over a built graph, offline and read-only.

Questions are answered over columns where these cover them, else by a SPARQL engine; both give the same answers. What SPARQL leaves
open may differ: which rows LIMIT keeps where ORDER BY does not decide, the order of rows without ORDER BY, and of what
GROUP_CONCAT joins.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

import polars as pl
import pyoxigraph as ox

from newsgraph.core.errors import QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.redirects import follow_redirects, redirects
from newsgraph.query.answer_syntax import GRAPH_SYNTAXES, RESULT_SYNTAXES
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, answer
from newsgraph.query.engine_process import EngineError, EngineProcess, UnreadableAnswerError, WrittenQuestion
from newsgraph.query.named_questions import fill_question, is_name
from newsgraph.query.query_limits import DEFAULT_LIMITS, QueryLimits
from newsgraph.query.question_guard import Question, check_question
from newsgraph.query.select_reader import is_soon_read, read_select
from newsgraph.query.syntax_errors import explain_syntax_error
from newsgraph.query.triple_store import discard_kept_store, open_kept_columns, start_engine
from newsgraph.query.unknown_terms import unknown_terms
from newsgraph.storage.derived_cache import TableOrigin

_OF_ROWS = "sparql-"
FORMATS = (*(_OF_ROWS + name for name in RESULT_SYNTAXES), *GRAPH_SYNTAXES)
"""Formats of `QueryStore.ask_text`; the first four are of SELECT and ASK."""
_NO_BASE = "urn:newsgraph:"  # relative IRIs of a question have no other base

_Answer = TypeVar("_Answer")


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
        self._engines: dict[ox.RdfFormat, EngineProcess] = {}

    def ask(self, sparql: str, limits: QueryLimits = DEFAULT_LIMITS) -> pl.DataFrame:
        """Answer SELECT with its rows, ASK with one row `answer`, CONSTRUCT and DESCRIBE with subject, predicate and object.

        Columns are typed where all values agree: integer, decimal, date, time (UTC), boolean; everything else is text.
        The prefixes of `vocabulary.PREFIXES` need no declaration. An IRI that was replaced stands for its successor, see
        `redirects.follow_redirects`. Raises `QueryError`, also for an answer that costs more than `limits`.
        """
        answer = self._checked(sparql, lambda text, question: self._answer(text, question, limits))
        limits.check_rows(answer.height)
        return answer

    def ask_text(self, sparql: str, form: str, limits: QueryLimits = DEFAULT_LIMITS) -> str:
        """Answer as text in a format of `FORMATS`: results for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE. Raises as `ask`.

        The engine always answers, because its terms keep their types and languages.
        """
        if form not in FORMATS:
            message = f"There is no format {form} for an answer. The formats: {', '.join(FORMATS)}."
            raise QueryError(message)
        return self._checked(sparql, lambda text, question: self._written(text, form, question, limits))

    def _written(self, sparql: str, form: str, question: Question, limits: QueryLimits) -> str:
        results, statements = form.removeprefix(_OF_ROWS) if form.startswith(_OF_ROWS) else "", "" if form.startswith(_OF_ROWS) else form
        try:
            _, body = self._by_engine(
                lambda engine, union: engine.write(WrittenQuestion(sparql, results, statements, base=_NO_BASE, is_union=union), limits),
                question,
                limits,
            )
        except UnreadableAnswerError as error:
            fit = [other for other in FORMATS if other.startswith(_OF_ROWS) != form.startswith(_OF_ROWS)]
            message = f"The answer of this question cannot be written as {form}, but as one of: {', '.join(fit)}."
            raise QueryError(message) from error
        return body.decode()

    def _checked(self, sparql: str, answer: Callable[[str, Question], _Answer]) -> _Answer:
        """Answer a question, with its redirects followed, by a function; its errors become QueryErrors."""
        question = check_question(sparql)
        text, _ = follow_redirects(question.text, self._redirects)
        self._refuse_unknown_graphs(question)
        try:
            return answer(text, question)
        except SyntaxError as error:
            raise QueryError(explain_syntax_error(text, str(error))) from error
        except (OSError, RuntimeError, ValueError, EngineError) as error:
            message = f"The question cannot be answered: {error}."
            raise QueryError(message) from error

    def ask_named(self, name: str, parameters: Mapping[str, str], limits: QueryLimits = DEFAULT_LIMITS) -> pl.DataFrame:
        """Answer a named question with its parameters. Raises as `sparql_of` and `ask` do."""
        return self.ask(self.sparql_of(name, parameters), limits)

    def sparql_for(self, question: str, parameters: Mapping[str, str]) -> str:
        """Return the SPARQL of a question, which is SPARQL or the name of a ready-made one, and warn of unknown terms of our vocabulary."""
        if parameters or is_name(question):
            return self.sparql_of(question, parameters)
        for term in unknown_terms(question):
            warnings.warn(term.line(), stacklevel=3)
        return question

    def sparql_of(self, name: str, parameters: Mapping[str, str]) -> str:
        """Return the SPARQL of a named question with its parameters. Raises as `named_questions.sparql_of` does."""
        return fill_question(name, parameters, self._names_of)

    def _names_of(self, kinds: tuple[str, ...]) -> NameIndex:
        if kinds not in self._names:
            self._names[kinds] = name_index(self._graph, *kinds)
        return self._names[kinds]

    def _answer(self, sparql: str, question: Question, limits: QueryLimits) -> pl.DataFrame:
        is_named = _names_graphs(question)
        # what takes long to read is read in the engine's process, within the limits
        select = read_select(sparql) if not is_named and is_soon_read(question) else None
        if select is not None:
            try:
                return answer(self._columns, select)
            except NotCoveredError:
                pass
        return self._by_engine(lambda engine, union: engine.ask(sparql, is_union=union, limits=limits), question, limits)

    def _by_engine(self, ask: Callable[[EngineProcess, bool], _Answer], question: Question, limits: QueryLimits) -> _Answer:
        """Ask the engine of a question, once more with a new one if the first is broken; `ask` gets whether all graphs are seen as one."""
        is_named = _names_graphs(question)
        is_union = is_named and "FROM" not in question.keywords
        form = ox.RdfFormat.N_QUADS if is_named else ox.RdfFormat.N_TRIPLES
        try:
            return ask(self._engine(form, limits), is_union)
        except EngineError:
            # a newer build removed what was kept while this object still answers from its tables, or what was kept is damaged
            discard_kept_store(form, self._origin)
            self._origin = None
            return ask(self._engine(form, limits), is_union)

    @cached_property
    def _columns(self) -> ColumnStore:
        return open_kept_columns(self._graph, self._origin)

    def _engine(self, form: ox.RdfFormat, limits: QueryLimits) -> EngineProcess:
        engine = self._engines.get(form)
        if engine is None or not engine.is_alive:
            engine = self._engines[form] = start_engine(self._graph, form, self._origin, limits)
        return engine

    @cached_property
    def _graph_names(self) -> frozenset[str]:
        sources = {f"{iri}#graph" for iri in self._graph["sources"]["iri"]}
        return frozenset((*sources, *(f"{base}dataset#graph" for base in self._graph["dataset"]["base"])))

    def _refuse_unknown_graphs(self, question: Question) -> None:
        for graph in question.graphs:
            if graph not in self._graph_names:
                message = f"FROM <{graph}>: this graph holds no such named graph, and nothing is fetched. Leave the FROM line out."
                raise QueryError(message)


def _names_graphs(question: Question) -> bool:
    return not {"GRAPH", "FROM"}.isdisjoint(question.keywords)


def run(graph: GraphTables, sparql: str, origin: TableOrigin | None = None, limits: QueryLimits = DEFAULT_LIMITS) -> pl.DataFrame:
    """Answer one SPARQL question; `QueryStore` loads a graph once for many."""
    return QueryStore(graph, origin).ask(sparql, limits)
