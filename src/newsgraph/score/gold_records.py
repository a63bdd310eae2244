"""Gold records: what annotators stated about texts, validated and as frozen values; and which of them are held out.

A record is one text: `doc`, `part`, `title`, `excerpt`, lists of entities with surfaces, and events. `story` names the story that it
belongs to, and `open` is true where somebody who changes the rules has read the text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.score.party_names import Party, key, party

Record = dict[str, Any]

OTHER = "other"
UNORDERED = frozenset({"partnership", "merger", "deal", OTHER})
"""Types without a direction; `other` is one of them because a rumoured deal has lost its type."""

_REQUIRED = {"doc": str, "part": str, "title": str, "excerpt": str, "companies": list, "events": list}
_ROW_KEYS = {"companies": "name", "organizations": "name", "events": "type"}
_HELD_OUT = 4


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A company or organisation of a text: its canonical name, and all its names and surfaces as keys."""

    name: str
    names: Party
    company: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated event: `types` are all acceptable types; a party holds the keys of all acceptable readings.

    An empty party means that the annotation names none. `amounts` are in full units; `span` is a stated range.
    """

    type: str
    types: frozenset[str]
    subject: Party
    object: Party
    line: str
    amounts: tuple[float, ...] = ()
    span: tuple[float, float] | None = None
    currency: str = ""
    optional: bool = False

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties that the annotation names."""
        return tuple(side for side in (self.subject, self.object) if side)

    @property
    def ordered(self) -> bool:
        """Whether subject and object may not be swapped."""
        return bool(self.object) and self.type not in UNORDERED


@dataclass(frozen=True, slots=True)
class GoldText:
    """Everything annotated in one text; `borderline` are pairs of parties that count neither as right nor as wrong.

    `story` is empty if it is unknown which other texts report the same.
    """

    doc: str
    part: str
    entities: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    borderline: tuple[tuple[Party, Party], ...]
    story: str = ""


def read_gold(path: Path | str) -> list[Record]:
    """Read gold records, one JSON object per line.

    Raises InputError if the file cannot be read or a record lacks a field; it names file, line and field.
    """
    records = [_checked(record, where) for where, record in read_lines(Path(path))]
    if not records:
        raise InputError(str(path), "holds no record", "Name a file with one JSON object per line.")
    return records


def read_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the place (file and line) and the value of each line of a JSONL file.

    Raises InputError if the file cannot be read or a line is not JSON.
    """
    check_given_file(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8", "Save the file as UTF-8.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{path}: line {number}"
            try:
                yield where, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                raise InputError(where, f"is not JSON ({error})", "Write one JSON object per line.") from error


def truth(record: Mapping[str, Any]) -> GoldText:
    """Turn a valid record into a frozen value with all its readings."""
    entities = tuple(
        GoldEntity(row["name"], party([row["name"], *row.get("surfaces", ())]), field == "companies", bool(row.get("optional")))
        for field in ("companies", "organizations")
        for row in record.get(field, ())
    )
    events = tuple(_event(event, entities) for event in record["events"])
    borderline = tuple(pair for event in record["events"] for pair in _seller_pairs(event, entities))
    return GoldText(record["doc"], record["part"], entities, events, borderline, record.get("story") or "")


def held_out(records: Sequence[Mapping[str, Any]]) -> tuple[bool, ...]:
    """Return for each record whether it belongs to the quarter that is held out: measured, but never read.

    Records of one story, or else of one document, are held out together, and so are records with equal titles. Where one of them is
    `open`, none of them is held out.
    """
    groups: dict[str, str] = {}
    for record in sorted(records, key=lambda record: not record.get("story")):
        groups.setdefault(record["title"], record.get("story") or record["doc"])
    names = [record.get("story") or groups[record["title"]] for record in records]
    read = {name for name, record in zip(names, records, strict=True) if record.get("open")}
    return tuple(name not in read and zlib.crc32(name.encode()) % _HELD_OUT == 0 for name in names)


def _checked(record: object, where: str) -> Record:
    if not isinstance(record, dict):
        raise InputError(where, "is not a JSON object", "Write one record per line, as a JSON object.")
    for field, kind in _REQUIRED.items():
        if not isinstance(record.get(field), kind):
            raise InputError(where, f"field '{field}' is missing or not a {kind.__name__}", f"A record has: {', '.join(_REQUIRED)}.")
    if not isinstance(record.get("open", False), bool):
        raise InputError(where, "field 'open' must be true or false", "Write true for a text that is never held out, or leave it out.")
    for field, name in _ROW_KEYS.items():
        rows = record.get(field, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get(name), str) for row in rows):
            raise InputError(where, f"field '{field}' has an entry without '{name}'", f"Every entry is a JSON object with '{name}'.")
    return record


def _event(event: Mapping[str, Any], entities: tuple[GoldEntity, ...]) -> GoldEvent:
    subject = _side([event.get("subject"), *event.get("alt_subjects", ())], entities)
    # Where a part of a company is sold, the object may be read as the part or as its owner.
    sold = [event.get("seller"), event.get("object_part")] if event.get("seller") or event.get("object_part") else []
    target = _side([event.get("object"), *sold], entities) if event.get("object") else frozenset[str]()
    amounts = tuple(float(a) for a in (event.get("amount"), *event.get("alt_amounts", ())) if a is not None)
    low_high = event.get("amount_range")
    needs_amount = event.get("amount") is not None or low_high is not None
    companies = [entity.names for entity in entities if entity.company]
    deal = all(any(side & names for names in companies) for side in (subject, target))
    return GoldEvent(
        type=event["type"],
        types=frozenset({event["type"], *event.get("alt_types", ())}),
        subject=subject,
        object=target,
        line=f"{event['type']}({event.get('subject') or '-'}, {event.get('object') or '-'})",
        amounts=amounts if needs_amount else (),
        span=(float(low_high[0]), float(low_high[1])) if low_high else None,
        currency=event.get("currency") or "",
        # A shutdown, a renaming or an order is not a deal; an event without a party cannot be matched.
        optional=bool(event.get("optional")) or not (subject or target) or (event["type"] == OTHER and not deal),
    )


def _side(names: Iterable[str | None], entities: tuple[GoldEntity, ...]) -> Party:
    own = party(names)
    return own.union(*(entity.names for entity in entities if key(entity.name) in own))


def _seller_pairs(event: Mapping[str, Any], entities: tuple[GoldEntity, ...]) -> Iterator[tuple[Party, Party]]:
    if event.get("seller"):
        names = [event["seller"], event.get("subject"), event.get("object"), *event.get("alt_subjects", ())]
        sides = [_side([name], entities) for name in names if name]
        yield from combinations(sides, 2)
