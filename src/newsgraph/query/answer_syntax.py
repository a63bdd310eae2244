"""The answer of a SPARQL engine in the syntaxes of the SPARQL protocol, within limits of rows and bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.core.xml_characters import bytes_for_xml
from newsgraph.query.answer_columns import BlankLabels, Term

RESULT_SYNTAXES = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
"""Syntaxes of the answers to SELECT and ASK."""
GRAPH_SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
"""Syntaxes of the answers to CONSTRUCT and DESCRIBE."""

_XML = frozenset({"xml", "rdfxml"})
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class TooManyRowsError(Exception):
    """The answer has more rows or statements than are allowed."""


class TooManyBytesError(Exception):
    """The answer has more bytes than are allowed."""


class UnwantedSyntaxError(Exception):
    """The answer is statements and only tables are wanted, or the other way round."""


def answer_text(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, results: str, statements: str, *, rows: int, size: int
) -> tuple[str, bytes]:
    """Return the name of the syntax of an answer, and the answer in it.

    `results` and `statements` are keys of `RESULT_SYNTAXES` and `GRAPH_SYNTAXES`, empty where the asker can read none of them. Raises
    TooManyRowsError, TooManyBytesError (`size` is in bytes) and UnwantedSyntaxError.
    """
    syntax = statements if isinstance(answer, ox.QueryTriples) else results
    if not syntax:
        raise UnwantedSyntaxError
    text: bytes | None
    if isinstance(answer, ox.QueryBoolean):
        text = answer.serialize(format=RESULT_SYNTAXES[syntax])
    elif isinstance(answer, ox.QueryTriples):
        text = _graph(answer, syntax, rows)
    else:
        text = _table(answer, syntax, rows, size)
    text = text or b""
    if len(text) > size:
        raise TooManyBytesError
    return syntax, text


def _graph(answer: ox.QueryTriples, syntax: str, rows: int) -> bytes:
    """Write statements in their order by subject, predicate and object, each once, so that equal questions have equal answers."""
    triples = list(map(BlankLabels().triple, islice(answer, rows + 1)))
    if len(triples) > rows:
        raise TooManyRowsError
    ordered = [triple for _, triple in sorted({str(triple): triple for triple in triples}.items())]
    if syntax != "turtle":
        return _well_formed(ox.serialize(ordered, format=GRAPH_SYNTAXES[syntax]) or b"", syntax)
    lines = (ox.serialize(ordered, format=GRAPH_SYNTAXES[syntax], prefixes=PREFIXES) or b"").split(b"\n")
    return b"\n".join((*sorted(lines[: len(PREFIXES)]), *lines[len(PREFIXES) :]))  # the writer declares them in any order


def _table(answer: ox.QuerySolutions, syntax: str, rows: int, size: int) -> bytes:
    """Write solutions row by row, so that both limits hold before all are there."""
    names = [variable.value for variable in answer.variables]

    def written() -> Iterator[str]:
        labels = BlankLabels()
        for number, solution in enumerate(answer):
            if number >= rows:
                raise TooManyRowsError
            yield json.dumps(dict(_bindings(names, labels.row(solution))), ensure_ascii=False, separators=(",", ":"))

    return table_text(names, written(), syntax, size)


def table_text(names: list[str], rows: Iterable[str], syntax: str, size: int) -> bytes:
    """Return a table whose rows are written in JSON as an answer in a syntax. Raises TooManyBytesError.

    Other syntaxes are made from JSON.
    """
    parts, length = [], 0
    for row in rows:
        part = row.encode("utf-8", "surrogatepass")
        length += len(part) + 1
        if length > size:
            raise TooManyBytesError
        parts.append(part)
    head = json.dumps({"vars": names}, ensure_ascii=False, separators=(",", ":")).encode()
    text = b'{"head":' + head + b',"results":{"bindings":[' + b",".join(parts) + b"]}}"
    if syntax == "json":
        return text
    again = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    return _well_formed(again.serialize(format=RESULT_SYNTAXES[syntax]) or b"", syntax)


def _well_formed(text: bytes, syntax: str) -> bytes:
    """Return an answer in a syntax as readers of it accept it: the writers of XML leave in it what XML does not allow."""
    return bytes_for_xml(text) if syntax in _XML else text


def truth_text(syntax: str, *, is_true: bool) -> bytes:
    """Return the answer to ASK in a syntax."""
    answer = ox.Store().query("ASK {}" if is_true else "ASK { FILTER(false) }")
    assert isinstance(answer, ox.QueryBoolean)  # noqa: S101 - the answer to ASK
    return answer.serialize(format=RESULT_SYNTAXES[syntax]) or b""


def _bindings(names: list[str], solution: tuple[Term | None, ...]) -> Iterator[tuple[str, dict[str, object]]]:
    for name, term in zip(names, solution, strict=True):
        if term is not None:
            yield name, _json_term(term)


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    written: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        return written | {"xml:lang": term.language} | ({"its:dir": str(term.direction)} if term.direction else {})
    return written if term.datatype.value == _XSD_STRING else written | {"datatype": term.datatype.value}
