"""A bulletin as values: sections of entries, each with lines of facts and links to its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Source:
    """An article that an entry rests on; `published` is UTC, `url` may be empty."""

    title: str
    url: str = ""
    publisher: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to read about: its IRI, what to call it, lines of plain text about it, and its sources, the first ones first.

    `updated` is the time (UTC) of the latest that is said of it. `label` and `lines` are plain text, never markup.
    """

    iri: str
    label: str
    lines: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading; `more` counts those that are left out."""

    heading: str
    entries: tuple[Entry, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A title, notes (plain text), and sections.

    `iri` names the bulletin itself, as a feed must be named; `day` is the day that it is of, None if nothing in it has one.
    """

    iri: str
    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    day: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no entry."""
        return not any(section.entries for section in self.sections)
