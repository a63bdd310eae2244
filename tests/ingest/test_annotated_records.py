"""Files of annotated articles as input: their text is read, their annotations are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgraph.core.model import Article, Problem
from newsgraph.ingest import fetch, find_documents, parse_content
from newsgraph.ingest.annotated_records import is_annotated, plain_record

ROW = {
    "id": "deal-1", "title": "A headline", "published": "2024-05-02", "outlet": "The Wire", "kind": "wire", "body": "First.\n\nSecond.",
    "entities": [{"name": "Nobody", "kind": "company", "surfaces": ["Nobody"]}], "events": [{"type": "ipo"}],
}  # fmt: skip


def read(tmp_path: Path, *rows: object) -> tuple[tuple[Article, ...], list[Problem]]:
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    documents, problems, *_ = find_documents([tmp_path])
    (document,) = documents
    reading = parse_content(fetch(document))
    return reading.articles, [*problems, *reading.problems]


def test_the_text_is_that_of_an_article_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    (article,), problems = read(tmp_path, ROW)

    assert problems == []
    assert (article.title, article.excerpt, article.body) == ("A headline", "", "First.\n\nSecond.")
    assert article.text == "A headline\n\nFirst.\n\nSecond."
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-05-02"
    assert json.loads(article.extra) == {"id": "deal-1", "outlet": "The Wire"}


def test_a_missing_headline_is_the_first_paragraph(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, ROW | {"title": ""})
    assert (article.title, article.body) == ("First.", "Second.")


def test_two_articles_of_one_file_are_two(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, ROW, ROW | {"id": "deal-2", "title": "Another"})
    assert len({article.key for article in articles}) == 2


@pytest.mark.parametrize("change", [{"published": "2024-05-02T08:00:00Z"}, {"published": None}, {"body": None}])
def test_other_records_are_read_as_they_are(change: dict[str, object]) -> None:
    assert not is_annotated(ROW | change)


def test_a_record_without_an_id_is_no_annotated_article() -> None:
    assert not is_annotated({name: value for name, value in ROW.items() if name != "id"})
    assert is_annotated(ROW)


def test_a_record_is_not_changed_in_place() -> None:
    before = json.dumps(ROW)
    plain_record(ROW)
    assert json.dumps(ROW) == before
