"""The text of HTML, as people read it: paragraphs with an empty line between them, without marks, scripts and styles."""

from __future__ import annotations

import html
import re
import string

_TAGS = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<!DOCTYPE", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|"
    r"pre|section|summary|table|tbody|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</?t[dh]\b[^<>]*>", re.IGNORECASE)
_ANY = re.compile(r"</?[a-zA-Z][^<>]*>|<!\[CDATA\[|\]\]>|<![A-Za-z][^<>]*>|<\?[^<>]*>")
_CLOSERS = ("script", "style", "iframe", "noscript", "svg", "template", "object", "video", "audio", "form", "button", "select")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_PARAGRAPHS = re.compile(r"\n\s*\n")


def looks_like_html(text: str) -> bool:
    """Return whether a text has a tag or a comment of HTML."""
    return "<" in text and _TAGS.search(text) is not None


def text_of_html(text: str) -> str:
    r"""Return the text of a piece of HTML; entities are decoded, and blocks become paragraphs.

    >>> text_of_html("<p>Acme grows.<br>A lot.</p><p>R&amp;D pays</p>")
    'Acme grows.\nA lot.\n\nR&D pays'
    """
    if "<" in text:
        text = without_unread(text)
        text = _BLOCK.sub("\x00", _BREAK.sub("\x01", " ".join(text.split())))
        text = _ANY.sub("", _CELL.sub(" ", text)).replace("\x01", "\n").replace("\x00", "\n\n")
    else:
        text = text.strip()
    text = html.unescape(text).replace("\xa0", " ")
    paragraphs = ("\n".join(filter(None, (" ".join(line.split()) for line in part.split("\n")))) for part in _PARAGRAPHS.split(text))
    return "\n\n".join(filter(None, paragraphs))


def without_unread(text: str) -> str:
    """Remove comments and elements that are not read, in one pass over the text, so that time grows with its length only."""
    low = text.translate(_LOWER)  # of the same length, which `lower` is not for every letter
    parts: list[str] = []
    at = 0
    while True:
        start = _next_unread(low, at)
        if start is None:
            return "".join((*parts, text[at:]))
        begin, closer = start
        parts.append(text[at:begin])
        end = low.find(closer, begin)
        if end < 0:
            return "".join(parts)
        close = low.find(">", end + len(closer) - 1)
        at = len(text) if close < 0 else close + 1
        parts.append(" ")


_OPENERS = re.compile(rf"<!--|<({'|'.join(_CLOSERS)})\b(?:[^<>]*[^/<>])?>")


def _next_unread(low: str, at: int) -> tuple[int, str] | None:
    match = _OPENERS.search(low, at)
    if match is None:
        return None
    return match.start(), f"</{match[1]}" if match[1] else "-->"
