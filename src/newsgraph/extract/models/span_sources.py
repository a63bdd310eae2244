"""Other finders of names beside our own: what each must give, and how its word is weighed.

A source reads texts and gives spans; its word is one sign among the others ("weighed, not united"). spaCy pipelines come
built in; anything else is plugged in by the entry point group `newsgraph.sources`: a callable that takes the text behind
the colon of `--extractor NAME:ARGUMENT` and gives a `SpanSource`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from newsgraph.core.errors import InputError

ENTRY_POINTS = "newsgraph.sources"


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """A name at `start` to `end` (code points of the text given): `label` is COMPANY, ORG, PERSON, PLACE or PRODUCT.

    `confidence` lies between 0 and 1; a source that knows none gives 1.
    """

    start: int
    end: int
    label: str
    confidence: float = 1.0


@runtime_checkable
class SpanSource(Protocol):
    """A finder of names; `name` and `version` go into every graph that it helped to build."""

    name: str
    version: str

    def spans(self, texts: Sequence[str]) -> Sequence[Sequence[SourceSpan]]:
        """Give the spans of each text, in the order of the texts; equal texts must give equal spans."""
        ...


def open_source(name: str, argument: str) -> SpanSource:
    """Open a span source by its entry point name; raises InputError where there is none of that name, or where it fails."""
    known = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name not in known:
        names = ", ".join(sorted({"none", "rules", "tagger", "spacy:PIPELINE", *known}))
        where = f"--extractor {name}"
        raise InputError(
            where, "no extractor of that name", f"Known are: {names}. Others are plugged in by the entry point group {ENTRY_POINTS}."
        )
    try:
        opened = known[name].load()
    except (ImportError, AttributeError) as error:
        where = f"--extractor {name}"
        raise InputError(
            where, f"cannot be loaded ({error})", "Install the package that brings it anew, with all that it needs."
        ) from error
    source = opened(argument)
    if not isinstance(source, SpanSource):
        where = f"--extractor {name}"
        raise InputError(where, "gives no span source", "Let its entry point give an object with name, version and spans().")
    return source
