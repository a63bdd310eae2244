"""SHACL: does a graph keep the shapes of `data/shapes.ttl`, in words that need no SHACL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import PREFIXES, expand
from newsgraph.query.statement_columns import StatementColumns, columns_of
from newsgraph.rdf.rdflib_graph import rdflib_graph, to_rdflib
from newsgraph.shacl.prefilter import suspect_nodes
from newsgraph.shacl.shapes import SH, shapes, shapes_graph
from newsgraph.shacl.subgraph import subgraph_around

if TYPE_CHECKING:
    import rdflib

_LABELS = ("rdfs:label", "schema:name", "schema:headline", "skos:prefLabel", "nif:anchorOf")

# What each SHACL constraint means to a reader; {want} is the value of the parameter named in _PARAMETERS.
_MEANINGS = {
    "MinCount": "{path} is missing or stands too seldom: at least {want} must be there",
    "MaxCount": "{path} stands too often: at most {want} may be there",
    "MinLength": "{path} is too short",
    "MaxLength": "{path} is too long",
    "Datatype": "{path} must be of type {want}, and {value} is not",
    "NodeKind": "{path} must be a {want}, and {value} is not",
    "Class": "{path} must lead to a {want}, and {value} is none",
    "Pattern": "{path} must look like {want}, and {value} does not",
    "MinInclusive": "{path} must be {want} or more, and is {value}",
    "MaxInclusive": "{path} must be {want} or less, and is {value}",
    "MinExclusive": "{path} must be more than {want}, and is {value}",
    "MaxExclusive": "{path} must be less than {want}, and is {value}",
    "LessThan": "{path} must be less than {want}, and is {value}",
    "Disjoint": "{path} and {want} must differ, and both are {value}",
    "UniqueLang": "{path} may stand once in each language",
    "In": "{path} is none of the values that are allowed: {value}",
    "HasValue": "{path} must hold {want}",
    "Or": "{path} is of none of the kinds that are allowed: {value}",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place where a graph breaks a shape: the IRI and label of the node, the property, and what is wrong in plain words.

    >>> newsgraph.Finding("https://a.example/1", "Acme", "schema:name", "schema:name is too short").line()
    'Acme <https://a.example/1>: schema:name is too short.'
    """

    iri: str
    label: str
    path: str
    message: str

    def line(self) -> str:
        """Say the finding in one line, naming the node."""
        return f"{self.label or 'no name'} <{self.iri}>: {self.message}."


def check(graph: GraphTables, *, reference: bool = False) -> tuple[Finding, ...]:
    """Check a graph against the shapes of the package; no finding means that it keeps them.

    Nodes that may break a shape are found over columns, which is fast, and pySHACL judges those in their surroundings. With
    `reference` it judges the whole graph, which takes minutes from some thousand articles on and finds the same.
    """
    by_class = all(rule.name != "target" for shape in shapes() for rule in shape.rules)
    return check_columns(columns_of(graph)) if by_class and not reference else check_rdf(to_rdflib(graph))


def check_columns(columns: StatementColumns) -> tuple[Finding, ...]:
    """Check a graph in columns against the shapes of the package, findings sorted by node."""
    found = suspect_nodes(columns, shapes())
    labels = [expand(name) for name in _LABELS]
    # pySHACL judges the neighbours too, wrongly, for they are not here as a whole; told to look at some nodes only, it passes
    # over what stands in sh:or
    there = check_rdf(rdflib_graph(subgraph_around(columns, found, labels))) if found else ()
    own = frozenset(found)
    return tuple(finding for finding in there if finding.iri in own)


def check_rdf(data: rdflib.Graph) -> tuple[Finding, ...]:
    """Check an RDF graph of newsgraph's vocabulary against the shapes of the package by pySHACL, findings sorted by node."""
    from pyshacl import validate  # noqa: PLC0415 - a heavy import, only needed here
    from rdflib import RDF, URIRef  # noqa: PLC0415 - as above

    rules = shapes_graph()
    _, report, _ = validate(data, shacl_graph=rules, inference="none", advanced=False, meta_shacl=False)
    results = report.subjects(RDF.type, URIRef(f"{SH}ValidationResult"))
    return tuple(sorted({_finding(data, rules, report, result) for result in results}))


def _finding(data: rdflib.Graph, shapes: rdflib.Graph, report: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    from rdflib import URIRef  # noqa: PLC0415 - as above

    def told(name: str) -> rdflib.term.Node | None:
        return report.value(result, URIRef(SH + name))

    node, value = told("focusNode"), told("value")
    constraint = str(told("sourceConstraintComponent") or "").removeprefix(SH).removesuffix("ConstraintComponent")
    parameter = constraint[:1].lower() + constraint[1:]
    source = told("sourceShape")
    wanted = shapes.value(source, URIRef(SH + parameter)) if source is not None else None
    path = _path(report, told("resultPath"))
    meaning = _MEANINGS.get(constraint, f"{{path}} breaks the rule {constraint}: {told('resultMessage')}")
    words = {"path": path or "the node itself", "want": _short(wanted), "value": _value(data, value)}
    return Finding(str(node), _label(data, node), path, meaning.format_map(words))


def _path(report: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    from rdflib import URIRef  # noqa: PLC0415 - as above

    inverse = report.value(path, URIRef(f"{SH}inversePath")) if path is not None else None
    return f"{_short(inverse)} of another node" if inverse is not None else _short(path)


def _label(data: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    from rdflib import URIRef  # noqa: PLC0415 - as above

    for name in _LABELS:
        prefix, local = name.split(":")
        labels = sorted(str(label) for label in data.objects(node, URIRef(PREFIXES[prefix] + local)))
        if labels:
            return labels[0]
    return ""


def _value(data: rdflib.Graph, value: rdflib.term.Node | None) -> str:
    label = _label(data, value) if value is not None else ""
    return f"{label} <{value}>" if label else _short(value) or "nothing"


def _short(term: object) -> str:
    """Write an IRI of a known vocabulary with its prefix, an inverse path with what it inverts, all else as it is."""
    text = "" if term is None else str(term)
    names = (f"{prefix}:{text.removeprefix(space)}" for prefix, space in {**PREFIXES, "sh": SH}.items() if text.startswith(space))
    return next(names, text)
