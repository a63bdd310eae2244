"""A company has its newest name in a graph, that of the day in a graph or build of a day, and each article the name that it used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import newsgraph as ng
from newsgraph.api import NewsGraph

ARTICLES = {
    "engine": ("2004-03-04", "Snecma wins engine order from Corvane", "Snecma won an order worth 20 million euros from Corvane."),
    "later": ("2010-06-01", "Safran acquires Zorvex Systems for 300 million euros", "Safran bought Zorvex Systems in Lyon."),
    "works": ("2009-01-10", "Bolt Works opens a plant in Ohio", "Bolt Works, a maker of screws, opened a plant. Bolt Works employs 500."),
    "more": ("2009-02-10", "Bolt Works opens a plant in Utah", "Bolt Works, a maker of screws, opened a plant. Bolt Works employs 600."),
    "new": ("2012-01-10", "Zorvane Group, formerly known as Bolt Works, raises 10 million dollars", "Zorvane Group raised it from Corvane Capital."),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("renamed")
    for name, (day, title, text) in ARTICLES.items():
        (place / f"{name}.md").write_text(f'---\ntitle: "{title}"\npublishedDateTime: {day}\n---\n{text}\n', encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def graph(folder: Path) -> NewsGraph:
    return ng.build(folder, extractor="rules")


def names(graph: NewsGraph) -> set[str]:
    return set(graph.companies["name"])


def aliases(graph: NewsGraph, name: str) -> list[str]:
    return next(row["aliases"] for row in graph.companies.to_dicts() if row["name"] == name)


def test_a_graph_has_the_newest_names_even_if_old_ones_are_used_more_often(graph: NewsGraph) -> None:
    assert {"Safran", "Zorvane Group"} <= names(graph)
    assert aliases(graph, "Safran") == ["Snecma"]
    assert aliases(graph, "Zorvane Group") == ["Bolt Works"]


def test_an_article_has_the_name_that_it_uses(graph: NewsGraph) -> None:
    safran = next(row["iri"] for row in graph.companies.to_dicts() if row["name"] == "Safran")
    by_year = {row["iri"]: row["published"].year for row in graph.articles.to_dicts()}

    assert {(by_year[row["article"]], row["text"]) for row in graph.mentions.to_dicts() if row["company"] == safran} == {
        (2004, "Snecma"),
        (2010, "Safran"),
    }


@pytest.mark.parametrize(
    ("day", "of_list", "of_texts"),
    [
        (date(2005, 5, 10), "Snecma", None),
        (date(2005, 5, 11), "Safran", None),
        (date(2010, 12, 31), "Safran", "Bolt Works"),
        (date(2012, 1, 10), "Safran", "Zorvane Group"),
    ],
)
def test_a_day_has_its_own_names(graph: NewsGraph, folder: Path, day: date, of_list: str, of_texts: str | None) -> None:
    both = {"Snecma", "Safran", "Bolt Works", "Zorvane Group"}
    expected = {of_list} | ({of_texts} if of_texts else set())

    assert names(graph.as_of(day)) & both == expected
    assert names(ng.build(folder, extractor="rules", as_of=day)) & both == expected


def test_events_are_told_by_the_names_of_their_day(graph: NewsGraph) -> None:
    for of_day in (graph, graph.as_of(date(2004, 12, 31))):
        assert "Snecma wins a €20M contract from Corvane" in set(of_day.events["label"])
    assert "Safran acquires Zorvex Systems for €300M" in set(graph.events["label"])


def test_the_iri_stays_whatever_the_name_of_the_day(graph: NewsGraph) -> None:
    then = {row["name"]: row["iri"] for row in graph.as_of(date(2010, 12, 31)).companies.to_dicts()}
    now = {row["name"]: row["iri"] for row in graph.companies.to_dicts()}

    assert then["Bolt Works"] == now["Zorvane Group"]
    assert "Zorvane Group" not in aliases(graph.as_of(date(2010, 12, 31)), "Bolt Works")


def test_the_change_of_a_listed_name_can_be_looked_up(graph: NewsGraph) -> None:
    assert [row["note"] for row in graph.merges.to_dicts() if row["rule"] == "renamed"] == ["until 2005-05-11, now Safran"]


def test_a_name_that_people_decided_stays(tmp_path: Path, folder: Path) -> None:
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text("- rename: Safran\n  to: Engines of France\n", encoding="utf-8")
    decided = ng.build(folder, extractor="rules", decisions=decisions)

    assert "Engines of France" in names(decided)
    assert "Engines of France" in names(decided.as_of(date(2004, 12, 31)))
