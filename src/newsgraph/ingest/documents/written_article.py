"""Find the fields of an article in the first paragraphs of a document: its title, and lines with a day, an address or a name before a colon."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsgraph.ingest.field_names import FieldNames, plain_name
from newsgraph.ingest.named_fields import named_record
from newsgraph.ingest.raw_record import MAIN, RawRecord
from newsgraph.ingest.title_line import headline
from newsgraph.ingest.web_pages.page_dates import find_moment

HEAD_LINES = 8  # paragraphs below the title that may be lines of fields
LONGEST_LINE = 160  # characters of such a line
LONGEST_DATE = 60
LABELLED = frozenset({"webUrl", "publishedDateTime", "provider", "topics", "authors", "category", "language"})
"""Fields that people write as a line of their own."""
MADE = "day on which the file was made"
_LABEL = re.compile(r"([^\W\d_][\w ]{1,24}):\s+(\S.*)")
_LINK = re.compile(r"<?(https?://\S+?)>?")
_NO_TITLE = re.compile(r"(?:untitled|document\d*|microsoft word\b.*|.*\.(?:docx?|rtf|pdf|indd|odt|qxd|pub))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """The paragraphs of a document, and what it says of itself.

    `title` is what is set as one; `properties` are the fields of the file, which a program filled in, under names of the table of names.
    `made` is when the file was made: a day of publication for want of a better one.
    """

    paragraphs: Sequence[str]
    title: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    made: str = ""


class _FieldLine(NamedTuple):
    """A line that is a field: the name and the value of the field, and where it was found."""

    name: str
    value: str
    origin: str


@dataclass(slots=True)
class HeadLines:
    """The fields in the first lines of a text, where each was found, and the lines that remain."""

    fields: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)


def written_record(document: WrittenDocument, names: FieldNames) -> RawRecord:
    """Return the record of a document: what its text says counts before what its properties say."""
    title, paragraphs, origin = _title(document)
    head = head_lines(paragraphs, names)
    properties = {name: value for name, value in document.properties.items() if value and name != "title"}
    record = named_record(MAIN, {**properties, **head.fields, "title": title, "body": "\n\n".join(head.rest)}, names)
    fields, origins = dict(record.fields), {name: head.origins.get(written, written) for name, written in record.origins.items()}
    origins |= {"title": origin, "body": "text of the document"}
    if document.made and not fields.get("publishedDateTime"):
        fields["publishedDateTime"], origins["publishedDateTime"] = document.made, MADE
    return RawRecord(MAIN, fields, origins, record.unread)


def _title(document: WrittenDocument) -> tuple[str, list[str], str]:
    """Return the title, the paragraphs without it, and where it was found."""
    paragraphs = [text for text in (paragraph.strip() for paragraph in document.paragraphs) if text]
    title = document.title.strip()
    if title:
        at = next((number for number, text in enumerate(paragraphs[:HEAD_LINES]) if text == title), None)
        return title, paragraphs if at is None else paragraphs[:at] + paragraphs[at + 1 :], "title in the text"
    named = document.properties.get("title", "").strip()
    if named and not _NO_TITLE.fullmatch(named):
        return named, paragraphs[1:] if paragraphs[:1] == [named] else paragraphs, "title of the file"
    found, rest, origin = headline("\n\n".join(paragraphs))
    return found, rest.split("\n\n") if rest else [], origin


def head_lines(lines: Sequence[str], names: FieldNames) -> HeadLines:
    """Take lines of fields out of the first lines of a text; the others stay in it."""
    head = HeadLines()
    for number, text in enumerate(lines):
        line = _field_line(text, names) if number < HEAD_LINES and len(text) <= LONGEST_LINE and "\n" not in text else None
        if line is None or line.name in head.fields:
            head.rest.append(text)
        else:
            head.fields[line.name] = line.value
            head.origins[line.name] = line.origin
    return head


def _field_line(text: str, names: FieldNames) -> _FieldLine | None:
    """Return the field that a line is, None if it is a line of the text."""
    if link := _LINK.fullmatch(text):
        return _FieldLine("link", link[1], "address below the title")
    if (label := _LABEL.fullmatch(text)) and (fields := _fields_called(label[1], names)):
        moment = find_moment(label[2]) if "publishedDateTime" in fields else None
        return _FieldLine(label[1], moment.isoformat() if moment else label[2], label[1])
    moment = find_moment(text) if len(text) <= LONGEST_DATE and not text.endswith(".") else None
    return _FieldLine("date", moment.isoformat(), "day below the title") if moment else None


def _fields_called(name: str, names: FieldNames) -> frozenset[str]:
    """Return the fields of `LABELLED` that a name may mean."""
    return LABELLED.intersection(candidate.field for candidate in names.fields.get(plain_name(name), ()) if len(candidate.path) == 1)
