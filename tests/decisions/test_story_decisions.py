"""Decisions about stories: articles that are one story, or different ones."""

from __future__ import annotations

import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.decisions.decisions_writer import format_decision
from newsgraph.provenance.explanation import why
from readings import article, graph_of, short, told

STRIKE = ["Acme workers strike over pay at Lyon plant", "Acme workers go on strike over pay in Lyon plant"]
OTHER = "A wet spring in Chile"


def told_by(*titles: str, decided: str = "") -> GraphTables:
    """Resolve articles with these headlines, each an hour after the one before, as people decided."""
    readings = [
        told(article(f"s{number}", title, days=number / 24), *(["Acme"] if "Acme" in title else [])) for number, title in enumerate(titles)
    ]
    return graph_of(readings, decisions=parse_decisions(decided, "decisions.yaml"))


def links(*numbers: int) -> str:
    iris = {short(url): iri for iri, url in told_by(*STRIKE, OTHER)["articles"].select("iri", "url").iter_rows()}
    return "[" + ", ".join(f"{{article: {iris[f's{number}']}}}" for number in numbers) + "]"


def stories(graph: GraphTables) -> list[set[str]]:
    urls = graph["articles"].drop_nulls("story").group_by("story").agg("url")["url"]
    return sorted(({short(url) for url in story} for story in urls), key=sorted)


def outcomes(graph: GraphTables) -> list[str]:
    return graph["decisions"]["outcome"].to_list()


def test_articles_that_are_different_are_not_one_story_though_their_words_are_alike() -> None:
    graph = told_by(*STRIKE, OTHER, decided=f"- different: {links(0, 1)}")

    assert stories(told_by(*STRIKE, OTHER)) == [{"s0", "s1"}]
    assert (stories(graph), outcomes(graph)) == ([], ["applied"])


def test_articles_that_are_the_same_are_one_story_and_why_names_the_decision() -> None:
    graph = told_by(*STRIKE, OTHER, decided=f"- same: {links(0, 2)}")

    assert (stories(graph), outcomes(graph)) == ([{"s0", "s1", "s2"}], ["applied"])
    rules = {claim.rule for claim in why(graph, graph["stories"]["iri"].item()) if claim.kind == "part_of_story"}
    assert "decision" in rules


def test_what_is_joined_to_one_of_two_different_articles_stays_away_from_the_other() -> None:
    graph = told_by(*STRIKE, OTHER, decided=f"- same: {links(0, 2)}\n- different: {links(1, 2)}")

    assert stories(graph) == [{"s0", "s2"}]


def test_an_unknown_article_leaves_the_decision_unused() -> None:
    graph = told_by(*STRIKE, decided=f"- different: [{links(0)[1:-1]}, {{article: https://nowhere.example/x}}]")

    assert (stories(graph), outcomes(graph)) == ([{"s0", "s1"}], ["unused"])


def test_articles_that_are_the_same_and_different_contradict_each_other() -> None:
    text = "- same: [{article: a}, {article: b}]\n- same: [{article: b}, {article: c}]\n- different: [{article: a}, {article: c}]"
    (found,) = combine_decisions(parse_decisions(text, "decisions.yaml")).contradictions

    assert (found.what, len(found.decisions)) == ("the stories of a and the stories of c are both same and different", 3)


@pytest.mark.parametrize("verb", ["same", "different"])
def test_an_entry_about_stories_is_written_as_it_is_read(verb: str) -> None:
    (decision,) = parse_decisions(f"- {verb}: [{{article: 'https://b.example/2'}}, {{article: 'https://a.example/1'}}]", "decisions.yaml")

    assert str(decision) == f"{verb}: article https://a.example/1, article https://b.example/2"
    assert parse_decisions(format_decision(decision), "decisions.yaml") == [decision]
