"""Amounts that no money can have: they are left out, the build goes on, says so, and no table holds a number that is not finite."""

from __future__ import annotations

import json
import math
from pathlib import Path

import polars as pl
import pytest

from newsgraph.core.graph_tables import SCHEMAS
from newsgraph.core.model import Problem
from newsgraph.pipeline.article_readings import read_articles
from newsgraph.pipeline.graph_build import BuildOptions, build

MANY = "9" * 309


def folder(tmp_path: Path, *titles: str) -> Path:
    for number, title in enumerate(titles):
        record = {"title": title, "publishedDateTime": "2024-05-02T08:00:00Z", "originalUrl": f"https://news.example/{number}"}
        (tmp_path / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (f"${MANY}", f"${MANY[:29]}..."),
        (f"${MANY} million", f"${MANY[:29]}..."),
        ("$1,000,000,000,000,000,000", "$1,000,000,000,000,000,000"),
        ("$2000 trillion", "$2000 trillion"),
    ],
)
def test_an_absurd_amount_is_left_out_and_said(amount: str, words: str, tmp_path: Path) -> None:
    graph = build([folder(tmp_path, f"Microsoft buys GitHub for {amount}")], BuildOptions(extractor="rules"))

    assert graph["events"].select("type", "amount").rows() == [("acquisition", None)]
    (problem,) = graph["problems"].rows(named=True)
    assert (problem["source"], problem["field"], problem["severity"]) == ("0.json", "title", "field")
    assert problem["what"] == f'"{words}" is larger than any amount of money and is left out'


def test_no_table_holds_a_number_that_is_not_finite(tmp_path: Path) -> None:
    titles = (
        f"Microsoft buys GitHub for ${MANY}", f"Microsoft buys {MANY} percent of GitHub for €1e999", f"Lufthansa orders {MANY} jets from Boeing",
        f"Intel cuts {MANY} jobs", f"Stripe raises ${MANY}.{MANY} million at a valuation of ${MANY}",
    )  # fmt: skip
    graph = build([folder(tmp_path, *titles)], BuildOptions(extractor="rules"))

    columns = [(table, column) for table in SCHEMAS for column in graph[table].columns if graph[table][column].dtype == pl.Float64]
    assert [place for place in columns if not all(map(math.isfinite, graph[place[0]][place[1]].drop_nulls()))] == []
    assert graph["articles"].height == len(titles)


def test_amounts_that_there_may_be_are_not_reported(tmp_path: Path) -> None:
    graph = build(
        [folder(tmp_path, "Microsoft buys GitHub for $999 trillion", "A sum of $123,456,789,012.50")], BuildOptions(extractor="rules")
    )

    assert graph["problems"].height == 0
    assert graph["events"]["amount"].to_list() == [999e12]


def test_reading_without_a_graph_says_it_too(tmp_path: Path) -> None:
    problems: list[Problem] = []
    (article,) = read_articles([folder(tmp_path, f"Microsoft buys GitHub for ${MANY}")], "rules", problems=problems)

    assert [event["amounts"] for event in article["events"]] == [[]]
    assert [problem.field for problem in problems] == ["title"]
    json.dumps(article, allow_nan=False)


def test_an_article_full_of_them_has_ten_lines(tmp_path: Path) -> None:
    titles = " ".join(f"${number}{'0' * 18}" for number in range(1, 30))
    assert build([folder(tmp_path, titles)], BuildOptions(extractor="rules"))["problems"].height == 10
