"""A newsletter that lists articles gives one article for each; every other mail stays one article."""

from __future__ import annotations

import json

import pytest

from newsgraph.core.model import Article
from newsgraph.ingest.document_parser import parse_document

HEAD = "From: Harbor Daily <daily@email.harbordaily.example>\nSubject: The morning list\nDate: Mon, 03 Feb 2025 09:30:00 +0100\nMIME-Version: 1.0\n"
ITEMS = [
    ("Halden Ports buys Zorvex Robotics", "Halden Ports said on Monday that it buys Zorvex Robotics for $240 million in cash.", "zorvex"),
    ("Bolt Farms opens in Bergen", "Bolt Farms has opened a greenhouse in Bergen in which 200 people will work.", "bolt"),
    ("Acme names Mira Olsen as head", "Acme Robotics has named Mira Olsen as its chief executive from the first of March on.", "acme"),
    ("Mapleleaf cuts its outlook", "Mapleleaf expects sales of $3 billion this year, after $3.4 billion in the year before.", "maple"),
]
FOOTER = "<p>You are receiving this because you signed up. <a href='https://harbordaily.example/out/7'>Unsubscribe</a></p>"
LINKED = "<h2><a href='https://other.example/news/{2}'>{0}</a></h2><p>{1}</p>"
FORMS = {
    "linked headings": LINKED,
    "headings and more": "<h3>{0}</h3><p>{1}</p><p><a href='https://other.example/news/{2}'>Read the full story</a></p>",
    "bold in tables": "<tr><td><b>{0}</b></td></tr><tr><td>{1}</td></tr><tr><td><a href='https://other.example/news/{2}'>More</a></td></tr>",
    "plain links": "<div><a href='https://other.example/news/{2}'>{0}</a><br>{1}</div>",
    "pictures too": "<a href='https://other.example/news/{2}'><img src='x.png'></a><h2><a href='https://other.example/news/{2}'>{0}</a></h2><p>{1}</p>",
}


def mail(body: str, kind: str = "html") -> bytes:
    return f"{HEAD}Content-Type: text/{kind}; charset=utf-8\n\n{body}\n".encode()


def listed(form: str, items: list[tuple[str, str, str]] = ITEMS) -> str:
    return "".join(form.format(*item) for item in items)


def read(data: bytes, name: str = "a.eml") -> tuple[list[Article], list[str]]:
    articles, problems = parse_document(data, name)
    return list(articles), [f"{problem.field}: {problem.what}" for problem in problems]


def assert_items(articles: list[Article]) -> None:
    assert [article.title for article in articles] == [title for title, _, _ in ITEMS]
    assert [article.body for article in articles] == [text for _, text, _ in ITEMS]
    assert [article.url for article in articles] == [f"https://other.example/news/{name}" for _, _, name in ITEMS]
    assert [article.provider and article.provider.domain for article in articles] == ["harbordaily.example"] * 4
    assert [article.published and article.published.date().isoformat() for article in articles] == ["2025-02-03"] * 4
    assert json.loads(articles[0].extra)["newsletter"] == "The morning list"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_item_of_a_newsletter_is_an_article_of_the_newsletter(form: str) -> None:
    """What is no item is named."""
    articles, (problem,) = read(mail(f"<p>Good morning.</p><table>{listed(form)}</table>{FOOTER}"))

    assert_items(articles)
    assert [article.part for article in articles] == [f"item[{number}]" for number in range(4)]
    assert problem.startswith("body: has 11 words beside its 4 items")


@pytest.mark.parametrize(
    "form", ["{0}\n{1}\nhttps://other.example/news/{2}\n\n", "{0}\n\n{1}\n\nRead more: <https://other.example/news/{2}>\n\n"]
)
def test_a_newsletter_without_html_is_taken_apart_too(form: str) -> None:
    articles, _ = read(mail(f"Good morning.\n\n{listed(form)}", "plain"))

    assert_items(articles)


def test_a_text_above_the_items_is_an_article_of_its_own() -> None:
    intro = "It was a long week for the ports of the north, and it will not be the last one of that kind. " * 2

    articles, _ = read(mail(f"<p>{intro}</p>{listed(LINKED)}"))

    assert (articles[0].title, articles[0].body) == ("The morning list", intro.strip())
    assert_items(articles[1:])


def test_newsletters_of_a_mailbox_are_numbered_through() -> None:
    one = b"From daily@example.com Mon Feb  3 09:30:00 2025\n" + mail(listed(LINKED))
    other = b"From ann@example.com Mon Feb  3 09:30:00 2025\n" + mail("Acme grows.", "plain")

    articles, _ = read(one + b"\n" + other, "a.mbox")

    assert [article.part for article in articles] == [f"item[{number}]" for number in range(5)]


@pytest.mark.parametrize(
    "body",
    [
        listed(LINKED, ITEMS[:2]),
        listed("<h2>{0}</h2><p>{1}</p>"),
        listed("<h2>{0}</h2><p>{1} See <a href='https://other.example/news/{2}'>an earlier report</a> about it.</p>"),
        f"<p>{'Acme grows, and nobody knows why it does. ' * 60}</p><h3>Read also</h3>"
        + listed("<a href='https://other.example/news/{2}'>{0}</a><br>"),
        f"<p>{'Acme grows, and nobody knows why it does. ' * 60}</p>" + listed(LINKED),
        listed("<h2><a href='https://other.example/news/same'>{0}</a></h2><p>{1}</p>"),
        listed("<h2><a href='https://other.example/'>{0}</a></h2><p>{1}</p>"),
        listed("<h2><a href='javascript:x(\"{2}\")'>{0}</a></h2><p>{1}</p>"),
        listed("<h2><a href='https://other.example/news/{2}'>{0}</a></h2><p>Read on.</p>"),
        listed("<h2><a href='https://other.example/news/{2}'>The same words</a></h2><p>{1}</p>"),
    ],
    ids=[
        "two",
        "no links",
        "links in sentences",
        "see also",
        "mostly a text",
        "one link",
        "front pages",
        "scripts",
        "no texts",
        "one title",
    ],
)
def test_a_mail_that_is_not_clearly_a_digest_stays_one_article(body: str) -> None:
    (article,), _ = read(mail(body))

    assert (article.title, article.part) == ("The morning list", "main")


def test_a_word_of_footers_in_an_item_does_not_end_the_newsletter() -> None:
    items = [(title, f"{text} Its privacy policy stays as it is.", name) for title, text, name in ITEMS]

    articles, _ = read(mail(listed(LINKED, items) + FOOTER))

    assert [article.body for article in articles] == [text for _, text, _ in items]


@pytest.mark.parametrize(
    "body",
    [
        "<h2><a href='https://a.example/b/c'>" * 30_000,
        "<h2>a b c</h2><p>" * 30_000,
        "<a href=" * 50_000,
        "<" * 300_000,
        "<b>" * 50_000 + "a b c" + "</b>" * 50_000,
        "".join(f"<h2><a href='https://a.example/b/{n}'>Title of {n}</a></h2><p>{'word ' * 10}</p>" for n in range(2000)),
        "<!--" * 50_000,
    ],
    ids=["open links", "headings", "open tags", "signs", "bold", "many items", "comments"],
)
def test_a_hostile_newsletter_is_read_or_named(body: str) -> None:
    articles, problems = parse_document(mail(body), "a.eml")

    assert articles or problems
