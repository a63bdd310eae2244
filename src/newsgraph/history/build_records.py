"""The history of an output folder: `.newsgraph/history.jsonl`, one line for each build that changed the graph, the latest last.

A record is dated by the option `--day` of the build, else by the last day on which an article of the graph was published. No clock is read, so a
build of the same documents into the same folder writes the same bytes, whenever it runs. The history is not a part of the graph: it follows
from all builds of the folder and not from its documents alone, so no format has it and `verify` does not compare it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import read_regular
from newsgraph.export import HISTORY
from newsgraph.history.graph_changes import NodeChange

MOST_RECORDS = 1_000
MOST_CHANGES = 5_000
"""Changes that a record lists; it counts the others."""
MOST_BYTES = 16_000_000
"""Size of the file: the oldest records are left out first."""


class BuildRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One build: its day, how many nodes were new, gone, changed or renamed by kind, and which.

    `articles` is the number of articles then. `is_first` is true of the first build of a folder, for which everything is new and nothing is listed.
    `omitted` counts changes that are not listed.
    """

    day: date | None
    articles: int
    is_first: bool
    counts: dict[str, dict[str, int]]
    changes: tuple[NodeChange, ...]
    omitted: int = 0


def make_record(day: date | None, articles: int, changes: Sequence[NodeChange] | None) -> BuildRecord:
    """Return the record of a build; `changes` is None for the first build of a folder."""
    counts: dict[str, dict[str, int]] = {}
    for (kind, what), number in sorted(Counter((change.kind, change.what) for change in changes or ()).items()):
        counts.setdefault(kind, {})[what] = number
    listed = tuple(changes or ())[:MOST_CHANGES]
    omitted = len(changes or ()) - len(listed)
    return BuildRecord(day=day, articles=articles, is_first=changes is None, counts=counts, changes=listed, omitted=omitted)


def history_bytes(records: Iterable[BuildRecord]) -> bytes:
    """Return the content of the file, without the oldest records where there are too many or they are too large."""
    lines = [msgspec.json.encode(record) + b"\n" for record in records][-MOST_RECORDS:]
    size = sum(map(len, lines))
    while len(lines) > 1 and size > MOST_BYTES:
        size -= len(lines.pop(0))
    return b"".join(lines)


def read_records(output: Path) -> tuple[BuildRecord, ...]:
    """Read the history of an output folder, the latest record last; a folder without one has none.

    Raises InputError for a file that is no history.
    """
    path = output / HISTORY
    try:
        return tuple(msgspec.json.decode(line, type=BuildRecord) for line in read_regular(path).splitlines())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror})", "Make it readable; without it, the next build begins a new history"
        ) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(str(path), f"is not a history of builds ({error})", "Remove it: the next build begins a new one") from error
