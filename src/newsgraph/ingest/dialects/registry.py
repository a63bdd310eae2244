"""All dialects, in the order in which a file is asked whether it is written in them: the most certain first."""

from __future__ import annotations

from pathlib import PurePosixPath

from newsgraph.ingest.dialects import (
    binary_table,
    delimited_table,
    front_matter,
    json_document,
    newsroom_json,
    newsroom_xml,
    office_document,
    press_database,
    saved_mail,
    saved_page,
    web_feed,
    wire_text,
)
from newsgraph.ingest.dialects.dialect import HEAD, MB, MOST_BYTES, Dialect

DIALECTS: tuple[Dialect, ...] = (
    Dialect("Parquet", binary_table.PARQUET, binary_table.is_parquet, binary_table.read_parquet, 200 * MB, "arrow", ("pyarrow",)),
    Dialect("SQLite", binary_table.SQLITE, binary_table.is_sqlite, binary_table.read_sqlite, most_bytes=200 * MB),
    Dialect("wire text", wire_text.EXTENSIONS, wire_text.is_wire_text, wire_text.read_wire_text),
    Dialect(
        "NewsML or NITF", newsroom_xml.EXTENSIONS, newsroom_xml.is_newsroom_xml, newsroom_xml.read_newsroom_xml, most_bytes=200 * MB
    ),
    Dialect("ninjs", newsroom_json.JSON, newsroom_json.is_ninjs, newsroom_json.read_ninjs),
    Dialect("list of feeds", web_feed.OPML, web_feed.is_feed_list, web_feed.read_feed_list),
    Dialect("web feed", web_feed.FEEDS, web_feed.is_feed, web_feed.read_feed, most_bytes=200 * MB),
    Dialect("table", delimited_table.EXTENSIONS, delimited_table.is_delimited, delimited_table.read_delimited, most_bytes=200 * MB),
    Dialect("mail", saved_mail.MAIL, saved_mail.is_mail, saved_mail.read_mail, most_bytes=100 * MB),
    Dialect("mail", saved_mail.TEXT, saved_mail.is_text_mail, saved_mail.read_text_mail, most_bytes=100 * MB),
    Dialect("mailbox", saved_mail.MAILBOX, saved_mail.is_mailbox, saved_mail.read_mailbox, most_bytes=500 * MB),
    Dialect("press database", press_database.TEXT, press_database.is_text_export, press_database.read_text_export, most_bytes=100 * MB),
    Dialect("front matter", front_matter.PAGES, front_matter.is_page, front_matter.read_text_page),
    Dialect("YAML", front_matter.YAML, front_matter.is_yaml, front_matter.read_yaml_page),
    Dialect("JSON", json_document.JSON, json_document.is_json, json_document.read_json_file),
    Dialect(
        "JSON Lines", json_document.LINES, json_document.is_json_lines, json_document.read_json_feed_lines, most_bytes=200 * MB
    ),
    Dialect("PDF", office_document.PDF, office_document.is_pdf, office_document.read_pdf, 100 * MB, "documents", ("pypdf",)),
    Dialect("Word document", office_document.WORD, office_document.is_word, office_document.read_word, 50 * MB, "documents", ("docx",)),
    Dialect("RTF", office_document.RTF, office_document.is_rtf, office_document.read_rtf, 20 * MB, "documents", ("striprtf",)),
    Dialect("web archive", saved_page.WARC, saved_page.is_warc, saved_page.read_warc, 500 * MB, "html", saved_page.LIBRARIES),
    Dialect("WACZ", saved_page.WACZ, saved_page.is_wacz, saved_page.read_wacz, 500 * MB, "html", saved_page.LIBRARIES),
    Dialect("MHTML", saved_page.MHTML, saved_page.is_mhtml, saved_page.read_mhtml, 100 * MB, "html", saved_page.LIBRARIES),
    Dialect("web page", saved_page.HTML, saved_page.is_html, saved_page.read_html, extra="html", libraries=saved_page.LIBRARIES),
)  # fmt: skip


def dialect_of(data: bytes, name: str) -> Dialect | None:
    """Return the dialect of a file by its first bytes and its name; None if no dialect knows it."""
    head = data[:HEAD]
    return next((dialect for dialect in DIALECTS if dialect.sniff(head, name)), None)


def most_bytes(name: str) -> int:
    """Return the size above which a file of that name is not read, in bytes: the largest of the dialects with its extension."""
    extension = PurePosixPath(name).suffix.lower()
    return max((dialect.most_bytes for dialect in DIALECTS if extension in dialect.extensions), default=MOST_BYTES)
