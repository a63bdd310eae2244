"""Pages inside MHTML, WARC and WACZ files become articles of their own; pages that are no articles are counted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newsgraph.core.model import Article, Severity
from newsgraph.ingest.document_parser import parse_document
from written_files import answer, wacz, warc

pytest.importorskip("warcio", reason="install newsgraph[html]")

PAGE = (Path(__file__).parents[1] / "cases" / "pages" / "open_graph.html").read_bytes()
LIST = b"<html><head><title>Example News</title></head><body><ul><li>Acme buys Bolt Farms</li></ul></body></html>"


def read(data: bytes, name: str) -> tuple[list[Article], list[str]]:
    articles, problems = parse_document(data, name)
    return list(articles), [problem.line() for problem in problems]


CRAWL = (
    ("https://example.com/", answer(LIST)),
    ("https://example.com/missing", answer(PAGE, status="404 Not Found")),
    ("https://example.com/robot.jpg", answer(b"\xff\xd8", kind="image/jpeg")),
    ("https://example.com/2025/02/03/acme-buys-bolt-farms/", answer(PAGE)),
)


@pytest.mark.parametrize("packed", [False, True])
def test_the_articles_of_a_crawl_are_read_and_its_other_pages_are_counted(*, packed: bool) -> None:
    articles, problems = read(warc(*CRAWL, packed=packed), "crawl.warc.gz" if packed else "crawl.warc")

    assert [(article.title, article.part) for article in articles] == [("Acme buys Bolt Farms", "item[3]")]
    assert articles[0].url == "https://example.com/2025/02/03/acme-buys-bolt-farms"
    assert len(problems) == 1
    assert "has 1 pages that are no articles, such as https://example.com/; they were passed over" in problems[0]


def test_the_address_of_the_capture_is_the_link_of_a_page_that_names_none() -> None:
    page = PAGE.replace(b"og:url", b"og:nothing")

    (article,), _ = read(warc(("https://www.example.com/story-5", answer(page))), "crawl.warc")

    assert (article.url, article.provider and article.provider.domain) == ("https://www.example.com/story-5", "example.com")


def test_a_page_that_was_sent_packed_is_unpacked() -> None:
    (article,), problems = read(warc(("https://example.com/a", answer(gzip.compress(PAGE), coding="gzip"))), "crawl.warc")

    assert article.title == "Acme buys Bolt Farms"
    assert problems == []


def test_a_day_after_the_capture_is_no_day_of_publication() -> None:
    (article,), problems = read(warc(("https://example.com/a", answer(PAGE)), day="2024-12-01T00:00:00Z"), "crawl.warc")

    assert article.published is None
    assert "which is later than 2024-12-01" in problems[0]


def test_the_archives_inside_a_wacz_file_are_read_one_after_the_other() -> None:
    other = PAGE.replace(b"acme-buys-bolt-farms", b"another").replace(b"Acme buys Bolt Farms", b"Bolt Farms sold to Acme")
    files = {
        "archive/b.warc.gz": warc(("https://example.com/b", answer(other)), packed=True),
        "archive/a.warc.gz": warc(*CRAWL, packed=True),
        "pages/pages.jsonl": b"{}",
        "../../climbs.warc": warc(*CRAWL),
    }

    articles, _ = read(wacz(files), "crawl.wacz")

    assert [(article.title, article.part) for article in articles] == [
        ("Acme buys Bolt Farms", "item[3]"),
        ("Bolt Farms sold to Acme", "item[4]"),
    ]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.warc"),
        (b"not a warc file at all\r\n\r\n", "a.warc"),
        (warc(*CRAWL)[:700], "a.warc"),
        (warc(*CRAWL, packed=True)[:-300], "a.warc.gz"),
        (b"PK\x03\x04 broken", "a.wacz"),
        (wacz({"pages/pages.jsonl": b"{}"}), "a.wacz"),
        (wacz({"archive/a.warc.gz": b"\x1f\x8b broken"}), "a.wacz"),
        (warc(("https://example.com/", answer(LIST))), "a.warc"),
        (warc(("https://example.com/a", answer(b"\x1f\x8b broken", coding="gzip"))), "a.warc"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "a.mhtml"),
        (
            b"Content-Type: multipart/related; boundary=x\r\n\r\n" + b"--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" * 3000,
            "a.mht",
        ),
    ],
    ids=[
        "empty",
        "text",
        "cut",
        "cut packed",
        "no zip",
        "no archive",
        "broken archive",
        "front page only",
        "broken page",
        "picture",
        "nested",
    ],
)
def test_an_archive_without_an_article_is_named(data: bytes, name: str) -> None:
    articles, problems = parse_document(data, name)

    assert articles == ()
    assert Severity.DOCUMENT in {problem.severity for problem in problems} or "item[" in problems[0].field


def test_a_page_that_unpacks_without_end_is_left_out() -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 60_000_000)

    articles, problems = read(warc(("https://example.com/a", answer(bomb, coding="gzip")), CRAWL[3]), "a.warc")

    assert [article.part for article in articles] == ["item[1]"]
    assert "item[0]: is a page of more than 20 MB" in problems[0]


MHTML = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://example.com/2025/02/03/acme-buys-bolt-farms/
Subject: Acme buys Bolt Farms
Date: Mon, 10 Feb 2025 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----edge"

------edge
Content-Type: text/css
Content-Location: cid:css@x

p { color: red }
------edge
Content-Type: text/html
Content-ID: <frame@x>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.com/2025/02/03/acme-buys-bolt-farms/

%s
------edge--
"""


def test_a_page_that_a_browser_saved_with_its_parts_is_one_article() -> None:
    page = PAGE.replace(b"=", b"=3D").replace("“".encode(), b"=E2=80=9C").replace("”".encode(), b"=E2=80=9D").replace(b"og:url", b"og:none")

    (article,), problems = read(MHTML % page, "saved.mhtml")

    assert problems == []
    assert (article.title, article.part) == ("Acme buys Bolt Farms", "main")
    assert article.url == "https://example.com/2025/02/03/acme-buys-bolt-farms"
    assert "“We have looked for a partner" in article.body


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_was_packed_with_brotli_is_read(*, packed: bool) -> None:
    brotli = pytest.importorskip("brotli", reason="install newsgraph[html]")
    address = "https://example.com/2025/02/03/acme-buys-bolt-farms/"

    articles, problems = read(warc((address, answer(brotli.compress(PAGE) if packed else PAGE, coding="br"))), "crawl.warc")

    assert [article.title for article in articles] == ["Acme buys Bolt Farms"]
    assert problems == []


def test_a_bomb_that_was_packed_with_brotli_costs_itself_only() -> None:
    brotli = pytest.importorskip("brotli", reason="install newsgraph[html]")
    bomb = answer(brotli.compress(bytes(200_000_000), quality=2), coding="br")

    articles, problems = read(warc(("https://example.com/bomb", bomb), CRAWL[3]), "crawl.warc")

    assert [article.part for article in articles] == ["item[1]"]
    assert problems == ["crawl.warc: item[0]: is a page of more than 20 MB. Save only the article"]
