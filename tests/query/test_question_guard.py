"""Questions that are refused before any engine sees them, and how they are read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.errors import QueryError
from newsgraph.query.question_guard import DEEPEST, LONGEST, check_question, keywords_of, resolve_code_points, terminals

SERVICE = "SERVICE <http://127.0.0.1:9/q> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "question",
    [
        f"SELECT * {{ {SERVICE} }}",
        f'SELECT * {{ BIND("""\\"""" AS ?b) {SERVICE} FILTER("x"="x") }}',  # a long string that ends with an escaped quote
        f"SELECT * {{ # x\r{SERVICE}\n}}",  # a comment that ends at a carriage return
        f"SELECT * {{ BIND('''\\'''' AS ?b) {SERVICE} }}",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/q> { ?s ?p ?o } }",  # resolved by the grammar before anything else
        "SELECT * { \\U00000053ervice <http://127.0.0.1:9/q> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . service ?where { ?a ?b ?c } }",
        "SELECT * { SERVICE SILENT ng:x { ?s ?p ?o } }",
        'SELECT * { BIND("a\\\\" AS ?b) SERVICE <http://127.0.0.1:9/q> { ?s ?p "x" } }',
        "SELECT*{?s?p?o SERVICE<http://127.0.0.1:9/q>{?s?p?o}}",
        "ASK { OPTIONAL { SERVICE <a:b> {} } }",
    ],
)
def test_service_is_found_wherever_the_grammar_has_it(question: str) -> None:
    with pytest.raises(QueryError, match="never uses the network"):
        check_question(question)


@pytest.mark.parametrize(
    "question",
    [
        'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
        "SELECT * { ?s ?p '''SERVICE''' } # SERVICE",
        "SELECT * { ?service ?p <a:SERVICE> }",
        "SELECT * { ?s ng:SERVICE ?o ; ng:a-SERVICE ?x . _:SERVICE ?y ?z }",
        'SELECT * { ?s ?p "text"@en-service }',
        "PREFIX SERVICE: <a:> SELECT * { ?s SERVICE:x ?o }",
    ],
)
def test_a_word_elsewhere_is_no_keyword(question: str) -> None:
    assert "SERVICE" not in check_question(question).keywords


def test_a_question_has_its_graphs_with_their_full_names() -> None:
    question = "PREFIX ex: <http://e/> SELECT * FROM <a:b> FROM NAMED ex:g FROM ng:x FROM NAMED <a:c> { ?s ?p '''FROM <no:no>''' }"

    assert check_question(question).graphs == ("a:b", "http://e/g", "https://w3id.org/newsgraph/ns#x", "a:c")


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * { FILTER(" + "(" * 5000 + "1=1" + ")" * 5000 + ") }",
        "{" * 5000,
        "SELECT * { FILTER(" + "!" * 5000 + "true) }",
        "SELECT * { FILTER(" + "- " * 5000 + "1 = 1) }",
        "SELECT * { ?s " + "^" * 5000 + "ng:x ?o }",
        "SELECT * { ?s ?p " + "[ ng:x " * 5000,
    ],
)
def test_a_question_that_is_nested_too_deep_is_refused(question: str) -> None:
    with pytest.raises(QueryError, match=f"nested more than {DEEPEST} deep"):
        check_question(question)


def test_brackets_in_strings_and_closed_ones_do_not_count() -> None:
    assert check_question('SELECT * { ?s ?p "' + "(" * 5000 + '" }').size
    assert check_question("SELECT * {" + " FILTER(1=1)" * 5000 + "}").size > 5000


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError, match="characters"):
        check_question("SELECT" + " " * LONGEST)


def test_code_points_are_resolved_but_no_impossible_ones() -> None:
    assert resolve_code_points(r"\u0041\U0001F680") == "A\U0001f680"
    assert resolve_code_points(r"\uD800 \UFFFFFFFF \u00") == r"\uD800 \UFFFFFFFF \u00"


def test_keywords_keep_their_order() -> None:
    assert keywords_of("# c\nselect ?where WHERE { ?s a ng:Where }") == ["SELECT", "WHERE", "A"]


# The terminals as one pattern that says what each is; it reads some texts again and again, which `terminals` must not.
PLAIN = re.compile(
    r"""(?P<space>[\x20\t\r\n]+|\#[^\r\n]*)"""
    r"""|(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)"""
    r"""|(?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<variable>[?$]\w+)|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"""
    r"""|(?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:[\w:%\-]|\\.|\.(?=[\w:%\\\-.]))*|_:[\w](?:[\w.\-]*[\w\-])?)"""
    r"""|(?P<word>[A-Za-z]\w*)|(?P<number>\d+)|(?P<sign>.)""",
    re.DOTALL,
)


@given(st.text(st.sampled_from("\"\"\"'''\\\\\n\r .-:_aé7?@<>{(#%"), max_size=40))
def test_terminals_are_those_of_the_plain_pattern(question: str) -> None:
    expected = [(match.lastgroup, match[0]) for match in PLAIN.finditer(question) if match.lastgroup != "space"]

    assert [tuple(terminal) for terminal in terminals(question)] == expected


@pytest.mark.parametrize("unit", ['\\"""\n', "\\'''\n", "a.", "a-", "é.", "_:a.", "a:.", "<a", "@a-", '"\\\n'])
def test_no_way_of_writing_makes_a_question_slow_to_read(unit: str) -> None:
    # by the plain pattern the first of these take hours
    assert check_question(unit * (LONGEST // len(unit))).size > 0
