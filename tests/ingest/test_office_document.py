"""Word documents, PDF files and RTF become articles; encrypted and broken ones are named."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from newsgraph.core.model import Article, Severity
from newsgraph.ingest.document_parser import parse_document
from newsgraph.ingest.documents.pdf_text import pdf_paragraphs
from written_files import pdf, rtf, word

docx = pytest.importorskip("docx", reason="install newsgraph[documents]")
pypdf = pytest.importorskip("pypdf", reason="install newsgraph[documents]")
pytest.importorskip("striprtf", reason="install newsgraph[documents]")

TITLE = "Acme buys Bolt Farms"
FIRST, SECOND = "Acme Robotics has bought Bolt Farms for $12 million.", "The deal closes in May."
FIELDS = ("3 February 2025", "https://www.example.com/news/7", "Source: Example News", "Tags: robots, farms")


PAGE = [(20, TITLE), *((10, line) for line in (*FIELDS, "", FIRST, "", SECOND))]


def read(data: bytes, name: str) -> tuple[list[Article], list[str]]:
    articles, problems = parse_document(data, name)
    return list(articles), [f"{problem.field}: {problem.what}" for problem in problems]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (word(("Title", TITLE), *(("", line) for line in (*FIELDS, FIRST, SECOND))), "a.docx"),
        (pdf(PAGE), "a.pdf"),
        (rtf(TITLE, *FIELDS, FIRST, SECOND), "a.rtf"),
    ],
    ids=["Word", "PDF", "RTF"],
)
def test_a_document_is_an_article_with_the_fields_below_its_title(data: bytes, name: str) -> None:
    (article,), problems = read(data, name)

    assert problems == []
    assert article.title == TITLE
    assert article.url == "https://www.example.com/news/7"
    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == ("Example News", "example.com")
    assert article.published == datetime(2025, 2, 3, tzinfo=UTC)
    assert article.topics == ("robots", "farms")
    assert article.body.split() == f"{FIRST} {SECOND}".split()


def test_what_a_file_says_of_itself_counts_where_its_text_says_nothing() -> None:
    data = word(("", FIRST), ("", SECOND), title=TITLE, keywords="robots; farms", created=datetime(2025, 2, 3, 9, 30))  # noqa: DTZ001

    (article,), problems = read(data, "a.docx")

    assert (article.title, article.body, article.topics) == (TITLE, f"{FIRST}\n\n{SECOND}", ("robots", "farms"))
    assert article.published is not None
    assert article.published.date().isoformat() == "2025-02-03"
    assert problems == ["publishedDateTime: is the day on which the file was made: the first lines of its text name none"]


def test_the_title_that_a_program_made_of_the_name_of_a_file_is_none() -> None:
    (article,), _ = read(pdf([(10, FIRST), (10, SECOND)], information="/Title (Microsoft Word - release.docx)"), "a.pdf")

    assert article.title.startswith(FIRST)


def test_the_cells_of_a_table_are_read() -> None:
    document = docx.Document(io.BytesIO(word(("Title", TITLE))))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Price", "$12 million"
    file = io.BytesIO()
    document.save(file)

    (article,), _ = read(file.getvalue(), "a.docx")

    assert article.body == "Price | $12 million"


def test_lines_of_pages_are_joined_to_paragraphs_without_running_heads() -> None:
    pages = [
        ["Example News 3 February", "Acme Robotics has bought Bolt Farms, a maker of green-", "houses for tomatoes in the south of", "1"],
        ["Example News 3 February", "France.", "The deal closes in May, and then both will build machines together,", "2"],
        ["Example News 3 February", "they said.", "3"],
    ]

    assert list(pdf_paragraphs(pages)) == [
        "Acme Robotics has bought Bolt Farms, a maker of greenhouses for tomatoes in the south of France.",
        "The deal closes in May, and then both will build machines together, they said.",
    ]


def test_the_address_that_a_browser_prints_on_a_page_is_its_link() -> None:
    data = pdf([(20, TITLE), (10, "3 February 2025"), (10, FIRST), (8, f"2/10/25, 9:30 AM {TITLE} https://example.com/news/7 1/1")])

    (article,), problems = read(data, "a.pdf")

    assert (article.url, article.body, problems) == ("https://example.com/news/7", FIRST, [])


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(PAGE)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_an_encrypted_file_is_named_and_one_that_only_forbids_changes_is_read() -> None:
    assert read(encrypted("secret"), "a.pdf") == ([], ["document: is encrypted"])
    assert read(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.docx")[1] == ["document: is an encrypted Word document, or one of Word before 2007"]
    assert [article.title for article in read(encrypted(""), "a.pdf")[0]] == [TITLE]


def test_pages_that_are_pictures_are_named() -> None:
    assert read(pdf([]), "a.pdf") == ([], ["document: holds no text: its pages are pictures"])


def bomb(size: int) -> bytes:
    file = io.BytesIO(word(("Title", TITLE)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/large.xml", b" " * size)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.docx"),
        (b"PK\x03\x04 broken", "a.docx"),
        (word(("Title", TITLE))[:-200], "a.docx"),
        (bomb(30_000_000), "a.docx"),
        (word(("", "")), "a.docx"),
        (b"", "a.pdf"),
        (b"%PDF-1.4 broken", "a.pdf"),
        (pdf(PAGE)[:300], "a.pdf"),
        (pdf(PAGE).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), "a.pdf"),
        (b"", "a.rtf"),
        (b"{\\rtf1 " + b"{" * 50_000, "a.rtf"),
    ],
    ids=["empty", "no zip", "cut", "bomb", "no text", "empty PDF", "broken PDF", "cut PDF", "circle", "empty RTF", "open RTF"],
)
def test_a_hostile_document_is_named(data: bytes, name: str) -> None:
    articles, problems = parse_document(data, name)

    assert articles == ()
    assert Severity.DOCUMENT in {problem.severity for problem in problems}


@pytest.mark.parametrize(
    ("name", "library", "form"), [("a.docx", "docx", "Word document"), ("a.pdf", "pypdf", "PDF"), ("a.rtf", "striprtf", "RTF")]
)
def test_without_the_extra_a_document_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, name: str, library: str, form: str
) -> None:
    monkeypatch.setattr("newsgraph.ingest.dialects.dialect.find_spec", lambda wanted: None if wanted == library else wanted)

    articles, (problem,) = parse_document(b"x", name)

    assert articles == ()
    assert problem.what == f"is {form}, for which a library is missing"
    assert problem.hint == "Install it: pip install 'newsgraph[documents]'"


def test_an_entity_of_another_file_is_not_read() -> None:
    with zipfile.ZipFile(io.BytesIO(word(("Title", TITLE)))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    body = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>", 1)
    start = body.index(b"<w:document")
    doctype = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = body[:start] + doctype + body[start:].replace(TITLE.encode(), TITLE.encode() + b" &x;")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)

    articles, _ = read(file.getvalue(), "a.docx")

    assert all("root:" not in article.text for article in articles)
