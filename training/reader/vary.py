"""Variants of a document: other names, the same everywhere in the text, and another case of the title; all offsets follow."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from documents import Document, Entity, Event, Span
from names import NameMaker

_SMALL = frozenset("a an and as at but by for from in into nor of on or over per the to via vs with".split())
_LABEL = {"company": "COMPANY", "organisation": "ORG", "person": "PERSON", "place": "PLACE", "product": "PRODUCT"}


def vary(document: Document, names: NameMaker, chance: random.Random) -> Document:
    """Give the text itself, or one with other names in half of the cases, in a tenth with a title in another case."""
    if chance.random() < 0.5:  # noqa: PLR2004 - half of the texts keep their names
        document = swapped(document, names, chance)
    share = chance.random()
    if share < 0.15 and document.title:  # noqa: PLR2004
        change = _titled if share < 0.1 else str.upper  # noqa: PLR2004
        title = change(document.title)
        if len(title) == len(document.title):
            document = replace(document, title=title)
    return document


def swapped(document: Document, names: NameMaker, chance: random.Random) -> Document:
    """Give other names to companies, people, and some others."""
    new: dict[tuple[int, str], str] = {}
    text = document.text
    used: set[str] = set()
    for at, entity in enumerate(document.entities):
        surfaces = sorted({text[s:e] for s, e in entity.spans}, key=lambda s: (-len(s), s))
        if not surfaces:
            continue
        made = names.one(surfaces[0], _LABEL[entity.kind], chance)
        if made == surfaces[0] or made.casefold() in used:
            continue
        used.add(made.casefold())
        for surface in surfaces:
            new[at, surface] = made if surface == surfaces[0] else _short(surface, surfaces[0], made, entity.kind)
    cuts = sorted((s, e, new.get((at, text[s:e]), text[s:e])) for at, entity in enumerate(document.entities) for s, e in entity.spans)
    return _rebuilt(document, cuts)


def _short(surface: str, long: str, made: str, kind: str) -> str:
    words, old = made.split(), long.split()
    if surface.casefold() == long.casefold():
        return made.upper() if surface.isupper() else made
    if kind == "person":
        return words[-1] if surface.rsplit(maxsplit=1)[-1] == old[-1] else words[0]
    if surface.isupper() and len(surface) <= 5 and len(words) > 1:  # noqa: PLR2004 - an acronym
        return "".join(word[0] for word in words if word[0].isalnum()).upper()
    if surface.split(maxsplit=1)[0].casefold() != old[0].casefold():
        return words[-1] if len(words) > 1 else made
    return " ".join(words[: max(1, len(words) - (len(old) - len(surface.split())))])


def _rebuilt(document: Document, cuts: Sequence[tuple[int, int, str]]) -> Document:
    """Put new words at places of the text, and move every offset."""
    text, pieces, at = document.text, [], 0
    edges: list[tuple[int, int, int, int]] = []
    size = 0
    for start, end, words in cuts:
        pieces += [text[at:start], words]
        size += start - at
        edges.append((start, end, size, size + len(words)))
        size += len(words)
        at = end
    made = "".join([*pieces, text[at:]])
    starts = [edge[0] for edge in edges]

    def move(place: int, *, last: bool) -> int:
        number = bisect_right(starts, place) - 1
        if number < 0:
            return place
        start, end, new, new_end = edges[number]
        if place >= end:
            return new_end + place - end
        return new if place == start or not last else new_end

    def moved(span: Span) -> Span:
        return move(span[0], last=False), move(span[1], last=True)

    entities = tuple(Entity(one.name, one.kind, tuple(map(moved, one.spans))) for one in document.entities)
    events = tuple(_moved(event, moved) for event in document.events)
    title_end = move(len(document.title), last=True)
    rest = made[title_end + (1 if document.excerpt else 2) :]
    changed = replace(document, title=made[:title_end], entities=entities, events=events)
    return replace(changed, excerpt=rest) if document.excerpt else replace(changed, body=rest)


def _moved(event: Event, moved: Callable[[Span], Span]) -> Event:
    return replace(event, phrases={key: moved(span) for key, span in event.phrases.items()}, evidence=tuple(map(moved, event.evidence)))


def _titled(text: str) -> str:
    return re.sub(r"[^\s]+", lambda m: m[0] if m[0] in _SMALL or not m[0][0].islower() else m[0][0].upper() + m[0][1:], text)
