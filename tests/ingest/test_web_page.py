"""Saved web pages become articles: what they declare, their text, and what is doubtful; hostile pages cost no more than themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.document_parser import parse_document
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.web_pages import title_choice
from newsgraph.ingest.web_pages.html_tree import MAX_ELEMENTS, decode_page
from newsgraph.ingest.web_pages.page_cues import page_cues
from newsgraph.ingest.web_pages.title_tails import without_tail
from newsgraph.ingest.web_pages.web_page import WebPage, read_web_page

pytest.importorskip("trafilatura", reason="install newsgraph[html]")

CASES = sorted((Path(__file__).parents[1] / "cases" / "pages").glob("*.html"))
PARAGRAPHS = "".join(
    f"<p>Acme Robotics sold {number} machines to farms in Lyon last year, more than ever before.</p>" for number in range(40, 50)
)


def read(html: str | bytes) -> tuple[WebPage | None, list[str]]:
    notes = ProblemNotes("a.html")
    page = read_web_page(html.encode() if isinstance(html, str) else html, notes)
    return page, [f"{problem.field}: {problem.what}" for problem in notes.problems]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_has_the_fields_of_its_case(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    origins, problems = expected.pop("origins", {}), expected.pop("problems", [])

    page, noted = read(path.read_bytes())

    assert page is not None
    assert page.fields == expected
    assert {name: page.origins[name] for name in origins} == origins
    assert noted == problems


def test_a_page_is_an_article_of_the_folder() -> None:
    html = next(path for path in CASES if path.stem == "json_ld").read_bytes()

    (article,), problems = parse_document(html, "saved/a.html")

    assert not problems
    assert article.url == "https://www.example.com/business/acme-buys-bolt-farms"
    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == ("Example News", "example.com")
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-03T07:30:00+00:00"
    assert "Bolt Farms, a maker of greenhouse machines" in article.text


def test_a_page_without_title_and_text_is_named() -> None:
    articles, problems = parse_document(b"<html><head></head><body><div></div></body></html>", "a.html")

    assert articles == ()
    assert problems == (
        Problem(
            "a.html",
            "document",
            "is a page without a title and without a text",
            "Save the page with its text, or remove it",
            Severity.DOCUMENT,
        ),
    )


@pytest.mark.parametrize("data", [b"", b"   \n", b"only words", b"\x00\x01\x02\xff" * 300, b"%PDF-1.7 <x>"])
def test_what_is_no_page_is_named(data: bytes) -> None:
    articles, problems = parse_document(data, "a.html")

    assert articles == ()
    assert [problem.severity for problem in problems][-1] is Severity.DOCUMENT


# --- encodings


@pytest.mark.parametrize(
    ("declared", "codec", "doubt"),
    [
        ("utf-8", "utf-8", ""),
        ("iso-8859-1", "cp1252", ""),
        ("windows-1251", "cp1251", ""),
        ("shift_jis", "cp932", ""),
        ("gb2312", "gb18030", ""),
        ("gb2312", "utf-8", "says that it is gb2312, but is UTF-8; it was read as UTF-8"),
        ("utf-8", "cp1252", "says that it is utf-8, but is not; it was read as Windows-1252"),
        ("x-nonsense", "cp1252", "names no encoding and is not UTF-8; it was read as Windows-1252"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_has(declared: str, codec: str, doubt: str) -> None:
    words = {"cp1251": "Компания", "cp932": "会社", "gb18030": "公司"}.get(codec, "Übernahme für 5 €")
    data = f'<html><head><meta charset="{declared}"><title>{words}</title></head></html>'.encode(codec)

    text, found = decode_page(data)

    assert f"<title>{words}</title>" in text
    assert found == doubt


def test_the_encoding_of_the_server_wins() -> None:
    assert decode_page("<p>Компания</p>".encode("cp1251"), "windows-1251") == ("<p>Компания</p>", "")


def test_a_page_that_was_cut_within_a_letter_stays_utf8() -> None:
    data = '<meta charset="utf-8"><p>Über München'.encode() + "ü".encode()[:1]

    assert decode_page(data) == (
        '<meta charset="utf-8"><p>Über München\ufffd',
        "is UTF-8 with 1 broken characters, which were replaced by U+FFFD",
    )


# --- titles


SEARCHED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bolt deal of Acme 2025"}</script>'


@pytest.mark.parametrize(
    ("head", "title", "origin"),
    [
        ('<title>Bolt deal of Acme 2025 | Daily</title><meta property="og:title" content="Acme buys Bolt Farms">', "Acme buys Bolt Farms", "h1"),
        ('<title>Bolt deal of Acme 2025 | Daily</title><meta property="og:title" content="Bolt and Acme are one">', "Bolt deal of Acme 2025", "JSON-LD headline"),
        ('<title>Acme buys Bolt Farms | Daily</title><meta property="og:title" content="Acme buys Bolt Farms">', "Bolt deal of Acme 2025", "JSON-LD headline"),
    ],
    ids=["for search engines only", "og:title does not confirm the heading", "the browser does not have it either"],
)  # fmt: skip
def test_a_headline_for_search_engines_gives_way_to_the_one_that_is_shown(head: str, title: str, origin: str) -> None:
    page, _ = read(
        f"<html><head>{SEARCHED}{head}<meta property='og:site_name' content='Daily'></head><h1>Acme buys Bolt Farms</h1>{PARAGRAPHS}</html>"
    )

    assert page is not None
    assert (page.fields["title"], page.origins["title"]) == (title, origin)


@pytest.mark.parametrize("end", ["Tru…", "Tru..."])
def test_a_title_that_was_cut_gives_way_to_one_that_goes_on(end: str) -> None:
    title = "Acme buys Bolt Farms, a maker of greenhouse machines, says Truman"
    found = [(title.replace("Truman", end), "JSON-LD headline"), ("Acme grows", "meta og:title"), (f"{title} | Daily", "title")]

    assert title_choice.chosen_title(found, page_cues().title_marks, ["Daily"]) == (title, "title")
    assert title_choice.chosen_title(found[:2], page_cues().title_marks, ["Daily"]) == found[0]


def test_titles_without_end_cost_no_more_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each title was compared with all others once."""
    asked: list[str] = []

    def counted(title: str, *_: object) -> str:
        asked.append(title)
        return title

    monkeypatch.setattr(title_choice, "without_tail", counted)

    page, _ = read(f"<title>{'a - ' * 9_000}</title>{'<h1>Acme buys Bolt - Daily</h1>' * 500}{PARAGRAPHS}")

    assert page is not None
    assert len(asked) < 40
    assert without_tail("a - " * 900, page_cues().title_marks, ["a"]) == "a - " * 900


@pytest.mark.parametrize(
    ("title", "outlets", "others", "expected"),
    [
        ("Acme buys Bolt | Example News", ["Example News"], [], "Acme buys Bolt"),
        ("Acme buys Bolt - The Example News", ["Example News"], [], "Acme buys Bolt"),
        ("Example News: Acme buys Bolt", ["Example News"], [], "Example News: Acme buys Bolt"),
        ("Example News | Acme buys Bolt", ["Example News"], [], "Acme buys Bolt"),
        ("Acme buys Bolt — example.com", ["www.example.com"], [], "Acme buys Bolt"),
        ("Acme buys Bolt | Europe | EX | 28.04.2023", ["Example"], ["Acme buys Bolt"], "Acme buys Bolt"),
        ("Acme buys Bolt - a deal of the year", ["Example News"], [], "Acme buys Bolt - a deal of the year"),
        ("Deal | Example", ["Example"], [], "Deal | Example"),
    ],
)
def test_the_name_of_the_outlet_is_cut_off_a_title(title: str, outlets: list[str], others: list[str], expected: str) -> None:
    assert without_tail(title, page_cues().title_marks, outlets, others) == expected


# --- hostile pages


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "Acme",
        "<html><body>" + "<b><i>" * 20_000 + PARAGRAPHS,
        "<html><body " + " ".join(f'a{number}="1"' for number in range(50_000)) + f">{PARAGRAPHS}</body></html>",
        "<html><head>" + '<script type="application/ld+json">' + '{"@graph":[' * 50_000 + "</script></head><body>" + PARAGRAPHS,
        '<script type="application/ld+json">' + "[" * 200_000 + "]" * 200_000 + "</script><title>Acme</title>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": {"a": []}, "author": 5, "publisher": [[]]}</script><title>Acme</title>',
        '<script type="application/ld+json">{"@type": ["NewsArticle", 5, null], "@id": [], "headline": ["Acme"], "datePublished": 1738571400}</script>',
        '<meta property="og:url" content="http://["><link rel="canonical" href="javascript:x"><title>Acme</title>',
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><html><title>&b;&b;</title><p>x</p></html>',
        "<title>" + "<" * 100_000,
        "<title>Acme</title><p>" + "&" * 100_000,
        "<title>" + " | ".join(["Acme"] * 20_000) + "</title>",
    ],
    ids=[
        "depth",
        "open marks",
        "attributes",
        "open JSON",
        "deep JSON",
        "wrong kinds",
        "lists",
        "links",
        "entities",
        "brackets",
        "ampersands",
        "bars",
    ],
)
def test_a_hostile_page_is_read_or_named(html: str) -> None:
    page, problems = read(html)

    assert page is not None or problems


def test_an_entity_of_a_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word", encoding="utf-8")
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><title>Acme &x;</title>{PARAGRAPHS}</html>'

    page, _ = read(html)

    assert page is not None
    assert "secret word" not in json.dumps(page.fields)


def test_a_page_of_too_many_elements_is_named() -> None:
    page, problems = read("<p>a" * (MAX_ELEMENTS + 1))

    assert page is None
    assert problems == ["document: has more elements or attributes than a page of news"]


def test_of_a_page_of_very_many_paragraphs_all_text_is_read() -> None:
    page, problems = read(f"<title>Acme buys Bolt</title><body>{'<p>It <b>rained</b>.' * 8000}")

    assert page is not None
    assert str(page.fields["body"]).split("\n\n") == ["It rained."] * 8000
    assert problems == []


def test_without_the_extra_a_page_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setattr("newsgraph.ingest.dialects.dialect.find_spec", lambda name: None if name == "trafilatura" else name)

    articles, (problem,) = parse_document(b"<html><title>Acme</title></html>", "a.html")

    assert articles == ()
    assert (problem.what, problem.hint) == ("is web page, for which a library is missing", "Install it: pip install 'newsgraph[html]'")
