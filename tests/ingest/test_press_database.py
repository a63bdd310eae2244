"""Exports of press databases give the articles in them, in every form in which they are exported; hostile ones are read or named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsgraph.core.model import Article, Severity
from newsgraph.ingest.document_parser import parse_document, read_file
from newsgraph.ingest.raw_record import SourceFile
from written_files import rtf, word

CASES = Path(__file__).parents[1] / "cases" / "press_exports"
TITLES = ["Halden Ports buys Zorvex Robotics for $240 million", "Zorvex to stay in Bergen"]
TEXT = "Halden Ports said on Monday that it buys Zorvex Robotics for $240 million in cash. Outlook: the deal is expected to close in May."
SECOND = "Zorvex Robotics will stay in Bergen after the sale to Halden Ports."
OUTLETS = {"nexis": ("The Guardian (London)", "theguardian.com"), "factiva": ("Reuters News", "reuters.com")}


def lines(name: str) -> list[str]:
    return (CASES / name).read_text("utf-8").splitlines()


def as_word(name: str) -> bytes:
    return word(*(("", line.strip()) for line in lines(name) if line.strip()))


def as_rtf(name: str) -> bytes:
    return rtf(*lines(name))


def as_table(name: str) -> bytes:
    """Write the codes and texts of Factiva's page as rows of a table in RTF, as Factiva does."""
    rows = []
    for line in lines(name):
        code, _, text = line.partition("   ") if line[:2].isupper() and line[2:3] in {" ", ""} else ("", "", line)
        rows.append(f"\\trowd {code}\\cell {text}\\cell\\row " if code else f"{text}\\par ")
    return ("{\\rtf1\\ansi " + "".join(rows) + "}").encode("ascii")


def need_for(name: str) -> None:
    """Skip the test where the library for a kind of file is missing."""
    library = {"docx": "docx", "rtf": "striprtf", "html": "trafilatura"}.get(name.rpartition(".")[2])
    if library:
        pytest.importorskip(library, reason="install newsgraph[html,documents]")


def read(data: bytes, name: str) -> tuple[list[Article], list[str]]:
    articles, problems = parse_document(data, name)
    return list(articles), [f"{problem.field}: {problem.what}" for problem in problems]


def as_it_is(name: str) -> bytes:
    return (CASES / name).read_bytes()


def as_wide(name: str) -> bytes:
    return (CASES / name).read_text("utf-8").replace("\n", "\r\n").encode("utf-16")


@pytest.mark.parametrize(
    ("write", "case", "name", "database"),
    [
        *((as_it_is, case, case, case.partition("_")[0].partition(".")[0]) for case in sorted(path.name for path in CASES.iterdir())),
        (as_word, "nexis_uni.txt", "a.docx", "nexis"),
        (as_word, "factiva_plain.txt", "b.docx", "factiva"),
        (as_rtf, "nexis.txt", "a.rtf", "nexis"),
        (as_rtf, "nexis_uni.txt", "b.rtf", "nexis"),
        (as_rtf, "factiva_plain.txt", "c.rtf", "factiva"),
        (as_table, "factiva.txt", "d.rtf", "factiva"),
        (as_wide, "nexis.txt", "wide.txt", "nexis"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_document_of_an_export_is_an_article(write: Callable[[str], bytes], case: str, name: str, database: str) -> None:
    need_for(name)
    articles, problems = read(write(case), name)

    assert [article.title for article in articles] == TITLES
    assert [" ".join(article.body.split()) for article in articles] == [TEXT, SECOND]
    assert [article.published and article.published.date().isoformat() for article in articles] == ["2025-02-03", "2025-02-04"]
    first, second = articles
    assert first.provider is not None
    assert (first.provider.name, first.provider.domain) == OUTLETS[database]
    assert [article.part for article in articles] == ["item[0]", "item[1]"]
    assert second.provider is None
    assert json.loads(second.extra)["publication"] == "The Harbor Ledger"
    lost = [problem for problem in problems if not problem.startswith("encoding")]
    assert [problem.partition(": ")[2] for problem in lost] == ['is missing, and the article of "The Harbor Ledger" has no link']


@pytest.mark.parametrize("name", ["nexis.txt", "nexis_uni.txt", "factiva.txt", "factiva.html"])
def test_the_parts_of_an_export_are_fields(name: str) -> None:
    need_for(name)
    (article, _), _ = read((CASES / name).read_bytes(), name)

    assert [topic.lower() for topic in article.topics] == ["mergers & acquisitions", "robotics"]
    assert (article.category or "").lower().startswith("business")
    assert "Mira Olsen" in article.extra


def test_documents_that_an_export_counts_and_lacks_are_named() -> None:
    text = (CASES / "nexis.txt").read_text("utf-8").replace("of 2 DOCUMENTS", "of 20 DOCUMENTS")

    _, problems = read(text.encode(), "a.txt")

    assert "documents: are 2 of the 20 that the file speaks of" in problems


@pytest.mark.parametrize(
    "text",
    [
        "Acme buys Bolt\n\nThe offer was read by 1 of 20 documents of the court.\n\nLENGTH: 5 metres of the ship.",
        "HD video for all\n\nWC 3 is out. HD  screens sell.",
        "Results\n\n532 words were said.\n\nDocument A1 is closed.",
        "Length: 90 minutes\n\nThe film opens in May.",
    ],
)
def test_a_text_that_only_resembles_an_export_is_one_article(text: str) -> None:
    (article,), problems = read(text.encode(), "a.txt")

    assert article.part == "main"
    assert problems == []
    assert f"{article.title} {article.body}".split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        "1 of 2 DOCUMENTS\n",
        "1 of 2 DOCUMENTS\n\nLENGTH: 5 words\n\n2 of 2 DOCUMENTS\n\nLENGTH: 6 words\n",
        "Document 1 of 99999\n" * 3_000 + "LENGTH: 5 words\n",
        "HD\n" * 200_000,
        "HD  a\nWC  1 words\nPD  soon\n" * 2_000,
        "LENGTH: 5 words\nBODY:\n" * 10_000,
        "1 words\n3 May 2025\n" * 50_000,
        "End of Document\n" * 100_000 + "LENGTH: 5 words\n",
        "1. a\n" + "\na" * 100_000 + "\nLENGTH: 5 words\nEnd of Document\n",
        "LENGTH: 5 words\n" + ":" * 300_000,
    ],
    ids=["no text", "no titles", "many documents", "codes", "many articles", "labels", "lengths", "ends", "cover", "colons"],
)
def test_a_hostile_export_is_read_or_named(text: str) -> None:
    articles, problems = parse_document(text.encode(), "a.txt")

    assert articles or {Severity.DOCUMENT, Severity.ARTICLE} & {problem.severity for problem in problems}


def test_an_account_names_the_dialect() -> None:
    assert read_file(SourceFile("a.txt", (CASES / "nexis.txt").read_bytes())).dialect == "press database"
