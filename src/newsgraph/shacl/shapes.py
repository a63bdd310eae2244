"""The shapes of `data/shapes.ttl` as plain values: the nodes that they target and their constraints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

SH = "http://www.w3.org/ns/shacl#"
_UNSUPPORTED = "is of an unsupported kind"
# Properties of a shape that do not constrain nodes.
_NO_CONSTRAINTS = frozenset({"targetClass", "property", "path", "message", "name", "description"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint by its local name, such as `minCount`; `value`, its parameter, is an IRI, a number, a text, or a tuple.

    The elements of `or` are shapes, those of `in` are pairs of a text and a datatype (None for an IRI).
    """

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Shape:
    """Constraints on the instances of `targets`, or on the values of a path: `path` is an IRI, `inverse` its direction."""

    name: str
    targets: tuple[str, ...]
    path: str
    inverse: bool
    rules: tuple[Rule, ...]
    properties: tuple[Shape, ...]


def shapes_graph() -> Graph:
    """Return the shapes of the package as RDF."""
    return Graph().parse(data=files("newsgraph").joinpath("data", "shapes.ttl").read_text("utf-8"), format="turtle")


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shapes of the package."""
    return tuple(read_shapes(shapes_graph()))


def read_shapes(graph: Graph) -> Iterator[Shape]:
    """Yield the node shapes of a graph, sorted by name.

    Whatever this module does not support, be it a path, a target or a constraint, becomes a rule with its name in SHACL: code that
    applies rules must not treat an unknown one as satisfied. Targets other than by class make a shape without targets
    that has the rule `target`.
    """
    node_shapes = {
        node
        for prop in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
        for node in graph.subjects(URIRef(SH + prop))
    }
    yield from (_shape(graph, node) for node in sorted(node_shapes, key=str))


def _shape(graph: Graph, node: Node) -> Shape:
    targets = tuple(sorted(str(target) for target in graph.objects(node, URIRef(f"{SH}targetClass"))))
    path = graph.value(node, URIRef(f"{SH}path"))
    inverse = graph.value(path, URIRef(f"{SH}inversePath")) if path is not None else None
    step = path if inverse is None else inverse
    rules = [_rule(graph, str(prop).removeprefix(SH), value) for prop, value in graph.predicate_objects(node) if str(prop).startswith(SH)]
    if step is not None and not isinstance(step, URIRef):
        rules.append(Rule("path", _UNSUPPORTED))
    constraints = {rule for rule in rules if rule.name not in _NO_CONSTRAINTS or rule.value == _UNSUPPORTED}
    properties = tuple(_shape(graph, part) for part in sorted(graph.objects(node, URIRef(f"{SH}property")), key=str))
    return Shape(
        str(node),
        targets,
        str(step or ""),
        inverse is not None,
        tuple(sorted(constraints, key=lambda rule: (rule.name, str(rule.value)))),
        properties,
    )


def _rule(graph: Graph, name: str, value: Node) -> Rule:
    if name.startswith("target") and name != "targetClass":
        return Rule("target", str(value))
    if (value, RDF.first, None) in graph:
        parts = list(Collection(graph, value))
        return Rule(name, tuple(_shape(graph, part) for part in parts) if name == "or" else tuple(_term(part) for part in parts))
    return Rule(name, value.toPython() if isinstance(value, Literal) else str(value))


def _term(node: Node) -> tuple[str, str | None]:
    return str(node), str(node.datatype or "") if isinstance(node, Literal) else None
