"""News in XML as newsrooms exchange it: NewsML-G2, NewsML 1 and NITF of the IPTC. See https://iptc.org/standards/."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.core.canonical_url import address, host_name
from newsgraph.core.model import Severity
from newsgraph.ingest.dialects.nitf_fields import ItemNotes, markup_text, nitf_fields
from newsgraph.ingest.dialects.release_marks import is_text, is_usable, release_day
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile
from newsgraph.ingest.title_line import first_sentence
from newsgraph.ingest.xml_reader import Element, local_name, read_xml, root_name, text_below

EXTENSIONS = frozenset({".xml", ".newsml", ".nitf", ".g2"})
_G2, _OLD, _NITF = frozenset({"newsMessage", "newsItem", "packageItem"}), frozenset({"NewsML", "NewsItem"}), frozenset({"nitf"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"(?:tag:|urn:newsml:)([\w.-]+)[,:]")
_ITEMS = frozenset({"newsitem"})


def is_newsroom_xml(head: bytes, _name: str) -> bool:
    """Return whether a file is in one of these standards by its root element."""
    return root_name(head) in _G2 | _OLD | _NITF


def read_newsroom_xml(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the items of a file."""
    root = read_xml(file.data, notes, _ITEMS)
    if root is None:
        return
    if local_name(root) == "nitf":
        items = [root]
    else:
        items = [element for element in root.iter() if local_name(element) in {"newsitem", "packageitem"}]
    alone = len(items) == 1
    if not items:
        notes.add("", "has no news item", "Save the items again", Severity.DOCUMENT)
    for number, item in enumerate(items):
        part = MAIN if alone else f"item[{number}]"
        record = _record(part, item, notes if alone else notes.at(part))
        if record is not None:
            yield record


def _record(part: str, item: Element, notes: ProblemNotes) -> RawRecord | None:
    name = local_name(item)
    if name == "packageitem":
        notes.add("packageItem", "names other items and has no text of its own; it was passed over", "Save the items that it names")
        return None
    read = ItemNotes()
    if name == "nitf":
        usable = nitf_fields(item, read, notes)
    elif _child(item, "contentMeta") is None and _below(item, "NewsComponent") is not None:
        usable = _old_fields(item, read, notes)
    else:
        usable = _g2_fields(item, read, notes)
    read.put("title", first_sentence(str(read.fields.get("excerpt") or read.fields.get("body") or "")), "first sentence")
    return RawRecord(part, read.fields, read.origins) if usable else None


def _g2_fields(item: Element, read: ItemNotes, notes: ProblemNotes) -> bool:
    """Read an item of NewsML-G2; false, with a note, if it is not to be used or not a text."""
    meta, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    status, kind = _child(meta, "pubStatus"), _child(meta, "itemClass")
    if not is_usable(_code(status), notes, "pubStatus") or not is_text(_code(kind), notes):
        return False
    inner = next((element for element in item.iter() if local_name(element) == "nitf"), None)
    for headline in _children(content, "headline"):
        if "sub" not in (headline.get("role") or "").lower():
            read.put("title", text_below(headline), "headline")
    read.put("title", text_below(_child(meta, "title")), "itemMeta title")
    for description in _children(content, "description"):
        read.put("excerpt", text_below(description), "description")
    version = text_below(_child(meta, "versionCreated")) or text_below(_child(content, "contentCreated"))
    version = version or text_below(_child(meta, "firstCreated"))
    read.put("publishedDateTime", release_day(version, text_below(_child(meta, "embargoed")), notes), "versionCreated")
    read.put("topics", _unique(_labels(content, "subject", "keyword")), "subject")
    read.put("authors", _unique([*_labels(content, "creator"), *(text_below(by) for by in _children(content, "by"))]), "creator")
    language = _child(content, "language")
    read.put("language", (language.get("tag") if language is not None else "") or item.get(_LANGUAGE) or "", "language")
    guid = item.get("guid") or ""
    read.put("webUrl", guid if address(guid) else "", "guid")
    for link in (*_children(meta, "link"), *_children(item, "link")):
        href = link.get("href") or ""
        read.put("webUrl", href if address(href) and "html" in (link.get("contenttype") or "html") else "", "link")
    holder = _child(_child(item, "rightsInfo"), "copyrightHolder")
    read.put("provider", _outlet(_label(_child(meta, "provider")) or _label(holder), guid), "provider")
    if any(_code(signal).endswith(("correction", "corr")) for signal in _children(meta, "signal")):
        read.put("type", "correction", "signal")
    if inner is not None:
        nitf_fields(inner, read, notes)
    read.put("body", _content(item), "contentSet")
    return True


def _content(item: Element) -> str:
    """Return the longest text of the contents of an item."""
    texts = [""]
    for element in _children(_child(item, "contentSet"), "inlineXML", "inlineData"):
        body = next((inner for inner in element.iter() if local_name(inner) == "body"), element)
        texts.append(markup_text(body))
    return max(texts, key=len)


def _old_fields(item: Element, read: ItemNotes, notes: ProblemNotes) -> bool:
    """Read an item of NewsML 1; false, with a note, if it is not to be used."""
    management = _child(item, "NewsManagement")
    status = _child(management, "Status")
    if not is_usable((status.get("FormalName") or "") if status is not None else "", notes, "Status"):
        return False
    read.put("title", text_below(_below(item, "HeadLine")) or text_below(_below(item, "NewsLineText")), "HeadLine")
    read.put("excerpt", text_below(_below(item, "SlugLine")) if not read.fields.get("title") else "", "SlugLine")
    identifier = _child(_child(item, "Identification"), "NewsIdentifier")
    created = text_below(_child(management, "ThisRevisionCreated")) or text_below(_child(management, "FirstCreated"))
    created = created or text_below(_child(identifier, "DateId"))
    read.put("publishedDateTime", created, "ThisRevisionCreated")
    read.put("authors", _unique([text_below(_below(item, "ByLine"))]), "ByLine")
    language = _below(item, "Language")
    read.put("language", language.get("FormalName") if language is not None else "", "Language")
    read.put("provider", _outlet("", f"tag:{text_below(_child(identifier, 'ProviderId'))},"), "ProviderId")
    inner = next((element for element in item.iter() if local_name(element) == "nitf"), None)
    if inner is not None:
        nitf_fields(inner, read, notes)
    texts = [markup_text(next((part for part in element.iter() if local_name(part) in {"body", "body.content"}), element))
             for element in item.iter() if local_name(element) == "datacontent"]  # fmt: skip
    read.put("body", max(texts, key=len, default=""), "DataContent")
    return True


def _outlet(name: str, guid: str) -> dict[str, str]:
    tag = _TAG.match(guid)
    host = host_name(guid) if address(guid) else host_name(tag[1]) if tag else host_name(name)
    return {key: value for key, value in (("name", name), ("domain", host)) if value}


def _code(element: Element | None) -> str:
    return (element.get("qcode") or element.get("literal") or "") if element is not None else ""


def _label(element: Element | None) -> str:
    """Return the name of a thing: in an element name, as a literal, or what follows the colon of its code."""
    if element is None:
        return ""
    name = text_below(_child(element, "name")) or element.get("literal") or ""
    return name or (text_below(element) if not len(element) else "") or (element.get("qcode") or "").rpartition(":")[2]


def _labels(parent: Element | None, *names: str) -> Iterator[str]:
    """Yield the names of things, without codes that are numbers only."""
    for element in _children(parent, *names):
        label = _label(element)
        if label and not label.replace(":", "").isdigit():
            yield label


def _children(parent: Element | None, *names: str) -> Iterator[Element]:
    wanted = {name.lower() for name in names}
    return (child for child in (parent if parent is not None else ()) if local_name(child) in wanted)


def _child(parent: Element | None, name: str) -> Element | None:
    return next(_children(parent, name), None)


def _below(parent: Element, name: str) -> Element | None:
    return next((element for element in parent.iter() if local_name(element) == name.lower()), None)


def _unique(values: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))
