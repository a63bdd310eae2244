"""What holds for the bytes of any document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgraph.core.model import Severity
from newsgraph.ingest import Document, document_parser, parse_document, read_document
from newsgraph.ingest.dialects.dialect import Dialect
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

SOURCES = st.sampled_from(["a.md", "a.txt", "a.yaml", "a.json", "a.jsonl", "a.xml", "a.csv", "a.iptc", "a"])
WORDS = st.sampled_from(
    ["title", "related", "provider", "images", "topics", "publishedDateTime", "webUrl", "quality", "secured", "value", "x", "https://a.b/c"]
)
SIGNS = st.sampled_from([*"\n:-[]{}\"',&*!|>?#%~ \t\x00\x85\u2028é", ": ", "- ", "\n  ", "\n---\n", "null", "true", "7", "NaN", "<<"])
TEXTS = st.lists(st.one_of(WORDS, SIGNS)).map("".join)


@settings(deadline=None)  # a slow machine is no bug
@given(st.one_of(st.binary(), TEXTS.map(str.encode), TEXTS.map(lambda text: f"---\ntitle: A\n{text}\n---\n".encode())), SOURCES)
def test_no_bytes_make_reading_fail_and_what_gives_no_article_gives_a_problem(data: bytes, source: str) -> None:
    articles, problems = parse_document(data, source)

    assert articles or problems
    assert not any("cannot be read further" in problem.what for problem in problems)
    assert all(problem.what and problem.hint and problem.field and problem.source == source for problem in problems)
    assert all(article.title and article.key for article in articles)


@settings(deadline=None)  # a slow machine is no bug
@given(TEXTS)
def test_reading_is_a_function_of_the_bytes(text: str) -> None:
    data = f"---\ntitle: A\n{text}\n---\n{text}".encode()

    assert parse_document(data, "a.md") == parse_document(data, "a.md")


def test_a_document_is_read_with_the_digest_of_its_bytes(tmp_path: Path) -> None:
    data = b"---\ntitle: Acme grows\n---\n"
    (tmp_path / "a.md").write_bytes(data)

    (article,), problems, sha256 = read_document(Document(tmp_path / "a.md", "below/a.md"))

    assert (article.title, article.source, problems) == ("Acme grows", "below/a.md", ())
    assert sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("source", "size"), [("a.md", 20_000_001), ("a.json", 20_000_001), ("a.jsonl", 200_000_001)])
def test_a_file_above_the_limit_of_its_kind_is_refused(tmp_path: Path, source: str, size: int) -> None:
    with (tmp_path / source).open("wb") as file:
        file.truncate(size)

    articles, (problem,), sha256 = read_document(Document(tmp_path / source, source))

    assert (articles, sha256) == ((), "")
    assert (problem.severity, problem.hint) == (Severity.DOCUMENT, "Split it into smaller files")


def test_a_fault_of_our_own_names_the_document_and_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_file: SourceFile, _notes: ProblemNotes) -> Iterator[RawRecord]:
        yield RawRecord("item[0]", {"title": "Ports grow"})
        raise ZeroDivisionError

    broken = Dialect("broken", frozenset({".md"}), lambda *_: True, read)
    monkeypatch.setattr(document_parser, "dialect_of", lambda *_: broken)

    articles, (problem,) = parse_document(b"x", "a.md")

    assert [article.title for article in articles] == ["Ports grow"]
    assert problem.severity is Severity.DOCUMENT
    assert problem.what == "cannot be read further: ZeroDivisionError in ingest/document_parser.py"
