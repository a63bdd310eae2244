"""Texts for people to read: character references are decoded, and spans adjusted to the decoded text."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from itertools import pairwise

Span = tuple[int, int]


def display_text(text: str | None) -> str:
    """Decode character references. The page shows the result as plain text, never as markup. Lone surrogates are removed."""
    return unescape(text or "").strip().encode("utf-8", "ignore").decode() if text else ""


def mark_spans(text: str, spans: Iterable[Span]) -> tuple[str, str]:
    """Decode a text; return it with its spans in the page's units, UTF-16 code units: "0-6 14-19"."""
    cuts = sorted({0, len(text), *(at for span in spans for at in span if 0 <= at <= len(text))})
    offsets, decoded, length = {0: 0}, [], 0
    for start, end in pairwise(cuts):
        piece = unescape(text[start:end]).encode("utf-8", "ignore").decode()
        decoded.append(piece)
        length += len(piece) + sum(letter > "\uffff" for letter in piece)
        offsets[end] = length
    marks = sorted({(offsets[start], offsets[end]) for start, end in spans if start in offsets and end in offsets and start < end})
    return "".join(decoded), " ".join(f"{start}-{end}" for start, end in marks)
