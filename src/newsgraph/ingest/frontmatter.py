"""Read Markdown and YAML documents: front matter between lines of `---`, then the text of the body."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import Tree, YamlError, read_yaml

_OPENING = re.compile(r"\s*^---[ \t]*\n", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


class Page(NamedTuple):
    """The data of a document, and the text after it."""

    data: object  # maps, lists and texts
    body: str


def read_page(text: str, notes: ProblemNotes) -> Page | None:
    """Read a document with front matter; None, with a problem, if it has none that can be read."""
    opening = _OPENING.match(text)
    if opening is None:
        hint = "Start the file with a line of ---, then title: and the other fields, then a line of ---"
        notes.add("front matter", "is missing", hint, Severity.DOCUMENT)
        return None
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        notes.add("front matter", "does not end", "Put a line of --- after the last field", Severity.DOCUMENT)
        return None
    first_line = text.count("\n", 0, opening.end()) + 1
    return _page(text[opening.end() : closing.start()], text[closing.end() :], notes, first_line)


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
