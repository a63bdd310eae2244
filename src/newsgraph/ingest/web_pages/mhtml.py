"""Find the page in an MHTML file, in which browsers save a page with its pictures as one mail (RFC 2557)."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import NamedTuple

from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.web_pages.web_page import PageSource

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WEB = re.compile(r"https?://", re.IGNORECASE)
MAX_PARTS = 20_000


class SavedPage(NamedTuple):
    """The bytes of a page, and what is known about them."""

    data: bytes
    source: PageSource


def page_in_mhtml(data: bytes) -> SavedPage | None:
    """Return the page of an MHTML file, None if it has none; pictures, styles and the pages of frames are passed over."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not isinstance(message, EmailMessage):
            return None
        pages = [part for number, part in enumerate(message.walk()) if number < MAX_PARTS and part.get_content_type() in _HTML]
    except (RecursionError, ValueError, LookupError):
        return None
    start = _header(message.get_param("start"))
    pages.sort(key=lambda part: _header(part["Content-ID"]) != start or not start)
    if not pages:
        return None
    page = pages[0]
    payload = page.get_payload(decode=True)
    addresses = (_header(message["Snapshot-Content-Location"]), _header(page["Content-Location"]))
    address = next((address for address in addresses if _WEB.match(address)), "")
    captured = parse_moment(_header(message["Date"]))
    return SavedPage(payload if isinstance(payload, bytes) else b"", PageSource(address, _header(page.get_param("charset")), captured))


def _header(value: object) -> str:
    return str(value).strip() if value else ""
