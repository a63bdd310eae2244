"""Parse the bytes of a web page into a tree of elements; the only place that knows lxml."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from newsgraph.ingest.declared_encoding import codec_of
from newsgraph.ingest.encoding import clean

Element: TypeAlias = Any
"""An element of lxml: an extra may not be named where it need not be installed."""

MAX_ELEMENTS = 300_000  # pages of news have some 3,000
MAX_ATTRIBUTES = 4000  # of one element; libxml2 compares each with all before it
_LONG_TAG = 3 * MAX_ATTRIBUTES  # characters that so many attributes need at least
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 8192  # bytes in which a page names its encoding; the standard asks for 1024, pages are late


class TooManyElementsError(Exception):
    """A page with more elements, or an element with more attributes, than any page of news has."""


def decode_page(data: bytes, header: str = "") -> tuple[str, str]:
    """Return the text of a page and a doubt about its encoding, empty where there is none.

    Bytes that are valid UTF-8 are UTF-8, whatever the page says of itself: other text hardly ever is by chance. `header` is the encoding
    that the server named, if that is known.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(codec, "replace")), ""
    found = _XML.search(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
    named = header or (found[1].decode("ascii") if found else "")
    codec = codec_of(named) or ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text or not data:
        lies = bool(codec) and codec not in {"utf-8", "cp1252"} and not data.isascii()
        return clean(text), f"says that it is {named}, but is UTF-8; it was read as UTF-8" if lies else ""
    return _other(data, codec, named)


def _other(data: bytes, codec: str, named: str) -> tuple[str, str]:
    """Decode bytes that are not UTF-8."""
    if codec == "utf-8":
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if broken <= sum(character > "\x7f" for character in text) // 2:  # cut off, or one comment in another encoding
            return clean(text), f"is UTF-8 with {broken} broken characters, which were replaced by U+FFFD"
        return clean(data.decode("cp1252", "replace")), f"says that it is {named}, but is not; it was read as Windows-1252"
    if not codec:
        return clean(data.decode("cp1252", "replace")), "names no encoding and is not UTF-8; it was read as Windows-1252"
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    return clean(text), f"holds {broken} characters that are not {named}; they were replaced by U+FFFD" if broken else ""


def parse_html(text: str) -> Element | None:
    """Parse a page; None if it holds no element. No address is asked and no entity outside the page is read.

    Raises TooManyElementsError for a page of more than `MAX_ELEMENTS` elements or `MAX_ATTRIBUTES` attributes, and ImportError where the extra `html` is missing.
    """
    from lxml import etree, html  # noqa: PLC0415 - an extra

    if text.count("<") > 3 * MAX_ELEMENTS or _has_long_tag(text):
        raise TooManyElementsError
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for number, _ in enumerate(tree.iter(), 1):
        if number > MAX_ELEMENTS:
            raise TooManyElementsError
    return tree


def _has_long_tag(text: str) -> bool:
    """Return whether a page may have an element of too many attributes."""
    if all(len(piece) < _LONG_TAG for piece in text.split("<")):
        return False
    pieces = (piece for piece in _SCRIPT.sub("", text).split("<") if len(piece) >= _LONG_TAG and piece[0].isalpha())
    tags = (piece[: piece.rfind(">")] if ">" in piece else piece for piece in pieces)
    return any(max(tag.count("="), len(tag.split())) > MAX_ATTRIBUTES for tag in tags)


def markup_of(tree: Element) -> str:
    """Return a tree as HTML."""
    from lxml import html  # noqa: PLC0415 - an extra

    return str(html.tostring(tree, encoding="unicode"))


def text_inside(element: Element, *, skip: frozenset[str] = frozenset({"script", "style", "noscript", "template"})) -> str:
    """Return the text inside an element on one line."""
    return " ".join("".join(_pieces(element, skip)).split())


def _pieces(element: Element, skip: frozenset[str]) -> Iterator[str]:
    """Yield the texts inside an element, without recursion: pages can be nested as deep as one likes."""
    if element.tag in skip:
        return
    waiting: list[Any] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        if node is not element and node.tail:
            waiting.append(node.tail)
        if node.tag in skip:
            continue
        waiting.extend(reversed(node))
        if node.text:
            yield node.text
