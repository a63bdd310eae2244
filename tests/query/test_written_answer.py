"""What columns write in the syntaxes of the SPARQL protocol is what the SPARQL engine writes: terms, their types and their languages."""

from __future__ import annotations

from functools import cache
from random import Random

import pyoxigraph as ox
import pytest

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.answer_syntax import RESULT_SYNTAXES, TooManyBytesError, TooManyRowsError, answer_text
from newsgraph.query.columnwise import NotCoveredError, parse, written_answer
from newsgraph.query.named_questions import questions, sparql_of
from newsgraph.query.question_guard import check_question
from newsgraph.query.select_reader import is_soon_read
from question_cases import BothEngines, user_questions
from random_question import random_question
from rounds import NIGHTLY
from sample import sample_graph

UNORDERED = "SELECT ?s ?n { ?s schema:name ?n }"


@cache
def sample() -> BothEngines:
    return BothEngines(sample_graph())


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_is_written_as_by_the_engine(name: str) -> None:
    assert sample().check_written(sparql_of(name, {}))


def test_questions_of_users_and_by_chance_are_written_as_by_the_engine() -> None:
    chance = Random(11)  # noqa: S311 - the same questions each time
    asked = [*user_questions(), *(random_question(chance) for _ in range(5000 if NIGHTLY else 400))]
    assert sum(sample().check_written(sparql) for sparql in asked) > len(asked) // 3


@pytest.mark.parametrize("syntax", RESULT_SYNTAXES)
@pytest.mark.parametrize(
    "sparql", ["SELECT ?s ?n ?none { ?s schema:name ?n } ORDER BY ?s ?n", "ASK { ?s schema:name ?n }", "ASK { ?s ng:none ?n }"]
)
def test_each_syntax_has_the_bytes_of_the_engine(syntax: str, sparql: str) -> None:
    variables = ["s", "n", "none"] if sparql.startswith("SELECT") else None
    expected = answer_text(sample().engine.query(sparql, prefixes=PREFIXES), syntax, "", rows=1000, size=2**20)
    assert (syntax, written_answer(sample().columns, parse(sparql, variables), syntax, rows=1000, size=2**20)) == expected


def test_an_iri_that_only_the_question_has_and_computed_values_are_written() -> None:
    sparql = (
        "SELECT ?s ?x ?t ?n ?b { ?s schema:tickerSymbol ?t VALUES ?x { <urn:of-the-question> } BIND(STRLEN(?t) AS ?n) BIND(?n > 1 AS ?b) }"
    )
    assert sample().check_written(sparql)


@pytest.mark.parametrize(
    "inner", ["{ SELECT ?c { ?d ng:rule ?e } }", "{ ?c ng:none ?x } UNION { ?y ng:rule ?z }", "OPTIONAL { ?c ng:none ?x } ?y ng:rule ?z"]
)
def test_what_may_be_unbound_in_a_minus_removes_nothing(inner: str) -> None:
    with pytest.raises(NotCoveredError):
        written_answer(sample().columns, parse(f"SELECT ?c {{ ?c a skos:Concept MINUS {{ {inner} }} }}", ["c"]), "json", rows=9, size=999)
    assert sample().check_written("SELECT ?c { ?c a skos:Concept MINUS { ?c ng:rule ?x } }")


def test_decimals_that_are_computed_are_left_to_the_engine() -> None:
    with pytest.raises(NotCoveredError):
        written_answer(sample().columns, parse("SELECT (AVG(?n) AS ?m) { ?s ng:articleCount ?n }", ["m"]), "json", rows=9, size=999)


def test_answers_that_are_too_large_are_refused() -> None:
    select = parse(UNORDERED, ["s", "n"])
    with pytest.raises(TooManyRowsError):
        written_answer(sample().columns, select, "json", rows=1, size=2**20)
    with pytest.raises(TooManyBytesError):
        written_answer(sample().columns, select, "json", rows=1000, size=60)


def test_parts_of_a_union_are_not_joined() -> None:
    part = "{ ?a ?b ?c . ?d ?e ?f }"
    alone = check_question(f"SELECT * {part}").joined
    assert check_question(f"SELECT * {{ {' UNION '.join([part] * 9)} }}").joined == alone + 8
    assert check_question(f"SELECT * {{ {' '.join([part] * 9)} }}").joined == 2 + 9 * (alone - 2)
    nested = f"{{ {part} UNION {{ {part} {part} }} }}"
    assert check_question(f"SELECT * {{ {nested} UNION {part} }}").joined == check_question(f"SELECT * {nested}").joined + 1
    assert check_question("}} { ?a").joined == 3


def test_all_named_questions_are_read_for_columns_and_one_of_very_many_patterns_is_not() -> None:
    assert all(is_soon_read(check_question(sparql_of(name, {}))) for name in questions())
    star = " ".join(f"?a ?p{number} ?b{number} ." for number in range(200))
    assert not is_soon_read(check_question(f"SELECT * {{ {star} }}"))
    parts = " UNION ".join(f"{{ {star[:600]} }}" for _ in range(80))
    assert not is_soon_read(check_question(f"SELECT * {{ {parts} }}"))
    assert isinstance(ox.Store().query(f"SELECT * {{ {star[:300].rpartition('.')[0]} }}"), ox.QuerySolutions)
