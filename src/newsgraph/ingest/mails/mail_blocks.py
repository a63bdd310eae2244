"""Take the text of a mail apart into blocks: paragraphs and headings, each with the link that it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsgraph.ingest.markup_text import without_unread

MAX_LENGTH = 3_000_000  # characters of HTML; a longer one is read as one article
LONGEST_HEADING = 200
_FEWEST_WORDS = 3  # of a headline
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,12})\b([^<>]*)>|<![^<>]*>")
_HREF = re.compile(r"""\bhref\s{0,9}=\s{0,9}["']?\s{0,9}(https?://[^"'<>\s]{3,3000})""", re.IGNORECASE)
_BREAKS = frozenset(
    "address article aside blockquote br center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p section table tbody td th tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_STRONG = frozenset({"b", "strong"})
_ADDRESS = re.compile(r"(?:[^\n:]{0,40}:?[ \t]*)[<(\[]?(https?://[^\s<>)\]]{3,3000})[>)\]]?")


@dataclass(frozen=True, slots=True)
class MailBlock:
    """A paragraph. `link` is the address that all of it leads to, empty if it is no link as a whole; `mark` says how a headline is set."""

    text: str
    link: str = ""
    mark: str = ""  # "h2", "strong", "link" or "line"; empty for a paragraph that is no headline


@dataclass(slots=True)
class _Open:
    """What is read of a block, in characters by how they are set."""

    text: str = ""
    linked: int = 0
    strong: int = 0
    link: str = ""


def blocks_of_html(text: str) -> list[MailBlock]:
    """Return the blocks of HTML that hold a text; links around pictures are none."""
    return list(_blocks(without_unread(text))) if len(text) <= MAX_LENGTH else []


def _blocks(text: str) -> Iterator[MailBlock]:
    block, heading, link, strong, at = _Open(), "", "", 0, 0
    for tag in _TAG.finditer(text):
        _add(block, text[at : tag.start()], link, strong)
        at = tag.end()
        closing, name = bool(tag[1]), (tag[2] or "").lower()
        if name in _BREAKS:
            yield from _closed(block, heading)
            block = _Open()
            heading = "" if closing and name == heading else name if name in _HEADINGS and not closing else heading
        elif name == "a":
            found = None if closing else _HREF.search(tag[3])
            link = html.unescape(found[1]) if found else ""
        elif name in _STRONG:
            strong = max(0, strong + (-1 if closing else 1))
    _add(block, text[at:], link, strong)
    yield from _closed(block, heading)


def _add(block: _Open, piece: str, link: str, strong: int) -> None:
    if not piece.strip():
        block.text += " " if piece else ""
        return
    block.text += piece
    if link:
        block.linked += len(piece)
        block.link = block.link or link
    if strong:
        block.strong += len(piece)


def _closed(block: _Open, heading: str) -> Iterator[MailBlock]:
    """Yield a block if it holds a text."""
    size = len(block.text.strip())
    text = " ".join(html.unescape(block.text).replace("\u200c", "").split())
    if not text.strip("\xa0\u200b\u034f\ufeff\u00ad"):
        return
    link = block.link if 2 * block.linked > size else ""
    mark = heading or ("strong" if 2 * block.strong > size else "link" if link else "")
    yield MailBlock(text, link, mark if len(text.split()) >= _FEWEST_WORDS and len(text) <= LONGEST_HEADING else "")


def blocks_of_text(text: str) -> list[MailBlock]:
    """Return the blocks of a plain text: headlines are short lines that end no sentence, links are lines with an address."""
    return list(_plain_blocks(text))


def _plain_blocks(text: str) -> Iterator[MailBlock]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        kept: list[str] = []
        for number, line in enumerate(lines):
            if address := _ADDRESS.fullmatch(line):
                if kept:
                    yield MailBlock("\n".join(kept))
                kept = []
                yield MailBlock(line, address[1].rstrip(".,;"))
            elif number == 0 and _is_headline(line):
                yield MailBlock(line.lstrip("*#•-> \t0123456789.)").strip() or line, "", "line")
            else:
                kept.append(line)
        if kept:
            yield MailBlock("\n".join(kept))


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and len(line.split()) >= _FEWEST_WORDS and not line.endswith((".", ",", ";", ":"))
