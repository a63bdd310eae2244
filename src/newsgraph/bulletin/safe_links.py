"""Which addresses of documents may become links: those of the web, and nothing that a browser would run."""

from __future__ import annotations

import re

_WEB = re.compile(r"https?://[^\s<>\"'`\\^{}|\x00-\x20\x7f]+", re.IGNORECASE)
_ESCAPES = {ord(letter): f"%{ord(letter):02X}" for letter in " <>\"'`\\^{}|"}


def web_link(url: str | None) -> str:
    """Return an address as it may stand in a link, with letters that have a meaning elsewhere escaped; empty if it is not one of the web.

    >>> web_link("https://wire.example/a b"), web_link("javascript:alert(1)")
    ('https://wire.example/a%20b', '')
    """
    escaped = (url or "").strip().translate(_ESCAPES)
    return escaped if _WEB.fullmatch(escaped) else ""
