"""The fields of a NITF document, which is a file of its own or the content of an item of NewsML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsgraph.ingest.dialects.release_marks import is_usable, release_day
from newsgraph.ingest.markup_text import text_of_html
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.xml_reader import Element, inner_markup, local_name, text_below

_DATES = (
    ("date.issue", "norm"),
    ("story.date", "norm"),
    ("date.release", "norm"),
    ("pubdata", "date.publication"),
    ("nitf", "change.date"),
)
_SUBJECTS = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class ItemNotes:
    """The fields of an item while it is read, and where each was found: the first value of each counts."""

    fields: dict[str, object] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, origin: str) -> None:
        """Set a field that has no value yet."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.origins[name] = origin


def markup_text(element: Element) -> str:
    """Return the text of an element with elements or escaped HTML in it: paragraphs with an empty line between them."""
    return text_of_html(inner_markup(element) if len(element) else (element.text or ""))


def nitf_fields(root: Element, read: ItemNotes, notes: ProblemNotes) -> bool:
    """Read a NITF document; false, with a note, if it is not to be used."""
    elements: dict[str, list[Element]] = {}
    for element in root.iter():
        elements.setdefault(local_name(element), []).append(element)
    first = {name: found[0] for name, found in elements.items()}
    data = first.get("docdata")
    if not is_usable((data.get("management-status") or "") if data is not None else "", notes, "management-status"):
        return False
    for name in ("hl1", "hedline", "title"):
        read.put("title", text_below(first.get(name)), name)
    abstract = first.get("abstract")
    read.put("excerpt", markup_text(abstract) if abstract is not None else text_below(first.get("hl2")), "abstract")
    content = first.get("body.content") if "body.content" in first else first.get("body")
    read.put("body", _body(content) if content is not None else "", "body.content")
    release = first.get("date.release")
    embargo = (release.get("norm") or "") if release is not None else ""
    for name, attribute in _DATES:
        value = (first[name].get(attribute) or "") if name in first else ""
        read.put("publishedDateTime", release_day(value, embargo, notes, "date.release") if value else "", name)
    read.put("topics", list(dict.fromkeys(filter(None, _topics(elements)))), "tobject.subject")
    read.put("authors", [by] if (by := text_below(first.get("byttl")) or text_below(first.get("byline"))) else [], "byline")
    for name, attribute in (("distributor", ""), ("doc.copyright", "holder"), ("rights.owner", ""), ("pubdata", "name")):
        found = first.get(name)
        outlet = (found.get(attribute) if attribute else text_below(found)) if found is not None else ""
        read.put("provider", {"name": outlet} if outlet else None, name)
    pubdata = first.get("pubdata")
    read.put("webUrl", pubdata.get("ex-ref") if pubdata is not None else "", "pubdata ex-ref")
    read.put("language", root.get("baselang") or root.get(_LANGUAGE) or "", "baselang")
    return True


def _body(content: Element) -> str:
    """Return the text of a body without captions of pictures."""
    for parent in list(content.iter()):
        for child in [child for child in parent if local_name(child) in {"media", "media-caption", "table"}]:
            parent.remove(child)
    return markup_text(content)


def _topics(elements: dict[str, list[Element]]) -> Iterator[str]:
    for subject in elements.get("tobject.subject", []):
        for name in _SUBJECTS:
            yield (subject.get(name) or "").strip().title()
    for keyword in elements.get("keyword", []):
        yield (keyword.get("key") or "").strip()
    for classifier in elements.get("classifier", []):
        value = (classifier.get("value") or "").strip()
        yield "" if value.isdigit() else value
