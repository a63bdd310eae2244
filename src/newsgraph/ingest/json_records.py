"""JSON and JSON Lines -> the records in them: one article, a list of articles, or `{"value": [...]}`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes, shown


def read_json(text: str, notes: ProblemNotes) -> object:
    """Read a JSON file: a map for one article, a list for several; None, with a note, where it is neither."""
    try:
        data = _parsed(text, notes)
    except (ValueError, RecursionError) as error:
        hint = "Articles one a line belong into a .jsonl file" if "Extra data" in str(error) else "Mend the JSON"
        notes.add("JSON", _what(error, 0), hint, Severity.DOCUMENT)
        return None
    if isinstance(data, dict) and isinstance(data.get("value"), list) and "title" not in data:
        return data["value"]
    return data


def read_json_lines(text: str, notes: ProblemNotes, first: int = 0) -> Iterator[tuple[int, object]]:
    """Read JSON Lines: pairs of line, counted from `first`, and value; a line that is no JSON is noted and left out."""
    for number, line in enumerate(text.split("\n"), first):
        if not line.strip():
            continue
        try:
            yield number, _parsed(line, notes)
        except (ValueError, RecursionError) as error:
            notes.add(f"line {number + 1}", _what(error, number), "Mend or remove the line: each holds one article", Severity.ARTICLE)


def _parsed(text: str, notes: ProblemNotes) -> object:
    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                notes.add(shown(key).strip('"'), "is given more than once; the first one was kept", "Remove the others")
            else:
                found[key] = value
        return found

    return json.loads(text, object_pairs_hook=mapping)


def _what(error: ValueError | RecursionError, lines_before: int) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"cannot be read at line {error.lineno + lines_before}, column {error.colno}: {error.msg}"
    return "holds a number that is too long"
