"""Typing errors in terms of our own vocabulary."""

from __future__ import annotations

import pytest
import rdflib

from conftest import ROOT
from newsgraph.api import NewsGraph
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.named_questions import questions
from newsgraph.query.unknown_terms import unknown_terms, vocabulary_terms
from sample import sample_graph


@pytest.mark.parametrize(
    ("question", "written", "nearest"),
    [
        ("SELECT * { ?a ng:acquird ?b }", "ng:acquird", "ng:acquired"),
        ("SELECT * { ?a a ng:aquisition }", "ng:aquisition", "ng:Acquisition"),
        ("SELECT * { ?a <https://w3id.org/newsgraph/ns#investedin> ?b }", "<https://w3id.org/newsgraph/ns#investedin>", "ng:investedIn"),
        ("PREFIX x: <https://w3id.org/newsgraph/ns#> SELECT * { ?a x:stauts ?b }", "x:stauts", "ng:status"),
        ("SELECT * { ?a \\u006eg:acquird ?b }", "ng:acquird", "ng:acquired"),
        ("SELECT * { ?a ng:zzzzqqq ?b }", "ng:zzzzqqq", ""),
    ],
)
def test_a_mistyped_term_is_reported_with_the_nearest_one(question: str, written: str, nearest: str) -> None:
    (term,) = unknown_terms(question)

    assert (term.written, term.nearest) == (written, nearest)
    assert (f"Did you mean {nearest}?" in term.line()) == bool(nearest)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * { ?a ng:acquired ?b ; a ng:Event }",
        "SELECT * { ?a schema:naem ?b ; <https://schema.org/nmae> ?c }",  # others' vocabularies
        "PREFIX ng: <http://example.org/> SELECT * { ?a ng:acquird ?b }",  # somebody else's ng
        'SELECT * { ?a ng:status "ng:acquird" } # ng:acquird',
        "PREFIX ng: <https://w3id.org/newsgraph/ns#> SELECT * { ?a ng:status ?b }",
    ],
)
def test_right_terms_and_those_of_others_are_never_reported(question: str) -> None:
    assert unknown_terms(question) == ()


def test_a_term_is_reported_once() -> None:
    assert len(unknown_terms("SELECT * { ?a ng:acquird ?b . ?b ng:acquird ?c . ?c ng:acquird ?d }")) == 1


def test_no_named_question_has_an_unknown_term() -> None:
    assert [name for name, question in questions().items() if unknown_terms(question.sparql)] == []


def test_the_terms_are_the_subjects_of_the_ontology() -> None:
    graph = rdflib.Graph().parse(ROOT / "src/newsgraph/data/ontology.ttl")
    ours = {str(term).removeprefix(PREFIXES["ng"]) for term in graph.subjects() if str(term).startswith(PREFIXES["ng"])}

    assert vocabulary_terms() == ours - {""}


def test_python_warns_of_a_mistyped_term_and_still_answers() -> None:
    kg = NewsGraph(sample_graph())
    with pytest.warns(UserWarning, match=r"ng:acquird is not in the vocabulary.*Did you mean ng:acquired\?"):
        assert kg.query("SELECT * { ?a ng:acquird ?b }").height == 0
    with pytest.warns(UserWarning, match="ng:acquired"):
        assert kg.query_as("ASK { ?a ng:acquird ?b }", "sparql-json") == '{"head":{},"boolean":false}'
