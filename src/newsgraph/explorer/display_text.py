"""Texts as people read them: character references decoded, and spans that still point at the same letters."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from itertools import pairwise

Span = tuple[int, int]


def display_text(text: str | None) -> str:
    """Decode a text for people; it is shown as text, so nothing in it can do anything. Lone surrogates, which no file may hold, fall out."""
    return unescape(text or "").strip().encode("utf-8", "ignore").decode() if text else ""


def mark_spans(text: str, spans: Iterable[Span]) -> tuple[str, str]:
    """Decode a text and give the spans in it as the page counts them, in UTF-16 units: "0-6 14-19"."""
    cuts = sorted({0, len(text), *(at for span in spans for at in span if 0 <= at <= len(text))})
    places, decoded, length = {0: 0}, [], 0
    for start, end in pairwise(cuts):
        piece = unescape(text[start:end]).encode("utf-8", "ignore").decode()
        decoded.append(piece)
        length += len(piece) + sum(letter > "\uffff" for letter in piece)
        places[end] = length
    wanted = sorted({(places[start], places[end]) for start, end in spans if start in places and end in places and start < end})
    return "".join(decoded), " ".join(f"{start}-{end}" for start, end in wanted)
