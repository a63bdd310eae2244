"""Questions of users are answered over columns where these cover them, as the SPARQL engine would answer them."""

from __future__ import annotations

import random

import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.query.sparql import QueryStore
from question_cases import BothEngines, changed_questions, user_questions
from random_question import random_question
from sample import sample_graph

CORPORA = ["sample", "seed_graph", "news_graph"]
CHANGED = [(corpus, *case) for corpus in CORPORA for case in changed_questions() if corpus != "news_graph" or case[1] == "filter"]
BY_ENGINE = 3  # of the questions of users


@pytest.fixture(scope="module")
def engines() -> dict[str, BothEngines]:
    """Hold each graph from one test to the next."""
    return {}


def loaded(request: pytest.FixtureRequest, engines: dict[str, BothEngines], corpus: str) -> BothEngines:
    if corpus not in engines:
        graph: GraphTables = sample_graph() if corpus == "sample" else request.getfixturevalue(corpus)
        engines[corpus] = BothEngines(graph)
    return engines[corpus]


@pytest.mark.parametrize(("corpus", "name", "change", "sparql"), CHANGED, ids=lambda value: value if len(value) < 40 else "")
def test_a_changed_question_is_answered_as_by_the_engine(
    request: pytest.FixtureRequest, engines: dict[str, BothEngines], corpus: str, name: str, change: str, sparql: str
) -> None:
    assert loaded(request, engines, corpus).check(sparql, ordered=change in {"filter", "limit"}), name


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("sparql", user_questions(), ids=str)
def test_a_question_of_a_user_is_answered_as_by_the_engine(
    request: pytest.FixtureRequest, engines: dict[str, BothEngines], corpus: str, sparql: str
) -> None:
    if sparql.startswith("# engine"):
        assert loaded(request, engines, corpus).over_columns(sparql) is None
    else:
        assert loaded(request, engines, corpus).check(sparql, ordered="ORDER BY" in sparql)


def test_nearly_all_questions_of_users_are_covered() -> None:
    assert len(user_questions()) > 40
    assert sum(sparql.startswith("# engine") for sparql in user_questions()) == BY_ENGINE


@pytest.mark.parametrize("seed", range(20))
def test_random_questions_are_answered_as_by_the_engine(request: pytest.FixtureRequest, engines: dict[str, BothEngines], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - pseudo-random questions, the same each time
    covered = [loaded(request, engines, "sample").check(random_question(chance), ordered=False) for _ in range(20)]
    assert sum(covered) > len(covered) // 2


def test_a_covered_question_never_loads_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.query.sparql.start_engine", None)
    assert QueryStore(sample_graph()).ask("SELECT ?n { ?c schema:tickerSymbol ?n }")["n"].to_list() == ["ACM"]
    assert QueryStore(sample_graph()).ask("ASK { ?c schema:tickerSymbol ?n }")["answer"].to_list() == [True]


def test_a_question_that_columns_do_not_cover_never_loads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.query.sparql.open_kept_columns", None)
    assert QueryStore(sample_graph()).ask("SELECT ?n { GRAPH ?g { ?c schema:tickerSymbol ?n } }")["n"].to_list() == ["ACM"]
    assert QueryStore(sample_graph()).ask("SELECT (2 * 3 AS ?n) {}")["n"].to_list() == [6]


def test_a_result_that_is_too_large_is_left_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.query.columnwise.select_answer.MOST_CELLS", 100)
    assert QueryStore(sample_graph()).ask("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle . ?b a schema:Organization . ?c a ng:Event }")[
        "n"
    ].to_list() == [60]
