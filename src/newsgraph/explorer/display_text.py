"""Texts for people to read: marks of Markdown removed, character references decoded, spans adjusted to what remains; other names."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from newsgraph.core.markdown_marks import pieces_without_marks, without_marks

Span = tuple[int, int]


def display_text(text: str | None) -> str:
    """Return a text as the page shows it: as plain text, never as markup. Lone surrogates are removed."""
    return unescape(without_marks(text)).strip().encode("utf-8", "ignore").decode() if text else ""


def mark_spans(text: str, spans: Iterable[Span]) -> tuple[str, str]:
    """Return a text as the page shows it, with its spans in the page's units, UTF-16 code units: "0-6 14-19"."""
    cuts = sorted({0, len(text), *(at for span in spans for at in span if 0 <= at <= len(text))})
    offsets, decoded, length = {0: 0}, [], 0
    for end, piece in zip(cuts[1:], pieces_without_marks(text, cuts), strict=True):
        words = unescape(piece).encode("utf-8", "ignore").decode()
        decoded.append(words)
        length += len(words) + sum(letter > "\uffff" for letter in words)
        offsets[end] = length
    places = sorted({(offsets[start], offsets[end]) for start, end in spans if start in offsets and end in offsets and start < end})
    return "".join(decoded), " ".join(f"{start}-{end}" for start, end in places)


def other_names(name: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are other names of a thing, each once; one that differs only in its case is no other name.

    >>> other_names("Acme", ["ACME", "Acme Works", "ACME Works", ""])
    ['Acme Works']
    """
    others: dict[str, str] = {}
    for candidate in filter(None, candidates):
        others.setdefault(candidate.casefold(), candidate)
    return [other for key, other in others.items() if key != name.casefold()]
