"""The fast check finds what pySHACL finds, and pySHACL is the reference: whatever is broken, the findings are the same."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from rdflib import Graph

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import expand
from newsgraph.pipeline.graph_build import build
from newsgraph.query.statement_columns import Triple, columns, columns_of
from newsgraph.rdf.graph_statements import blocks
from newsgraph.rdf.rdflib_graph import rdflib_graph
from newsgraph.rdf.terms import Iri, Literal, Term
from newsgraph.shacl.prefilter import suspect_nodes, unknown_rules
from newsgraph.shacl.shapes import Shape, read_shapes, shapes, shapes_graph
from newsgraph.shacl.validation import Finding, check, check_columns, check_rdf
from sample import ALPHA, BASE, BOLT, MONEY, ONE, sample_graph

logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it tells of every value that is odd on purpose
TYPE = expand("rdf:type")
SHAPES = {shape.name.rpartition("#")[2]: shape for shape in shapes()}
# Values that some rule or other must refuse: empty and odd texts, numbers at and beyond bounds, days that do not exist, other kinds.
ODD: tuple[Term, ...] = (
    Literal(""), Literal("x"), Literal("USD\n"), Literal("US", language="en"), Literal("us", language="EN"), Literal("5"),
    *(Literal(text, "xsd:integer") for text in ("0", "-1", "1", "007", "9999999999999999999")),
    *(Literal(text, "xsd:decimal") for text in ("0.0", "1.0", "1.00", "1.000000000000000000001", "-0.5", "1e3")),
    *(Literal(text, "xsd:nonNegativeInteger") for text in ("3", "-3", "900")),
    *(Literal(text, "xsd:date") for text in ("2024-02-30", "2024-05-01", "0000-01-01", "soon")),
    *(Literal(text, "xsd:dateTime") for text in ("2024-02-30T00:00:00Z", "2024-05-01T08:00:00", "2024-05-01T25:00:00Z", "2024-05-01T08:00:00Z")),
    Literal("1", "xsd:double"), Literal("true", "xsd:boolean"), Iri("mailto:x"), Iri(BOLT), Iri(ALPHA), Iri(MONEY), Iri(ONE), Iri(f"{BASE}nothing"),
)  # fmt: skip


def statements() -> list[Triple]:
    """List the statements of the sample."""
    return [(block.subject, expand(prop), value) for block in blocks(sample_graph()) for prop, value in block.pairs]


SAMPLE = statements()


@pytest.fixture(autouse=True, scope="module")
def shapes_read_once() -> Iterator[None]:
    """Read the shapes once for all checks by pySHACL."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsgraph.shacl.validation.shapes_graph", cache(shapes_graph))
        yield


def findings_of_both(triples: list[Triple]) -> set[Finding]:
    """Return what the fast check finds; the reference must find the same."""
    fast, slow = set(check_columns(columns(triples))), set(check_rdf(rdflib_graph(triples)))
    assert sorted(fast - slow) == [], "found by the fast check alone"
    assert sorted(slow - fast) == [], "found by the reference alone"
    return fast


def instances(shape: Shape) -> list[str]:
    classes = {Iri(target) for target in shape.targets}
    return [subject for subject, prop, value in SAMPLE if prop == TYPE and value in classes]


def bare(shape: Shape) -> Iterator[Triple]:
    """Give the statements without what the instances of a shape say, but with their classes, and one instance that says nothing."""
    gone = set(instances(shape)[:1])
    yield from (triple for triple in SAMPLE if triple[1] == TYPE or triple[0] not in gone)
    yield f"{BASE}new", TYPE, Iri(shape.targets[0])


def odd(shape: Shape) -> Iterator[Triple]:
    """Give the statements, and for each property of a shape nodes with one odd value each, and one node with them all.

    Only numbers are compared with one another: pySHACL cannot compare a day with a number and ends with an error.
    """
    yield from SAMPLE
    for number, value in enumerate(ODD):
        for node in (f"{BASE}odd-{number}", f"{BASE}all"):
            yield node, TYPE, Iri(shape.targets[-1])
            for part in shape.properties:
                compared = any(rule.name.startswith("lessThan") for rule in part.rules)
                if not part.inverse and not (compared and node.endswith("all")):
                    yield node, part.path, value


def test_every_rule_of_the_shapes_is_known() -> None:
    assert unknown_rules(shapes()) == ()


def test_a_graph_that_keeps_its_shapes_has_no_suspects() -> None:
    assert suspect_nodes(columns(SAMPLE), shapes()) == ()


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph"])
def test_real_documents_have_no_suspects(request: pytest.FixtureRequest, corpus: str) -> None:
    graph: GraphTables = request.getfixturevalue(corpus)
    assert suspect_nodes(columns_of(graph), shapes()) == ()


def test_both_checks_pass_the_seed(seed_graph: GraphTables) -> None:
    assert check(seed_graph) == check(seed_graph, reference=True) == ()


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_nodes_that_say_nothing_are_judged_as_by_the_reference(name: str) -> None:
    findings_of_both(list(bare(SHAPES[name])))


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_odd_values_are_judged_as_by_the_reference(name: str) -> None:
    assert findings_of_both(list(odd(SHAPES[name]))) != set()


@settings(max_examples=20)
@given(st.data())
def test_any_changes_are_judged_as_by_the_reference(data: st.DataObject) -> None:
    triples = list(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(triples) - 1))
        subject, prop, value = triples[at]
        kind = data.draw(st.sampled_from(["drop", "replace", "add", "move"]))
        other = data.draw(st.sampled_from([*ODD, *(triple[2] for triple in SAMPLE[:200])]))
        if kind != "add":
            del triples[at]
        if kind in {"replace", "add"}:
            triples.append((subject, prop, other))
        if kind == "move":
            triples.append((data.draw(st.sampled_from([ALPHA, BOLT, MONEY, ONE])), prop, value))
    try:
        findings_of_both(triples)
    except TypeError:  # pySHACL cannot compare a day with a number
        reject()


UNKNOWN = {
    "rule": "sh:property [ sh:path schema:headline ; sh:hasValue 'x' ]",
    "flags": "sh:property [ sh:path schema:headline ; sh:pattern '^a' ; sh:flags 'i' ]",
    "path": "sh:property [ sh:path ( schema:isPartOf schema:name ) ; sh:minCount 1 ]",
    "nested": "sh:property [ sh:path schema:isPartOf ; sh:property [ sh:path schema:name ; sh:minCount 1 ] ]",
    "node": "sh:closed true",
    "list": "sh:property [ sh:path schema:headline ; sh:in () ]",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_rule_that_is_not_known_makes_all_its_nodes_suspects(name: str) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> . "
    own = tuple(read_shapes(Graph().parse(data=f"{prefixes} <a:s> sh:targetClass schema:NewsArticle ; {UNKNOWN[name]} .", format="turtle")))
    articles = sorted(subject for subject, prop, value in SAMPLE if prop == TYPE and value == Iri(expand("schema:NewsArticle")))
    assert list(suspect_nodes(columns(SAMPLE), own)) == articles


def test_a_shape_that_targets_no_class_is_not_passed_over() -> None:
    text = "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:s> sh:targetSubjectsOf <a:p> ; sh:nodeKind sh:IRI ."
    own = tuple(read_shapes(Graph().parse(data=text, format="turtle")))
    assert unknown_rules(own) == ("a:s target",)


def test_generated_news_have_no_suspects(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Acme buys Bolt for $3 million\nwebUrl: https://a.example/1\n---\nAcme Inc. is old.\n", "utf-8"
    )
    assert suspect_nodes(columns_of(build([tmp_path])), shapes()) == ()
