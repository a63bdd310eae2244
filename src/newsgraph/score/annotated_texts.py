"""Annotated texts of several files as one list: gold records and marked texts, each with its source and its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.score.gold_records import GoldText, Record, kept_aside, read_gold, read_lines, truth
from newsgraph.score.marked_texts import read_texts, text_kept_aside


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated text; `source` groups texts in a report, and a text `aside` is measured but never shown."""

    record: Record
    source: str
    aside: bool

    @property
    def place(self) -> str:
        """Name the text: document and part."""
        return f"{self.record['doc']}, {self.record['part']}"

    @property
    def truth(self) -> GoldText:
        """Give what is annotated."""
        return truth(self.record)


def read_annotated(paths: Sequence[Path]) -> list[Annotated]:
    """Read files of gold records (see `read_gold`) or of marked texts (see `read_texts`).

    The source of a text is its field `source`, else the file's name. Raises InputError as the two readers do, and where there
    is no text.
    """
    texts: list[Annotated] = []
    for path in paths:
        records, aside = _read(path)
        texts += [Annotated(record, _source(record, path), kept) for record, kept in zip(records, aside, strict=True)]
    if not texts:
        raise InputError(", ".join(map(str, paths)) or "--texts", "holds no text", "Give a file with one JSON object a line.")
    return texts


def _read(path: Path) -> tuple[list[Record], Sequence[bool]]:
    first = next((row for _, row in read_lines(path)), None)
    if isinstance(first, dict) and "companies" not in first and {"title", "excerpt", "events"} <= first.keys():
        records = read_texts(path)
        return records, [text_kept_aside(record) for record in records]
    records = read_gold(path)
    return records, kept_aside(records)


def _source(record: Record, path: Path) -> str:
    source = record.get("source")
    return source if isinstance(source, str) and source else path.stem
