"""Texts in languages that the rules and models do not know are not read: English rules would find nonsense in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Facts
from newsgraph.extract import open_extractor

ENGLISH = Article(
    "k", None, "Siemens buys Altair", "", "a.md", "main", body="Siemens AG has acquired Altair Engineering Inc. for $10 billion."
)


def facts_of(*articles: Article) -> list[Facts]:
    return list(open_extractor("rules").read(articles, load_lexicon()))


@pytest.mark.parametrize("language", ["de", "fr-CA", "es", "zh-Hant-TW"])
def test_an_article_in_another_language_has_no_facts(language: str) -> None:
    (facts,) = facts_of(replace(ENGLISH, language=language))

    assert facts == Facts(extractor="rules/1")


@pytest.mark.parametrize("language", ["", "en", "en-GB"])
def test_an_article_in_english_or_without_a_language_is_read(language: str) -> None:
    (facts,) = facts_of(replace(ENGLISH, language=language))

    assert [report.type for report in facts.reports] == ["acquisition"]


def test_articles_of_several_languages_keep_their_order() -> None:
    german, english = replace(ENGLISH, language="de"), replace(ENGLISH, title="Zorvex Inc. buys Bolt Inc.", body="")

    names = [{mention.name for mention in facts.mentions} for facts in facts_of(german, english, german, ENGLISH)]

    assert (names[0], names[2]) == (set(), set())
    assert {"Zorvex", "Bolt"} <= names[1]
    assert {"Siemens"} <= names[3]
