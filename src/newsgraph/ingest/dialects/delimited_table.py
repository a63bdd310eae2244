"""Tables of articles as CSV and TSV: the first line names the fields, each further line is an article."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from newsgraph.core.model import Severity
from newsgraph.ingest.dialects.table_rows import column_places, has_text_column, no_title_column, row_record
from newsgraph.ingest.encoding import decode
from newsgraph.ingest.field_names import shipped_names
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

EXTENSIONS = frozenset({".csv", ".tsv", ".tab", ".psv"})
_DELIMITERS = ",;\t|"
_LONGEST = 20_000_000  # characters of a field
_REPAIRS = 20  # quotes that never end in one file: each costs another pass over the rest


def is_delimited(_head: bytes, name: str) -> bool:
    """Return whether a file is a table by its name."""
    return PurePosixPath(name).suffix.lower() in EXTENSIONS


def read_delimited(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the rows of a table; a row whose quotes never end costs this row, not those after it."""
    text = decode(file.data, notes)
    if text is None:
        return
    lines = text.split("\n")
    delimiter = _delimiter(lines[0])
    rows = _rows(lines, delimiter, notes)
    header = next(rows, [])
    names = [name.strip() for name in header]
    if not has_text_column(names, file.names):
        no_title_column(names, notes)
        return
    places = column_places(names, notes)
    number = -1
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if len(row) > len(names):
            what = f"has {len(row)} fields, but there are {len(names)} columns; the others were left out"
            notes.at(f"item[{number}]").add("", what, "Put quotes around a text that holds the separator")
        yield row_record(number, {name: row[place] for name, place in places.items() if place < len(row)}, file.names)
    if number < 0 and not any(problem.severity is not Severity.FIELD for problem in notes.problems):
        notes.add("", "is a table without rows", "Remove the file, or write articles into it", Severity.DOCUMENT)


def shows_table(head: bytes) -> bool:
    """Return whether the first line of a file names the columns of a table of articles."""
    first = head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]
    names = [name.strip().strip('"') for name in first.split(_delimiter(first))]
    return len(names) > 1 and has_text_column(names, shipped_names())


def _delimiter(line: str) -> str:
    """Return the separator that the first line has most often outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _rows(lines: Sequence[str], delimiter: str, notes: ProblemNotes) -> Iterator[list[str]]:
    start, repairs = 0, 0
    while start < len(lines):
        reader = csv.reader((f"{line}\n" for line in lines[start:]), delimiter=delimiter, strict=True)
        done = 0
        try:
            while (row := _next_row(reader)) is not None:
                yield row
                done = reader.line_num
        except csv.Error:
            place = f"line {start + done + 1}"
            repairs += 1
            if repairs > _REPAIRS:
                notes.add(
                    place, "has a quote that never ends, as many before; the rest was left out", "Correct the quotes", Severity.ARTICLE
                )
                return
            notes.add(place, "has a quote that never ends, or text after one", "Correct the quotes of that row", Severity.ARTICLE)
            start += done + 1
        else:
            return


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row, None after the last. The csv module has one limit for the whole process, so the former one is put back."""
    before = csv.field_size_limit(_LONGEST)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)
