"""SPARQL over a built graph, offline and read-only, and the named questions of `data/queries`.

A question of the package is a file `NAME.rq` that any SPARQL engine can run: its first line is `# question`, each
parameter has a line `# parameter NAME: what it is` and a line `VALUES ?NAME { "default" }`, which is where a value goes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import polars as pl
import pyoxigraph as ox

from newsgraph.core.errors import InputError, QueryError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import ANY, NameIndex, name_index
from newsgraph.core.redirects import OPAQUE, follow_redirects, redirects
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, answer
from newsgraph.query.result_frame import frame_of
from newsgraph.query.triple_store import open_kept_columns, open_triple_store
from newsgraph.storage.derived_cache import TableOrigin

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_WORD = re.compile(r"(?<![\w?$:@.-])([A-Za-z]+)\b(?![:.-]?\w*:)")
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^<>]*)>", re.IGNORECASE)
_TEACHING = 100
_LOOKED_UP = {"company": ("company", "organisation"), "topic": ("topic",), "thing": (ANY,)}
"""Parameters that name something in the graph, with the kinds of nodes it may be."""
_PLACE = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A named question: its SPARQL, and what each of its parameters is."""

    name: str
    question: str
    sparql: str
    parameters: Mapping[str, str]

    def filled(self, values: Mapping[str, str]) -> str:
        """Give the SPARQL with values in the place of the defaults, each written as a SPARQL string."""
        sparql = self.sparql
        for name, value in values.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                where, problem, hint = f"question {self.name}", f"has no parameter {name}", f"Its parameters: {known}."
                raise InputError(where, problem, hint)
            head, line, tail = re.split(rf"^( *VALUES \?{name} {{ .* }})$", sparql, maxsplit=1, flags=re.MULTILINE)
            sparql = f"{head}{line.partition('{')[0]}{{ {ox.Literal(value)} }}{tail}"
        return sparql


class QueryStore:
    """A graph loaded for questions, so that many of them load it once.

    Questions that name no graph see all statements as one graph, each once; those with GRAPH or FROM see each source
    document's in a named graph of its own. Either is loaded when it is first asked for. With the folder that the tables were
    read from, it is kept there (see `kept`) and opened in no time from then on.
    """

    def __init__(self, graph: GraphTables, origin: TableOrigin | None = None) -> None:
        """Take the tables, and where they were read from."""
        self._graph, self._origin = graph, origin
        self._leads = redirects(graph)
        self._names: dict[tuple[str, ...], NameIndex] = {}
        self._loaded: dict[ox.RdfFormat, ox.Store] = {}

    def ask(self, sparql: str) -> pl.DataFrame:
        """Answer SELECT with its rows, ASK with one row `answer`, CONSTRUCT and DESCRIBE with subject, predicate, object.

        Columns are typed where all values agree: integer, decimal, date, time (UTC), boolean; everything else is text.
        The prefixes of `vocabulary.PREFIXES` need no declaration. An IRI that was replaced is asked as the one that stands for
        it now, see `redirects.follow_redirects`. Raises `QueryError`.
        """
        sparql, _ = follow_redirects(sparql, self._leads)
        words = _words(sparql)
        self._refuse_network(sparql, words)
        named = not {"GRAPH", "FROM"}.isdisjoint(words)
        try:
            return self._asked(sparql, named=named, union="FROM" not in words)
        except SyntaxError as error:
            raise QueryError(_explained(sparql, words, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            message = f"The question cannot be answered: {error}."
            raise QueryError(message) from error

    def ask_named(self, name: str, parameters: Mapping[str, str]) -> pl.DataFrame:
        """Answer a named question with its parameters, as `ask` does what `sparql_of` gives, and faster: over columns.

        Raises as those do.
        """
        sparql = _sparql_of(name, parameters, self._names_of)
        try:
            return answer(self._book, sparql)
        except NotCoveredError:
            return self.ask(sparql)

    def _names_of(self, kinds: tuple[str, ...]) -> NameIndex:
        if kinds not in self._names:
            self._names[kinds] = name_index(self._graph, *kinds)
        return self._names[kinds]

    @cached_property
    def _book(self) -> ColumnStore:
        return open_kept_columns(self._graph, self._origin)

    def _asked(self, sparql: str, *, named: bool, union: bool) -> pl.DataFrame:
        form = ox.RdfFormat.N_QUADS if named else ox.RdfFormat.N_TRIPLES
        try:
            return frame_of(self._store(form).query(sparql, prefixes=PREFIXES, use_default_graph_as_union=named and union))
        except OSError:
            if self._origin is None:
                raise
            # a newer build removed what was kept while this object still answers from the tables that it holds
            self._origin = None
            self._loaded.clear()
            return self._asked(sparql, named=named, union=union)

    def _store(self, form: ox.RdfFormat) -> ox.Store:
        if form not in self._loaded:
            self._loaded[form] = open_triple_store(self._graph, form, self._origin)
        return self._loaded[form]

    def _refuse_network(self, sparql: str, words: list[str]) -> None:
        if "SERVICE" in words:
            message = "SERVICE asks another machine, and newsgraph never uses the network. Leave the SERVICE part out."
            raise QueryError(message)
        asked = [iri for iri in _FROM.findall(_without_text(sparql, keep_iris=True)) if "FROM" in words]
        graphs = {graph.value for graph in self._store(ox.RdfFormat.N_QUADS).named_graphs()} if asked else set()
        for iri in asked:
            if iri not in graphs:
                message = f"FROM <{iri}>: this graph holds no such named graph, and nothing is fetched. Leave the FROM line out."
                raise QueryError(message)


def run(graph: GraphTables, sparql: str, origin: TableOrigin | None = None) -> pl.DataFrame:
    """Answer one SPARQL question; see `Store.ask`, which loads a graph once for many."""
    return QueryStore(graph, origin).ask(sparql)


@cache
def questions() -> Mapping[str, NamedQuestion]:
    """Give the named questions of the package, by name."""
    folder = files("newsgraph").joinpath("data", "queries")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    found = (_read(name.removesuffix(".rq"), folder.joinpath(name).read_text("utf-8")) for name in names)
    return {question.name: question for question in found}


def looked_up(parameter: str) -> tuple[str, ...]:
    """Give the kinds of nodes that a parameter of this name may name; none where it is no name, and `ANY` for all kinds."""
    return _LOOKED_UP.get(parameter, ())


def is_name(question: str) -> bool:
    """Whether a question is a name and no SPARQL: one word without brackets."""
    return re.fullmatch(r"\s*[A-Za-z][\w-]*\s*", question) is not None


def sparql_of(name: str, parameters: Mapping[str, str], graph: GraphTables | None = None) -> str:
    """Give the SPARQL of a named question with its parameters set.

    With a graph, companies and topics are looked up in it by any of their names, whatever the case. An unknown question,
    company or topic raises `UnknownNameError`, an unknown parameter `InputError`.
    """
    return _sparql_of(name, parameters, None if graph is None else lambda kinds: name_index(graph, *kinds))


def _sparql_of(name: str, parameters: Mapping[str, str], find: Callable[[tuple[str, ...]], NameIndex] | None) -> str:
    """Do as `sparql_of`; `find` gives the names of nodes of some kinds."""
    known, name = questions(), name.strip()
    if name not in known:
        kind = "named question"
        raise UnknownNameError(kind, name, known, where="")
    question = known[name]
    named = {key: value for key, value in parameters.items() if looked_up(key) and key in question.parameters and value}
    if find is None or not named:
        return question.filled(parameters)
    names = find(tuple(kind for key in named for kind in looked_up(key)))
    return question.filled({**parameters, **{key: names.label(value, *looked_up(key)).strip() for key, value in named.items()}})


def _read(name: str, sparql: str) -> NamedQuestion:
    lines = [line.removeprefix("#").strip() for line in sparql.splitlines() if line.startswith("#")]
    parameters = dict(line.removeprefix("parameter ").split(": ", 1) for line in lines if line.startswith("parameter "))
    return NamedQuestion(name, lines[0], sparql, parameters)


def _without_text(sparql: str, *, keep_iris: bool = False) -> str:
    return OPAQUE.sub(lambda match: match[0] if keep_iris and match[0].startswith("<") else " ", sparql)


def _words(sparql: str) -> list[str]:
    """List the bare words of a question in upper case: keywords, no names, variables, strings or comments."""
    return [word.upper() for word in _WORD.findall(_without_text(sparql))]


def _explained(sparql: str, words: list[str], message: str) -> str:
    """Say in plain words what is wrong with a question that cannot be read."""
    verbs = [word for word in words if word not in {"PREFIX", "BASE"}]
    if verbs and verbs[0] in _UPDATES:
        return f"{verbs[0]} would change the graph, and questions only read it. Change the documents and build again."
    place = _PLACE.match(message)
    if place is None:
        return f"The question is not valid SPARQL: {message}."
    row, column, expected = int(place[1]), int(place[2]), place[3]
    lines = sparql.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1].strip()
    where = f"line {row}, column {column} of the question: {line or '(nothing)'}"
    if "Prefix not found" in expected:
        return f"{where}: a prefix is not declared. These need no declaration: {', '.join(PREFIXES)}."
    # What the parser expects goes on for lines where character classes are in it; those teach nobody.
    teaches = len(expected) <= _TEACHING and "\\u" not in expected
    wanted = expected.removeprefix("expected ").removeprefix("one of ").replace("[_]", "more")
    return f"{where}: this is not valid SPARQL{f'; expected: {wanted}' if teaches else ''}."
