"""Web feeds in all their forms, and those that mean harm or are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest import parse_document
from newsgraph.ingest.document_parser import read_file
from newsgraph.ingest.raw_record import SourceFile
from newsgraph.pipeline.graph_build import BuildOptions, build_counted

ITEM = "<item><title>{title}</title><link>https://harborledger.example/{link}</link><pubDate>Mon, 03 Feb 2025 08:30:00 GMT</pubDate>{more}</item>"


def item(title: str = "Ports grow", link: str = "a", more: str = "") -> str:
    return ITEM.format(title=title, link=link, more=more)


def rss(*items: str, head: str = "", version: str = "2.0") -> str:
    return f'{head}<rss version="{version}"><channel><title>Harbor Ledger</title><link>https://harborledger.example/</link>{"".join(items)}</channel></rss>'


def read(text: str | bytes, name: str = "feed.xml") -> tuple[list[Article], list[Problem]]:
    articles, problems = parse_document(text.encode() if isinstance(text, str) else text, name)
    return list(articles), list(problems)


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_each_item_of_rss_is_an_article_and_the_channel_its_outlet(version: str) -> None:
    articles, problems = read(rss(item(), item("Cranes load", "b"), version=version))

    assert [(article.title, article.url, article.part) for article in articles] == [
        ("Ports grow", "https://harborledger.example/a", "item[0]"),
        ("Cranes load", "https://harborledger.example/b", "item[1]"),
    ]
    assert {article.provider.name for article in articles if article.provider} == {"Harbor Ledger"}
    assert problems == []


def test_relative_links_start_from_the_feed() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://harborledger.example/news/"><title>Harbor Ledger</title>'
        '<entry><title>Ports grow</title><link href="../a"/><updated>2025-02-03T08:30:00Z</updated></entry></feed>'
    )

    (article,), problems = read(text)

    assert article.url == "https://harborledger.example/a"
    assert problems == []


def test_an_item_of_another_site_is_not_of_the_channels_outlet() -> None:
    (article,), _ = read(rss(item().replace("harborledger.example", "wire.example")))

    assert article.provider is not None
    assert article.provider.domain == "wire.example"


def test_an_item_without_a_title_has_the_first_sentence_of_its_text() -> None:
    (article,), problems = read(rss(item("", more="<description>Ports grow. They load more ships.</description>")))

    assert article.title == "Ports grow."
    assert problems == []


def test_the_form_is_known_by_the_content_whatever_the_name() -> None:
    for name in ("feed", "feed.php", "feed.txt", "feed.rss"):
        assert [article.title for article in read(rss(item()), name)[0]] == ["Ports grow"]


def test_a_list_of_feeds_is_told_and_not_followed() -> None:
    articles, (problem,) = read('<opml version="2.0"><body><outline xmlUrl="https://wire.example/feed"/></body></opml>', "feeds.opml")

    assert articles == []
    assert "newsgraph fetches nothing" in problem.what


def test_an_empty_feed_is_told() -> None:
    articles, (problem,) = read(rss())

    assert articles == []
    assert (problem.what, problem.severity) == ("is a feed without items", Severity.DOCUMENT)


# --- harm and damage


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/hostname">',
        '<!ENTITY c SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % c SYSTEM "http://127.0.0.1:9/x"> %c;',
    ],
)
def test_entities_are_refused(declared: str) -> None:
    articles, (problem,) = read(rss(item("&c;"), head=f'<?xml version="1.0"?><!DOCTYPE rss [{declared}]>'))

    assert articles == []
    assert problem.severity is Severity.DOCUMENT
    assert problem.what == "declares XML entities, which can be a bomb or name other files"


def test_an_external_doctype_is_not_asked_for() -> None:
    (article,), problems = read(rss(item(), head='<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'))

    assert article.title == "Ports grow"
    assert problems == []


def test_what_is_whole_before_the_end_of_a_cut_feed_is_read_and_the_loss_counts() -> None:
    text = rss(item(), item("Cranes load", "b"))

    reading = read_file(SourceFile("feed.xml", text[: text.index("Cranes load") + 20].encode()))

    assert [article.title for article in reading.articles] == ["Ports grow"]
    assert reading.losses.whole == 1
    assert "what is complete before that place was read" in reading.problems[0].what


def test_what_many_programs_write_wrongly_is_mended() -> None:
    (article,), problems = read(
        rss(item("R&D &nbsp;&eacute;t&eacute; & more", more="<dc:creator>Mara</dc:creator><media:thumbnail url='x'/>"))
    )

    assert article.title == "R&D été & more"
    assert problems == []


@pytest.mark.parametrize(("said", "written"), [("utf-8", "iso-8859-1"), ("iso-8859-1", "utf-8"), ("no-such-charset", "utf-8")])
def test_a_charset_that_is_not_as_the_file_says_is_told_and_the_text_is_right(said: str, written: str) -> None:
    text = rss(item("Häfen wachsen in Zürich und Genève"), head=f'<?xml version="1.0" encoding="{said}"?>')

    (article,), problems = read(text.encode(written))

    assert article.title == "Häfen wachsen in Zürich und Genève"
    assert [problem.field for problem in problems] == ["encoding"]


def test_deep_nesting_is_refused_in_little_time() -> None:
    articles, (problem,) = read(rss(item(more="<a>" * 50_000 + "</a>" * 50_000)))

    assert articles == []
    assert "deep" in problem.what


@pytest.mark.parametrize("moment", ["Mon, 03 Feb 9999 08:30:00 GMT", "Mon, 31 Feb 2025 08:30:00 GMT", "tomorrow"])
def test_a_time_that_cannot_be_is_told_and_the_article_kept(moment: str) -> None:
    (article,), (problem,) = read(rss(item().replace("Mon, 03 Feb 2025 08:30:00 GMT", moment)))

    assert article.published is None
    assert (problem.field, problem.severity) == ("item[0].pubDate", Severity.FIELD)


def test_one_item_in_three_feeds_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "all.xml").write_text(rss(item(), item("Cranes load", "b")), encoding="utf-8")
    (tmp_path / "ports.xml").write_text(rss(item()), encoding="utf-8")
    (tmp_path / "top.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Ledger</title><entry><title>Ports grow</title>'
        '<link href="https://harborledger.example/a?utm_source=rss"/><published>2025-02-03T08:30:00Z</published></entry></feed>',
        encoding="utf-8",
    )

    tables = build_counted([tmp_path], BuildOptions(extractor="none")).tables

    assert sorted(tables["articles"]["title"]) == ["Cranes load", "Ports grow"]
