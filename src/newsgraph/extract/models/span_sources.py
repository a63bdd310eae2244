"""The interface of other recognizers of names.

A source reads texts and returns spans; what it says is one feature among others. spaCy pipelines are built in; anything else is plugged
in by the entry point group `newsgraph.sources`: a callable that takes the text after the colon of `--extractor NAME:ARGUMENT` and
returns a `SpanSource`.
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
    """A name at `start` to `end` (code points of the text): `label` is COMPANY, ORG, PERSON, PLACE or PRODUCT.

    `confidence` is between 0 and 1; it is 1 if the source knows none.
    """

    start: int
    end: int
    label: str
    confidence: float = 1.0


@runtime_checkable
class SpanSource(Protocol):
    """A recognizer of names; `name` and `version` are recorded in every graph that it helped to build."""

    name: str
    version: str

    def spans(self, texts: Sequence[str]) -> Sequence[Sequence[SourceSpan]]:
        """Return the spans of each text, in the order of the texts; equal texts must have equal spans."""
        ...


def open_source(name: str, argument: str) -> SpanSource:
    """Open a span source by its entry point name. Raises InputError if there is no such entry point or if it fails."""
    known = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name not in known:
        names = ", ".join(sorted({"none", "rules", "names", "reader", "spacy:PIPELINE", *known}))
        where = f"--extractor {name}"
        hint = f"Known extractors: {names}. Others are plugged in by the entry point group {ENTRY_POINTS}."
        raise InputError(where, "no such extractor", hint)
    try:
        opened = known[name].load()
    except (ImportError, AttributeError) as error:
        where = f"--extractor {name}"
        raise InputError(where, f"cannot be loaded ({error})", "Reinstall the package that provides it, with its dependencies.") from error
    source = opened(argument)
    if not isinstance(source, SpanSource):
        where = f"--extractor {name}"
        raise InputError(where, "returns no span source", "Its entry point must return an object with name, version and spans().")
    return source
