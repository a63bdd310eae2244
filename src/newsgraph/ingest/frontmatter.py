"""Read Markdown and YAML documents: front matter in YAML, TOML or JSON, then the text of the body."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import NamedTuple

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import Tree, YamlError, read_yaml

_OPENING = re.compile(r"\s*^---(?P<json>json)?[ \t]*\n", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_PLUSES = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)


class Page(NamedTuple):
    """The data of a document, and the text after it."""

    data: object  # maps, lists and texts
    body: str


def read_page(text: str, notes: ProblemNotes) -> Page | None:
    """Read a document with front matter in YAML, TOML or JSON, or without any; None, with a problem, if the front matter cannot be read.

    Without front matter the data is an empty map.
    """
    start = text.lstrip()
    if start.startswith("+++"):
        return _read_toml_page(start, notes)
    if start.startswith("{"):
        return _read_json_page(start)
    opening = _OPENING.match(text)
    if opening is None:
        return Page({}, text.strip())
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        notes.add("front matter", "does not end", "Put a line of --- after the last field", Severity.DOCUMENT)
        return None
    first_line = text.count("\n", 0, opening.end()) + 1
    front, rest = text[opening.end() : closing.start()], text[closing.end() :]
    if opening["json"]:
        return _json_page(front, rest, notes)
    return _page(front, rest, notes, first_line)


def _read_toml_page(text: str, notes: ProblemNotes) -> Page | None:
    opening, closing = _PLUSES.match(text), None
    if opening:
        closing = _PLUSES.search(text, opening.end())
    if opening is None:
        return Page({}, text.strip())
    if closing is None:
        notes.add("front matter", "does not end", "Put a line of +++ after the last field", Severity.DOCUMENT)
        return None
    try:
        data = _plain(tomllib.loads(text[opening.end() : closing.start()]))
    except (ValueError, RecursionError) as error:  # a ValueError also of a number with thousands of digits
        notes.add("front matter", f"is not valid TOML: {' '.join(str(error).split())}", "Correct the TOML", Severity.DOCUMENT)
        return None
    return Page(data, text[closing.end() :].strip())


def _read_json_page(text: str) -> Page:
    """Read a page that starts with a JSON object; a text that only starts with a brace has no front matter."""
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return Page({}, text)
    return Page(data, text[end:].strip())


def _json_page(front: str, rest: str, notes: ProblemNotes) -> Page | None:
    try:
        return Page(json.loads(front), rest.strip())
    except (ValueError, RecursionError) as error:
        notes.add("front matter", f"is not valid JSON: {error}", "Correct the JSON", Severity.DOCUMENT)
        return None


def _plain(value: object) -> object:
    """Return a value of TOML with its dates as texts."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def read_yaml_file(text: str, notes: ProblemNotes) -> Page | None:
    """Read a `.yaml` file: one map, a list of maps, several YAML documents (which become a list), or front matter with a body."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(text, start)
    first_line = text.count("\n", 0, start) + 1
    front, rest = (text[start : closing.start()], text[closing.end() :]) if closing else (text[start:], "")
    page = _page(front, rest, notes, first_line)
    if page is None or not page.body:
        return page
    more = _more_documents(rest, notes, first_line + front.count("\n") + 1)
    return Page([page.data, *more], "") if more else page


def _page(front: str, rest: str, notes: ProblemNotes, first_line: int) -> Page | None:
    try:
        return Page(read_yaml(front, notes, first_line), rest.strip())
    except YamlError as error:
        notes.add("front matter", str(error), error.hint, Severity.DOCUMENT)
        return None


def _more_documents(rest: str, notes: ProblemNotes, first_line: int) -> list[Tree]:
    """Read the rest of a `.yaml` file as further YAML documents; none if it is not YAML of articles, so that it must be a body."""
    trial = ProblemNotes(notes.source)
    documents: list[Tree] = []
    line = first_line
    for part in _CLOSING.split(rest):
        if part.strip():
            try:
                tree = read_yaml(part, trial, line)
            except YamlError:
                return []
            if not isinstance(tree, dict) or "title" not in tree:
                return []
            documents.append(tree)
        line += part.count("\n") + 1
    notes.problems.extend(trial.problems)
    return documents
