"""JSON-LD: graph.jsonld, all statements as JSON objects, with the context in the file so that no network is needed to read it."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_statements import blocks, dataset
from newsgraph.rdf.terms import Block, Iri, Term, iri
from newsgraph.rdf.turtle_layout import address

Keys = dict[str, tuple[str, str]]
"""The key of each predicate, and how the context interprets plain values: `@id`, a datatype, `@en`, or nothing special."""


def write_jsonld(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.jsonld`, one subject a line, and return its path."""
    base = dataset(graph)["base"]
    context = json.loads(files("newsgraph").joinpath("data/context.jsonld").read_text("utf-8"))["@context"]
    keys = _keys(context)
    path = folder / "graph.jsonld"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = json.dumps({"@base": iri(base).value, **context}, ensure_ascii=False, indent=1)
        file.write(f'{{"@context": {head},\n"@graph": [')
        for number, block in enumerate(blocks(graph)):
            file.write(f"{',' if number else ''}\n{json.dumps(_node(block, base, keys), ensure_ascii=False)}")
        file.write("\n]}\n")
    return (path,)


def _keys(context: dict[str, str | dict[str, str]]) -> Keys:
    keys = {}
    for key, meaning in context.items():
        if isinstance(meaning, dict):
            language = meaning.get("@language")
            keys[meaning["@id"]] = (key, f"@{language}" if language else meaning.get("@type", ""))
    return keys


def _node(block: Block, base: str, keys: Keys) -> dict[str, object]:
    node: dict[str, object] = {"@id": _short(block.subject, base)}
    for predicate, pairs in groupby(block.pairs, key=lambda pair: pair[0]):
        key, coercion = ("@type", "@id") if predicate == "rdf:type" else keys.get(predicate, (predicate, ""))
        values = [_value(term, base, coercion) for _, term in pairs]
        node[key] = values[0] if len(values) == 1 else values
    return node


def _short(value: str, base: str) -> str:
    """Return an IRI relative to the base, as in Turtle, unless a reader could take a part before a colon for a prefix."""
    short = address(value, base)
    if not short.startswith("<"):
        return short
    rest = short[1:-1]
    return value if ":" in rest or rest.startswith("@") else rest


def _value(term: Term, base: str, coercion: str) -> object:
    if isinstance(term, Iri):
        return _short(term.value, base) if coercion == "@id" else {"@id": _short(term.value, base)}
    if term.language:
        return term.text if coercion == f"@{term.language}" else {"@value": term.text, "@language": term.language}
    if term.datatype == coercion:
        return term.text
    if term.datatype == "xsd:boolean" and not coercion:
        return term.text == "true"
    # larger numbers lose their last digits in readers that only have floating-point numbers
    if term.datatype == "xsd:integer" and not coercion and abs(int(term.text)) < 2**53:
        return int(term.text)
    return {"@value": term.text, "@type": term.datatype} if term.datatype else {"@value": term.text}
