"""The gold file that grows while a person annotates: one line per text, never half a line."""

from __future__ import annotations

import json
import os
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.score.gold_records import Record, read_gold

Place = tuple[str, str]


class GoldFile:
    """A file of gold records; saving writes all lines to a new file, which then replaces the old one."""

    def __init__(self, path: Path) -> None:
        """Read the file if it exists. Raises InputError if it is not a gold file, or if no file can be written there."""
        self._path = path.resolve()
        if not self._path.parent.is_dir():
            raise InputError(str(path), "is in a folder that does not exist", "Create the folder first.")
        has_lines = self._path.is_file() and bool(self._path.read_bytes().strip())
        self._records: dict[Place, Record] = {_place(record): record for record in (read_gold(path) if has_lines else ())}

    def get(self, place: Place) -> Record | None:
        """Return the record of a document and part, None if it is not annotated."""
        return self._records.get(place)

    def save(self, record: Record) -> None:
        """Add a record, or replace that of the same document and part. Raises InputError if the file cannot be written."""
        records = self._records | {_place(record): record}
        lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records.values())
        fresh = self._path.with_name(f".{self._path.name}.part")
        try:
            with fresh.open("wb") as file:
                # a lone surrogate has no bytes in UTF-8 and becomes its JSON escape
                file.write(lines.encode("utf-8", "backslashreplace"))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise InputError(
                self._path.name, f"cannot be written ({error.strerror})", "Nothing is lost: solve this and save again."
            ) from error
        self._records = records


def _place(record: Record) -> Place:
    return record["doc"], record["part"]
