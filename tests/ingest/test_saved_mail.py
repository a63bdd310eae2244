"""Mails become articles, one each; what is attached to them is named; hostile mails are read or named."""

from __future__ import annotations

import pytest

from newsgraph.core.model import Article, Severity
from newsgraph.ingest.document_parser import parse_document, read_file
from newsgraph.ingest.mails.mail_cues import mail_cues
from newsgraph.ingest.raw_record import SourceFile

TEXT = "Acme Robotics has bought Bolt Farms for $12 million.\n\nThe deal closes in May."
HEAD = (
    "From: Example News <daily@email.example.com>\n"
    "To: reader@example.org\n"
    "Subject: Fwd: [press] Acme buys Bolt Farms\n"
    "Date: Mon, 03 Feb 2025 09:30:00 +0100\n"
    "MIME-Version: 1.0\n"
)
PLAIN = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
LINK = '<a style="x" href="https://example.com/news/7?a=1&amp;b=2"><span>View in your browser</span></a>'
HTML = f"<html><body>{LINK}<p>{TEXT}</p><p>R&amp;D pays.</p></body></html>"


def mixed(*parts: str, kind: str = "mixed") -> str:
    body = "".join(f"--edge\n{part}\n" for part in parts)
    return f'{HEAD}Content-Type: multipart/{kind}; boundary="edge"\n\n{body}--edge--\n'


def read(mail: str | bytes, name: str = "a.eml") -> tuple[list[Article], list[str]]:
    articles, problems = parse_document(mail.encode() if isinstance(mail, str) else mail, name)
    return list(articles), [f"{problem.field}: {problem.what}" for problem in problems]


def test_a_mail_is_an_article_of_its_sender() -> None:
    (article,), problems = read(PLAIN)

    assert problems == []
    assert (article.title, article.body, article.part) == ("Acme buys Bolt Farms", TEXT, "main")
    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == ("Example News", "example.com")
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-03T08:30:00+00:00"


def test_the_text_of_a_mail_in_html_is_read_without_its_marks() -> None:
    """A plain part that only asks for another program is no text."""
    (article,), _ = read(
        mixed("Content-Type: text/plain\n\nThis mail needs a newer program.", f"Content-Type: text/html\n\n{HTML}", kind="alternative")
    )

    assert article.body.endswith("The deal closes in May.\n\nR&D pays.")
    assert article.url == "https://example.com/news/7?a=1&b=2"


def test_the_page_of_a_mail_is_found_in_plain_text() -> None:
    (article,), _ = read(PLAIN.replace(TEXT, f"View online: https://example.com/news/7\n\n{TEXT}"))

    assert article.url == "https://example.com/news/7"


def test_the_only_link_of_a_mail_is_its_page() -> None:
    """Of several links nobody knows which one it is."""
    one, two = "https://example.com/news/7", "https://example.com/news/8"

    assert [read(PLAIN.replace(TEXT, f"{TEXT} See {links}."))[0][0].url for links in (one, f"{one} and {two}")] == [one, None]


def test_lines_at_the_top_of_a_mail_and_its_keywords_are_fields() -> None:
    mail = PLAIN.replace("MIME-Version", "Keywords: robots, farms\nMIME-Version").replace(
        TEXT, f"Source: Harbor Ledger\nhttps://example.com/7\n\n{TEXT}"
    )

    (article,), problems = read(mail)

    assert problems == []
    assert (article.url, article.body, article.topics) == ("https://example.com/7", TEXT, ("robots", "farms"))
    assert article.provider is not None
    assert article.provider.name == "Harbor Ledger"


def test_a_mail_of_a_person_has_no_outlet() -> None:
    (article,), _ = read(PLAIN.replace("daily@email.example.com", "ann@gmail.com"))

    assert article.provider is None


def test_headers_and_texts_in_other_encodings_are_decoded() -> None:
    """A text with a wrong label is read as what it is."""
    head = HEAD.replace("Fwd: [press] Acme buys Bolt Farms", "=?iso-8859-1?q?=DCbernahme_f=FCr?= =?utf-8?b?IEFjbWU=?=")
    mail = f"{head}Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: quoted-printable\n\nF=C3=BCr 5 =E2=82=AC.\n"

    (article,), problems = read(mail)

    assert (article.title, article.body, problems) == ("Übernahme für Acme", "Für 5 €.", [])


@pytest.mark.parametrize("gap", [" ", ""])
def test_a_header_of_very_many_encoded_words_is_decoded_in_parts(gap: str) -> None:
    words = gap.join(f"=?utf-8?q?M=C3=BCnchen_{number}?=" for number in range(700))
    head = HEAD.replace("Fwd: [press] Acme buys Bolt Farms", f"Acme in {words} and elsewhere")

    (article,), problems = read(f"{head}Content-Type: text/plain; charset=utf-8\n\n{TEXT}\n")

    assert article.title == f"Acme in {''.join(f'München {number}' for number in range(700))} and elsewhere"
    assert problems == []


def test_attached_files_are_named_and_the_mail_is_read() -> None:
    report = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="report.pdf"\n\n%PDF'
    picture = "Content-Type: image/png\nContent-ID: <logo>\n\nx"

    (article,), problems = read(mixed(f"Content-Type: text/plain\n\n{TEXT}", report, picture))

    assert article.body == TEXT
    assert problems == ['attachments[0]: is "report.pdf", a file in the mail, which is not read']


def test_mails_in_a_mail_are_articles() -> None:
    inner = f"Content-Type: message/rfc822\n\n{PLAIN.replace('Acme buys', 'Zorvex buys')}"

    articles, problems = read(mixed(inner, inner.replace("Zorvex", "Mapleleaf"), kind="digest"))

    assert [(article.part, article.title) for article in articles] == [
        ("item[0]", "Zorvex buys Bolt Farms"),
        ("item[1]", "Mapleleaf buys Bolt Farms"),
    ]
    assert problems == []


@pytest.mark.parametrize("name", ["news.mbox", "Inbox"])
def test_each_mail_of_a_mailbox_is_an_article(name: str) -> None:
    """A line of a text that begins with From is quoted in a mailbox."""
    mails = [PLAIN.replace("closes", ">From now on closes"), PLAIN.replace("The deal", ">From now on the deal")]
    mailbox = "".join(f"From daily@example.com Mon Feb  3 09:30:00 2025\n{mail}\n" for mail in mails)

    articles, problems = read(mailbox, name)

    assert [article.part for article in articles] == ["item[0]", "item[1]"]
    assert articles[1].body.endswith("\n\nFrom now on the deal closes in May.")
    assert problems == []


def test_an_encrypted_mail_is_named() -> None:
    articles, problems = read(mixed("Content-Type: application/octet-stream\n\nhQEMA", kind="encrypted"))

    assert articles == []
    assert problems == ["document: is encrypted"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no mail at all",
        b"\x00\xff\xfe" * 500,
        HEAD.encode(),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 3000,
        ("Content-Type: message/rfc822\n\n" * 300).encode(),
        b"Subject: =?utf-8?b?" + b"A" * 100_000 + b"\n\n" + b"x",
        b"Subject: =?idna?q?=ff=fe?= =?nonsense?z?x?=\nContent-Type: text/plain; charset=punycode\n\n\xff\xfe-",
        b"Subject: a\nContent-Type: text/html\n\n" + b"<a href=http://x" * 20_000,
        b"From: " + b"<" * 50_000 + b"@\nSubject: a\n\nx",
        b"From: " + b"(" * 20_000 + b"\nSubject: a\n\nx",
        b"Subject: a\n\n" + b"a" * 200_000 + b" http://",
    ],
    ids=[
        "empty",
        "text",
        "binary",
        "no text",
        "deep",
        "mails in mails",
        "long subject",
        "codecs",
        "open links",
        "sender",
        "comments",
        "long line",
    ],
)
@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_a_hostile_mail_is_read_or_named(data: bytes, name: str) -> None:
    articles, problems = parse_document(data, name)

    assert articles or {Severity.DOCUMENT, Severity.ARTICLE} & {problem.severity for problem in problems}
    assert [problem.what for problem in problems if "Error in" in problem.what] == []


SAVED = [
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("Subject", "From", "Date", "To"),
]
VALUES = {
    "from": "Example News <daily@email.example.com>",
    "date": "Mon, 3 Feb 2025 09:30:00 +0100",
    "to": "Reader\n\treader@example.org",
    "subject": "Acme buys Bolt Farms",
}


@pytest.mark.parametrize("headers", SAVED, ids=" ".join)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mail_that_was_saved_as_text_is_known_by_its_headers(headers: tuple[str, ...], codec: str) -> None:
    """Mail programs write their own words for the headers."""
    lines = [f"{name}:\t{VALUES[mail_cues().text_headers[name.lower()]]}" for name in headers]

    (article,), _ = read(("\r\n".join(lines) + f"\r\n\r\n{TEXT} Für 5 €.\r\n").encode(codec), "a.txt")

    assert (article.title, article.body) == ("Acme buys Bolt Farms", f"{TEXT} Für 5 €.")
    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == ("Example News", "example.com")
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-03T08:30:00+00:00"


def test_a_mail_as_it_was_sent_is_read_from_a_text_as_from_a_mail() -> None:
    mail = mixed("Content-Type: text/plain\n\nSee below.", f"Content-Type: text/html\n\n{HTML}", kind="alternative")

    assert read(mail, "a.txt")[0][0].body == read(mail, "a.eml")[0][0].body


def test_a_mailbox_may_be_a_text() -> None:
    articles, _ = read("".join(f"From daily@example.com Mon Feb  3 09:30:00 2025\n{PLAIN}\n" for _ in range(2)), "a.txt")

    assert [article.part for article in articles] == ["item[0]", "item[1]"]


@pytest.mark.parametrize(
    "text",
    [
        "From: Bergen to Oslo\n\nThe port grows.",
        "Subject: ports\nDate: 2025-02-03\n\nThe port grows.",
        "From: ports\n\nSubject: growth\n\nDate: soon",
        "From Bergen: Acme grows\nSubject to change: the date\nTo be sold: Bolt",
    ],
)
def test_a_text_with_fewer_headers_is_no_mail(text: str) -> None:
    assert read_file(SourceFile("a.txt", text.encode())).dialect == "front matter"


@pytest.mark.parametrize(
    "text", ["From: a\nSubject: b\nDate: c\n", "From:\nSubject:\nTo:\n" * 50_000, "From: a\nTo: b\nSubject: " + "x" * 300_000]
)
def test_a_hostile_mail_in_a_text_is_read_or_named(text: str) -> None:
    articles, problems = parse_document(text.encode(), "a.txt")

    assert articles or problems
