"""The page of a thing as values, before it is HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that may lead somewhere: to the thing `iri`, or to the address `url`; plain if it has neither."""

    text: str
    iri: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: what it is about, facts in plain words, and the sentence and source that it rests on."""

    head: tuple[Reference, ...]
    facts: tuple[str, ...] = ()
    quote: str = ""
    source: Reference | None = None


@dataclass(frozen=True, slots=True)
class PageSection:
    """A heading with its items; `key` is its id in the page, `more` counts those that are left out."""

    key: str
    heading: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ThingPage:
    """The page of one thing: what it is called, its facts by name, sections, and the same for machines (JSON-LD).

    `updated` is the time (UTC) of the latest article that it rests on.
    """

    iri: str
    kind: str  # in words: Company
    title: str
    facts: tuple[tuple[str, tuple[Reference, ...]], ...]
    sections: tuple[PageSection, ...]
    json_ld: Mapping[str, object] = field(default_factory=dict)
    updated: datetime | None = None
