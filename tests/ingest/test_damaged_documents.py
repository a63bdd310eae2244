"""Pages, mails and documents that are damaged in any place are read or named, and never stop a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile_inputs import damaged
from newsgraph.ingest.document_parser import parse_document
from written_files import answer, pdf, rtf, wacz, warc, word

for library in ("docx", "pypdf", "striprtf", "trafilatura", "warcio"):
    pytest.importorskip(library, reason="install newsgraph[html,documents]")

TIMES = 25
PAGE = (Path(__file__).parents[1] / "cases" / "pages" / "json_ld.html").read_bytes()
MAIL = (
    b"From: Example News <daily@example.com>\nSubject: Acme buys Bolt\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
)
CRAWL = (("https://example.com/a", answer(PAGE)), ("https://example.com/b", answer(PAGE)))
FILES = {
    "a.html": PAGE,
    "a.mhtml": b"Snapshot-Content-Location: https://example.com/a\n" + MAIL,
    "a.warc": warc(*CRAWL),
    "a.warc.gz": warc(*CRAWL, packed=True),
    "a.wacz": wacz({"archive/a.warc.gz": warc(*CRAWL, packed=True)}),
    "a.eml": MAIL,
    "a.mbox": (b"From daily@example.com Mon Feb  3 09:30:00 2025\n" + MAIL + b"\n") * 2,
    "a.docx": word(("Title", "Acme buys Bolt Farms"), ("", "Acme Robotics has bought Bolt Farms.")),
    "a.pdf": pdf(*[[(20, "Acme buys Bolt Farms"), (10, "Acme Robotics has bought Bolt Farms.")]] * 2),
    "a.rtf": rtf("Acme buys Bolt Farms", "Acme Robotics has bought Bolt Farms."),
}


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_has_an_article_and_a_damaged_one_has_an_article_or_a_problem(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is written to the terminal either: libraries have their own opinions about damage."""
    assert parse_document(FILES[name], name)[0]

    for seed in range(TIMES):
        articles, problems = parse_document(damaged(FILES[name], seed), name)
        assert articles or problems, seed
    assert capfd.readouterr().err == ""
