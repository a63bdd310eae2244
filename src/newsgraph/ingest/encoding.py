"""Decode the bytes of a document: detect the encoding, and remove what does not belong in a text."""

from __future__ import annotations

import codecs
import re
from unicodedata import category

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SAMPLE = 4096
_MANY, _FEW = 0.6, 0.05  # shares of NUL bytes at even and odd places of UTF-16 text in Latin letters
# Control characters, which YAML and XML refuse; tab and line ends are allowed.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_SAVE_AS_UTF8 = "Save the file as UTF-8"
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})  # categories of characters


def decode(data: bytes, notes: ProblemNotes) -> str | None:
    """Return the text of a document with line feeds as line ends; None, with a problem, if it is empty or binary data."""
    before = len(notes.problems)
    text = _decode(data, notes)
    if _is_binary(text):
        del notes.problems[before:]  # the encoding of a picture is of no interest
        notes.add("", "is binary data, not text", "Remove the file, or change its extension", Severity.DOCUMENT)
        return None
    if not text.strip():
        notes.add("", "is empty", "Remove the file, or write an article into it", Severity.DOCUMENT)
        return None
    cleaned = clean(text)
    if len(cleaned) != len(text) - text.count("\r\n"):
        notes.add("encoding", "contains NUL bytes or other control characters, which were left out", _SAVE_AS_UTF8)
    return cleaned


def decode_start(head: bytes) -> str:
    r"""Return the text of the first bytes of a file, by its byte order mark, else as UTF-8; broken characters are replaced.

    >>> decode_start(b"Acme\r\ngrows \xc3")
    'Acme\ngrows \ufffd'
    """
    codec = next((codec for mark, codec, _ in _MARKS if head.startswith(mark)), "utf-8")
    return clean(head.decode(codec, "replace"))


def has_mark(data: bytes) -> bool:
    """Return whether a text starts with a byte order mark."""
    return any(data.startswith(mark) for mark, _, _ in _MARKS)


def clean(text: str) -> str:
    """Remove control characters, make all line ends line feeds, and replace halves of surrogate pairs by U+FFFD."""
    if text.isprintable():
        return text
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return _CONTROL.sub("", text)


def _decode(data: bytes, notes: ProblemNotes) -> str:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            notes.add("encoding", f"starts with a byte order mark ({name})", f"{_SAVE_AS_UTF8} without a mark; it was read as {name}")
            return _read_as(codec, data)
    if unmarked := _unmarked_utf16(data[:_SAMPLE]):
        notes.add("encoding", "is UTF-16, not UTF-8", f"{_SAVE_AS_UTF8}; it was read as UTF-16")
        return _read_as(unmarked, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, notes)


def _read_as(codec: str, data: bytes) -> str:
    return data.decode(codec, "replace").removeprefix("\ufeff")


def _unmarked_utf16(sample: bytes) -> str | None:
    """Recognise UTF-16 by its NUL bytes: in Latin text nearly every other byte, always the same of the two."""
    if b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > _MANY * half and even < _FEW * half:
        return "utf-16-le"
    if even > _MANY * half and odd < _FEW * half:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes, notes: ProblemNotes) -> str:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    if good > broken:
        notes.add("encoding", f"is UTF-8 with {broken} broken characters", f"{_SAVE_AS_UTF8}; they were replaced by U+FFFD")
        return text
    notes.add("encoding", "is not UTF-8", f"{_SAVE_AS_UTF8}; it was read as Windows-1252")
    return data.decode("cp1252", "replace")


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) > 0.1 * len(sample)  # stray NUL bytes are far fewer, pictures and archives have far more


def is_visible(text: str) -> bool:
    """Return whether a text has more than blanks, control characters and characters of no width."""
    return not _INVISIBLE.issuperset(map(category, set(text.strip())))
