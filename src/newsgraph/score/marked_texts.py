"""Marked texts: annotated texts without documents, whose inline marks `[surface|LABEL]` are read into gold records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsgraph.core.errors import InputError
from newsgraph.core.model import Article
from newsgraph.score.event_pairs import OFF
from newsgraph.score.gold_records import OTHER, Record, read_lines
from newsgraph.score.party_names import key

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")
_FIELDS = {"COMPANY": "companies", "ORG": "organizations", "PERSON": "people", "PLACE": "places", "PRODUCT": "products"}
_HELD_OUT = 4


def read_texts(path: Path | str) -> list[Record]:
    """Read marked texts into gold records; `doc` is the name of the file and `part` the line.

    Raises InputError if the file cannot be read or a line lacks `title`, `excerpt` or `events`.
    """
    name = Path(path).name
    records = []
    for where, row in read_lines(Path(path)):
        if not isinstance(row, dict) or not {"title", "excerpt", "events"} <= row.keys():
            raise InputError(where, "is not a marked text", "Write a JSON object with title, excerpt and events.")
        records.append(_record(name, where.rpartition(": ")[2], row))
    return records


def text_held_out(record: Mapping[str, Any]) -> bool:
    """Return whether a text belongs to the quarter that is held out: measured, but never read."""
    return zlib.crc32((record["title"] + record["excerpt"]).encode()) % _HELD_OUT == 0


def article_of(record: Mapping[str, Any]) -> Article:
    """Return the text of a record as an article."""
    return Article(f"{record['doc']}#{record['part']}", None, record["title"], record["excerpt"], record["doc"], record["part"])


def _record(doc: str, part: str, row: Mapping[str, Any]) -> Record:
    record: Record = {"doc": doc, "part": part} | {field: [] for field in _FIELDS.values()}
    entities: dict[tuple[str, str], dict[str, Any]] = {}
    for field in ("title", "excerpt"):
        record[field] = _MARK.sub(r"\1", row[field])
        for surface, label in _MARK.findall(row[field]):
            if label in _FIELDS:
                entity = entities.setdefault((_FIELDS[label], key(surface)), {"name": surface, "surfaces": []})
                entity["surfaces"].append(surface)
    for (field, _), entity in entities.items():
        record[field].append(entity)
    names = [entity["name"] for entity in record["companies"]]
    record["events"] = [gold for event in row["events"] for gold in _events(event, names)]
    return record


def _events(event: Mapping[str, Any], companies: list[str]) -> Iterator[dict[str, Any]]:
    """Yield an event in gold form: doubtful ones are `other`; a funding round and each of its investors are separate events."""
    gold = dict(event)
    if event.get("status") in OFF:
        yield {**gold, "type": OTHER, "alt_types": []}
    elif event["type"] != "funding_round":
        yield gold
    else:
        investor, issuer = event.get("subject"), event.get("object")
        yield {**gold, "subject": issuer, "object": None}
        if investor and issuer:
            yield {"type": "investment", "subject": investor, "object": issuer}
        # Only the lead investor is annotated; others that the text names may be found, but need not be.
        for name in companies if issuer else ():
            if key(name) not in {key(issuer), key(investor or "")}:
                yield {"type": "investment", "subject": name, "object": issuer, "optional": True}
