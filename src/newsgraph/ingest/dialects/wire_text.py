"""Wire texts of the control characters of IPTC 7901 and ANPA 1312: a header after SOH, the text between STX and ETX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.core.model import Severity
from newsgraph.ingest.encoding import clean
from newsgraph.ingest.outlet_domains import outlet_domain
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile

EXTENSIONS = frozenset({".anpa", ".iptc", ".tst", ".wire"})
_SOH, _STX, _ETX = b"\x01", b"\x02", b"\x03"
_HEAD = re.compile(rb"(?:\x16{0,4})\x01[A-Za-z0-9 ]")
_SERVICE = re.compile(r"\s*([A-Za-z]{2,6})\d+")
_SIGNED = re.compile(r"\b(\d{2})(\d{2})(\d{2})\s+([A-Za-z]{3})\s+(\d{2})\b|\b(\d{6})\s+(?:gmt\s+)?([a-z]{3})\s+(\d{2,4})\b", re.IGNORECASE)
_GMT = re.compile(r"\bAP-\w+-(\d\d)-(\d\d)-(\d\d) (\d{4})GMT")
_CODE = re.compile(r"^\*\d+\s*<?\s*")  # of a keyword line
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|\^(?=\S)|<$|=$", re.MULTILINE)
_SOURCE = re.compile(r"\(([A-Za-z][\w. ]{1,20})\)\s*(?:-+|_|–)\s")
_NOT_FOR_PRINT = re.compile(r"^[^\n]*The following information is not (?:intended )?for publication.*", re.MULTILINE | re.DOTALL)


def is_wire_text(head: bytes, _name: str) -> bool:
    """Return whether a file begins with the header of a wire text."""
    return bool(_HEAD.match(head)) and _STX in head


def read_wire_text(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the items of a file, each from its SOH on."""
    parts = file.data.split(_SOH)[1:]
    items = [part for part in parts if _STX in part]
    if not items:
        notes.add("", "has no text between the signs STX and ETX", "Save the wire again", Severity.DOCUMENT)
    for number, item in enumerate(items):
        header, _, rest = item.partition(_STX)
        text, ended, after = rest.partition(_ETX)
        part = MAIN if len(items) == 1 else f"item[{number}]"
        if not ended and b"\x04" not in rest:
            notes.add("ETX", "is missing: the text may break off", "Save the wire again")
        yield _record(part, _decoded(header), _decoded(text), _decoded(after))


def _decoded(data: bytes) -> str:
    try:
        return clean_lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean_lines(data.decode("cp1252", "replace"))


def clean_lines(text: str) -> str:
    """Return a text without marks of typesetting and control characters."""
    return clean(_CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _record(part: str, header: str, text: str, after: str) -> RawRecord:
    title, body = _title_and_body(_NOT_FOR_PRINT.sub("", text))
    fields: dict[str, object] = {"title": title, "body": body}
    origins = {"title": "first line of the text", "body": "text"}
    source = _SOURCE.search(body[:300])
    service = _SERVICE.match(header)
    name = source[1] if source else service[1] if service else ""
    if domain := outlet_domain(name.strip()):
        fields["provider"], origins["provider"] = {"name": name.strip(), "domain": domain}, "service in the text" if source else "header"
    elif name:
        fields["service"] = name.strip()  # an outlet needs a domain, which a wire text does not have
    if day := _day(text[-300:] + after):
        fields["publishedDateTime"], origins["publishedDateTime"] = day, "last line"
    topics = [word.strip() for line in header.split("\n")[1:] for word in line.split("/") if word.strip().isalpha()]
    if topics:
        fields["topics"], origins["topics"] = list(dict.fromkeys(topics)), "header"
    return RawRecord(part, fields, origins)


def _title_and_body(text: str) -> tuple[str, str]:
    """Return the headline, which ends with an empty line, and the text, whose lines are joined to paragraphs."""
    blocks = [
        [line.strip() for line in block.split("\n") if line.strip()] for block in re.split(r"\n[ \t]*\n|\n(?=[ \t]{2,}\S)", text.strip())
    ]
    blocks = [block for block in blocks if block]
    if not blocks:
        return "", ""
    first = blocks[0]
    lines = [line for line in first if not line.lower().startswith("by ") and not line.isupper()] or first
    title = " ".join(lines) if len(first) < 6 else lines[0]  # noqa: PLR2004 - a headline has at most five lines
    return _CODE.sub("", title).strip(" =<,"), "\n\n".join(" ".join(block) for block in blocks[1:])


def _day(text: str) -> str:
    if found := _GMT.search(text):
        month, day, year, clock = found.groups()
        return f"20{year}-{month}-{day}T{clock[:2]}:{clock[2:]}:00Z"
    if found := _SIGNED.search(text):
        if found[1]:
            return f"{found[1]} {found[4]} 20{found[5]} {found[2]}:{found[3]}"
        year = found[8] if len(found[8]) > len("25") else f"20{found[8]}"
        return f"{found[6][:2]} {found[7]} {year} {found[6][2:4]}:{found[6][4:]}"
    return ""
