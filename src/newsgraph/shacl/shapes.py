"""The shapes of `data/shapes.ttl` as plain values: whom they are for, and which rules they set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

SH = "http://www.w3.org/ns/shacl#"
# These say something of a shape and ask nothing of a node.
_SILENT = frozenset({"targetClass", "property", "path", "message", "name", "description"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint by its local name, such as `minCount`; `value` is an IRI, a number, a text, or a tuple of parts.

    The parts of `or` are shapes, those of `in` are pairs of a text and a datatype (None for an IRI).
    """

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold for the instances of `targets`, or for the values of a path: `path` is an IRI, `inverse` tells its direction."""

    name: str
    targets: tuple[str, ...]
    path: str
    inverse: bool
    rules: tuple[Rule, ...]
    properties: tuple[Shape, ...]


def shapes_graph() -> Graph:
    """Give the shapes of the package as RDF."""
    return Graph().parse(data=files("newsgraph").joinpath("data", "shapes.ttl").read_text("utf-8"), format="turtle")


@cache
def shapes() -> tuple[Shape, ...]:
    """Give the shapes of the package."""
    return tuple(read_shapes(shapes_graph()))


def read_shapes(graph: Graph) -> Iterator[Shape]:
    """Read the node shapes of a graph, sorted by name.

    What this module does not know, be it a path, a target or a constraint, is a rule of a name that it has in SHACL: who applies
    rules must not take one that it does not know for kept. Targets by other ways than class make a shape without targets
    that has the rule `target`.
    """
    tops = {
        node
        for prop in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
        for node in graph.subjects(URIRef(SH + prop))
    }
    yield from (_shape(graph, node) for node in sorted(tops, key=str))


def _shape(graph: Graph, node: Node) -> Shape:
    targets = tuple(sorted(str(target) for target in graph.objects(node, URIRef(f"{SH}targetClass"))))
    path = graph.value(node, URIRef(f"{SH}path"))
    inverse = graph.value(path, URIRef(f"{SH}inversePath")) if path is not None else None
    step = path if inverse is None else inverse
    rules = [_rule(graph, str(prop).removeprefix(SH), value) for prop, value in graph.predicate_objects(node) if str(prop).startswith(SH)]
    if step is not None and not isinstance(step, URIRef):
        rules.append(Rule("path", "is of a kind that is not known"))
    kept = {rule for rule in rules if rule.name not in _SILENT or rule.value == "is of a kind that is not known"}
    properties = tuple(_shape(graph, part) for part in sorted(graph.objects(node, URIRef(f"{SH}property")), key=str))
    return Shape(
        str(node),
        targets,
        str(step or ""),
        inverse is not None,
        tuple(sorted(kept, key=lambda rule: (rule.name, str(rule.value)))),
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
