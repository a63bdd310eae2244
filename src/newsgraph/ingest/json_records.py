"""Read the trees of JSON and of JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value


def read_json(text: str, notes: ProblemNotes) -> object:
    """Return the content of a JSON file; None, with a problem, if it is not valid JSON."""
    try:
        return _parse(text, notes)
    except (ValueError, RecursionError) as error:
        hint = "Put articles of one line each into a .jsonl file" if "Extra data" in str(error) else "Correct the JSON"
        notes.add("JSON", _what(error, 0), hint, Severity.DOCUMENT)
        return None


def read_json_lines(text: str, notes: ProblemNotes, first: int = 0) -> Iterator[tuple[int, object]]:
    """Yield the number of each line, counted from `first`, and its value; a line that is not valid JSON is noted and left out."""
    for number, line in enumerate(text.split("\n"), first):
        if not line.strip():
            continue
        try:
            yield number, _parse(line, notes)
        except (ValueError, RecursionError) as error:
            notes.add(f"line {number + 1}", _what(error, number), "Fix or remove the line: each holds one article", Severity.ARTICLE)


def _parse(text: str, notes: ProblemNotes) -> object:
    def first_of_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields: dict[str, object] = {}
        for key, value in pairs:
            if key in fields:
                notes.add(quote_value(key).strip('"'), "is given more than once; the first one was kept", "Remove the others")
            else:
                fields[key] = value
        return fields

    return json.loads(text, object_pairs_hook=first_of_each)


def _what(error: ValueError | RecursionError, lines_before: int) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"cannot be read at line {error.lineno + lines_before}, column {error.colno}: {error.msg}"
    return "holds a number that is too long"
