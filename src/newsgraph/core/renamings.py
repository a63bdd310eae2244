"""Names that listed companies had until some day: news of 2004 about Safran says Snecma."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from newsgraph.core.company_names import name_key

RENAMED = "renamed"
_UNTIL, _NOW = "until ", ", now "


@dataclass(frozen=True, slots=True, order=True)
class FormerName:
    """A name that a company had until a day; from that day on it had another one. `newest` is its present name in the list."""

    until: date
    name: str
    newest: str = ""

    @property
    def note(self) -> str:
        """Return the day and the present name as the table `merges` has them: "until 2005-05-11, now Safran"."""
        return f"{_UNTIL}{self.until.isoformat()}{_NOW}{self.newest}"

    @classmethod
    def of_note(cls, name: str, note: str) -> FormerName:
        """Read a former name from the table `merges`. Raises ValueError if the note has no day."""
        until, _, newest = note.removeprefix(_UNTIL).partition(_NOW)
        return cls(date.fromisoformat(until), name, newest)


FormerNames = Mapping[str, Sequence[FormerName]]
"""The former names of companies (IRIs) that texts use."""

NO_FORMER_NAMES: FormerNames = {}


@cache
def _listed() -> Mapping[str, tuple[FormerName, ...]]:
    """Return the former names of listed companies, from `data/renamings.csv`, by the name of the entry."""
    names: dict[str, list[FormerName]] = {}
    text = (files("newsgraph") / "data" / "renamings.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        names.setdefault(row["company"], []).append(FormerName(date.fromisoformat(row["until"]), row["former"], row["company"]))
    return {company: tuple(sorted(former)) for company, former in names.items()}


def former_names_used(entry: str, texts: Iterable[str]) -> Iterator[FormerName]:
    """Yield the former names of a listed company that texts use, the oldest first."""
    if former := _listed().get(entry, ()):
        keys = {name_key(text) for text in texts}
        yield from (name for name in former if name_key(name.name) in keys)


def name_of_day(name: str, former: Iterable[FormerName], day: date) -> str:
    """Return the name that a company had at the end of a day: the former name that ended first behind it, else its newest one.

    Two companies that became one on a day had two names before it: then it is the newest one, too.
    """
    later = sorted(old for old in former if old.until > day)
    is_one = len(later) == 1 or (len(later) > 1 and later[0].until < later[1].until)
    return later[0].name if is_one else name


def former_names_of(merges: Iterable[tuple[str, str, str, str]]) -> dict[str, list[FormerName]]:
    """Return the former names of companies by rows of the table `merges`: IRI, name, rule, note."""
    former: dict[str, list[FormerName]] = {}
    for iri, name, rule, note in merges:
        if rule == RENAMED and note:
            former.setdefault(iri, []).append(FormerName.of_note(name, note))
    return former
