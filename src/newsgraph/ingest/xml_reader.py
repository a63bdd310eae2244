"""Read XML of strangers into a tree: no entity is declared, no other file is asked for, and what many programs write wrongly is mended.

A bomb of entities, and an entity that names another file, need a declaration in the document, which is refused.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from newsgraph.core.model import Severity
from newsgraph.ingest.declared_encoding import decode_declared
from newsgraph.ingest.problem_notes import ProblemNotes

Element = ET.Element

_PROLOG = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,40})[\s/>]")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<![^<>\[]*(?:\[[^\]]*\]\s*)?>?", re.DOTALL)
_OPENING = re.compile(r"<(?!\?|!)[^<>]*?(?=/?>)")
_ENTITY = re.compile(r"&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}))?(;?)")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIX = re.compile(r"(?:</?|\s(?=[\w.-]{1,30}:[\w.-]{1,40}\s?=))([A-Za-z_][\w.-]{0,30}):[A-Za-z_]")
NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""Well-known prefixes, which some feeds use without declaring them."""
DEEPEST = 200


def root_name(head: bytes) -> str:
    """Return the name of the root element by the first bytes of a file, without its prefix; empty if they are not XML.

    >>> root_name(b'<?xml version="1.0"?><!-- news --><rdf:RDF xmlns="...">')
    'RDF'
    """
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain.startswith(b"<"):
        return ""
    match = _ROOT.match(_COMMENT.sub(b"", plain).strip())
    return match[1].decode("ascii", "replace") if match else ""


def read_xml(data: bytes, notes: ProblemNotes, records: frozenset[str] = frozenset()) -> Element | None:
    """Return the root of a document; None, with a problem, if it cannot be read.

    Of a document that breaks off or is damaged, the elements before that place are returned, and a problem says so; `records` are the names,
    in lower case, of elements that are read whole or not at all.
    """
    text = decode_declared(data, notes)
    if text is None:
        return None
    text = text.lstrip("\ufeff \t\n")
    if _declares_entities(text):
        notes.add("DOCTYPE", "declares XML entities, which can be a bomb or name other files", "Remove the declarations", Severity.DOCUMENT)
        return None
    text = text[text.index("?>") + 2 :].lstrip() if text.startswith("<?xml") and "?>" in text else text
    root, error = _parse(text, records)
    if error is not None:
        mended, mended_error = _parse(mend(text), records)
        if mended is not None and (mended_error is None or root is None or _size(mended) >= _size(root)):
            root, error = mended, mended_error
    if root is not None and _is_too_deep(root):
        notes.add("XML", f"is nested more than {DEEPEST} deep", "Flatten the document", Severity.DOCUMENT)
        return None
    if error is not None:
        what = f"cannot be read at line {error.position[0]}, column {error.position[1] + 1}: {error.msg.partition(':')[0]}"
        if root is None or not len(root):
            notes.add("XML", what, "Correct the XML", Severity.DOCUMENT)
            return None
        notes.add("XML", f"{what}; what is complete before that place was read", "Correct the XML", Severity.ARTICLE)
    return root


def local_name(element: Element) -> str:
    """Return the name of an element in lower case, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """Return the namespace of an element, empty if it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def named(parent: Element, *names: str) -> Iterator[Element]:
    """Yield the children that have one of these local names, in the order of the document."""
    for child in parent:
        if local_name(child) in names:
            yield child


def text_below(element: Element | None) -> str:
    """Return the text of an element and of all below it, on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def mend(text: str) -> str:
    """Return XML in which entities of HTML are characters, bare `&` are escaped, and well-known prefixes are declared."""
    parts = _CDATA.split(_NOT_XML.sub("", text))
    whole = "".join(part if number % 2 else _ENTITY.sub(_mended_entity, part) for number, part in enumerate(parts))
    opening = _OPENING.search(whole)
    if opening is None:
        return whole
    used = {prefix for prefix in _PREFIX.findall(whole) if prefix not in {"xml", "xmlns"}}
    missing = sorted(prefix for prefix in used if f"xmlns:{prefix}=" not in whole)
    declared = "".join(f' xmlns:{prefix}="{NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    return f"{whole[: opening.end()]}{declared}{whole[opening.end() :]}"


def _mended_entity(match: re.Match[str]) -> str:
    number, name, end = match.groups()
    if end and (name in _XML_ENTITIES or (number and not _NOT_XML.match(html.unescape(f"&{number};")))):
        return match[0]
    if end and name and (character := html.unescape(f"&{name};")) != f"&{name};":
        return character
    return "" if number and end else f"&amp;{match[0][1:]}"


def _parse(text: str, records: frozenset[str]) -> tuple[Element | None, ET.ParseError | None]:
    """Return the root and None, or what was read before an error and the error."""
    builder = ET.TreeBuilder()
    parser = ET.XMLParser(target=builder)  # noqa: S314 - see `_declares_entities`
    try:
        parser.feed(text)
        root = parser.close()
    except ET.ParseError as error:
        return _unfinished(builder, records), error
    return root, None


def _unfinished(builder: ET.TreeBuilder, records: frozenset[str]) -> Element | None:
    """Return the tree of a document that broke off, without the record that was open there."""
    levels = 0
    try:
        while True:
            builder.end("")
            levels += 1
    except (AssertionError, IndexError):
        pass
    if not levels:
        return None
    parent = root = builder.close()
    for _ in range(levels - 1):
        last = parent[-1]
        if local_name(last) in records:
            parent.remove(last)
            break
        parent = last
    return root


def _declares_entities(text: str) -> bool:
    """Return whether the document declares entities: only what comes before the root element can do so."""
    at = 0
    while match := _PROLOG.match(text, at):
        at = match.end()
    return text[at : at + 9].upper() == "<!DOCTYPE" and "[" in text[at : _end_of_doctype(text, at)] and "<!ENTITY" in text[at:]


def _end_of_doctype(text: str, at: int) -> int:
    end = text.find(">", at)
    return len(text) if end < 0 else end


def _is_too_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _size(root: Element) -> int:
    return sum(1 for _ in root.iter())


def inner_markup(element: Element) -> str:
    """Return what is inside an element as HTML, with the names of elements but no attributes."""
    parts: list[str] = [_escaped(element.text)]
    waiting: list[tuple[Element, bool]] = [(child, False) for child in reversed(element)]
    while waiting:
        child, closes = waiting.pop()
        name = local_name(child)
        if closes:
            parts += (f"</{name}>", _escaped(child.tail))
            continue
        parts += (f"<{name}>", _escaped(child.text))
        waiting.append((child, True))
        waiting += [(inner, False) for inner in reversed(child)]
    return "".join(parts)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")
