"""Documents in other encodings, with stray bytes, or of no text at all."""

from __future__ import annotations

import pytest

from newsgraph.core.model import Problem, Severity
from newsgraph.ingest import parse_document

PAGE = "---\ntitle: “Müller” grows\n---\n"


def read(data: bytes, source: str = "a.md") -> tuple[list[str], list[Problem]]:
    articles, problems = parse_document(data, source)
    return [article.title for article in articles], list(problems)


def test_utf8_is_read_without_a_word() -> None:
    assert read(PAGE.encode()) == (["“Müller” grows"], [])


@pytest.mark.parametrize(
    "data",
    [PAGE.encode(codec) for codec in ("utf-8-sig", "utf-16", "utf-32", "cp1252")]
    + [b"\xfe\xff" + PAGE.encode("utf-16-be"), PAGE.encode("utf-16-le"), PAGE.encode("utf-16-be")],
    ids=["utf-8 with a mark", "utf-16", "utf-32", "windows-1252", "utf-16-be with a mark", "bare utf-16-le", "bare utf-16-be"],
)
def test_another_encoding_is_read_and_said(data: bytes) -> None:
    titles, (problem,) = read(data)

    assert titles == ["“Müller” grows"]
    assert (problem.field, problem.severity) == ("encoding", Severity.FIELD)


def test_a_broken_character_in_utf8_costs_that_character() -> None:
    titles, (problem,) = read("---\ntitle: é à ü\n---\n".encode() + "é".encode()[:1])

    assert titles == ["é à ü"]
    assert "1 broken" in problem.what


@pytest.mark.parametrize("stray", ["\x00", "\x07", "\x85", "\ufffe"])
def test_control_characters_are_left_out_and_said(stray: str) -> None:
    titles, (problem,) = read(f"---\ntitle: Acme{stray} grows\n---\n".encode())

    assert titles == ["Acme grows"]
    assert "control characters" in problem.what


def test_escaped_control_characters_are_left_out_of_their_field() -> None:
    titles, (problem,) = read(b'---\ntitle: "Acme\\0\\a grows"\n---\n')

    assert titles == ["Acme grows"]
    assert problem.field == "title"


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    titles, _ = read(b'{"title": "Acme \\ud83d grows"}', "a.json")

    assert titles == ["Acme \ufffd grows"]


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x03\x04" + bytes(200), bytes(5000)],
    ids=["picture", "archive", "zeros"],
)
def test_a_binary_file_is_one_problem(data: bytes) -> None:
    titles, (problem,) = read(data)

    assert titles == []
    assert (problem.what, problem.severity) == ("is binary data, not text", Severity.DOCUMENT)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    titles, problems = read(data)

    assert titles == []
    assert (problems[-1].what, problems[-1].severity) == ("is empty", Severity.DOCUMENT)


def test_a_document_of_fifty_megabytes_is_refused() -> None:
    titles, (problem,) = read(b"x" * 50_000_000)

    assert titles == []
    assert problem.line() == "a.md: document: is larger than 20 MB. Split it into smaller files"


def test_windows_line_ends_are_line_ends() -> None:
    (article,), problems = parse_document(
        b"---\r\ntitle: Acme grows\r\nexcerpt: |\r\n  One.\r\n  Two.\r\n---\r\nBody.\r\nMore.\r\n", "a.md"
    )

    assert (article.title, article.excerpt, article.body) == ("Acme grows", "One.\nTwo.", "Body.\nMore.")
    assert problems == ()
