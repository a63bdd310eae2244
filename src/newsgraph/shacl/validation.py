"""SHACL validation against the shapes of `data/shapes.ttl`, with findings in words that need no knowledge of SHACL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsgraph.core.errors import MissingExtraError
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

# What a violation of each SHACL constraint means to a reader; {want} is the constraint's parameter.
_MEANINGS = {
    "MinCount": "{path} is missing or has too few values: at least {want} required",
    "MaxCount": "{path} has too many values: at most {want} allowed",
    "MinLength": "{path} is too short",
    "MaxLength": "{path} is too long",
    "Datatype": "{path} must be of type {want}, but {value} is not",
    "NodeKind": "{path} must be a {want}, but {value} is not",
    "Class": "{path} must refer to a {want}, but {value} is not one",
    "Pattern": "{path} must match {want}, but {value} does not",
    "MinInclusive": "{path} must be {want} or more, but is {value}",
    "MaxInclusive": "{path} must be {want} or less, but is {value}",
    "MinExclusive": "{path} must be more than {want}, but is {value}",
    "MaxExclusive": "{path} must be less than {want}, but is {value}",
    "LessThan": "{path} must be less than {want}, but is {value}",
    "Disjoint": "{path} and {want} must differ, but both are {value}",
    "UniqueLang": "{path} may have only one value in each language",
    "In": "{path} is not one of the allowed values: {value}",
    "HasValue": "{path} must include {want}",
    "Or": "{path} is not of one of the allowed kinds: {value}",
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
        """Return the finding as one line that names the node."""
        return f"{self.label or 'no name'} <{self.iri}>: {self.message}."


def check(graph: GraphTables, *, reference: bool = False) -> tuple[Finding, ...]:
    """Validate a graph against the shapes of the package; without a finding, it conforms.

    A fast prefilter over columns finds the nodes that may violate a shape, and pySHACL validates these with their neighbourhood. With
    `reference`, pySHACL validates the whole graph, which takes minutes for a few thousand articles and finds the same. Raises
    MissingExtraError if a node needs pySHACL and it is not installed.
    """
    by_class = all(rule.name != "target" for shape in shapes() for rule in shape.rules)
    return check_columns(columns_of(graph)) if by_class and not reference else check_rdf(to_rdflib(graph))


def check_columns(columns: StatementColumns) -> tuple[Finding, ...]:
    """Validate a graph in columns against the shapes of the package; findings are sorted by node."""
    suspects = suspect_nodes(columns, shapes())
    labels = [expand(name) for name in _LABELS]
    # pySHACL also validates the neighbours, wrongly, because the subgraph does not contain all of their statements; if it is
    # restricted to some nodes, it skips the shapes in sh:or
    findings = check_rdf(rdflib_graph(subgraph_around(columns, suspects, labels))) if suspects else ()
    own = frozenset(suspects)
    return tuple(finding for finding in findings if finding.iri in own)


def check_rdf(data: rdflib.Graph) -> tuple[Finding, ...]:
    """Validate an RDF graph in newsgraph's vocabulary against the shapes of the package with pySHACL; findings are sorted by node.

    Raises MissingExtraError if pySHACL is not installed.
    """
    try:
        from pyshacl import validate  # noqa: PLC0415 - a heavy import, only needed here
    except ImportError as error:
        what = "the check of nodes that may violate a shape"
        raise MissingExtraError(what, "pyshacl", "check") from error
    from rdflib import RDF, URIRef  # noqa: PLC0415 - as above

    rules = shapes_graph()
    _, report, _ = validate(data, shacl_graph=rules, inference="none", advanced=False, meta_shacl=False)
    results = report.subjects(RDF.type, URIRef(f"{SH}ValidationResult"))
    return tuple(sorted({_finding(data, rules, report, result) for result in results}))


def _finding(data: rdflib.Graph, shapes: rdflib.Graph, report: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    from rdflib import URIRef  # noqa: PLC0415 - as above

    def reported(name: str) -> rdflib.term.Node | None:
        return report.value(result, URIRef(SH + name))

    node, value = reported("focusNode"), reported("value")
    constraint = str(reported("sourceConstraintComponent") or "").removeprefix(SH).removesuffix("ConstraintComponent")
    parameter = constraint[:1].lower() + constraint[1:]
    source = reported("sourceShape")
    parameter_value = shapes.value(source, URIRef(SH + parameter)) if source is not None else None
    path = _path(report, reported("resultPath"))
    meaning = _MEANINGS.get(constraint, f"{{path}} violates the constraint {constraint}: {reported('resultMessage')}")
    words = {"path": path or "the node itself", "want": _short(parameter_value), "value": _value(data, value)}
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
    """Return an IRI of a known vocabulary as a prefixed name, and any other term as it is."""
    text = "" if term is None else str(term)
    names = (f"{prefix}:{text.removeprefix(space)}" for prefix, space in {**PREFIXES, "sh": SH}.items() if text.startswith(space))
    return next(names, text)
