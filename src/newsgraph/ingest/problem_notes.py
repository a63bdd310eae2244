"""What reading a document found wrong: problems gathered with the place they stand at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsgraph.core.model import Problem, Severity

MAX_PROBLEMS = 1000  # of one document: a broken feed shall not fill the memory with complaints
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which JSON may quote and no file can hold
_SHOWN = 60  # characters: a problem stays one line


@dataclass(frozen=True, slots=True)
class ProblemNotes:
    """A list of problems of one document, and the place in it (`related[2]`, empty at the top) that is being read."""

    source: str
    place: str = ""
    problems: list[Problem] = field(default_factory=list)

    def at(self, place: str) -> ProblemNotes:
        """Go one step down; the list stays shared."""
        return ProblemNotes(self.source, self.path(place), self.problems)

    def path(self, name: str) -> str:
        """Name a field by its path from the top of the document."""
        dot = "." if self.place and name and not name.startswith("[") else ""
        return f"{self.place}{dot}{name}"

    def add(self, name: str, what: str, hint: str, severity: Severity = Severity.FIELD) -> None:
        """Note one problem with the field `name` of the present place."""
        room = MAX_PROBLEMS - len(self.problems)
        if room > 0 or severity is Severity.DOCUMENT:
            where, told = (_SURROGATE.sub("\ufffd", text) for text in (self.path(name) or "document", what))
            self.problems.append(Problem(self.source, where, told, hint, severity))
        elif room == 0:
            more = "has more problems than are listed here"
            self.problems.append(Problem(self.source, "document", more, "Mend these first", Severity.ARTICLE))


def shown(value: object) -> str:
    """Quote a value for a report: one line, cut where it is long; of lists and maps just the kind."""
    if isinstance(value, list | Mapping):
        return kind_of(value)
    text = " ".join(str(value)[: 4 * _SHOWN].split())
    return f'"{text[:_SHOWN]}..."' if len(text) > _SHOWN else f'"{text}"'


def kind_of(value: object) -> str:
    """Say in words what kind of raw value this is."""
    if isinstance(value, Mapping):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    return "true or false" if isinstance(value, bool) else "a number" if isinstance(value, int | float) else "a text"
