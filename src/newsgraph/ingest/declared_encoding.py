"""Decode files that say in which encoding they are written, as XML and HTML do, and may be wrong about it."""

from __future__ import annotations

import codecs
import re

from newsgraph.ingest.encoding import clean, decode, has_mark
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value

_HEAD = 2048
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE
)
_SAME = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "shift_jis": "cp932", "iso-8859-9": "cp1254"}  # fmt: skip
"""What browsers read for the name on the left (https://encoding.spec.whatwg.org/#names-and-labels)."""
_ESCAPE = b"\x1b"  # begins other characters in ISO-2022-JP and its like, which are ASCII otherwise
_UTF = frozenset({"utf-8", "utf8", "utf_8", "utf-16", "utf-32"})
_ESCAPES = frozenset(
    {"idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "undefined", "utf-7"}
)


def declared_encoding(data: bytes) -> str:
    """Return the encoding that the head of a file declares, in lower case; empty if it declares none."""
    match = _DECLARED.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii").lower() if match else ""


def decode_declared(data: bytes, notes: ProblemNotes) -> str | None:
    """Return the text of a file by the encoding that it declares; None, with a problem, if it is empty or binary.

    Text that is not in its declared encoding is read as UTF-8, or as Windows-1252, and that is noted.
    """
    declared = declared_encoding(data)
    if has_mark(data) or not declared or declared in _UTF:
        return decode(data, notes)
    try:
        data.decode("utf-8")
        if not data.isascii():
            notes.add("encoding", f"is UTF-8, not {declared} as the file says", "Correct the declaration; it was read as UTF-8")
        return decode(data, notes)
    except UnicodeDecodeError:
        pass
    codec = codec_of(declared)
    if codec is None:
        notes.add("encoding", f"is {quote_value(declared)}, which is not known", "Save the file as UTF-8")
        return decode(data, notes)
    text = data.decode(codec, "replace")
    if broken := text.count("\ufffd"):
        notes.add(
            "encoding", f"is not {declared}: {broken} characters cannot be read", "Save the file as UTF-8; they were replaced by U+FFFD"
        )
    return clean(text)


def decode_labelled(data: bytes, label: str) -> str:
    """Return text that has a label of its encoding, as parts of mails have; UTF-8 is read as such whatever the label says.

    >>> decode_labelled("Übernahme".encode("cp1252"), "iso-8859-1"), decode_labelled("Übernahme".encode(), "us-ascii")
    ('Übernahme', 'Übernahme')
    """
    codec = codec_of(label) or "cp1252"
    if _ESCAPE not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            codec = "cp1252" if codec == "utf-8" else codec
    return data.decode(codec, "replace")


def codec_of(label: str) -> str | None:
    """Return Python's name of an encoding by the label that a file gives it, None if there is none for texts; as browsers read labels."""
    name = label.strip().lower()
    try:
        found = codecs.lookup(_SAME.get(name, name))
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _ESCAPES else None
