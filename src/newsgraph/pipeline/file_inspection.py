"""How files are read, field by field, without a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.core.model import Problem
from newsgraph.ingest import FieldOrigin, PassedOver, fetch, inspect_content, opened_inputs, read_field_names


@dataclass(frozen=True, slots=True)
class ItemInspection:
    """An article of a file: its part (`main`, `item[3]`) and its fields."""

    part: str
    fields: tuple[FieldOrigin, ...]


@dataclass(frozen=True, slots=True)
class FileInspection:
    """A file as it is read: its dialect (empty if it is not read), its first articles, their number, and the problems.

    A file that is passed over has no dialect and one `reason`.
    """

    source: str
    dialect: str = ""
    items: tuple[ItemInspection, ...] = ()
    articles: int = 0
    problems: tuple[Problem, ...] = ()
    reason: str = ""


def inspect_files(inputs: Sequence[Path], field_map: Path | None = None, most_items: int = 5) -> Iterator[FileInspection]:
    """Yield how each file of the inputs is read, with at most `most_items` articles of each; then what is passed over.

    Raises InputError for an input or a map of fields that cannot be used.
    """
    names = read_field_names(field_map) if field_map else None
    with opened_inputs(inputs) as found:
        for document in found.documents:
            content = fetch(document)
            reading, items = inspect_content(content, names, most_items)
            shown = tuple(ItemInspection(part, fields) for part, fields in items)
            yield FileInspection(document.source, reading.dialect, shown, len(reading.articles), reading.problems)
        for source in sorted({problem.source for problem in found.problems}):
            yield FileInspection(source, problems=tuple(problem for problem in found.problems if problem.source == source))
        yield from map(_not_read, found.passed_over)


def _not_read(file: PassedOver) -> FileInspection:
    return FileInspection(file.source, reason=f"{file.what}. {file.hint}")
