"""The text of a page into which a press database exported articles."""

from __future__ import annotations

import re

from newsgraph.ingest.markup_text import text_of_html
from newsgraph.ingest.web_pages.html_tree import decode_page

_SIGN = re.compile(
    rb"<(?:b|strong)>\s*HD\s*</(?:b|strong)>|<!--[^<>]{0,80}<DOC NUMBER=|\b1\s{1,20}of\s{1,20}\d{1,5}\s{1,20}DOCUMENTS\b|>\s*(?:Document|Dokument)\s+[A-Z0-9]{20,40}\s*<"
)
_CODE = re.compile(r"<(b|strong)>\s*([A-Z]{2,3})\s*(?:&nbsp;)?\s*</\1>")


def text_of_export(data: bytes) -> str:
    """Return the text of a page that has signs of an export, each code of Factiva on a line of its own; else an empty text."""
    if not _SIGN.search(data):
        return ""
    text, _ = decode_page(data)
    return text_of_html(_CODE.sub(r"<p>\2</p>", text))
