"""Real documents, where they are at hand: all are read, and what is wrong with them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest import find_documents, read_document

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"

needs_corpus = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the folder shared/corpus with others' texts is not here")


def read(folder: Path) -> tuple[int, list[Article], list[Problem]]:
    documents, problems, *_ = find_documents([folder])
    readings = [read_document(document) for document in documents]
    articles = [article for reading in readings for article in reading[0]]
    return len(documents), articles, problems + [problem for reading in readings for problem in reading[1]]


def test_the_seed_gives_eight_articles_of_seven_providers_under_two_topics() -> None:
    documents, articles, problems = read(PROJECT / "seeds")

    assert (documents, problems) == (1, [])
    assert [article.part for article in articles] == ["main", *(f"related[{number}]" for number in range(7))]
    assert len({article.key for article in articles}) == 8
    assert len({article.provider for article in articles}) == 7
    assert articles[0].topics == ("AI in Healthcare", "AI")
    assert len(articles[0].related) == 7


@needs_corpus
@pytest.mark.parametrize(("folder", "documents", "articles"), [("news", 76, 140), ("powerapps", 568, 568)])
def test_every_real_document_is_read(folder: str, documents: int, articles: int) -> None:
    count, found, problems = read(SHARED / "corpus" / folder)

    assert (count, len(found)) == (documents, articles)
    assert {problem.severity for problem in problems} <= {Severity.FIELD}


@needs_corpus
def test_the_broken_providers_of_the_news_are_mended_and_said() -> None:
    _, articles, problems = read(SHARED / "corpus" / "news")

    assert sorted(problem.field for problem in problems) == [
        "provider.domain", "provider.name", "related[0].provider.domain", "related[0].provider.name",
    ]  # fmt: skip
    assert all(article.provider and "/" not in article.provider.name + article.provider.domain for article in articles)


@needs_corpus
def test_no_opaque_field_of_a_real_document_leaves() -> None:
    _, articles, _ = read(SHARED / "corpus")

    assert not [article.source for article in articles if "secured" in article.extra]
