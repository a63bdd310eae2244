"""An equal text is read once, and what is read of it is what a reader without a memory reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Provider
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.extractors import Extractor, open_extractor
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.extract.text_memo import Memo, facts_key, remembering

TEXT = Article(
    key="digest:1", url="https://a.example/1", title="Sanofi invests $180 million in Owkin", source="a.json", part="main",
    excerpt="The drug maker Sanofi said on Tuesday that it would pay $90 million at once.", published=datetime(2021, 11, 18, 6, tzinfo=UTC),
    provider=Provider("Bolt Daily", "bolt.example"), topics=("AI",),
)  # fmt: skip
OTHER = replace(TEXT, title="Nokia sues Toyota", excerpt="Nokia sued Toyota in May 2020.")
DIFFERENT: dict[str, Any] = {
    "key": "digest:2", "url": None, "source": "b.json", "part": "related[0]", "aliases": (), "images": (), "related": ("digest:3",),
    "type": "video", "category": "Business", "quality": 0.5, "heat": 9.0, "featured": "x", "extra": '{"a":1}',
}  # fmt: skip
SEEN: dict[str, Any] = {
    "title": "Sanofi buys Owkin", "excerpt": "It did.", "body": "Sanofi bought Owkin.", "published": datetime(2021, 11, 19, 6, tzinfo=UTC),
    "provider": Provider("Sanofi", "sanofi.example"), "topics": ("Sanofi",), "language": "de",
}  # fmt: skip


def test_every_field_of_an_article_either_counts_or_says_nothing_of_its_facts() -> None:
    assert {field.name for field in fields(Article)} == DIFFERENT.keys() | SEEN.keys()


@pytest.mark.parametrize("field", DIFFERENT)
def test_a_field_that_does_not_count_changes_no_fact(field: str) -> None:
    other = replace(TEXT, **{field: DIFFERENT[field]})
    lexicon, extractor = load_lexicon(), replace(open_extractor("rules"), repeats=False)

    assert facts_key(other, "lists") == facts_key(TEXT, "lists")
    assert list(extractor.read([other], lexicon)) == list(extractor.read([TEXT], lexicon))


@pytest.mark.parametrize("field", SEEN)
def test_a_field_that_counts_has_another_key(field: str) -> None:
    assert facts_key(replace(TEXT, **{field: SEEN[field]}), "lists") != facts_key(TEXT, "lists")
    assert facts_key(TEXT, "other lists") != facts_key(TEXT, "lists")


def test_no_two_ways_of_cutting_a_text_into_fields_have_one_key() -> None:
    assert facts_key(replace(TEXT, title="ab", excerpt="c"), "") != facts_key(replace(TEXT, title="a", excerpt="bc"), "")


@given(order=st.lists(st.sampled_from([TEXT, OTHER, replace(TEXT, source="c.json"), replace(OTHER, body="Owkin won.")]), max_size=6))
def test_articles_in_any_order_are_read_as_alone(order: list[Article]) -> None:
    lexicon = load_lexicon()
    remembers, forgets = Extractor("rules/1", repeats=True), Extractor("rules/1")

    assert [*remembers.read(order, lexicon), *remembers.read(order, lexicon)] == [*forgets.read([*order, *order], lexicon)]


def test_a_text_is_recognized_once() -> None:
    asked: list[str] = []

    def recognize(articles: Sequence[Article], texts: Sequence[ArticleText]) -> Iterator[RecognizerFeatures]:
        asked.extend(article.title for article in articles)
        yield from (RecognizerFeatures(labels=(text.clean,)) for text in texts)

    articles = [TEXT, OTHER, replace(TEXT, provider=None), TEXT]
    texts = [read_text(article) for article in articles]
    known = remembering(recognize)

    assert [features.labels[0] for features in known(articles, texts)] == [text.clean for text in texts]
    assert [features.labels[0] for features in known(articles, texts)] == [text.clean for text in texts]
    assert asked == [TEXT.title, OTHER.title]


def test_a_memo_holds_no_more_than_its_weight() -> None:
    memo: Memo[int] = Memo(10)
    for number in range(100):
        memo.put(number, number, 3)
    assert [number for number in range(100) if memo.get(number) is not None] == [97, 98, 99]
    memo.put(98, 5, 4)
    assert (memo.get(98), memo.get(97), memo.get(99)) == (5, 97, 99)
    memo.put(1, 1, 50)
    assert memo.get(1) is None
