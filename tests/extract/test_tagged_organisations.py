"""Organisations that the models see beside those of rules and lists."""

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.entities.organisations import Organisation, find_organisations, without_headlines
from newsgraph.extract.entities.tagged_organisations import with_tagged_organisations
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.text.article_text import read_text
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.listed_phrases import find_phrases

LEXICON = load_lexicon()


def organisations(sentence: str, name: str, chance: float = 0.9, label: str = "ORG", taken: str = "") -> list[Organisation]:
    """Return the organisations of a sentence in which a model sees one name; the words of `taken` belong to something else."""
    text = read_text(Article("", None, "News in brief", "", "", "main", sentence), LEXICON.phrases)
    words = name.split()
    first = next(at for at in range(len(text.tokens)) if list(text.tokens[at : at + len(words)]) == words)
    hits = find_phrases(text, LEXICON)
    used = {at for at, token in enumerate(text.tokens) if token in taken.split()}
    by_rules = find_organisations(text, hits, used, LEXICON, load_context_words())
    return with_tagged_organisations(
        text, by_rules, hits, [TaggedSpan(first, first + len(words), label, chance)], used, {"Zorvex"}, LEXICON
    )


def test_a_name_without_a_word_for_what_it_is_is_found() -> None:
    (found,) = organisations("Members of Ver.di went on strike on Monday.", "Ver.di")
    assert (found.name, found.rule, found.confidence) == ("Ver.di", "tagged", 0.9)


def test_the_whole_name_takes_the_place_of_its_end() -> None:
    (found,) = organisations("The Saudi Food and Drug Authority approved it.", "Saudi Food and Drug Authority")
    assert found.name == "Saudi Food and Drug Authority"


def test_the_article_before_a_name_does_not_belong_to_it() -> None:
    (found,) = organisations("They asked the Wexford Harriers for help.", "the Wexford Harriers")
    assert found.name == "Wexford Harriers"


@pytest.mark.parametrize(
    ("sentence", "name", "more"),
    [
        ("Members of Ver.di went on strike.", "Ver.di", {"chance": 0.6}),
        ("Members of Ver.di went on strike.", "Ver.di", {"label": "PLACE"}),
        ("Members of Ver.di went on strike.", "Ver.di", {"taken": "Ver.di"}),
        ("The Scottish government said no.", "Scottish", {}),
        ("Shares on the Nasdaq fell.", "Nasdaq", {}),
        ("They told the BBC that it rains.", "BBC", {}),
        ("They told Zorvex that it rains.", "Zorvex", {}),
        ("They told the unions that it rains.", "unions", {}),
    ],
)
def test_what_is_unsure_taken_or_of_another_kind_is_none(sentence: str, name: str, more: dict[str, object]) -> None:
    assert "tagged" not in {one.rule for one in organisations(sentence, name, **more)}  # type: ignore[arg-type]


def test_a_listed_organisation_keeps_its_name() -> None:
    found = organisations("The European Central Bank in Frankfurt raised rates.", "European Central Bank in Frankfurt")
    assert [(one.name, one.rule) for one in found] == [("European Central Bank", "listed")]


@pytest.mark.parametrize(("words", "left"), [(6, False), (5, True)])
def test_a_whole_headline_is_no_organisation(words: int, *, left: bool) -> None:
    title = " ".join("Wexford Camera Makers Decide Against Faces".split()[:words])
    text = read_text(Article("", None, title, "", "", "main", "The makers said so on Monday."), LEXICON.phrases)
    headline = Organisation(0, words, title, "tagged", 0.9)
    part = Organisation(0, 2, "Wexford Camera", "tagged", 0.9)

    assert without_headlines(text, [headline, part]) == ([headline, part] if left else [part])
