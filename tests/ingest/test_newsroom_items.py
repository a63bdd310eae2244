"""Newsrooms' standards: which items are read, and what their marks of release do."""

from __future__ import annotations

import json

import pytest

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest import parse_document

NINJS = {
    "uri": "https://wire.example/1",
    "type": "text",
    "versioncreated": "2025-02-03T08:30:00Z",
    "pubstatus": "usable",
    "headline": "Ports grow",
    "body_text": "More ships.",
}
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:wire.example,2025:1"><itemMeta><itemClass qcode="ninat:{kind}"/>
<provider literal="Wire"/><versionCreated>2025-02-03T08:30:00Z</versionCreated>{meta}<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>{title}</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>More ships.</p>
<p>And cranes.</p></body></html></inlineXML></contentSet></newsItem>"""


def ninjs(**changed: object) -> tuple[list[Article], list[Problem]]:
    articles, problems = parse_document(json.dumps(NINJS | changed).encode(), "item.json")
    return list(articles), list(problems)


def g2(title: str = "Ports grow", kind: str = "text", status: str = "usable", meta: str = "") -> tuple[list[Article], list[Problem]]:
    articles, problems = parse_document(G2.format(title=title, kind=kind, status=status, meta=meta).encode(), "item.xml")
    return list(articles), list(problems)


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_an_item_that_its_publisher_has_taken_back_is_left_out_and_told(status: str) -> None:
    for articles, (problem,) in (ninjs(pubstatus=status), g2(status=status)):
        assert articles == []
        assert f"is {status}: its publisher does not want it used" in problem.what
        assert problem.severity is Severity.FIELD  # which is no loss


def test_a_status_in_a_list_counts_and_an_unknown_one_is_told() -> None:
    taken_back, (problem,) = ninjs(pubstatus=["canceled"])
    assert (taken_back, problem.field) == ([], "pubstatus")
    for status in ("withhold", ["usable", "canceled"]):
        articles, (problem,) = ninjs(pubstatus=status)
        assert [article.title for article in articles] == ["Ports grow"]
        assert problem.what.endswith("which is no status of an item; it was read")


@pytest.mark.parametrize("kind", ["picture", "video", "event"])
def test_an_item_that_is_no_text_is_passed_over_and_told(kind: str) -> None:
    for articles, (problem,) in (ninjs(type=kind), g2(kind=kind)):
        assert articles == []
        assert "not a text" in problem.what


def test_an_item_under_embargo_is_published_when_that_ends() -> None:
    for (article,), (problem,) in (ninjs(embargoed="2025-02-05T06:00:00Z"), g2(meta="<embargoed>2025-02-05T06:00:00Z</embargoed>")):
        assert article.published is not None
        assert article.published.isoformat() == "2025-02-05T06:00:00+00:00"
        assert "ends at 2025-02-05" in problem.what


def test_a_correction_is_marked() -> None:
    (article,), problems = g2(meta='<signal qcode="sig:correction"/>')

    assert article.type == "correction"
    assert problems == []


def test_the_text_of_an_item_has_its_paragraphs() -> None:
    (article,), _ = g2()

    assert article.body == "More ships.\n\nAnd cranes."
    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == ("Wire", "wire.example")


def test_an_item_without_a_headline_has_the_first_sentence_of_its_text() -> None:
    for (article,), problems in (ninjs(headline=""), g2(title="")):
        assert article.title == "More ships."
        assert problems == []


@pytest.mark.parametrize("envelope", [("items",), ("data", "items"), ("data", "item"), ("_items",)])
def test_items_are_found_in_the_envelopes_of_services(envelope: tuple[str, ...]) -> None:
    tree: object = {"item": NINJS} if envelope[-1] == "items" and len(envelope) > 1 else NINJS
    for key in reversed(envelope):
        tree = {key: [tree] if key in {"items", "_items"} else tree}

    articles, problems = parse_document(json.dumps(tree).encode(), "items.json")

    assert [article.title for article in articles] == ["Ports grow"]
    assert problems == ()


def test_a_message_with_several_items_gives_an_article_each() -> None:
    items = "".join(G2.format(title=title, kind="text", status="usable", meta="") for title in ("One", "Two"))

    articles, problems = parse_document(f"<newsMessage><itemSet>{items}</itemSet></newsMessage>".encode(), "message.xml")

    assert [(article.title, article.part) for article in articles] == [("One", "item[0]"), ("Two", "item[1]")]
    assert problems == ()


def test_an_agency_has_its_domain_though_the_item_does_not_say_it() -> None:
    text = '<nitf><head><docdata><doc.copyright holder="The Associated Press"/></docdata></head><body><body.head><hedline><hl1>Ports grow</hl1></hedline></body.head></body></nitf>'

    (article,), problems = parse_document(text.encode(), "item.nitf")

    assert article.provider is not None
    assert article.provider.domain == "apnews.com"
    assert problems == ()


def test_a_wire_text_is_cut_where_it_says_so() -> None:
    text = (
        b"\x01HBL0001 4 FI 0090\r\n\r\nPORTS/\r\n\x021ST LEAD\r\nPorts grow =\r\nBy Mara Lindqvist, Wire\r\n\r\n   Berlin (dpa) - More\r\nships.\r\n\r\n"
        b"# Notebook\r\n* The following information is not intended for publication\r\n## Contacts\r\n\x03\r\n031130 gmt Feb 25\r\n\x04"
    )

    (article,), problems = parse_document(text, "wire.txt")

    assert article.title == "Ports grow"
    assert article.body.startswith("Berlin (dpa) - More ships.")
    assert "Contacts" not in article.body
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-03T11:30:00+00:00"
    assert problems == ()
