"""The SPARQL 1.1 Protocol: what a request asks, and its answer (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.core.errors import QueryError
from newsgraph.core.redirects import follow_redirects
from newsgraph.query.engine_pool import LostStoreError, TooBusyError
from newsgraph.query.engine_process import UnreadableAnswerError, WrittenQuestion
from newsgraph.query.question_guard import Question, check_question
from newsgraph.query.select_reader import is_soon_read
from newsgraph.server.exchange import RefusalError, Reply, WebRequest, only, read_text, redirect
from newsgraph.server.media_types import GRAPH_TYPES, PAGE_TYPES, RESULT_TYPES, media_type, preferred
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.service_description import service_description

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "This endpoint only reads: updates are refused."
_BUSY = "The server answers as many questions as it may. Ask again in a moment."
_WIDE = frozenset({"GROUP", "ORDER", "DISTINCT", "UNION", "EXISTS", "MINUS", "HAVING"})
_STATEMENTS = frozenset({"CONSTRUCT", "DESCRIBE"})
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


@dataclass(frozen=True, slots=True)
class Operation:
    """A question of a request, and the graphs (IRIs) that it names as its dataset."""

    sparql: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def has_dataset(self) -> bool:
        """Whether the request names its dataset itself, which goes before FROM."""
        return bool(self.default or self.named)


def read_operation(request: WebRequest) -> Operation | None:
    """Read the question of a request; None if a GET has none. Raises RefusalError for what the protocol does not allow, and for updates."""
    parameters = request.parameters()
    if request.method != "POST":
        return _operation(parameters)
    if request.media_type == UPDATE:
        raise RefusalError(403, _READ_ONLY)
    if request.media_type not in {FORM, QUERY}:
        raise RefusalError(415, f"A question is sent as {FORM} or as {QUERY}.")
    if not _is_utf8(request.headers.get("content-type", "")):
        raise RefusalError(415, "A question is sent in UTF-8.")
    if request.media_type == QUERY:
        return _operation([*parameters, ("query", read_text(request.body))])
    operation = _operation([*parameters, *request.form()])
    if operation is None:
        raise RefusalError(400, "The form has no parameter query.")
    return operation


def _operation(parameters: list[tuple[str, str]]) -> Operation | None:
    if any(name == "update" for name, _ in parameters):
        raise RefusalError(403, _READ_ONLY)
    sparql = only(parameters, "query")
    if sparql is None:
        return None
    default, named = (_graphs(parameters, name) for name in ("default-graph-uri", "named-graph-uri"))
    return Operation(sparql, default, named)


def _graphs(parameters: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    graphs = tuple(value for key, value in parameters if key == name)
    for graph in graphs:
        if not _IRI.fullmatch(graph):
            raise RefusalError(400, f"The parameter {name} is not an absolute IRI.")
    return graphs


def _is_utf8(content_type: str) -> bool:
    charsets = re.findall(r";\s*charset\s*=\s*\"?([^\s;\"]+)", content_type, re.IGNORECASE)
    return all(charset.lower() in {"utf-8", "utf8", "us-ascii"} for charset in charsets)


def sparql_reply(served: ServedGraph, request: WebRequest) -> Reply:
    """Answer a request at the endpoint; without a question, describe the endpoint. Raises RefusalError."""
    accept = request.headers.get("accept")
    operation = read_operation(request)
    if operation is None:
        if preferred(accept, GRAPH_TYPES | PAGE_TYPES) == "html":
            return redirect("/ask.html")
        syntax = preferred(accept, GRAPH_TYPES)
        if not syntax:
            raise _not_acceptable()
        return Reply(
            service_description(f"{request.site}/sparql", served, syntax), media_type(syntax, GRAPH_TYPES), 200, {"Vary": "Accept"}
        )
    results, statements = preferred(accept, RESULT_TYPES), preferred(accept, GRAPH_TYPES)
    return answer(served, operation, results, statements)


def answer(served: ServedGraph, operation: Operation, results: str, statements: str) -> Reply:
    """Answer a question in one of two syntaxes, for a table and for statements; an empty one is not wanted. Raises RefusalError."""
    try:
        question = check_question(operation.sparql)
        _check_graphs(served, question, operation)
        text, _ = follow_redirects(question.text, served.redirects)
        written = _written(served, text, question, operation, results, statements)
        syntax, body = served.engines.write(written, is_quads=_needs_graphs(question, operation), is_wide=_is_wide(question))
    except TooBusyError as error:
        raise RefusalError(503, _BUSY, {"Retry-After": "2"}) from error
    except UnreadableAnswerError as error:
        raise _not_acceptable() from error
    except LostStoreError as error:
        raise RefusalError(503, str(error)) from error
    except QueryError as error:
        raise RefusalError(400, str(error)) from error
    offered = RESULT_TYPES if syntax in RESULT_TYPES else GRAPH_TYPES
    return Reply(body, media_type(syntax, offered), 200, {"Vary": "Accept"})


def _needs_graphs(question: Question, operation: Operation) -> bool:
    return operation.has_dataset or not {"GRAPH", "FROM"}.isdisjoint(question.keywords)


def _is_wide(question: Question) -> bool:
    """Return whether a question is one that may look through much of a graph; others have their answers from an engine in a millisecond."""
    is_table = _STATEMENTS.isdisjoint(question.keywords)
    return is_table and is_soon_read(question) and not _WIDE.isdisjoint(question.keywords)


def _written(served: ServedGraph, text: str, question: Question, operation: Operation, results: str, statements: str) -> WrittenQuestion:
    if operation.has_dataset:
        return WrittenQuestion(text, results, statements, served.base, default=operation.default, named=operation.named)
    return WrittenQuestion(
        text, results, statements, served.base, is_union="GRAPH" in question.keywords and "FROM" not in question.keywords
    )


def _check_graphs(served: ServedGraph, question: Question, operation: Operation) -> None:
    unknown = [] if operation.has_dataset else [graph for graph in question.graphs if graph not in served.graph_names]
    if unknown:
        message = f"FROM <{unknown[0]}>: this graph holds no such named graph, and nothing is fetched. Leave the FROM line out."
        raise QueryError(message)


def _not_acceptable() -> RefusalError:
    types = ", ".join(types[0] for types in (RESULT_TYPES | GRAPH_TYPES).values())
    return RefusalError(406, f"The answer cannot be written in a type that Accept names. This endpoint writes: {types}.")
