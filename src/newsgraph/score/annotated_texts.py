"""Annotated texts of several files as one list: gold records and marked texts, each with its source and its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.score.gold_records import GoldText, Record, held_out, read_gold, read_lines, truth
from newsgraph.score.marked_texts import read_texts, text_held_out


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated text; `source` groups texts in a report, and a text that `is_held_out` is measured but never shown."""

    record: Record
    source: str
    is_held_out: bool

    @property
    def place(self) -> str:
        """The name of the text: document and part."""
        return f"{self.record['doc']}, {self.record['part']}"

    @property
    def truth(self) -> GoldText:
        """What is annotated in the text."""
        return truth(self.record)


def read_annotated(paths: Sequence[Path]) -> list[Annotated]:
    """Read files of gold records (see `read_gold`) or of marked texts (see `read_texts`).

    The source of a text is its field `source`, or else the name of the file. Raises InputError as the two readers do, and if there are
    no texts.
    """
    texts: list[Annotated] = []
    for path in paths:
        records, held_out = _read(path)
        texts += [Annotated(record, _source(record, path), is_out) for record, is_out in zip(records, held_out, strict=True)]
    if not texts:
        raise InputError(", ".join(map(str, paths)) or "--texts", "holds no text", "Name a file with one JSON object per line.")
    return texts


def _read(path: Path) -> tuple[list[Record], Sequence[bool]]:
    first = next((row for _, row in read_lines(path)), None)
    if isinstance(first, dict) and "companies" not in first and {"title", "excerpt", "events"} <= first.keys():
        records = read_texts(path)
        return records, [text_held_out(record) for record in records]
    records = read_gold(path)
    return records, held_out(records)


def _source(record: Record, path: Path) -> str:
    source = record.get("source")
    return source if isinstance(source, str) and source else path.stem
