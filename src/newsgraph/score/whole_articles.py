"""Annotated whole articles: their entities, and events with roles, as files have them and `annotation_of` makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsgraph.core.errors import InputError
from newsgraph.score.gold_records import read_lines

_HINT = "Write one JSON object per line, each with an id, entities and events."


@dataclass(frozen=True, slots=True)
class AnnotatedEntity:
    """Something that an article names: its name, kind and spellings, and of companies and organisations their weight, empty if not stated."""

    name: str
    kind: str
    surfaces: tuple[str, ...] = ()
    weight: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """An event of an article: names by role, and what else is said of it; `amounts` are pairs of value and currency."""

    type: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    status: str | None = None
    when: str = ""
    background: bool = False
    amounts: tuple[tuple[float, str | None], ...] = ()
    count: float | None = None
    part: str = ""

    def role(self, name: str) -> tuple[str, ...]:
        """Return the names that fill a role."""
        return next((names for role, names in self.roles if role == name), ())


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article as a person, or a reader, took it; two of one `id` are about the same text."""

    id: str
    entities: tuple[AnnotatedEntity, ...] = ()
    events: tuple[AnnotatedEvent, ...] = ()


def read_whole_articles(paths: Sequence[Path]) -> list[AnnotatedArticle]:
    """Read files of annotated articles, one JSON object a line. Raises InputError for a file that cannot be read, or a line of another form."""
    articles = []
    for path in paths:
        for where, row in read_lines(path):
            articles.append(whole_article(row, where))
    if not articles:
        raise InputError(", ".join(map(str, paths)) or "--articles", "holds no article", _HINT)
    return articles


def whole_article(row: object, where: str = "article") -> AnnotatedArticle:
    """Return a JSON object as an annotated article. Raises InputError, with the place `where`, for another form."""
    if not isinstance(row, dict) or "id" not in row or not all(isinstance(row.get(field, []), list) for field in ("entities", "events")):
        raise InputError(where, "is no annotated article", _HINT)
    try:
        entities, events = map(_entity, row.get("entities", ())), map(_event, row.get("events", ()))
        return AnnotatedArticle(str(row["id"]), tuple(entities), tuple(events))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(where, f"has an entity or event of another form ({error})", "Compare it with docs/scoring.md.") from error


def _entity(row: Mapping[str, Any]) -> AnnotatedEntity:
    return AnnotatedEntity(str(row["name"]), row["kind"], tuple(map(str, row.get("surfaces", ()))), row.get("weight") or "")


def _event(row: Mapping[str, Any]) -> AnnotatedEvent:
    return AnnotatedEvent(
        row["type"],
        tuple((role, tuple(map(str, _several(value)))) for role, value in row.get("roles", {}).items()),
        row.get("status"),
        str(row.get("when") or ""),
        bool(row.get("background")),
        tuple((float(amount["value"]), amount.get("currency")) for amount in row.get("amounts") or ()),
        row.get("count"),
        row.get("part") or "",
    )


def _several(value: object) -> Iterable[object]:
    return () if value is None else value if isinstance(value, list) else (value,)
