"""The budgets of fields: each is noted with its field and number, and the rest of the document is read."""

from __future__ import annotations

import json
import re

import pytest

from newsgraph.core.limits import ADDRESS_CHARACTERS, BODY_BYTES, EXCERPT_CHARACTERS, LABEL_CHARACTERS, LIST_ITEMS, TITLE_CHARACTERS
from newsgraph.core.model import Article
from newsgraph.ingest import parse_document

LONG_ADDRESS = f"https://x.example/{'a' * ADDRESS_CHARACTERS}"


def read(**fields: object) -> tuple[Article, list[tuple[str, str]]]:
    record = {"title": "Nokia buys Alcatel", "webUrl": "https://x.example/1"} | fields
    articles, problems = parse_document(json.dumps(record, ensure_ascii=False).encode(), "a.json")
    return articles[0], [(problem.field, problem.what) for problem in problems]


@pytest.mark.parametrize(
    ("field", "value", "place", "what"),
    [
        ("title", "x" * 10_001, "title", "has 10,001 characters, of which the first 10,000 are kept"),
        ("excerpt", "x" * 100_001, "excerpt", "has 100,001 characters, of which the first 100,000 are kept"),
        ("body", "é" * 3_500_001, "body", "has 7,000,002 bytes, of which the first 7,000,000 are kept"),
        ("topics", ["Energy", "x" * 201], "topics[1]", "has 201 characters, more than the 200 that are read; it was left out"),
        ("topics", [f"t{n}" for n in range(1_001)], "topics", "has 1,001 entries, of which the first 1,000 are read"),
        ("topics", "x" * 201, "topics", "has 201 characters, more than the 200 that are read; it was left out"),
        ("type", "x" * 201, "type", "has 201 characters, more than the 200 that are read; it was left out"),
        ("provider", "x" * 201, "provider", "has 201 characters, more than the 200 that are read; it was left out"),
        ("provider", {"name": "x" * 201}, "provider.name", "has 201 characters, more than the 200 that are read; it was left out"),
        ("ampWebUrl", LONG_ADDRESS, "ampWebUrl", "has 8,018 characters, more than the 8,000 that are read; it was left out"),
        ("images", [LONG_ADDRESS], "images[0].url", "has 8,018 characters, more than the 8,000 that are read; it was left out"),
        ("images", ["https://x.example/1.png"] * 1_001, "images", "has 1,001 entries, of which the first 1,000 are read"),
        ("related", [{"title": "Acme grows"}] * 1_001, "related", "has 1,001 entries, of which the first 1,000 are read"),
        ("related", [{"title": "y" * 10_001}], "related[0].title", "has 10,001 characters, of which the first 10,000 are kept"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_above_a_budget_is_noted_with_its_field_and_number(field: str, value: object, place: str, what: str) -> None:
    article, problems = read(**{field: value})
    assert problems == [(place, what)]
    assert article.key


def test_what_is_kept_is_within_its_budget() -> None:
    article, _ = read(
        title="x" * 50_000, excerpt="y" * 200_000, body="é" * 5_000_000, topics=["Energy", "z" * 500, *map(str, range(2_000))],
        provider={"name": "w" * 300, "domain": "x.example"}, originalUrl=LONG_ADDRESS,
    )  # fmt: skip
    assert (len(article.title), len(article.excerpt), len(article.body.encode())) == (TITLE_CHARACTERS, EXCERPT_CHARACTERS, BODY_BYTES)
    assert len(article.topics) == LIST_ITEMS - 1
    assert max(map(len, article.topics)) <= LABEL_CHARACTERS
    assert article.provider is not None
    assert article.provider.name == "x.example"
    assert article.url == "https://x.example/1"


def test_a_field_at_its_budget_is_kept_whole() -> None:
    article, problems = read(title="x" * TITLE_CHARACTERS, topics=["z" * LABEL_CHARACTERS] * LIST_ITEMS, body="b" * BODY_BYTES)
    assert problems == []
    assert (len(article.title), article.topics, len(article.body)) == (TITLE_CHARACTERS, ("z" * LABEL_CHARACTERS,), BODY_BYTES)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.csv", f"headline,url\n{'x' * 10_001},https://x.example/1\n", "item[0].headline"),
        ("a.md", f"---\ntitle: Acme grows\ntags: [{'x' * 201}]\n---\n", "tags[0]"),
        ("a.jsonl", '{"headline": "' + "x" * 10_001 + '"}\n', "item[0].headline"),
        ("a.xml", f"<rss><channel><item><title>{'x' * 10_001}</title></item></channel></rss>", "item[0].title"),
    ],
)
def test_budgets_apply_to_every_form_under_its_own_names(name: str, data: str, problem: str) -> None:
    articles, problems = parse_document(data.encode(), name)
    assert [(one.source, one.field) for one in problems] == [(name, problem)]
    assert re.search(r"has (10,001|201) characters", problems[0].what)
    assert len(articles) == 1
