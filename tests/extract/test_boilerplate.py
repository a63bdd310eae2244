"""Passages that are no news are marked by the cases of `cases/boilerplate.md`, and read for no events."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts, Kind
from newsgraph.extract import open_extractor
from newsgraph.extract.text.boilerplate import boilerplate

CASES = (Path(__file__).parents[1] / "cases" / "boilerplate.md").read_text(encoding="utf-8").split("\n## ")[1:]
_MARKED = re.compile(r"- \[(\w+)\] (.*)")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_passages_are_those_of_the_case(case: str) -> None:
    lines = case.strip().split("\n")[1:]
    marked = {match[2]: match[1] for line in lines if (match := _MARKED.fullmatch(line))}
    text = "\n".join(_MARKED.sub(r"\2", line) for line in lines)

    kinds = dict.fromkeys(text.split("\n"), "")
    for passage in boilerplate(text, 0, len(text)):
        for line in filter(None, text[passage.start : passage.end].split("\n")):
            kinds[line.strip()] = str(passage.kind)

    assert {line: kind for line, kind in kinds.items() if kind} == marked


def facts_of(body: str, title: str = "Acme Robotics buys Bolt Farms") -> tuple[Article, Facts]:
    article = Article("k", None, title, "", "a.md", "main", body=body)
    (facts,) = open_extractor("rules").read([article], load_lexicon())
    return article, facts


NEWS = "Acme Robotics Inc. has bought Bolt Farms Inc. for $12 million.\nThe deal closes in May.\n"


def test_a_link_to_another_story_names_no_company() -> None:
    _, facts = facts_of(f"{NEWS}Read more: Zorvex Corp. buys Mapleleaf Corp. for $9 million")

    assert {mention.name for mention in facts.mentions if mention.kind is Kind.COMPANY} == {"Acme Robotics", "Bolt Farms"}


def test_below_a_press_release_companies_are_read_but_no_events() -> None:
    """What a company says of itself tells what it is; what it did long ago is no news."""
    article, facts = facts_of(f"{NEWS}About Acme Robotics\nAcme Robotics Inc. acquired Zorvex Corp. in 2019.")

    assert "Zorvex" in {mention.name for mention in facts.mentions}
    assert {report.first("target") for report in facts.reports} == {"Bolt Farms"}
    assert [article.text[passage.start : passage.end].partition("\n")[0] for passage in facts.passages] == ["About Acme Robotics"]


def test_offsets_of_passages_are_those_of_the_text_as_it_is_given() -> None:
    article, facts = facts_of("Acme &amp; Co. grew. (Reporting by Ann Lee)")

    assert [article.text[passage.start : passage.end] for passage in facts.passages] == ["(Reporting by Ann Lee)"]


def test_names_without_an_end_cost_no_more_than_themselves() -> None:
    text = "Reporting by " + "A.B-C " * 20_000 + "x"

    assert boilerplate(text, 0, len(text)) == []
