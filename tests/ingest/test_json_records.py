"""JSON and JSON Lines feeds."""

from __future__ import annotations

import json

import pytest

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest import parse_document


def read(text: str, source: str = "a.json") -> tuple[list[Article], list[Problem]]:
    articles, problems = parse_document(text.encode(), source)
    return list(articles), list(problems)


def parts(articles: list[Article]) -> list[tuple[str, str]]:
    return [(article.title, article.part) for article in articles]


def test_an_object_is_one_article_with_its_related_ones() -> None:
    articles, problems = read('{"title": "One", "quality": 1.5, "related": [{"title": "Two"}]}')

    assert parts(articles) == [("One", "main"), ("Two", "related[0]")]
    assert (articles[0].quality, problems) == (1.5, [])


@pytest.mark.parametrize("wrapped", ["%s", '{"value": %s}', '{"@count": 2, "value": %s}'])
def test_a_list_bare_or_as_value_is_several_articles(wrapped: str) -> None:
    articles, problems = read(wrapped % '[{"title": "One"}, {"title": "Two", "related": [{"title": "Three"}]}]')

    assert parts(articles) == [("One", "item[0]"), ("Two", "item[1]"), ("Three", "item[1].related[0]")]
    assert problems == []


def test_a_bad_line_costs_that_line() -> None:
    articles, (problem,) = read('{"title": "One"}\n\n{"title": \n{"title": "Four"}\n', "a.jsonl")

    assert parts(articles) == [("One", "item[0]"), ("Four", "item[3]")]
    assert (problem.field, problem.severity) == ("line 3", Severity.ARTICLE)
    assert "line 3, column" in problem.what


def test_problems_of_an_item_are_named_by_its_place() -> None:
    _, problems = read('[{"title": "One", "related": [3, {"title": "Two", "publishedDateTime": "soon"}]}, "three"]')

    assert [problem.field for problem in problems] == ["item[0].related[0]", "item[0].related[1].publishedDateTime", "item[1]"]


def test_json_lines_in_a_json_file_are_read_as_lines() -> None:
    articles, problems = read('{"title": "One"}\n{"title": "Two"}')

    assert [article.title for article in articles] == ["One", "Two"]
    assert problems == []


def test_two_maps_in_a_json_file_are_refused_with_the_right_hint() -> None:
    articles, (problem,) = read('{"title": "One"} {"title": "Two"}')

    assert articles == []
    assert problem.hint == "Put articles of one line each into a .jsonl file"


def test_doubled_keys_keep_the_first() -> None:
    (article,), (problem,) = read('{"title": "One", "title": "Two"}')

    assert article.title == "One"
    assert problem.field == "title"


@pytest.mark.parametrize("text", ["null", "3", '"title"', "[]", "{", '{"title": "x", "foo": ' + "[" * 200_000, '{"a": ' + "9" * 9000 + "}"])
def test_what_holds_no_article_is_one_document_left_out(text: str) -> None:
    articles, (problem,) = read(text)

    assert articles == []
    assert problem.severity is Severity.DOCUMENT


def test_a_line_that_nests_too_deep_costs_that_line() -> None:
    articles, (problem,) = read("[" * 200_000 + '\n{"title": "Two"}', "a.jsonl")

    assert parts(articles) == [("Two", "item[1]")]
    assert problem.what == "is nested too deep"


def test_numbers_without_value_cost_their_field_and_are_null_among_unknown_ones() -> None:
    (article,), problems = read('{"title": "One", "quality": NaN, "heat": 1e999, "foo": [NaN, -Infinity, 2]}')

    assert (article.quality, article.heat) == (None, None)
    assert [problem.field for problem in problems] == ["quality", "heat"]
    assert json.loads(article.extra) == {"foo": [None, None, 2]}


@pytest.mark.parametrize(
    "field", ["title", "quality", "publishedDateTime", "provider", "topics", "images", "related", "webUrl", "published", "foo"]
)
def test_deep_nesting_in_any_field_is_a_problem_and_no_crash(field: str) -> None:
    deep = "[" * 900 + "]" * 900

    _, problems = read(f'{{"title": "One", "{field}": {deep}}}'.replace('"title": "One", "title"', '"title"'))

    assert problems
    assert all(field in problem.field for problem in problems)


def test_a_flood_of_problems_is_cut_and_said_to_be_cut() -> None:
    articles, problems = read('{"title": "One", "related": [' + ",".join("7" * 5000) + "]}")

    assert parts(articles) == [("One", "main")]
    assert len(problems) == 1001
    assert problems[-1].what == "has more problems than are listed here"
