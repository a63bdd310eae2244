"""What is wrong with a question that is not valid SPARQL, in plain words."""

from __future__ import annotations

import re

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.question_guard import keywords_of

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_PLACE = re.compile(r"error at (\d+):(\d+): ?(?:expected )?(?:one of )?(.*)", re.DOTALL)
_SHORT = 100  # longer lists of what the parser expects are lists of characters
_READ = 1000  # characters of a message of the parser, which may quote the question
_QUOTED = 120  # characters of a line that an error quotes
_SENTENCE = re.compile(r"(?:^|, )([A-Z][\w* ]+ [\w* ]+)(?=,|$)")


def explain_syntax_error(sparql: str, message: str) -> str:
    """Return what is wrong with a question, and where, from the message of the parser."""
    verbs = [word for word in keywords_of(sparql) if word not in {"PREFIX", "BASE"}]
    if verbs and verbs[0] in _UPDATES:
        return f"{verbs[0]} would change the graph, and questions only read it. Change the documents and build again."
    place = _PLACE.match(message)
    if place is None:
        return f"The question is not valid SPARQL: {message}."
    row, column, expected = int(place[1]), int(place[2]), place[3][:_READ]
    lines = sparql.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    return f"line {row}, column {column} of the question: {_quoted(line, column) or '(empty)'}: {_reason(verbs, expected)}"


def _quoted(line: str, column: int) -> str:
    """Return a line as an error quotes it; of a long one, the part around the column."""
    start = max(0, min(column - _QUOTED // 2, len(line) - _QUOTED))
    end = start + _QUOTED
    return f"{'... ' if start else ''}{line[start:end].strip()}{' ...' if end < len(line) else ''}"


def _reason(verbs: list[str], expected: str) -> str:
    if not verbs or verbs[0] not in FORMS:
        return f"this is not valid SPARQL. Expected one of: {', '.join(FORMS)}."
    if "Prefix not found" in expected:
        return f"a prefix is not declared. These need no declaration: {', '.join(PREFIXES)}."
    sentence = _SENTENCE.search(expected)
    if sentence:
        return f"this is not valid SPARQL. {sentence[1]}."
    if len(expected) > _SHORT or "\\u" in expected:
        return "this is not valid SPARQL."
    wanted = [word for word in expected.split(", ") if not word.startswith(("[", "<"))]
    if not wanted:
        return "this is not valid SPARQL."
    return f"this is not valid SPARQL. Expected {'one of: ' if len(wanted) > 1 else ''}{', '.join(wanted)}."
