"""Collect the problems of a document, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsgraph.core.model import Problem, Severity
from newsgraph.ingest.losses import Losses, loss_of, losses_of

MAX_PROBLEMS = 1000  # of one document, so that a broken feed does not fill the memory
MORE_PROBLEMS, FIX_THESE = "has more problems than are listed here", "Fix these first"
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which JSON can escape but UTF-8 cannot encode
_SHOWN = 60  # characters of a quoted value, so that a problem stays one line


@dataclass(frozen=True, slots=True)
class ProblemNotes:
    """The problems of one document, and the place in it that is being read."""

    source: str  # path of the document below its input
    place: str = ""  # such as `related[2]`; empty at the top
    problems: list[Problem] = field(default_factory=list)  # shared by the notes of all places
    unlisted: list[Losses] = field(default_factory=list)  # what the problems beyond the limit cost; shared as well
    origins: Mapping[str, str] = field(default_factory=dict)  # field of an article -> its name in the file, where that is another one

    def at(self, place: str) -> ProblemNotes:
        """Return the notes of a place below this one; they share the list of problems."""
        return ProblemNotes(self.source, self.path(place), self.problems, self.unlisted)

    def under(self, origins: Mapping[str, str]) -> ProblemNotes:
        """Return notes of this place that call fields by the names that they have in the file."""
        return ProblemNotes(self.source, self.place, self.problems, self.unlisted, origins) if origins else self

    def path(self, name: str) -> str:
        """Return the path of a field from the top of the document."""
        field, bracket, number = name.partition("[")
        name = f"{self.origins.get(field, field)}{bracket}{number}"
        dot = "." if self.place and name and not name.startswith("[") else ""
        return f"{self.place}{dot}{name}"

    def losses(self) -> Losses:
        """Return what all problems cost, those beyond the limit included."""
        listed = losses_of(problem for problem in self.problems if problem.what != MORE_PROBLEMS)
        return sum(self.unlisted, listed)

    def add(self, name: str, what: str, hint: str, severity: Severity = Severity.FIELD) -> None:
        """Note a problem of the field `name` at this place; an empty name means the place itself."""
        room = MAX_PROBLEMS - len(self.problems)
        if room <= 0 and severity is not Severity.DOCUMENT:
            total = self.unlisted.pop() if self.unlisted else Losses()
            self.unlisted.append(total + loss_of(self.path(name), severity))
        if room > 0 or severity is Severity.DOCUMENT:
            path, text = (_SURROGATE.sub("\ufffd", part) for part in (self.path(name) or "document", what))
            self.problems.append(Problem(self.source, path, text, hint, severity))
        elif room == 0:
            self.problems.append(Problem(self.source, "document", MORE_PROBLEMS, FIX_THESE, Severity.ARTICLE))


def quote_value(value: object) -> str:
    r"""Quote a value for a message: on one line, all of it visible, shortened if it is long; for lists and maps only the kind.

    >>> quote_value("Har\xadbor\nLedger")
    '"Har\\u00adbor Ledger"'
    """
    if isinstance(value, list | Mapping):
        return kind_of(value)
    text = visible(" ".join(str(value)[: 4 * _SHOWN].split()))
    return f'"{text[:_SHOWN]}..."' if len(text) > _SHOWN else f'"{text}"'


def visible(text: str) -> str:
    r"""Return a text of which the characters that no terminal shows are written as escapes.

    >>> visible("mo\u200bod")
    'mo\\u200bod'
    """
    return text if text.isprintable() else "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def kind_of(value: object) -> str:
    """Return the kind of a raw value in words: "a map", "a number"."""
    if isinstance(value, Mapping):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    return "true or false" if isinstance(value, bool) else "a number" if isinstance(value, int | float) else "a text"
